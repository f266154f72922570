/** Owns the list of conversations: its order and contents are the client's, its loading, empty and failed looks are here. */
import { type ConversationId, limits } from '@natter/protocol';
import { useChatClient, useConversations } from '@natter/react';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { ConversationRow } from './ConversationRow.tsx';

export interface ConversationListProps {
  selectedId: ConversationId | null;
  onSelect: (id: ConversationId) => void;
  onNew?: () => void;
}

export function ConversationList({ selectedId, onSelect, onNew }: ConversationListProps) {
  const { texts } = useUi();
  const { conversations } = useChatClient();
  const { items, state, error, hasMore, loadingMore } = useConversations();
  const now = useNow(60_000);

  return (
    <nav
      className="natter-conversation-list"
      aria-label={texts.conversations.label}
      aria-busy={state === 'loading'}
    >
      {items.length > 0 && (
        <ul>
          {items.map((item, at) => (
            <ConversationRow
              key={item.conversation.id}
              item={item}
              selected={item.conversation.id === selectedId}
              tellsTyping={at < typingRowsMax}
              now={now}
              onSelect={onSelect}
            />
          ))}
        </ul>
      )}
      {items.length === 0 && (state === 'loading' || state === 'idle') && (
        <Skeleton label={texts.common.loading} />
      )}
      {items.length === 0 && state === 'ready' && (
        <Notice icon="chat" title={texts.conversations.empty} hint={texts.conversations.emptyHint}>
          {onNew !== undefined && (
            <button type="button" className="natter-button natter-button-primary" onClick={onNew}>
              {texts.conversations.newConversation}
            </button>
          )}
        </Notice>
      )}
      {(state === 'error' || (error !== null && items.length === 0)) && (
        <Notice icon="alert" title={texts.conversations.failed} hint={error?.message} failure>
          <button type="button" className="natter-button" onClick={() => conversations.load()}>
            {texts.common.retry}
          </button>
        </Notice>
      )}
      {hasMore && items.length > 0 && (
        <div className="natter-load-more">
          {loadingMore ? (
            <Spinner label={texts.common.loading} />
          ) : (
            <button
              type="button"
              className="natter-button"
              onClick={() => conversations.loadMore()}
            >
              {texts.common.loadMore}
            </button>
          )}
        </div>
      )}
    </nav>
  );
}

/** Half of what one connection may watch: the rest is for what is open, and for the list while it reorders. */
const typingRowsMax = limits.watchedConversationsMax / 2;

function Skeleton({ label }: { label: string }) {
  return (
    <div className="natter-skeleton" role="progressbar" aria-label={label}>
      {[70, 52, 64, 44, 58].map((width) => (
        <div key={width} className="natter-skeleton-row">
          <span className="natter-skeleton-disc" />
          <span className="natter-skeleton-lines">
            <span style={{ width: `${width - 20}%` }} />
            <span style={{ width: `${width + 15}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
