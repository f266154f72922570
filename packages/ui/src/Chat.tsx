/** Owns the root of the kit: lends the client, the words and the look to everything below it. */
import type { ChatClient } from '@natter/client';
import { ChatProvider } from '@natter/react';
import type { ComponentType, ReactNode } from 'react';
import type { AvatarProps } from './avatar/Avatar.tsx';
import type { ConversationRowProps } from './conversations/ConversationRow.tsx';
import { ReplacementsContext } from './runtime/replaceable.tsx';
import { UiProvider, type UiProviderProps } from './runtime/UiProvider.tsx';
import type { MessageRowProps } from './timeline/MessageRow.tsx';

/** Parts inside of lists that an application may replace. The others are replaced by composing your own arrangement. */
export interface Components {
  Avatar: ComponentType<AvatarProps>;
  /** A row of the timeline, with its day line. */
  Message: ComponentType<MessageRowProps>;
  ConversationRow: ComponentType<ConversationRowProps>;
}

export interface ChatProps extends Omit<UiProviderProps, 'children'> {
  /** Its owner connects and disposes it; a mount does neither. */
  client: ChatClient;
  /** Keep the object's identity between renders. */
  components?: Partial<Components> | undefined;
  className?: string | undefined;
  children?: ReactNode;
}

const noReplacements = {};

/**
 * ```tsx
 * <Chat client={client}>
 *   <ConversationList selectedId={id} onSelect={setId} />
 *   {id !== null && <Conversation id={id} />}
 * </Chat>
 * ```
 */
export function Chat({
  client,
  components = noReplacements,
  className,
  children,
  ...ui
}: ChatProps) {
  return (
    <ChatProvider client={client}>
      <UiProvider {...ui}>
        <ReplacementsContext value={components}>
          <div className={className === undefined ? 'natter' : `natter ${className}`}>
            {children}
          </div>
        </ReplacementsContext>
      </UiProvider>
    </ChatProvider>
  );
}
