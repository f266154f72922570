/**
 * Owns one conversation's timeline: which run of history is shown, paging it by seq in both directions, and what is
 * being sent at its newest end. Rows that change while a page is on its way are merged over it when it arrives.
 */
import {
  backoffMs,
  type ConversationId,
  type ErrorBody,
  type GetMessagesParams,
  type GetMessagesResult,
  type Message,
  type MessageId,
  NatterError,
  type UserId,
} from '@natter/protocol';
import { asError, type Call } from '../connection/calls.ts';
import type { MessagesSnapshot, TimelineMessage } from '../contract.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { KeptTimeline } from '../persistence/contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import {
  createDerivedStore,
  type DerivedStore,
  sameListOr,
  sameOr,
  type Telling,
} from '../store/store.ts';
import type { Sync } from '../sync/sync.ts';
import { createViews, type Levels } from './view.ts';
import { createWindow, type Window } from './window.ts';

export interface TimelinePorts {
  call: Call;
  telling: Telling;
  runtime: Runtime;
  pageSize: number;
  sync: Sync;
  outbox: Outbox;
  isConnected(): boolean;
  /** What this device keeps of it; null: nothing, or not yet. */
  kept(id: ConversationId): Promise<KeptTimeline | null>;
  /** What was kept is shown: the rest is to be fetched. */
  restored(kept: KeptTimeline): void;
  me(): UserId | null;
  levels(id: ConversationId): Levels;
  onFirst(): void;
  onLast(): void;
}

export interface Timeline {
  store: DerivedStore<MessagesSnapshot>;
  load(): Promise<void>;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  loadAround(seq: number): Promise<void>;
  /** It has, or is fetching, messages that events must keep up to date. */
  isOpen(): boolean;
  row(id: MessageId): Message | undefined;
  /** It is about to show this row, and does not yet: its neighbours, or the first page, are on their way. */
  awaits(row: Message): boolean;
  rows(): readonly Message[] | null;
  hasAfter(): boolean;
  merge(rows: readonly Message[]): void;
  /** The newest page, whatever is shown now; resolves with the version it is of. */
  reload(): Promise<number>;
  /** Shows what was kept, when nothing is shown yet. True: something is shown. */
  restore(): Promise<boolean>;
  /** The newest run, to be kept; null when what is shown does not reach it. */
  keep(): { rows: Message[]; hasBefore: boolean } | null;
  /** After a new connection, and by itself while there is one: what failed for want of one is tried again. */
  retry(): void;
  /** It is mine again. */
  revive(): void;
  /** No longer mine, or another database: everything that came from the server goes. */
  clear(error: NatterError | null): void;
  dispose(): void;
}

/** Rows that may change while pages are on their way. */
const recentMax = 1_000;
/** Rows of one conversation that a device keeps: what is looked at first, and some scrolling. */
const keptRowsMax = 200;

export function createTimeline(conversationId: ConversationId, ports: TimelinePorts): Timeline {
  const { call, telling, sync, outbox } = ports;
  const { clock, random } = ports.runtime;
  const views = createViews();
  const recent = new Map<MessageId, Message>();
  const flights = new Map<string, Promise<unknown>>();
  let window: Window | null = null;
  /** Grows when the window is replaced: a page asked for before belongs nowhere. */
  let generation = 0;
  let error: ErrorBody | null = null;
  let pagingError: ErrorBody | null = null;
  let fetching = 0;
  /** How often the first rows did not come, and the next try for them. */
  let failures = 0;
  let cancelAgain: (() => void) | null = null;
  let messages: readonly TimelineMessage[] = [];

  const store = createDerivedStore<MessagesSnapshot>(telling, derive, {
    onFirst() {
      ports.onFirst();
      if (window === null && !flights.has('newest')) void begin();
    },
    onLast: ports.onLast,
  });

  function derive(previous: MessagesSnapshot | undefined): MessagesSnapshot {
    const levels = ports.levels(conversationId);
    const me = ports.me();
    const shown = window;
    const history = (shown?.rows ?? []).map((row) =>
      views.view(row, outbox.change(row.id), levels, me),
    );
    // What is known to be before the newest row shown is history: in this window, or in a page before it.
    const last = shown?.rows.at(-1)?.seq ?? 0;
    const pending = outbox
      .pending(conversationId)
      .filter(({ id, seq }) => shown?.get(id) === undefined && (seq === null || seq > last));
    const next = pending.length === 0 ? history : [...history, ...pending];
    const rows = sameListOr(messages, next);
    if (rows !== messages && history.length > 0)
      views.keepOnly(new Set(history.map((message) => message.id)));
    messages = rows;
    return sameOr(previous, {
      messages,
      state:
        shown !== null
          ? 'ready'
          : flights.has('newest') || flights.has('around')
            ? 'loading'
            : error !== null
              ? 'error'
              : 'idle',
      error,
      hasBefore: shown?.hasBefore ?? false,
      hasAfter: shown?.hasAfter ?? false,
      loadingBefore: flights.has('before'),
      loadingAfter: flights.has('after'),
      pagingError,
    });
  }

  /** One flight of a kind at a time: a second wish joins the first. */
  function once<Value>(kind: string, work: () => Promise<Value>): Promise<Value> {
    const running = flights.get(kind) as Promise<Value> | undefined;
    if (running !== undefined) return running;
    const flight = work().finally(() => {
      if (flights.get(kind) === flight) flights.delete(kind);
      store.invalidate();
    });
    flights.set(kind, flight);
    store.invalidate();
    return flight;
  }

  async function fetchPage(
    page: Omit<GetMessagesParams, 'conversationId'>,
    use: (page: GetMessagesResult) => void,
  ): Promise<GetMessagesResult | null> {
    const mine = generation;
    const isKnown = sync.version(conversationId) !== undefined;
    fetching += 1;
    try {
      // Asked for beside each other: a view is there one answer sooner.
      const ask = () => call('getMessages', { conversationId, limit: ports.pageSize, ...page });
      const asked = ask();
      asked.catch(() => {});
      await sync.ensure(conversationId);
      const result = await asked.catch((cause) => {
        // It may have been refused before the conversation became mine.
        if (asError(cause).code !== 'notMember') throw cause;
        return ask();
      });
      if (mine !== generation) return null;
      if (recent.size >= recentMax)
        throw new NatterError(
          'overloaded',
          'unable to load messages: too many changed meanwhile; try again',
        );
      telling.batch.run(() => {
        use(result);
        window?.merge(recent.values());
        // It may have been read before what made the conversation known.
        if (!isKnown) sync.restored(conversationId, result.version);
        outbox.reached(conversationId);
        store.invalidate();
      });
      return result;
    } finally {
      fetching -= 1;
      if (fetching === 0) recent.clear();
    }
  }

  function replace(page: GetMessagesResult): void {
    generation += 1;
    // Flights of the old window no longer count.
    flights.delete('before');
    flights.delete('after');
    window = createWindow(page);
    error = pagingError = null;
    calm();
  }

  /** The newest page joins what is shown when they touch, so that scrolling back is not lost. */
  function join(page: GetMessagesResult): void {
    const last = window?.rows.at(-1)?.seq ?? 0;
    const first = page.messages[0]?.seq;
    if (window !== null && last > 0 && first !== undefined && first <= last + 1) {
      window.merge(page.messages);
      window.append(page);
      error = pagingError = null;
    } else replace(page);
  }

  function fail(cause: unknown): void {
    const body = asError(cause).toBody();
    if (window === null) {
      error = body;
      again(body);
    } else pagingError = body;
    store.invalidate();
  }

  /** Nothing to show is nobody's to ask for again; more of what is shown has its button. */
  function again({ retry: when, retryAfterMs = 0 }: ErrorBody): void {
    if (when !== 'later' || cancelAgain !== null) return;
    failures += 1;
    const ms = retryAfterMs + backoffMs(failures, random.fraction());
    cancelAgain = clock.after(ms, () => {
      cancelAgain = null;
      // Without a connection, the next one asks.
      if (ports.isConnected()) retry();
    });
  }

  function retry(): void {
    if (store.listenerCount > 0 && window === null && (error === null || error.retry !== 'never'))
      void load();
  }

  function calm(): void {
    failures = 0;
    cancelAgain?.();
    cancelAgain = null;
  }

  function show(
    page: Omit<GetMessagesParams, 'conversationId'>,
    use: (page: GetMessagesResult) => void,
  ): Promise<void> {
    return fetchPage(page, use).then(() => {}, fail);
  }

  function load(): Promise<void> {
    return once('newest', () => show({}, join));
  }

  /** What was kept shows at once; without it the newest page is fetched. */
  function begin(): Promise<void> {
    return once('newest', async () => {
      if (!(await restore())) await show({}, join);
    });
  }

  async function restore(): Promise<boolean> {
    const mine = generation;
    const kept = window === null ? await ports.kept(conversationId) : null;
    if (kept === null || window !== null || mine !== generation) return window !== null;
    const { version, rows, hasBefore } = kept;
    const lastSeq = rows.at(-1)?.seq ?? 0;
    window = createWindow({ messages: rows, hasBefore, hasAfter: false, lastSeq, version });
    error = null;
    telling.batch.run(() => {
      ports.restored(kept);
      store.invalidate();
    });
    return true;
  }

  function page(kind: 'before' | 'after'): Promise<void> {
    const shown = window;
    if (shown === null) return load();
    // Whoever asks again has seen it, also where it turns out that there is nothing more on this side.
    pagingError = null;
    store.invalidate();
    const seq = kind === 'before' ? shown.rows[0]?.seq : shown.rows.at(-1)?.seq;
    if (seq === undefined || !(kind === 'before' ? shown.hasBefore : shown.hasAfter))
      return Promise.resolve();
    return once(kind, () =>
      show({ [kind]: seq }, (result) => {
        if (kind === 'before') window?.prepend(result);
        else window?.append(result);
      }),
    );
  }

  return {
    store,
    load,
    loadBefore: () => page('before'),
    loadAfter: () => page('after'),
    loadAround: (seq) => once('around', () => show({ around: Math.max(1, seq) }, replace)),
    isOpen: () => window !== null || fetching > 0,
    row: (id) => window?.get(id),
    awaits({ id, seq }) {
      if (window === null) return fetching > 0 || flights.has('newest');
      const last = window.rows.at(-1)?.seq ?? 0;
      return !window.hasAfter && window.get(id) === undefined && seq > last;
    },
    rows: () => window?.rows ?? null,
    hasAfter: () => window?.hasAfter ?? false,
    merge(rows) {
      if (window === null && fetching === 0) return;
      if (fetching > 0)
        for (const row of rows) if (recent.size < recentMax) recent.set(row.id, row);
      if (window === null) return;
      // What the server says now is newer than what an earlier refusal was about.
      for (const { id, version } of rows)
        if ((window.get(id)?.version ?? version) < version) outbox.forgive(id);
      if (window.merge(rows)) store.invalidate();
    },
    async reload() {
      const result = await once('reload', () => fetchPage({}, replace));
      // Another window came meanwhile; what it lacks is asked for again from where this device is.
      if (result === null)
        throw new NatterError(
          'internal',
          'the window was replaced while it was reloaded; try again',
        );
      return result.version;
    },
    restore,
    keep() {
      if (window === null || window.hasAfter || window.hasAhead || window.rows.length === 0)
        return null;
      const rows = window.rows.slice(-keptRowsMax);
      return { rows, hasBefore: window.hasBefore || rows.length < window.rows.length };
    },
    retry,
    revive() {
      if (error?.code === 'notMember' && store.listenerCount > 0) void load();
    },
    clear(cause) {
      generation += 1;
      calm();
      flights.clear();
      window = null;
      recent.clear();
      pagingError = null;
      error = cause?.toBody() ?? null;
      store.invalidate();
    },
    dispose() {
      generation += 1;
      calm();
      store.dispose();
    },
  };
}
