/** Owns what the list says when it shows no rows, or not all of them. */
import type { ConversationsSnapshot } from '@natter/client';
import { useChatClient } from '@natter/react';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';

export interface ListStateProps {
  snapshot: ConversationsSnapshot;
  narrowed: boolean;
  found: number;
  query: string;
  onNew: (() => void) | undefined;
  onSearchPeople: ((query: string) => void) | undefined;
  /** Shows everything again. */
  onAll: () => void;
}

export function ListState(props: ListStateProps) {
  const { snapshot, narrowed, found, query, onNew, onSearchPeople, onAll } = props;
  const ui = useUi();
  const { texts } = ui;
  const { conversations } = useChatClient();
  const { state, error } = snapshot;
  const say = texts.conversations;
  const empty = snapshot.items.length === 0;

  if (state === 'error' || (error !== null && empty))
    return (
      <Notice
        icon="alert"
        title={say.failed}
        hint={error === null ? undefined : errorText(error, ui)}
        failure
      >
        <button type="button" className="natter-button" onClick={() => conversations.load()}>
          {texts.common.retry}
        </button>
      </Notice>
    );
  if (empty && state !== 'ready') return <Skeleton label={texts.common.loading} />;
  if (empty)
    return (
      <Notice icon="chat" title={say.empty} hint={say.emptyHint}>
        {onNew !== undefined && (
          <button type="button" className="natter-button natter-button-primary" onClick={onNew}>
            {say.newConversation}
          </button>
        )}
      </Notice>
    );
  if (!narrowed || found > 0) return null;
  return query === '' ? (
    <Notice icon="check" title={say.allRead} hint={say.allReadHint}>
      <button type="button" className="natter-button" onClick={onAll}>
        {say.showAll}
      </button>
    </Notice>
  ) : (
    <Notice icon="search" title={say.noneFits(query)} hint={say.noneFitsHint}>
      {onSearchPeople !== undefined && (
        <button type="button" className="natter-button" onClick={() => onSearchPeople(query)}>
          {say.searchPeople}
        </button>
      )}
    </Notice>
  );
}

/** Below the rows: the next page on its way, why it did not come, or the way to look through it. */
export function ListEnd({
  snapshot: { state, error, hasMore, loadingMore },
  narrowed,
}: {
  snapshot: ConversationsSnapshot;
  narrowed: boolean;
}) {
  const ui = useUi();
  const { texts } = ui;
  const { conversations } = useChatClient();
  if (!hasMore || state === 'error') return null;
  if (loadingMore)
    return (
      <div className="natter-load-more">
        <Spinner label={texts.common.loading} />
      </div>
    );
  if (error === null && !narrowed) return null;
  return (
    <div className="natter-load-more">
      {error !== null && (
        <p className="natter-load-failed" role="alert">
          {texts.conversations.moreFailed} {errorText(error, ui)}
        </p>
      )}
      <button type="button" className="natter-button" onClick={() => conversations.loadMore()}>
        {error !== null ? texts.common.retry : texts.conversations.lookFurther}
      </button>
    </div>
  );
}

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
