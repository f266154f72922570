/** Owns one message on screen. Memoised: a message whose row did not change does not render. */
import type { TimelineMessage } from '@natter/client';
import { useMemberPicture } from '@natter/react';
import { memo } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { avatarColour } from '../avatar/avatarLook.ts';
import { MessageFiles } from '../files/MessageFiles.tsx';
import { Moment } from '../formatting/Moment.tsx';
import { formatTime } from '../formatting/time.ts';
import { Icon } from '../icons/Icon.tsx';
import { countEmoji } from '../markdown/emoji.ts';
import { replaceable } from '../runtime/replaceable.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { LinesAbove } from './LinesAbove.tsx';
import { MessageActions } from './MessageActions.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { MessageText } from './MessageText.tsx';
import type { MessageCommands } from './messageCommands.ts';
import { useRested } from './rest.ts';
import { SeenCount } from './SeenCount.tsx';
import { StatusTick } from './StatusTick.tsx';
import { SystemRow } from './SystemRow.tsx';
import { useMessageMenu } from './useMessageMenu.ts';

export interface MessageRowProps {
  message: TimelineMessage;
  opensDay: boolean;
  opensNew: boolean;
  first: boolean;
  last: boolean;
  /** Groups name the sender and show an avatar. */
  group: boolean;
  canDelete: boolean;
  /** The one row that Tab reaches; arrows move it. */
  active: boolean;
  /** It was asked for, and stands out for a moment. */
  flash?: boolean;
  /** Midnight turns "Today" into "Yesterday". */
  now: number;
  commands: MessageCommands;
}

const DefaultMessage = memo(function MessageRow(props: MessageRowProps) {
  const { message, opensDay, opensNew, first, last, group, canDelete, active, now, commands } =
    props;
  const { texts, locale } = useUi();
  const say = texts.timeline;
  const name = message.isMine ? say.you : message.senderName;
  const textId = `natter-text-${message.id}`;
  const stateId = `natter-state-${message.id}`;
  const offersMenu = message.deletedAt === null;
  const named = group && !message.isMine;
  // Tab goes from message to message's own buttons, not through those of all.
  const tabIndex = active ? 0 : -1;
  const menu = useMessageMenu();
  // The focus can go on to them at once; a pointer finds them where it stops.
  const showsActions = useRested() || active;

  if (message.type === 'system') {
    const above = { message, opensDay, opensNew, now };
    return <SystemRow {...above} flash={props.flash ?? false} tabIndex={tabIndex} />;
  }
  return (
    <div
      className="natter-timeline-row"
      data-first={first}
      data-last={last}
      data-flash={props.flash ?? false}
    >
      <LinesAbove message={message} opensDay={opensDay} opensNew={opensNew} now={now} />
      <article
        className="natter-message"
        data-mine={message.isMine}
        data-message-id={message.id}
        data-status={message.status}
        data-held={menu.held || menu.anchor !== null}
        aria-label={say.messageFrom(name, formatTime(message.createdAt, locale))}
        aria-describedby={`${textId} ${stateId}`}
        tabIndex={tabIndex}
        {...(offersMenu ? menu.handlers : {})}
      >
        {named && (
          <span className="natter-message-avatar">
            {last && <SenderAvatar message={message} />}
          </span>
        )}
        <div className="natter-message-column">
          <div
            className="natter-bubble"
            data-deleted={message.deletedAt !== null}
            data-bare={bareOf(message)}
          >
            {named && first && <SenderName message={message} />}
            {message.deletedAt === null ? (
              <MessageFiles message={message} tabIndex={tabIndex} />
            ) : (
              <span className="natter-message-deleted" id={textId}>
                <Icon name="trash" />
                {say.deleted}
              </span>
            )}
            {message.content !== '' && message.deletedAt === null && (
              <MessageText content={message.content} id={textId} tabIndex={tabIndex} />
            )}
            <span className="natter-message-meta">
              <span id={stateId} className="natter-message-state">
                {message.editedAt !== null && message.deletedAt === null && (
                  <span>{say.edited}</span>
                )}
                {message.isMine && message.deletedAt === null && (
                  <StatusTick status={message.status} />
                )}
                {group && isPartlyRead(message) && <SeenCount message={message} />}
              </span>
              <Moment at={message.createdAt}>{formatTime(message.createdAt, locale)}</Moment>
            </span>
            {showsActions && (
              <MessageActions
                message={message}
                canDelete={canDelete}
                tabIndex={tabIndex}
                commands={commands}
                menuOpen={menu.anchor !== null}
                onMenu={menu.open}
              />
            )}
          </div>
          <Trouble message={message} commands={commands} />
        </div>
        {menu.anchor !== null && (
          <MessageMenu
            message={message}
            canDelete={canDelete}
            commands={commands}
            anchor={menu.anchor}
            onClose={menu.close}
          />
        )}
      </article>
    </div>
  );
});

/** Replaceable by a host application, as `Message`. */
export const MessageRow = replaceable<MessageRowProps>('Message', DefaultMessage);

function SenderAvatar({ message }: { message: TimelineMessage }) {
  const { conversationId, senderId, senderName } = message;
  const picture = useMemberPicture(conversationId, senderId);
  return <Avatar id={senderId} name={senderName} picture={picture} size="small" />;
}

function SenderName({ message }: { message: TimelineMessage }) {
  return (
    <span
      className="natter-message-sender natter-one-line"
      data-colour={avatarColour(message.senderId)}
      dir="auto"
    >
      {message.senderName}
    </span>
  );
}

/** What went wrong, and the ways out of it. */
function Trouble({ message, commands }: { message: TimelineMessage; commands: MessageCommands }) {
  const ui = useUi();
  const { texts } = ui;
  const say = texts.timeline;
  if (message.status === 'failed') {
    return (
      <div className="natter-message-trouble" role="alert">
        <span>
          {say.notSent} {message.error !== null && errorText(message.error, ui)}
        </span>
        <button
          type="button"
          className="natter-link-button"
          onClick={(event) => {
            // The button goes with the trouble: the focus stays with the message.
            event.currentTarget.closest('article')?.focus({ preventScroll: true });
            commands.resend(message);
          }}
        >
          {say.resend}
        </button>
        <button
          type="button"
          className="natter-link-button"
          onClick={() => commands.discard(message)}
        >
          {say.discard}
        </button>
      </div>
    );
  }
  if (message.error === null) return null;
  return (
    <div className="natter-message-trouble" role="alert">
      {say.changeRefused} {errorText(message.error, ui)}
    </div>
  );
}

/** Sent or delivered to all means little where some have read it. */
function isPartlyRead({ isMine, deletedAt, status }: TimelineMessage): boolean {
  return isMine && deletedAt === null && (status === 'sent' || status === 'delivered');
}

/** A picture alone, or a few emoji, need no bubble around them. */
function bareOf(message: TimelineMessage): 'image' | 'emoji' | undefined {
  const { content, attachments, pending, deletedAt } = message;
  const all = attachments.length > 0 ? attachments : pending;
  if (deletedAt !== null) return undefined;
  if (all.length === 0) return countEmoji(content) === null ? undefined : 'emoji';
  return content === '' && all.every((each) => each.kind === 'image') ? 'image' : undefined;
}
