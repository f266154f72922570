/** Owns what there is to know of a message of mine: when, and how far it has got with whom. */
import type { TimelineMessage } from '@natter/client';
import { limits } from '@natter/protocol';
import { useConversation, useReceipts } from '@natter/react';
import { Avatar } from '../avatar/Avatar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { formatDateTime } from '../formatting/time.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { type Reader, seenBy } from './seenBy.ts';

export interface MessageDetailsProps {
  message: TimelineMessage;
  onClose: () => void;
}

export function MessageDetails({ message, onClose }: MessageDetailsProps) {
  const { texts, locale } = useUi();
  const say = texts.timeline;
  const item = useConversation(message.conversationId);
  const receipts = useReceipts(message.conversationId);
  const { read, delivered, waiting } = seenBy(receipts, message.seq ?? Number.POSITIVE_INFINITY);
  // There nobody is told how far others have got.
  const isLarge = (item?.conversation.memberCount ?? 0) > limits.largeConversationMembers;

  return (
    <Dialog title={say.detailsTitle} onClose={onClose}>
      <dl className="natter-details">
        <dt>{say.sentAt}</dt>
        <dd>{formatDateTime(message.createdAt, locale)}</dd>
        {message.editedAt !== null && (
          <>
            <dt>{say.editedAt}</dt>
            <dd>{formatDateTime(message.editedAt, locale)}</dd>
          </>
        )}
      </dl>
      {isLarge ? (
        <p className="natter-dialog-text">{say.readersUnknown(limits.largeConversationMembers)}</p>
      ) : (
        <div className="natter-readers">
          <Readers title={say.readBy} icon="read" people={read} />
          <Readers title={say.deliveredTo} icon="checks" people={delivered} />
          <Readers title={say.notYet} icon="clock" people={waiting} />
        </div>
      )}
    </Dialog>
  );
}

function Readers(props: { title: string; icon: IconName; people: readonly Reader[] }) {
  const { title, icon, people } = props;
  if (people.length === 0) return null;
  return (
    <section>
      <h3>
        <Icon name={icon} />
        {title}
      </h3>
      <ul aria-label={title}>
        {people.map(({ userId, name, picture }) => (
          <li key={userId} className="natter-person">
            <Avatar id={userId} name={name} picture={picture} size="small" />
            <span className="natter-person-name" dir="auto">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
