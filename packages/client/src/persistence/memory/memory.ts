/**
 * Owns a device in memory: what several tabs of one browser share, without a browser. It behaves as a real one does:
 * nothing happens at once, what goes in and comes out is a copy, a tab can freeze or be gone, writes can fail or be lost.
 */
import { type ConversationId, NatterError } from '@natter/protocol';
import type { Clock } from '../../runtime/contract.ts';
import type {
  CacheChange,
  Kept,
  KeptEntry,
  KeptItem,
  KeptList,
  KeptTimeline,
  Persistence,
  TabMessage,
} from '../contract.ts';

export interface MemoryDevice {
  tab(): MemoryTab;
  /** As after a power cut: the newest writes of the cache did not reach the disk. Items always have: their writes wait for it. */
  loseCacheWrites(count: number): void;
  /** Every write rejects with this from now on; null: all is well again. */
  fail(error: NatterError | null): void;
}

export interface MemoryTab extends Persistence {
  /** The browser has stopped it: it says and hears nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Gone without a word; what it holds is free. */
  crash(): void;
}

interface Room {
  list: (Omit<KeptList, 'entries'> & { keeper: string }) | null;
  entries: ReadonlyMap<ConversationId, KeptEntry>;
  timelines: ReadonlyMap<ConversationId, KeptTimeline>;
  before: Pick<Room, 'list' | 'entries' | 'timelines'>[];
  /** In order of writing. */
  items: Map<string, KeptItem>;
  files: Map<string, Blob>;
  locks: Map<string, Holding[]>;
  open: Set<Opened>;
}

interface Opened {
  isGone: boolean;
  isFrozen: boolean;
  frozenAt: number;
  missed: TabMessage[];
  hear(message: TabMessage): void;
  close(): void;
}

/** The first one has it, the others wait. */
interface Holding {
  tab: Opened;
  abort: AbortController;
  mayPassBy: boolean;
  begin(): void;
}

const undoneMax = 20;
/** Those written last. */
const timelinesMax = 100;
const passByMs = 10_000;

export function createMemoryDevice({ clock }: { clock: Clock }): MemoryDevice {
  const rooms = new Map<string, Room>();
  let failure: NatterError | null = null;

  function roomOf(name: string): Room {
    let room = rooms.get(name);
    if (room === undefined) {
      room = {
        list: null,
        entries: new Map(),
        timelines: new Map(),
        before: [],
        items: new Map(),
        files: new Map(),
        locks: new Map(),
        open: new Set(),
      };
      rooms.set(name, room);
    }
    return room;
  }

  function open(room: Room, tab: { opened: Set<Opened>; isFrozen: boolean }): Kept {
    const listeners = new Set<(message: TabMessage) => void>();
    let isOpen = true;
    const me: Opened = {
      isGone: false,
      isFrozen: tab.isFrozen,
      frozenAt: clock.now(),
      missed: [],
      hear(message) {
        if (me.isFrozen) me.missed.push(message);
        else
          clock.soon(() => {
            for (const listener of [...listeners]) listener(structuredClone(message));
          });
      },
      close() {
        isOpen = false;
        listeners.clear();
        room.open.delete(me);
        tab.opened.delete(me);
        for (const [name, line] of room.locks)
          for (const holding of line.filter((one) => one.tab === me)) leave(room, name, holding);
      },
    };
    room.open.add(me);
    tab.opened.add(me);

    /** What was asked for before the tab was closed is still done, as in a browser; not what a crash has cut off. */
    async function read<Value>(work: () => Value): Promise<Value> {
      if (!isOpen)
        throw new NatterError('internal', 'what this device keeps of this person is closed');
      await Promise.resolve();
      if (me.isGone) throw new NatterError('internal', 'the tab has crashed');
      return structuredClone(work());
    }

    async function write<Value>(work: () => Value): Promise<Value> {
      return read(() => {
        if (failure !== null) throw failure;
        return work();
      });
    }

    const kept: Kept = {
      readList: () =>
        read(() => {
          if (room.list === null) return null;
          const { position, me: who, next } = room.list;
          return { position, me: who, next, entries: [...room.entries.values()] };
        }),
      readTimeline: (id) => read(() => room.timelines.get(id) ?? null),
      saveCache(given) {
        const change = structuredClone(given);
        return write(() => saveCache(room, change));
      },
      clearCache: () =>
        write(() => {
          Object.assign(room, { list: null, entries: new Map(), timelines: new Map(), before: [] });
        }),
      readItems: () => read(() => [...room.items.values()]),
      addItem(given, data) {
        const item = structuredClone(given);
        return write(() => {
          room.items.delete(item.key);
          room.items.set(item.key, item);
          for (const [localId, bytes] of data) room.files.set(localId, bytes);
        });
      },
      updateItem(given) {
        const item = structuredClone(given);
        return write(() => {
          if (!room.items.has(item.key)) return false;
          room.items.set(item.key, item);
          return true;
        });
      },
      removeItem: (key) =>
        write(() => {
          for (const { localId } of room.items.get(key)?.files ?? []) room.files.delete(localId);
          room.items.delete(key);
        }),
      readFile: (localId) => read(() => room.files.get(localId) ?? null),
      async hold(name, { mayPassBy, wait }, work) {
        await read(() => {});
        const abort = new AbortController();
        const turn = await new Promise<Holding | null>((resolve) => {
          const holding: Holding = { tab: me, abort, mayPassBy, begin: () => resolve(holding) };
          const giveUp = (): void => resolve(null);
          abort.signal.addEventListener('abort', giveUp);
          wait?.addEventListener('abort', () => {
            if (room.locks.get(name)?.[0] !== holding) leave(room, name, holding);
            giveUp();
          });
          if (wait?.aborted === true) return giveUp();
          const line = room.locks.get(name) ?? [];
          room.locks.set(name, [...line, holding]);
          if (line.length === 0) holding.begin();
          else if (mayPassBy) clock.after(passByMs, () => passBy(room, name));
        });
        if (turn === null) return;
        try {
          await work(abort.signal);
        } finally {
          leave(room, name, turn);
        }
      },
      post(message) {
        if (!isOpen || me.isFrozen) return;
        for (const other of room.open) if (other !== me) other.hear(message);
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      wipe: () =>
        write(() => {
          const others = [...room.open].filter((other) => other !== me);
          room.items.clear();
          room.files.clear();
          Object.assign(room, { list: null, entries: new Map(), timelines: new Map(), before: [] });
          for (const other of others) {
            other.hear({ type: 'wiped' });
            clock.soon(() => other.close());
          }
          me.close();
        }),
      close: me.close,
    };
    return kept;
  }

  function passBy(room: Room, name: string): void {
    const first = room.locks.get(name)?.[0];
    if (first === undefined || (room.locks.get(name)?.length ?? 0) < 2) return;
    if (first.tab.isFrozen && clock.now() - first.tab.frozenAt >= passByMs)
      leave(room, name, first);
    else clock.after(passByMs, () => passBy(room, name));
  }

  function leave(room: Room, name: string, holding: Holding): void {
    const line = room.locks.get(name) ?? [];
    if (!line.includes(holding)) return;
    holding.abort.abort();
    const next = line.filter((one) => one !== holding);
    if (next.length === 0) room.locks.delete(name);
    else room.locks.set(name, next);
    if (line[0] === holding) next[0]?.begin();
  }

  return {
    tab() {
      const tab = { opened: new Set<Opened>(), isFrozen: false };
      return {
        async open({ origin, person }) {
          await Promise.resolve();
          if (failure !== null) throw failure;
          return open(roomOf(JSON.stringify([origin, person])), tab);
        },
        freeze() {
          tab.isFrozen = true;
          for (const one of tab.opened)
            Object.assign(one, { isFrozen: true, frozenAt: clock.now() });
        },
        thaw() {
          tab.isFrozen = false;
          for (const one of tab.opened) {
            one.isFrozen = false;
            for (const message of one.missed.splice(0)) one.hear(message);
          }
        },
        crash() {
          for (const one of [...tab.opened]) {
            one.isGone = true;
            one.close();
          }
        },
      };
    },
    loseCacheWrites(count) {
      for (const room of rooms.values()) {
        const lost = count === 0 ? undefined : room.before.splice(-count)[0];
        if (lost !== undefined) Object.assign(room, lost);
      }
    },
    fail(error) {
      failure = error;
    },
  };
}

function saveCache(room: Room, { list, timelines = [], removed = [] }: CacheChange): boolean {
  if (list !== undefined && !list.replace && room.list?.keeper !== list.keeper) return false;
  room.before.push({ list: room.list, entries: room.entries, timelines: room.timelines });
  if (room.before.length > undoneMax) room.before.shift();
  const entries = new Map(list?.replace ? [] : room.entries);
  const runs = new Map(room.timelines);
  if (list !== undefined) {
    const { keeper, position, me, next } = list;
    room.list = { keeper, position, me, next };
    for (const kept of list.entries) entries.set(kept.entry.conversation.id, kept);
  }
  for (const timeline of timelines) {
    const own = runs.get(timeline.conversationId);
    if (own !== undefined && own.epoch === timeline.epoch && own.version > timeline.version)
      continue;
    runs.delete(timeline.conversationId);
    runs.set(timeline.conversationId, timeline);
  }
  for (const id of removed) {
    entries.delete(id);
    runs.delete(id);
  }
  for (const id of runs.keys()) {
    if (runs.size <= timelinesMax) break;
    runs.delete(id);
  }
  room.entries = entries;
  room.timelines = runs;
  return true;
}
