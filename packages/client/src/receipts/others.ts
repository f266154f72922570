/**
 * Owns how far the others have got, by conversation and user id. Their cursors say whose messages they have read;
 * they never touch what is unread for me.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  type FileId,
  limits,
  type Member,
  type Message,
  mergeCursor,
  type UserId,
} from '@natter/protocol';
import type { Receipts, ReceiptsSnapshot } from '../contract.ts';
import { createDerivedStore, type DerivedStore, type Telling } from '../store/store.ts';

type Cursor = {
  name: string;
  picture: FileId | null;
  deliveredSeq: number;
  readSeq: number;
};
/** How far every one of the others has got; null when not everybody is known. */
type Levels = { deliveredSeq: number; readSeq: number } | null;

interface Room {
  cursors: Map<UserId, Cursor>;
  snapshot: ReceiptsSnapshot;
  /** Everybody is in `cursors`, so a minimum means something. */
  complete: boolean;
  /** How many moves the fetched cursors count: those of a group, whose entry does not have them (HEADS7). */
  cursorVersion: number;
  levels: Levels;
  store: DerivedStore<ReceiptsSnapshot> | null;
}

export interface OthersReceipts {
  receipts(id: ConversationId): Receipts;
  levels(id: ConversationId): Levels;
  /** Entries of direct conversations name the other person's cursors. */
  entries(entries: readonly ConversationEntry[]): void;
  /** All members of a group that is not large, as of `version`. False: who is in it has changed since; ask again. */
  members(
    id: ConversationId,
    members: readonly Member[],
    complete: boolean,
    version: number,
    cursorVersion: number,
  ): boolean;
  /** Are cursors kept that come with no entry, and are older than this? */
  lacks(id: ConversationId, cursorVersion: number): boolean;
  /** Who came and went, up to `version`. */
  changes(
    id: ConversationId,
    joined: readonly Member[],
    left: readonly UserId[],
    version: number,
  ): void;
  moved(
    id: ConversationId,
    userId: UserId,
    cursor: { deliveredSeq: number; readSeq: number },
  ): void;
  /** These people have this name and picture. */
  people(people: ReadonlyMap<UserId, { name: string; picture: FileId | null }>): void;
  /** Sending reads up to what was sent; no event of its own tells it. */
  sent(id: ConversationId, message: Message): void;
  apply(event: DurableEvent): void;
  /** Are cursors of this conversation fetched and kept up to date already? */
  isComplete(id: ConversationId): boolean;
  watchedIds(): ConversationId[];
  isWatched(id: ConversationId): boolean;
  /** What is known, to be kept. */
  cursors(id: ConversationId): { cursors: ReceiptsSnapshot; complete: boolean };
  /** As it was kept: shown until it is fetched. */
  restore(
    id: ConversationId,
    cursors: Iterable<readonly [UserId, Cursor]>,
    complete: boolean,
  ): void;
  /** A connection was lost: cursors that moved meanwhile are in no event. */
  stale(): void;
  /** Something was passed over there. */
  doubt(id: ConversationId): void;
  remove(id: ConversationId): void;
  clear(): void;
}

const earlyMax = 1_000;
const nobody: ReceiptsSnapshot = new Map();

export function createOthersReceipts({
  telling,
  me,
  onWatch,
  onChange,
}: {
  telling: Telling;
  me(): UserId | null;
  onWatch(id: ConversationId): void;
  /** The levels moved: statuses of my messages follow. */
  onChange(id: ConversationId): void;
}): OthersReceipts {
  const rooms = new Map<ConversationId, Room>();
  const fresh = new Set<ConversationId>();
  /** Up to which version it is known who is in it: answers and events of before change nothing. */
  const reached = new Map<ConversationId, number>();
  /** Moves of people not known yet: what is on its way may have been read before. */
  const early = new Map<string, Cursor>();

  function open(id: ConversationId): Room {
    let room = rooms.get(id);
    if (room === undefined) {
      room = {
        cursors: new Map(),
        snapshot: nobody,
        complete: false,
        cursorVersion: 0,
        levels: null,
        store: null,
      };
      rooms.set(id, room);
    }
    return room;
  }

  function changed(id: ConversationId, room: Room): void {
    room.snapshot = new Map(room.cursors);
    room.store?.invalidate();
    const levels = room.complete ? lowest(room.cursors) : null;
    if (
      levels?.deliveredSeq === room.levels?.deliveredSeq &&
      levels?.readSeq === room.levels?.readSeq
    )
      return;
    room.levels = levels;
    onChange(id);
  }

  function merge(id: ConversationId, room: Room, userId: UserId, next: Partial<Cursor>): boolean {
    if (userId === me()) return false;
    const key = `${id} ${userId}`;
    const own = room.cursors.get(userId);
    const merged = join(own ?? early.get(key), next);
    if (
      own?.readSeq === merged.readSeq &&
      own.deliveredSeq === merged.deliveredSeq &&
      own.name === merged.name &&
      own.picture === merged.picture
    )
      return false;
    early.delete(key);
    room.cursors.set(userId, merged);
    return true;
  }

  function moved(id: ConversationId, userId: UserId, cursor: Partial<Cursor>): void {
    const room = rooms.get(id);
    if (room?.cursors.has(userId)) {
      if (merge(id, room, userId, cursor)) changed(id, room);
      return;
    }
    // Nobody looks at it, or a stranger to what is known: the members are fetched when somebody does.
    const key = `${id} ${userId}`;
    const own = early.get(key);
    const oldest = early.size >= earlyMax && own === undefined ? early.keys().next().value : null;
    if (typeof oldest === 'string') early.delete(oldest);
    early.set(key, join(own, cursor));
  }

  return {
    receipts(id) {
      const room = open(id);
      room.store ??= createDerivedStore<ReceiptsSnapshot>(telling, () => room.snapshot, {
        onFirst: () => onWatch(id),
      });
      return room.store;
    },
    levels: (id) => rooms.get(id)?.levels ?? null,
    entries(entries) {
      for (const { conversation, peer } of entries) {
        if (peer === null) continue;
        const room = open(conversation.id);
        const merged = merge(conversation.id, room, peer.userId, peer);
        const wasComplete = room.complete;
        room.complete = true;
        // Those of a direct conversation are never older than its entry.
        room.cursorVersion = Number.POSITIVE_INFINITY;
        fresh.add(conversation.id);
        if (merged || !wasComplete) changed(conversation.id, room);
      }
    },
    members(id, members, complete, version, cursorVersion) {
      if (version < (reached.get(id) ?? 0)) return false;
      reached.set(id, version);
      const room = open(id);
      const ids = new Set(members.map((member) => member.userId));
      if (complete)
        for (const userId of room.cursors.keys()) if (!ids.has(userId)) room.cursors.delete(userId);
      for (const member of members) merge(id, room, member.userId, member);
      room.complete = complete && members.length <= limits.largeConversationMembers;
      room.cursorVersion = Math.max(room.cursorVersion, cursorVersion);
      fresh.add(id);
      changed(id, room);
      return true;
    },
    lacks(id, cursorVersion) {
      const room = rooms.get(id);
      return room?.complete === true && room.cursorVersion < cursorVersion;
    },
    changes(id, joined, left, version) {
      if ((joined.length === 0 && left.length === 0) || version <= (reached.get(id) ?? 0)) return;
      reached.set(id, version);
      const room = rooms.get(id);
      if (room === undefined) return;
      let any = false;
      if (room.complete)
        for (const member of joined) any = merge(id, room, member.userId, member) || any;
      for (const userId of left) any = room.cursors.delete(userId) || any;
      if (any) changed(id, room);
    },
    moved,
    people(people) {
      for (const [id, room] of rooms) {
        let any = false;
        for (const userId of room.cursors.keys()) {
          const person = people.get(userId);
          if (person !== undefined) any = merge(id, room, userId, person) || any;
        }
        if (any) changed(id, room);
      }
    },
    sent(id, { senderId, senderName, seq }) {
      // The name is that of when it was sent.
      const known = rooms.get(id)?.cursors.get(senderId)?.name || senderName;
      moved(id, senderId, { name: known, deliveredSeq: seq, readSeq: seq });
    },
    apply(event) {
      const { conversationId: id, version } = event;
      switch (event.type) {
        case 'memberJoined':
          return this.changes(id, [event.data.member], [], version);
        case 'memberLeft':
          return this.changes(id, [], [event.userId], version);
        default:
      }
    },
    isComplete: (id) => fresh.has(id),
    watchedIds: () =>
      [...rooms].filter(([, { store }]) => (store?.listenerCount ?? 0) > 0).map(([id]) => id),
    isWatched: (id) => (rooms.get(id)?.store?.listenerCount ?? 0) > 0,
    cursors(id) {
      const room = rooms.get(id);
      return { cursors: room?.snapshot ?? nobody, complete: room?.complete ?? false };
    },
    restore(id, cursors, complete) {
      const room = open(id);
      if (room.cursors.size > 0) return;
      for (const [userId, cursor] of cursors) merge(id, room, userId, cursor);
      room.complete = complete;
      changed(id, room);
    },
    doubt: (id) => void fresh.delete(id),
    stale() {
      fresh.clear();
      early.clear();
    },
    remove(id) {
      const room = rooms.get(id);
      fresh.delete(id);
      reached.delete(id);
      if (room === undefined) return;
      room.cursors.clear();
      room.complete = false;
      room.cursorVersion = 0;
      changed(id, room);
      if (room.store === null) rooms.delete(id);
    },
    clear() {
      for (const id of [...rooms.keys()]) this.remove(id);
      // Also of those that nobody has looked at: versions of another database begin lower.
      reached.clear();
      early.clear();
    },
  };
}

function join(own: Cursor | undefined, next: Partial<Cursor>): Cursor {
  const readSeq = mergeCursor(own?.readSeq ?? 0, next.readSeq ?? 0);
  return {
    name: next.name ?? own?.name ?? '',
    // What an earlier version has kept has none.
    picture: (next.picture === undefined ? own?.picture : next.picture) ?? null,
    deliveredSeq: Math.max(own?.deliveredSeq ?? 0, next.deliveredSeq ?? 0, readSeq),
    readSeq,
  };
}

function lowest(cursors: ReadonlyMap<UserId, Cursor>): Levels {
  if (cursors.size === 0) return null;
  let deliveredSeq = Number.POSITIVE_INFINITY;
  let readSeq = Number.POSITIVE_INFINITY;
  for (const cursor of cursors.values()) {
    deliveredSeq = Math.min(deliveredSeq, cursor.deliveredSeq);
    readSeq = Math.min(readSeq, cursor.readSeq);
  }
  return { deliveredSeq, readSeq };
}
