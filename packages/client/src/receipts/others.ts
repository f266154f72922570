/**
 * Owns how far the others have got, by conversation and user id. Their cursors say whose messages they have read;
 * they never touch what is unread for me.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  limits,
  type Member,
  mergeCursor,
  type UserId,
} from '@natter/protocol';
import type { Receipts, ReceiptsSnapshot } from '../contract.ts';
import { createDerivedStore, type DerivedStore, type Telling } from '../store/store.ts';

type Cursor = { name: string; deliveredSeq: number; readSeq: number };
/** How far every one of the others has got; null when not everybody is known. */
type Levels = { deliveredSeq: number; readSeq: number } | null;

interface Room {
  cursors: Map<UserId, Cursor>;
  snapshot: ReceiptsSnapshot;
  /** Everybody is in `cursors`, so a minimum means something. */
  complete: boolean;
  levels: Levels;
  store: DerivedStore<ReceiptsSnapshot> | null;
}

export interface OthersReceipts {
  receipts(id: ConversationId): Receipts;
  levels(id: ConversationId): Levels;
  /** Entries of direct conversations name the other person's cursors. */
  entries(entries: readonly ConversationEntry[]): void;
  /** All members of a group that is not large. */
  members(id: ConversationId, members: readonly Member[], complete: boolean): void;
  joined(id: ConversationId, members: readonly Member[]): void;
  left(id: ConversationId, userIds: readonly UserId[]): void;
  moved(
    id: ConversationId,
    userId: UserId,
    cursor: { deliveredSeq: number; readSeq: number },
  ): void;
  apply(event: DurableEvent): void;
  /** Are cursors of this conversation fetched and kept up to date already? */
  isComplete(id: ConversationId): boolean;
  watchedIds(): ConversationId[];
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
  remove(id: ConversationId): void;
  clear(): void;
}

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

  function open(id: ConversationId): Room {
    let room = rooms.get(id);
    if (room === undefined) {
      room = { cursors: new Map(), snapshot: nobody, complete: false, levels: null, store: null };
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

  function merge(room: Room, userId: UserId, next: Partial<Cursor>): boolean {
    if (userId === me()) return false;
    const own = room.cursors.get(userId);
    const readSeq = mergeCursor(own?.readSeq ?? 0, next.readSeq ?? 0);
    const deliveredSeq = mergeCursor(
      own?.deliveredSeq ?? 0,
      Math.max(next.deliveredSeq ?? 0, readSeq),
    );
    const name = next.name ?? own?.name ?? '';
    if (own?.readSeq === readSeq && own.deliveredSeq === deliveredSeq && own.name === name)
      return false;
    room.cursors.set(userId, { name, deliveredSeq, readSeq });
    return true;
  }

  function moved(id: ConversationId, userId: UserId, cursor: Partial<Cursor>): void {
    const room = rooms.get(id);
    // Nobody looks at it, or a stranger to what is known: the members are fetched when somebody does.
    if (room === undefined || !room.cursors.has(userId)) return;
    if (merge(room, userId, cursor)) changed(id, room);
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
        const merged = merge(room, peer.userId, peer);
        const wasComplete = room.complete;
        room.complete = true;
        fresh.add(conversation.id);
        if (merged || !wasComplete) changed(conversation.id, room);
      }
    },
    members(id, members, complete) {
      const room = open(id);
      const ids = new Set(members.map((member) => member.userId));
      if (complete)
        for (const userId of room.cursors.keys()) if (!ids.has(userId)) room.cursors.delete(userId);
      for (const member of members) merge(room, member.userId, member);
      room.complete = complete && members.length <= limits.largeConversationMembers;
      fresh.add(id);
      changed(id, room);
    },
    joined(id, members) {
      const room = rooms.get(id);
      if (
        room?.complete &&
        members.map((member) => merge(room, member.userId, member)).includes(true)
      )
        changed(id, room);
    },
    left(id, userIds) {
      const room = rooms.get(id);
      if (room === undefined) return;
      let any = false;
      for (const userId of userIds) any = room.cursors.delete(userId) || any;
      if (any) changed(id, room);
    },
    moved,
    apply(event) {
      const id = event.conversationId;
      const room = rooms.get(id);
      if (room === undefined) return;
      switch (event.type) {
        case 'newMessage': {
          // Sending reads up to what was sent.
          const { senderId, senderName, seq } = event.message;
          return moved(id, senderId, { name: senderName, deliveredSeq: seq, readSeq: seq });
        }
        case 'memberJoined':
          return this.joined(id, [event.data.member]);
        case 'memberLeft':
          if (room.cursors.delete(event.userId)) changed(id, room);
          return;
        default:
      }
    },
    isComplete: (id) => fresh.has(id),
    watchedIds: () =>
      [...rooms].filter(([, { store }]) => (store?.listenerCount ?? 0) > 0).map(([id]) => id),
    cursors(id) {
      const room = rooms.get(id);
      return { cursors: room?.snapshot ?? nobody, complete: room?.complete ?? false };
    },
    restore(id, cursors, complete) {
      const room = open(id);
      if (room.cursors.size > 0) return;
      for (const [userId, cursor] of cursors) merge(room, userId, cursor);
      room.complete = complete;
      changed(id, room);
    },
    stale: () => fresh.clear(),
    remove(id) {
      const room = rooms.get(id);
      fresh.delete(id);
      if (room === undefined) return;
      room.cursors.clear();
      room.complete = false;
      changed(id, room);
      if (room.store === null) rooms.delete(id);
    },
    clear() {
      for (const id of [...rooms.keys()]) this.remove(id);
    },
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
