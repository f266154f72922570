/** Owns one line of the list. Memoised: only a line whose conversation changed renders. */
import type { ConversationItem } from '@natter/client';
import { type ConversationId, limits } from '@natter/protocol';
import { useMe, usePresence, useTyping } from '@natter/react';
import { memo } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { formatDateTime, formatListTime } from '../formatting/time.ts';
import { useMarkdown } from '../markdown/read.ts';
import { replaceable } from '../runtime/replaceable.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { StatusTick } from '../timeline/StatusTick.tsx';
import { previewText } from './previewText.ts';

export interface ConversationRowProps {
  item: ConversationItem;
  selected: boolean;
  /** Whether it shows who is typing there; a connection can be told of few conversations. */
  tellsTyping: boolean;
  now: number;
  onSelect: (id: ConversationId) => void;
}

const DefaultRow = memo(function ConversationRow({
  item,
  selected,
  tellsTyping,
  now,
  onSelect,
}: ConversationRowProps) {
  const { texts, locale } = useUi();
  const { conversation, peer, preview, title, unreadCount } = item;
  const presence = usePresence(peer === null ? [] : [peer.userId]);
  const online = peer !== null && presence.get(peer.userId)?.online === true;

  return (
    <li className="natter-conversation-item">
      <button
        type="button"
        className="natter-conversation-row"
        aria-current={selected ? 'page' : undefined}
        onClick={() => onSelect(conversation.id)}
      >
        <Avatar
          id={peer?.userId ?? conversation.id}
          name={title}
          group={conversation.kind === 'group'}
          online={online}
        />
        <span className="natter-conversation-text">
          <span className="natter-conversation-top">
            <span className="natter-conversation-title">{title}</span>
            <time
              className="natter-conversation-time"
              dateTime={new Date(item.activeAt).toISOString()}
              title={formatDateTime(item.activeAt, locale)}
            >
              {formatListTime(preview?.createdAt ?? item.activeAt, now, locale)}
            </time>
          </span>
          <span className="natter-conversation-bottom">
            {tellsTyping ? <TypingPreview item={item} /> : <Preview item={item} />}
            {preview?.isMine === true &&
              preview.deletedAt === null &&
              preview.type !== 'system' && <StatusTick status={preview.status} />}
            {unreadCount > 0 && (
              <span className="natter-unread-badge">
                <span aria-hidden="true">{unreadText(unreadCount, texts.common.unreadMax)}</span>
                <span className="natter-visually-hidden">
                  {texts.conversations.unread(unreadCount)}
                </span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});

/** Replaceable by a host application. */
export const ConversationRow = replaceable<ConversationRowProps>('ConversationRow', DefaultRow);

function TypingPreview({ item }: { item: ConversationItem }) {
  const { texts } = useUi();
  const [typist] = useTyping(item.conversation.id);
  if (typist === undefined) return <Preview item={item} />;
  const direct = item.conversation.kind === 'direct';
  return (
    <span className="natter-conversation-preview natter-conversation-typing">
      {direct ? texts.conversations.typing : texts.conversations.typingWho(typist.name)}
    </span>
  );
}

function Preview({ item }: { item: ConversationItem }) {
  useMarkdown();
  const { texts, locale } = useUi();
  const me = useMe()?.userId ?? null;
  return (
    <span className="natter-conversation-preview">{previewText(item, { me, texts, locale })}</span>
  );
}

/** The count goes no further than the limit, and says so. */
export function unreadText(count: number, atMost: (n: number) => string): string {
  if (count >= limits.unreadCountMax) return atMost(limits.unreadCountMax);
  return String(count);
}
