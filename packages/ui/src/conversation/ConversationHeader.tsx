/** Owns the head of a conversation: whom one is talking to, and whether they are there. */
import type { ConversationId, FileId, UserId } from '@natter/protocol';
import { useConversation, usePresence } from '@natter/react';
import { useState } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { ConversationDetails } from '../details/ConversationDetails.ts';
import type { Muting } from '../details/MuteSwitch.tsx';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { presenceText } from '../presence/presenceText.ts';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';

export interface ConversationHeaderProps extends Muting {
  /** Left out inside `Conversation`. */
  conversationId?: ConversationId;
  /** Shows a back button where there is one pane at a time. */
  onBack?: () => void;
  onLeft?: () => void;
}

export function ConversationHeader({
  conversationId: given,
  onBack,
  onLeft,
  ...muting
}: ConversationHeaderProps) {
  const { texts } = useUi();
  const { id: conversationId } = useOpenConversation(given);
  const item = useConversation(conversationId);
  const [showing, setShowing] = useState(false);
  const group = item?.conversation.kind === 'group';
  const peerId = item?.peer?.userId ?? null;

  return (
    <header className="natter-conversation-header">
      {onBack !== undefined && (
        <IconButton
          icon="back"
          className="natter-back"
          label={texts.conversation.back}
          onClick={onBack}
        />
      )}
      {item !== null && (
        <div className="natter-conversation-identity">
          <HeaderAvatar
            peerId={peerId}
            conversationId={conversationId}
            title={item.title}
            picture={item.peer?.picture ?? item.conversation.picture}
            group={group}
          />
          <div className="natter-conversation-heading">
            <h1>
              {/* All of the head is this button, by its own box (see the styles). */}
              <button
                type="button"
                className="natter-conversation-heading-button natter-one-line"
                dir="auto"
                title={texts.conversation.showDetails}
                aria-haspopup="dialog"
                onClick={() => setShowing(true)}
              >
                {item.title}
              </button>
            </h1>
            {group ? (
              <p>{texts.conversation.members(item.conversation.memberCount)}</p>
            ) : (
              peerId !== null && <PresenceLine userId={peerId} />
            )}
          </div>
          <Icon name="info" />
        </div>
      )}
      {showing && (
        <ConversationDetails
          conversationId={conversationId}
          onClose={() => setShowing(false)}
          onLeft={onLeft}
          {...muting}
        />
      )}
    </header>
  );
}

function HeaderAvatar(props: {
  peerId: UserId | null;
  conversationId: ConversationId;
  title: string;
  picture: FileId | null;
  group: boolean;
}) {
  const { peerId, conversationId, title, picture, group } = props;
  const presence = usePresence(peerId === null ? [] : [peerId]);
  const online = peerId !== null && presence.get(peerId)?.online === true;
  return (
    <Avatar
      id={peerId ?? conversationId}
      name={title}
      picture={picture}
      group={group}
      online={online}
      silent
    />
  );
}

function PresenceLine({ userId }: { userId: UserId }) {
  const { texts, locale } = useUi();
  const now = useNow(30_000);
  const presence = usePresence([userId]).get(userId);
  return (
    <p data-online={presence?.online === true}>{presenceText(presence, now, texts, locale)}</p>
  );
}
