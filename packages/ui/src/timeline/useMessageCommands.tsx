/** Owns what the actions of messages do, and the questions and answers that come with them. */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { type ReactNode, useMemo, useState } from 'react';
import { ConfirmDialog } from '../dialogs/ConfirmDialog.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { MessageDetails } from './MessageDetails.tsx';
import type { MessageCommands } from './messageCommands.ts';
import { useCopy } from './useCopy.ts';

/** The address of a message in the application, to be given to others. */
export type MessageLink = (conversationId: ConversationId, seq: number) => string;

export interface MessageCommandsState {
  /** The same object as long as what they act on is the same. */
  commands: MessageCommands;
  /** The message that is asked about; its dialog is open. */
  askedId: string | null;
  /** To be put beside the messages. */
  dialogs: ReactNode;
}

export function useMessageCommands(
  conversationId: ConversationId,
  onEdit: ((message: TimelineMessage) => void) | null,
  messageLink: MessageLink | null,
): MessageCommandsState {
  const { texts } = useUi();
  const client = useChatClient();
  const [asked, setAsked] = useState<{
    about: 'delete' | 'details';
    message: TimelineMessage;
  } | null>(null);
  const { copied, copy } = useCopy();

  const commands = useMemo<MessageCommands>(() => {
    const of = () => client.messages(conversationId);
    return {
      copy: ({ content }) => copy(content),
      copyLink:
        messageLink === null
          ? null
          : ({ seq }) => {
              if (seq !== null) copy(messageLink(conversationId, seq)).catch(ignore);
            },
      edit: onEdit,
      details: (message) => setAsked({ about: 'details', message }),
      delete: (message) => setAsked({ about: 'delete', message }),
      resend: ({ id }) => of().resend(id),
      discard: ({ id }) => of().discard(id),
    };
  }, [client, conversationId, onEdit, messageLink, copy]);

  const close = () => setAsked(null);
  return {
    commands,
    askedId: asked?.message.id ?? null,
    dialogs: (
      <>
        {asked?.about === 'delete' && (
          <ConfirmDialog
            title={texts.timeline.deleteTitle}
            body={texts.timeline.deleteBody}
            confirm={texts.timeline.delete}
            onClose={close}
            onConfirm={() => {
              // A refusal comes back as the message's own `error`, and shows there.
              client.messages(conversationId).delete(asked.message.id).catch(ignore);
            }}
          />
        )}
        {asked?.about === 'details' && <MessageDetails message={asked.message} onClose={close} />}
        <div className="natter-said" role="status">
          {copied && <span>{texts.timeline.copied}</span>}
        </div>
      </>
    ),
  };
}

function ignore(): void {}
