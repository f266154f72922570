/** Owns what one line of the list shows. Memoised: only a line whose conversation changed renders. */
import type { ConversationItem } from '@natter/client';
import { type ConversationId, limits } from '@natter/protocol';
import { useMe, useTyping } from '@natter/react';
import { memo } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { type Draft, hasDraft } from '../drafts/draft.ts';
import { useDraft } from '../drafts/useDraft.ts';
import { Moment } from '../formatting/Moment.tsx';
import { formatCount } from '../formatting/size.ts';
import { formatListTime } from '../formatting/time.ts';
import { Icon } from '../icons/Icon.tsx';
import { useMarkdown } from '../markdown/read.ts';
import { replaceable } from '../runtime/replaceable.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { StatusTick } from '../timeline/StatusTick.tsx';
import { previewText } from './previewText.ts';
import { useIsOnline } from './useVisiblePeers.ts';

export interface ConversationRowProps {
  item: ConversationItem;
  selected: boolean;
  /** The one of the list that Tab reaches. */
  active: boolean;
  muted: boolean;
  /** Whether it shows who is typing there; a connection can be told of few conversations. */
  tellsTyping: boolean;
  now: number;
  onSelect: (id: ConversationId) => void;
}

const DefaultRow = memo(function ConversationRow({
  item,
  selected,
  active,
  muted,
  tellsTyping,
  now,
  onSelect,
}: ConversationRowProps) {
  const { texts, locale } = useUi();
  const { conversation, peer, preview, title, unreadCount } = item;
  const online = useIsOnline(peer?.userId ?? null);
  const draft = useDraft(conversation.id);
  const drafted = !selected && hasDraft(draft);

  return (
    <button
      type="button"
      className="natter-conversation-row"
      aria-current={selected ? 'page' : undefined}
      tabIndex={active ? 0 : -1}
      data-muted={muted}
      onClick={() => onSelect(conversation.id)}
    >
      <Avatar
        id={peer?.userId ?? conversation.id}
        name={title}
        picture={peer?.picture ?? conversation.picture}
        group={conversation.kind === 'group'}
        online={online}
      />
      <span className="natter-conversation-text">
        <span className="natter-conversation-top">
          <span className="natter-conversation-title natter-one-line" dir="auto">
            {title}
          </span>
          {muted && (
            <span className="natter-muted-mark" title={texts.conversations.muted}>
              <Icon name="bellOff" />
              <span className="natter-visually-hidden">{texts.conversations.muted}</span>
            </span>
          )}
          <Moment at={item.activeAt} className="natter-conversation-time">
            {formatListTime(preview?.createdAt ?? item.activeAt, now, locale)}
          </Moment>
        </span>
        <span className="natter-conversation-bottom">
          {tellsTyping ? (
            <TypingPreview item={item} draft={drafted ? draft : null} />
          ) : (
            <Preview item={item} draft={drafted ? draft : null} />
          )}
          {!drafted &&
            preview?.isMine === true &&
            preview.deletedAt === null &&
            preview.type !== 'system' && <StatusTick status={preview.status} />}
          {unreadCount > 0 && (
            <span className="natter-unread-badge" data-muted={muted}>
              <span aria-hidden="true">
                {unreadText(unreadCount, texts.common.unreadMax, locale)}
              </span>
              <span className="natter-visually-hidden">
                {texts.conversations.unread(unreadCount)}
              </span>
            </span>
          )}
        </span>
      </span>
    </button>
  );
});

/** Replaceable by a host application. */
export const ConversationRow = replaceable<ConversationRowProps>('ConversationRow', DefaultRow);

interface PreviewProps {
  item: ConversationItem;
  draft: Draft | null;
}

function TypingPreview({ item, draft }: PreviewProps) {
  const { texts } = useUi();
  const [typist] = useTyping(item.conversation.id);
  if (typist === undefined) return <Preview item={item} draft={draft} />;
  const direct = item.conversation.kind === 'direct';
  return (
    <span className="natter-conversation-preview natter-conversation-typing">
      {direct ? texts.conversations.typing : texts.conversations.typingWho(typist.name)}
    </span>
  );
}

function Preview({ item, draft }: PreviewProps) {
  const { texts, locale } = useUi();
  const me = useMe()?.userId ?? null;
  // Its marks are read, and not shown.
  useMarkdown('afterPaint');
  return (
    <span
      className="natter-conversation-preview natter-one-line"
      dir={draft === null ? 'auto' : undefined}
    >
      {draft === null ? (
        previewText(item, { me, texts, locale })
      ) : (
        <>
          <span className="natter-draft-mark">{texts.conversations.draft}</span>{' '}
          <bdi>{draft.text.replace(/\s+/gu, ' ').trim() || draft.files[0]?.file.name}</bdi>
        </>
      )}
    </span>
  );
}

/** The count goes no further than the limit, and says so. */
export function unreadText(count: number, atMost: (n: number) => string, locale?: string): string {
  if (count >= limits.unreadCountMax) return atMost(limits.unreadCountMax);
  return formatCount(count, locale);
}
