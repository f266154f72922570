/** Owns the messages of one conversation on screen. */
import type { ConversationItem, TimelineMessage } from '@natter/client';
import { type ConversationId, may } from '@natter/protocol';
import {
  useChatClient,
  useConnectionStatus,
  useConversation,
  useMe,
  useMessages,
} from '@natter/react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { ImageViewer } from '../files/imageViewerOnDemand.ts';
import { type ImagePlace, OpenImageContext, viewerImages } from '../files/viewerImages.ts';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { Announcer } from './Announcer.tsx';
import { FirstUnreadButton, JumpButton, OlderState, OpeningTrouble } from './Edges.tsx';
import { MessageRow } from './MessageRow.tsx';
import { RestContext } from './rest.ts';
import { countNew, divideTimeline } from './rows.ts';
import type { RowsInView } from './scrollGoal.ts';
import { type ActiveRowPorts, useActiveRow } from './useActiveRow.ts';
import { type MessageLink, useMessageCommands } from './useMessageCommands.tsx';
import { type OpenAt, useOpening } from './useOpening.ts';
import { useReading } from './useReading.ts';
import { type ScrollNeeds, useTimelineScroll } from './useTimelineScroll.ts';

export interface TimelineProps {
  /** Left out inside `Conversation`. Where it stands alone, messages cannot be edited without `onEdit`. */
  conversationId?: ConversationId;
  /** In place of putting the message into the conversation's composer. */
  onEdit?: (message: TimelineMessage) => void;
  /** Shows this message, wherever in the history it is. Another object asks again. */
  openAt?: OpenAt | null;
  /** Where a message can be found in your application; without it, no link of it can be copied. Keep the function. */
  messageLink?: MessageLink;
}

export function Timeline({ conversationId, onEdit, openAt = null, messageLink }: TimelineProps) {
  const { id, edit } = useOpenConversation(conversationId);
  // A place in the history belongs to one conversation.
  return (
    <KeyedTimeline
      key={id}
      conversationId={id}
      onEdit={onEdit ?? edit}
      openAt={openAt}
      messageLink={messageLink ?? null}
    />
  );
}

interface KeyedTimelineProps {
  conversationId: ConversationId;
  onEdit: ((message: TimelineMessage) => void) | null;
  openAt: OpenAt | null;
  messageLink: MessageLink | null;
}

function KeyedTimeline({ conversationId, onEdit, openAt, messageLink }: KeyedTimelineProps) {
  const ui = useUi();
  const { texts } = ui;
  const client = useChatClient();
  const me = useMe()?.userId ?? null;
  const item = useConversation(conversationId);
  const snapshot = useMessages(conversationId);
  const { messages, state, hasBefore, hasAfter, loadingBefore, loadingAfter, pagingError } =
    snapshot;
  const now = useNow(60_000);
  const { commands, askedId, dialogs } = useMessageCommands(conversationId, onEdit, messageLink);
  const [image, setImage] = useState<ImagePlace | null>(null);
  const newAfterSeq = useNewAfter(item);

  const divided = useMemo(
    () => divideTimeline(messages, { hasBefore, newAfterSeq }),
    [messages, hasBefore, newAfterSeq],
  );
  const needs = useMemo<ScrollNeeds>(() => {
    const history = client.messages(conversationId);
    return {
      older:
        hasBefore && !loadingBefore && pagingError === null ? () => history.loadBefore() : null,
      newer: hasAfter && !loadingAfter && pagingError === null ? () => history.loadAfter() : null,
      endsHere: !hasAfter,
    };
  }, [client, conversationId, hasBefore, hasAfter, loadingBefore, loadingAfter, pagingError]);
  const scroll = useTimelineScroll(divided, needs);
  const { rows, scroller, list, shift, atEnd, view } = scroll;
  const history = client.messages(conversationId);

  const active = useActiveRow(rows, {
    scroller,
    view,
    atEnd,
    show: scroll.show,
    pageFrom: scroll.pageFrom,
    toStart: () => opening.toStart(),
    toLatest: () => void toLatest(true),
  } satisfies ActiveRowPorts);
  const opening = useOpening(rows, {
    history,
    snapshot,
    newAfterSeq,
    openAt,
    scroll,
    focus: active.focus,
  });
  useFocusAfter(askedId, scroller);
  useEffect(active.settle);

  const { seenSeq, throughSeq } = useReading(
    conversationId,
    messages,
    opening.hiding ? null : view,
    newAfterSeq,
  );
  const atLatest = atEnd && !hasAfter;
  const unreadAbove = newAfterSeq !== null && isLeftOut(throughSeq, view);
  const count = hasAfter
    ? (item?.unreadCount ?? 0)
    : countNew(messages, Math.max(seenSeq, item?.readSeq ?? 0));

  async function toLatest(focus: boolean) {
    if (hasAfter) await history.load();
    scroll.toEnd();
    const newest = history.getSnapshot().messages.at(-1);
    if (focus && newest !== undefined) active.focus(newest.id);
  }

  const kind = item?.conversation.kind ?? 'direct';
  const deletesOthers = item !== null && may(kind, item.role, 'deleteOthers');
  const empty = messages.length === 0;

  return (
    <div className="natter-timeline">
      {empty ? (
        <EmptyTimeline
          state={state}
          message={snapshot.error === null ? undefined : errorText(snapshot.error, ui)}
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
        data-hidden={!empty && (view === null || opening.hiding)}
        onKeyDown={(event) => {
          scroll.onReader();
          active.onKeyDown(event);
        }}
        onFocus={active.onFocus}
        onBlur={active.onBlur}
        onWheel={scroll.onReader}
        onTouchStart={scroll.onReader}
        onTouchMove={scroll.onReader}
        onPointerDown={scroll.onReader}
      >
        <div className="natter-timeline-fill" />
        <RestContext value={scroll.rest}>
          <OpenImageContext value={setImage}>
            <Virtualizer
              ref={list}
              scrollRef={scroller}
              shift={shift}
              bufferSize={600}
              data={rows}
              keepMounted={active.keptAt < 0 ? none : [active.keptAt]}
              onScroll={scroll.onScroll}
              onScrollEnd={scroll.onScrollEnd}
              onResize={() => {
                scroll.onResize();
                active.settle();
              }}
            >
              {(row, at) => (
                <MessageRow
                  key={row.message.id}
                  {...row}
                  group={kind === 'group'}
                  canDelete={row.message.isMine || deletesOthers}
                  active={at === active.activeAt}
                  flash={row.message.id === opening.flashId}
                  now={now}
                  commands={commands}
                />
              )}
            </Virtualizer>
          </OpenImageContext>
        </RestContext>
      </div>
      {dialogs}
      {image !== null && (
        <ImageViewer
          images={viewerImages(messages)}
          opened={image}
          onClose={() => setImage(null)}
        />
      )}
      <Announcer me={me} messages={messages} ready={state === 'ready'} />
      {unreadAbove && <FirstUnreadButton onJump={() => opening.toMessage(throughSeq + 1)} />}
      {!empty && !atLatest && view !== null && !opening.hiding && (
        <JumpButton count={count} onJump={(byKeyboard) => void toLatest(byKeyboard)} />
      )}
      <OpeningTrouble trouble={opening.trouble} />
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

/**
 * How far I had read when this was opened; null when nothing was new. What the device kept shows before the server has
 * said what is new, so the answer waits until what was missed is here.
 */
function useNewAfter(item: ConversationItem | null): number | null {
  const status = useConnectionStatus();
  const isSynced = status.status === 'connected' && status.synced;
  const [opened, setOpened] = useState<{ readSeq: number; isNew: boolean | null } | null>(null);
  const isNew = item !== null && item.unreadCount > 0;
  if (item !== null && (opened === null || (opened.isNew === null && (isNew || isSynced)))) {
    // Read elsewhere meanwhile counts too: until something is new, nothing was passed over here.
    setOpened({ readSeq: item.readSeq, isNew: isNew || isSynced ? isNew : null });
  }
  return opened?.isNew === true ? opened.readSeq : null;
}

/** Something new was never on screen, and lies above it. */
function isLeftOut(throughSeq: number, view: RowsInView | null): boolean {
  const firstSeq = view?.firstWhole.seq ?? null;
  return throughSeq > 0 && firstSeq !== null && firstSeq > throughSeq + 1;
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

const none: readonly number[] = [];
