/** Owns the messages of one conversation on screen. */
import type { ConversationItem, TimelineMessage } from '@natter/client';
import { type ConversationId, may } from '@natter/protocol';
import { useChatClient, useConnectionStatus, useConversation, useMessages } from '@natter/react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { ConfirmDialog } from '../dialogs/ConfirmDialog.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { Announcer } from './Announcer.tsx';
import { JumpButton, OlderState } from './Edges.tsx';
import { type MessageCommands, MessageRow } from './MessageRow.tsx';
import { countNew, divideTimeline, newestSeq } from './rows.ts';
import { useActiveRow } from './useActiveRow.ts';
import { useAttention } from './useAttention.ts';
import { useOneEnd } from './useOneEnd.ts';
import { type ScrollNeeds, useTimelineScroll } from './useTimelineScroll.ts';

export interface TimelineProps {
  /** Left out inside `Conversation`. Where it stands alone, messages cannot be edited without `onEdit`. */
  conversationId?: ConversationId;
  /** In place of putting the message into the conversation's composer. */
  onEdit?: (message: TimelineMessage) => void;
}

export function Timeline({ conversationId, onEdit }: TimelineProps) {
  const { id, edit } = useOpenConversation(conversationId);
  // A place in the history belongs to one conversation.
  return <KeyedTimeline key={id} conversationId={id} onEdit={onEdit ?? edit} />;
}

interface KeyedTimelineProps {
  conversationId: ConversationId;
  onEdit: ((message: TimelineMessage) => void) | null;
}

function KeyedTimeline({ conversationId, onEdit }: KeyedTimelineProps) {
  const { texts } = useUi();
  const client = useChatClient();
  const item = useConversation(conversationId);
  const snapshot = useMessages(conversationId);
  const { messages, state, hasBefore, hasAfter, loadingBefore, loadingAfter, pagingError } =
    snapshot;
  const now = useNow(60_000);
  const [deleting, setDeleting] = useState<TimelineMessage | null>(null);
  const newAfterSeq = useNewAfter(item);

  const divided = useMemo(
    () => divideTimeline(messages, { hasBefore, newAfterSeq }),
    [messages, hasBefore, newAfterSeq],
  );
  const rows = useOneEnd(divided);
  const needs = useMemo<ScrollNeeds>(() => {
    const history = client.messages(conversationId);
    return {
      older:
        hasBefore && !loadingBefore && pagingError === null ? () => history.loadBefore() : null,
      newer: hasAfter && !loadingAfter && pagingError === null ? () => history.loadAfter() : null,
      endsHere: !hasAfter,
    };
  }, [client, conversationId, hasBefore, hasAfter, loadingBefore, loadingAfter, pagingError]);
  const { scroller, list, shift, atEnd, onScroll, onResize, toEnd } = useTimelineScroll(
    rows,
    needs,
  );
  const { activeAt, chosenAt, onKeyDown, onFocus } = useActiveRow(rows, scroller, list);
  // Not the newest while one reads further up: measured just after older ones came, it would move what is read.
  const keptAt = atEnd ? activeAt : chosenAt;
  useFocusAfter(deleting?.id ?? null, scroller);

  const newest = newestSeq(messages);
  const atLatest = atEnd && !hasAfter;
  useMarkAsRead(conversationId, state === 'ready' && atLatest ? newest : 0);
  const seenSeq = useSeen(newest, atLatest);

  const commands = useMemo<MessageCommands>(() => {
    const of = () => client.messages(conversationId);
    return {
      edit: onEdit,
      delete: setDeleting,
      resend: ({ id }) => of().resend(id),
      discard: ({ id }) => of().discard(id),
    };
  }, [client, conversationId, onEdit]);

  async function jump() {
    if (hasAfter) await client.messages(conversationId).load();
    toEnd();
  }

  const kind = item?.conversation.kind ?? 'direct';
  const deletesOthers = item !== null && may(kind, item.role, 'deleteOthers');
  const empty = messages.length === 0;

  return (
    <div className="natter-timeline">
      {empty ? (
        <EmptyTimeline
          state={state}
          message={snapshot.error?.message}
          onRetry={() => client.messages(conversationId).load()}
        />
      ) : (
        <OlderState
          loading={loadingBefore}
          error={pagingError}
          onRetry={() => client.messages(conversationId).loadBefore()}
        />
      )}
      <div
        ref={scroller}
        className="natter-timeline-scroller"
        role="log"
        aria-label={texts.timeline.label}
        aria-live="off"
        aria-busy={state === 'loading' || loadingBefore}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <div className="natter-timeline-fill" />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          shift={shift}
          bufferSize={600}
          keepMounted={keptAt < 0 ? [] : [keptAt]}
          onScroll={onScroll}
          onResize={onResize}
        >
          {rows.map((row, at) => (
            <MessageRow
              key={row.message.id}
              {...row}
              group={kind === 'group'}
              canDelete={row.message.isMine || deletesOthers}
              active={at === activeAt}
              now={now}
              commands={commands}
            />
          ))}
        </Virtualizer>
      </div>
      {deleting !== null && (
        <ConfirmDialog
          title={texts.timeline.deleteTitle}
          body={texts.timeline.deleteBody}
          confirm={texts.timeline.delete}
          onClose={() => setDeleting(null)}
          onConfirm={() => {
            // A refusal comes back as the message's own `error`, and shows there.
            client.messages(conversationId).delete(deleting.id).catch(ignore);
          }}
        />
      )}
      <Announcer messages={messages} ready={state === 'ready'} />
      {!empty && !atLatest && <JumpButton count={countNew(messages, seenSeq)} onJump={jump} />}
    </div>
  );
}

interface EmptyTimelineProps {
  state: 'idle' | 'loading' | 'ready' | 'error';
  message: string | undefined;
  onRetry: () => void;
}

function EmptyTimeline({ state, message, onRetry }: EmptyTimelineProps) {
  const { texts } = useUi();
  return (
    <div className="natter-timeline-state">
      {(state === 'idle' || state === 'loading') && <Spinner label={texts.common.loading} />}
      {state === 'ready' && (
        <Notice icon="chat" title={texts.timeline.empty} hint={texts.timeline.emptyHint} />
      )}
      {state === 'error' && (
        <Notice icon="alert" title={texts.timeline.failed} hint={message} failure>
          <button type="button" className="natter-button" onClick={onRetry}>
            {texts.common.retry}
          </button>
        </Notice>
      )}
    </div>
  );
}

/** Reading is seeing the end of it while the window has the focus. `seq` 0 marks nothing. */
function useMarkAsRead(conversationId: ConversationId, seq: number): void {
  const client = useChatClient();
  const attends = useAttention();
  useEffect(() => {
    if (attends && seq > 0) client.messages(conversationId).markAsRead(seq);
  }, [client, conversationId, attends, seq]);
}

/**
 * How far I had read when this was opened; null when nothing was new. What the device kept shows before the server has
 * said what is new, so the answer waits until what was missed is here.
 */
function useNewAfter(item: ConversationItem | null): number | null {
  const status = useConnectionStatus();
  const isSynced = status.status === 'connected' && status.synced;
  const [opened, setOpened] = useState<{ readSeq: number; isNew: boolean | null } | null>(null);
  if (item !== null && (opened === null || (opened.isNew === null && isSynced))) {
    const readSeq = opened?.readSeq ?? item.readSeq;
    const missed = opened !== null && item.conversation.lastSeq > readSeq;
    const isNew = missed || item.unreadCount > 0;
    setOpened({ readSeq, isNew: isNew || isSynced ? isNew : null });
  }
  return opened?.isNew === true ? opened.readSeq : null;
}

/** How far I have seen: grows only while I am at the end. */
function useSeen(newest: number, atLatest: boolean): number {
  const [seen, setSeen] = useState(newest);
  useEffect(() => {
    if (atLatest) setSeen(newest);
  }, [newest, atLatest]);
  return seen;
}

/** The button that asked is gone once its message is: the focus goes to what is left of the message, not nowhere. */
function useFocusAfter(askedId: string | null, scroller: RefObject<HTMLElement | null>): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    const id = before.current;
    before.current = askedId;
    if (id === null || askedId !== null || document.activeElement !== document.body) return;
    scroller.current?.querySelector<HTMLElement>(`[data-message-id="${id}"]`)?.focus();
  }, [askedId, scroller]);
}

function ignore(): void {}
