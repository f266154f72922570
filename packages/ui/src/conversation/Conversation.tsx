/**
 * Owns one conversation as a whole: what its parts share, and where files are dropped. Without children it lays out all
 * of them; with children it is the frame of yours.
 */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useChatClient, useConversation, useMessages } from '@natter/react';
import { type DragEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { Composer } from '../composer/Composer.tsx';
import type { Muting } from '../details/MuteSwitch.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { editsOf } from '../drafts/edits.ts';
import {
  type ComposerHandle,
  type OpenConversation,
  OpenConversationContext,
  useOpenConversation,
} from '../runtime/openConversation.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { offeredActions } from '../timeline/offeredActions.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import type { MessageLink } from '../timeline/useMessageCommands.tsx';
import type { OpenAt } from '../timeline/useOpening.ts';
import { TypingLine } from '../typing/TypingLine.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';

export interface ConversationProps extends ConversationLayoutProps {
  id: ConversationId;
  /** Your own arrangement of `ConversationHeader`, `Timeline`, `TypingLine` and `Composer`, or of parts of yours. */
  children?: ReactNode;
}

export interface ConversationLayoutProps extends Muting {
  /** Shows a back button where there is one pane at a time. */
  onBack?: () => void;
  onLeft?: () => void;
  /** Where a message can be found in your application; without it, no link of it can be copied. Keep the function. */
  messageLink?: MessageLink;
  /** Puts the focus into the composer at once; not where that opens a keyboard on the screen. */
  autoFocus?: boolean;
  /** The message to show, instead of where one left off; a new object to be led there again. */
  openAt?: OpenAt | null;
}

export function Conversation(props: ConversationProps) {
  // What is being edited, and the place in the history, belong to one conversation.
  return <KeyedConversation key={props.id} {...props} />;
}

function KeyedConversation({ id, children, ...layout }: ConversationProps) {
  const { texts } = useUi();
  const item = useConversation(id);
  const open = useOpening(id);
  const [dragging, setDragging] = useState(false);
  const takesFiles = !open.gone && open.editing === null;

  function over(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return;
    // Taken or not: the browser would leave the page to show the file.
    event.preventDefault();
    if (takesFiles) setDragging(true);
    else event.dataTransfer.dropEffect = 'none';
  }

  function drop(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragging(false);
    if (!takesFiles) return;
    open.composer?.current?.addFiles([...event.dataTransfer.files]);
    open.composer?.current?.focus();
  }

  return (
    <OpenConversationContext value={open}>
      <section
        className="natter-conversation"
        aria-label={item?.title ?? texts.conversation.directHint}
        onDragOver={over}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragging(false);
        }}
        onDrop={drop}
      >
        {children ?? <ConversationLayout {...layout} />}
        {dragging && <div className="natter-drop">{texts.composer.dropHere}</div>}
      </section>
    </OpenConversationContext>
  );
}

function ConversationLayout({
  onBack,
  onLeft,
  messageLink,
  openAt = null,
  muted,
  onMute,
  ...writing
}: ConversationLayoutProps) {
  const { texts } = useUi();
  const { id, gone } = useOpenConversation();
  const empty = useMessages(id).messages.length === 0;
  return (
    <>
      <ConversationHeader
        {...(onBack === undefined ? {} : { onBack })}
        {...(onLeft === undefined ? {} : { onLeft })}
        {...(muted === undefined ? {} : { muted })}
        onMute={onMute}
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
        <Timeline openAt={openAt} {...(messageLink === undefined ? {} : { messageLink })} />
      )}
      {gone && !empty && <p className="natter-conversation-gone">{texts.conversations.goneHint}</p>}
      {!gone && (
        <>
          <TypingLine />
          <Composer {...writing} />
        </>
      )}
    </>
  );
}

function useOpening(id: ConversationId): OpenConversation {
  const client = useChatClient();
  const { error } = useMessages(id);
  const composer = useRef<ComposerHandle>(null);
  const [editing, setEditing] = useState<TimelineMessage | null>(
    () => editsOf(client).get(id)?.message ?? null,
  );
  const endEdit = useCallback(() => {
    editsOf(client).delete(id);
    setEditing(null);
  }, [client, id]);
  const editLast = useCallback(() => {
    const { messages } = client.messages(id).getSnapshot();
    const last = messages.findLast((message) => offeredActions(message, false).edit);
    if (last !== undefined) setEditing(last);
  }, [client, id]);
  // The server says so. What failed meanwhile is still mine to read.
  const gone = error?.code === 'notMember' || error?.code === 'notFound';
  return useMemo(
    () => ({ id, editing, edit: setEditing, editLast, endEdit, gone, composer }),
    [id, editing, editLast, endEdit, gone],
  );
}
