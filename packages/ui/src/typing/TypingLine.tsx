/** Owns the line that says who is typing. Its height is always there, so that nothing moves. */
import type { ConversationId } from '@natter/protocol';
import { useTyping } from '@natter/react';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { typingText } from './typingText.ts';

export interface TypingLineProps {
  /** Left out inside `Conversation`. */
  conversationId?: ConversationId;
}

export function TypingLine({ conversationId }: TypingLineProps) {
  const { id } = useOpenConversation(conversationId);
  const text = typingText(useTyping(id), useUi());
  return (
    <div className="natter-typing-line" aria-live="polite">
      {text !== '' && (
        <>
          <TypingDots />
          <span>{text}</span>
        </>
      )}
    </div>
  );
}

export function TypingDots() {
  return (
    <span className="natter-typing-dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
