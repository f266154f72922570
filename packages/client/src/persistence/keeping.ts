/**
 * Owns this tab's part in keeping: opens what is kept once it is known whose it is, hands it over to be shown, and
 * writes the copy as the rooms change. The list is written by one tab alone, the keeper, since `position` speaks for
 * every entry beside it; timelines say their own version, so any tab writes them.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type ErrorBody,
  NatterError,
} from '@natter/protocol';
import { asError } from '../connection/calls.ts';
import type { Me, PersistenceSnapshot, Store } from '../contract.ts';
import type { Clock } from '../runtime/contract.ts';
import { createStore, type Telling } from '../store/store.ts';
import type {
  Kept,
  KeptEntry,
  KeptList,
  KeptPosition,
  KeptTimeline,
  Persistence,
  TabMessage,
} from './contract.ts';

export interface KeepingPorts {
  /** Null: nothing is kept, by the application's wish. */
  persistence: Persistence | null;
  /** This tab's own name. */
  tab: string;
  origin: string;
  clock: Clock;
  telling: Telling;
  /** Shows what was kept, unless something newer is shown already; resolves when its timelines show too. */
  restore(list: KeptList | null): Promise<unknown>;
  /** The store is open, for the outbox; null: there is none, or not soon enough to wait for it. */
  opened(kept: Kept | null): void;
  heard(message: TabMessage): void;
  // What is to be kept, as it now is.
  position(): KeptPosition | null;
  me(): Me | null;
  nextPage(): string | null;
  entries(): Iterable<ConversationEntry>;
  said(entry: ConversationEntry): KeptEntry['said'];
  timelines(epoch: string): KeptTimeline[];
}

export interface Keeping {
  store: Store<PersistenceSnapshot>;
  /** Once; resolves when what is kept is shown, or cannot be, or takes too long. */
  open(person: string): Promise<void>;
  /** What `open` resolves with; at once before it. */
  ready(): Promise<void>;
  /** Resolves when it is known what is kept, or that this takes too long to wait for. */
  known(): Promise<void>;
  /** Null before the first `open`. */
  person(): string | null;
  /** As it was kept, if that still fits; never rejects. */
  timeline(id: ConversationId): Promise<KeptTimeline | null>;
  /** Something that is kept has changed. */
  touch(): void;
  /** The page may go any moment. */
  flush(): void;
  /** Another database: what is kept of the old one goes. */
  clear(): void;
  post(message: TabMessage): void;
  /** Something could not be written: from now on this page alone has it. */
  failed(error: NatterError): void;
  wipe(): Promise<void>;
  close(): void;
}

const gatherMs = 500;
const openMs = 3_000;
/** A longer list is not kept: reading it at start would cost more than the first page from the server. */
const entriesMax = 2_000;

export function createKeeping(ports: KeepingPorts): Keeping {
  const { persistence, clock, telling } = ports;
  const store = createStore<PersistenceSnapshot>(
    telling,
    persistence === null ? { state: 'memory', error: null } : { state: 'opening', error: null },
  );
  const closing = new AbortController();
  let isAwaited = false;
  let know = () => {};
  const known = new Promise<void>((resolve) => {
    if (persistence === null) resolve();
    else know = resolve;
  });
  let person: string | null = null;
  let opening: Promise<Kept> | null = null;
  let isWiping = false;
  let kept: Kept | null = null;
  let loaded: Promise<void> | null = null;
  /** What is written of each, to write only what changed. Null: this tab is not the keeper, or has not begun. */
  let entries: Map<ConversationId, KeptEntry> | null = null;
  /** What the device may have something of. */
  const stored = new Set<ConversationId>();
  const timelines = new Map<ConversationId, string>();
  let cancelFlush: (() => void) | null = null;
  let writing: Promise<void> | null = null;
  let isKeeper = false;

  function failed(cause: unknown): void {
    if (closing.signal.aborted || store.getSnapshot().state === 'memory') return;
    const error: ErrorBody = asError(cause).toBody();
    telling.batch.run(() => store.set({ state: 'memory', error }));
  }

  async function openFor(account: { origin: string; person: string }): Promise<void> {
    try {
      if (persistence === null) {
        ports.opened(null);
        return;
      }
      opening = persistence.open(account);
      const opened = await opening;
      if (closing.signal.aborted) {
        // Who wipes needs it still.
        if (!isWiping) opened.close();
        return;
      }
      kept = opened;
      opened.subscribe((message) => {
        if (!closing.signal.aborted) telling.batch.run(() => ports.heard(message));
      });
      const list = await opened.readList();
      for (const { entry } of list?.entries ?? []) stored.add(entry.conversation.id);
      if (closing.signal.aborted) return;
      const restored = telling.batch.run(() => {
        const restoring = ports.restore(list);
        ports.opened(opened);
        store.set({ state: 'kept', error: null });
        know();
        return restoring;
      });
      await restored;
      becomeKeeper(opened);
    } catch (cause) {
      if (closing.signal.aborted) return;
      failed(cause);
      ports.opened(null);
    }
  }

  /** For as long as this tab lives. Its first write replaces the list: it is of another line of events than the last keeper's. */
  function becomeKeeper(opened: Kept): void {
    opened
      .hold('keeper', { mayPassBy: false, wait: closing.signal }, (ended) => {
        isKeeper = true;
        entries = null;
        touch();
        return new Promise<void>((resolve) => {
          for (const end of [closing.signal, ended]) end.addEventListener('abort', () => resolve());
        });
      })
      .catch(failed);
  }

  function touch(): void {
    if (kept === null || cancelFlush !== null || store.getSnapshot().state === 'memory') return;
    cancelFlush = clock.after(gatherMs, flush);
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    const opened = kept;
    if (opened === null || closing.signal.aborted) return;
    if (writing !== null) {
      touch();
      return;
    }
    writing = write(opened)
      .catch(failed)
      .finally(() => {
        writing = null;
      });
  }

  async function write(opened: Kept): Promise<void> {
    const position = ports.position();
    if (position === null) return;
    const list = isKeeper ? listChange(position) : null;
    const changed = ports.timelines(position.epoch).filter((timeline) => {
      const stamp = stampOf(timeline);
      if (timelines.get(timeline.conversationId) === stamp) return false;
      timelines.set(timeline.conversationId, stamp);
      return true;
    });
    if (list === null && changed.length === 0) return;
    let isWritten = false;
    try {
      isWritten = await opened.saveCache({ ...list, timelines: changed });
    } finally {
      if (isWritten) for (const id of list?.removed ?? []) stored.delete(id);
      else {
        entries = null;
        timelines.clear();
      }
    }
    if (!isWritten) touch();
  }

  function listChange(position: KeptPosition) {
    const me = ports.me();
    if (me === null) return null;
    const before = entries;
    const now = new Map<ConversationId, KeptEntry>();
    const changed: KeptEntry[] = [];
    for (const entry of ports.entries()) {
      const { id } = entry.conversation;
      const said = ports.said(entry);
      const written = before?.get(id);
      if (
        written?.entry === entry &&
        written.said.readSeq === said.readSeq &&
        written.said.deliveredSeq === said.deliveredSeq
      ) {
        now.set(id, written);
        continue;
      }
      const next = { entry, said };
      now.set(id, next);
      changed.push(next);
    }
    const tooMany = now.size > entriesMax;
    const removed = [...stored].filter((id) => !now.has(id));
    for (const id of now.keys()) stored.add(id);
    entries = tooMany ? null : now;
    if (tooMany) return { removed };
    const next = ports.nextPage();
    const replace = before === null;
    return { list: { keeper: ports.tab, position, me, next, entries: changed, replace }, removed };
  }

  return {
    store: { getSnapshot: store.getSnapshot, subscribe: store.subscribe },
    ready: () => loaded ?? Promise.resolve(),
    known() {
      if (loaded === null && !isAwaited) clock.after(openMs, know);
      isAwaited = true;
      return known;
    },
    person: () => person,
    open(who) {
      if (loaded === null) {
        person = who;
        const whenOpen = openFor({ origin: ports.origin, person: who });
        loaded = new Promise<void>((resolve) => {
          const cancel = clock.after(openMs, () => {
            // What comes later than this is used all the same.
            if (store.getSnapshot().state === 'opening') {
              failed(new NatterError('internal', 'the storage of this device does not answer'));
              ports.opened(null);
            }
            know();
            resolve();
          });
          void whenOpen.finally(() => {
            cancel();
            know();
            resolve();
          });
        });
      }
      return loaded;
    },
    async timeline(id) {
      if (kept === null) return null;
      try {
        const timeline = await kept.readTimeline(id);
        // Asked now: it may have become another database's meanwhile.
        return timeline !== null && timeline.epoch === ports.position()?.epoch ? timeline : null;
      } catch {
        // It comes from the server then.
        return null;
      }
    },
    touch,
    flush,
    clear() {
      timelines.clear();
      entries = null;
      kept?.clearCache().catch(failed);
    },
    post: (message) => kept?.post(message),
    failed,
    async wipe() {
      isWiping = true;
      kept = null;
      this.close();
      // What cannot be opened cannot be wiped, and shows nothing.
      const opened = await opening?.catch(() => null);
      await opened?.wipe();
      opened?.close();
    },
    close() {
      closing.abort();
      cancelFlush?.();
      cancelFlush = null;
      kept?.close();
      kept = null;
    },
  };
}

/** Changes whenever what is kept of it would. */
function stampOf({ version, rows, cursors }: KeptTimeline): string {
  const places = cursors.map(([, { deliveredSeq, readSeq }]) => deliveredSeq + readSeq);
  const moved = places.reduce((sum, place) => sum + place, cursors.length);
  return `${version} ${rows[0]?.seq ?? 0} ${rows.at(-1)?.seq ?? 0} ${moved}`;
}
