/** Owns one conversation as a whole: head, messages, who is typing, and writing. Mount it with `key={conversationId}`. */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useChatClient, useConversation, useMessages } from '@natter/react';
import { type DragEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Composer, type ComposerHandle } from '../composer/Composer.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { offeredActions } from '../timeline/MessageActions.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { TypingLine } from '../typing/TypingLine.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';

export interface ConversationViewProps {
  conversationId: ConversationId;
  onBack?: () => void;
  onLeft?: () => void;
  draft?: string;
  onDraft?: (draft: string) => void;
  /** Puts the focus into the composer at once; not where that opens a keyboard on the screen. */
  autoFocus?: boolean;
}

export function ConversationView({
  conversationId,
  onBack,
  onLeft,
  draft = '',
  onDraft,
  autoFocus = false,
}: ConversationViewProps) {
  const { texts } = useUi();
  const client = useChatClient();
  const item = useConversation(conversationId);
  const { gone, empty } = useGone(conversationId);
  const composer = useRef<ComposerHandle>(null);
  const [editing, setEditing] = useState<TimelineMessage | null>(null);
  const [dragging, setDragging] = useState(false);
  const endEdit = useCallback(() => setEditing(null), []);
  const files = !gone && editing === null;

  useEffect(() => {
    if (autoFocus) composer.current?.focus();
  }, [autoFocus]);

  function editLast() {
    const { messages } = client.messages(conversationId).getSnapshot();
    const last = messages.findLast((message) => offeredActions(message, false).edit);
    if (last !== undefined) setEditing(last);
  }

  function over(event: DragEvent) {
    if (!files || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragging(true);
  }

  function drop(event: DragEvent) {
    if (!dragging) return;
    event.preventDefault();
    setDragging(false);
    composer.current?.addFiles([...event.dataTransfer.files]);
    composer.current?.focus();
  }

  return (
    <section
      className="natter-conversation"
      aria-label={item?.title ?? texts.conversation.directHint}
      onDragOver={over}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragging(false);
      }}
      onDrop={drop}
    >
      <ConversationHeader
        conversationId={conversationId}
        {...(onBack === undefined ? {} : { onBack })}
        {...(onLeft === undefined ? {} : { onLeft })}
      />
      {gone && empty ? (
        <div className="natter-timeline">
          <Notice
            icon="chat"
            title={texts.conversations.gone}
            hint={texts.conversations.goneHint}
          />
        </div>
      ) : (
        <>
          <Timeline conversationId={conversationId} onEdit={setEditing} />
          {gone ? (
            <p className="natter-conversation-gone">{texts.conversations.goneHint}</p>
          ) : (
            <>
              <TypingLine conversationId={conversationId} />
              <Composer
                ref={composer}
                conversationId={conversationId}
                editing={editing}
                onEditEnd={endEdit}
                onEditLast={editLast}
                draft={draft}
                {...(onDraft === undefined ? {} : { onDraft })}
              />
            </>
          )}
        </>
      )}
      {dragging && <div className="natter-drop">{texts.composer.dropHere}</div>}
    </section>
  );
}

/** The server says that I am not in it; nothing written there would arrive. What failed meanwhile is still mine to read. */
function useGone(conversationId: ConversationId): { gone: boolean; empty: boolean } {
  const { error, messages } = useMessages(conversationId);
  const gone = error?.code === 'notMember' || error?.code === 'notFound';
  return { gone, empty: messages.length === 0 };
}
