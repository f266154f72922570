/**
 * Owns the conversation list: entries as the server gave them, moved on by events in order. An entry is the state at
 * its `conversation.version`, so an event that is not newer changes no count, however often it comes.
 */
import {
  type Conversation,
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  type ErrorBody,
  type FileId,
  isUnread,
  limits,
  mergeCursor,
  type UserId,
} from '@natter/protocol';
import type { ConversationItem, ConversationsSnapshot, TimelineMessage } from '../contract.ts';
import {
  createDerivedStore,
  type DerivedStore,
  sameListOr,
  sameOr,
  type Telling,
} from '../store/store.ts';

export interface ListPorts {
  telling: Telling;
  me(): UserId | null;
  /** How the newest message looks, what is being sent included. The same object while nothing changed. */
  preview(entry: ConversationEntry): TimelineMessage | null;
  countUnread(id: ConversationId, readSeq: number, lastSeq: number): number | null;
  /** An entry came, changed or went. */
  onChange(): void;
}

export interface ConversationList {
  store: DerivedStore<ConversationsSnapshot>;
  get(id: ConversationId): ConversationItem | null;
  entry(id: ConversationId): ConversationEntry | undefined;
  entries(): Iterable<ConversationEntry>;
  /** Returns those whose count is only a guess: they were read before my cursor moved. */
  merge(entries: readonly ConversationEntry[]): ConversationId[];
  apply(event: DurableEvent): void;
  /** My cursor moved, or was told again. Returns whether the count is only a guess, to be asked for. */
  moveCursor(
    id: ConversationId,
    cursor: { deliveredSeq?: number; readSeq?: number; unreadCount?: number },
  ): boolean;
  /** The other person of a direct conversation has got further. */
  movePeer(
    id: ConversationId,
    userId: UserId,
    cursor: { deliveredSeq: number; readSeq: number },
  ): void;
  /** These people have this name and picture. */
  people(people: ReadonlyMap<UserId, { name: string; picture: FileId | null }>): void;
  /** As of its version: events may have told more already. */
  patch(details: Conversation): void;
  remove(id: ConversationId): void;
  clear(): void;
  setPage(page: {
    state: ConversationsSnapshot['state'];
    error: ErrorBody | null;
    hasMore: boolean;
    loadingMore: boolean;
  }): void;
  invalidate(): void;
}

export function createConversationList(ports: ListPorts): ConversationList {
  const entries = new Map<ConversationId, ConversationEntry>();
  const items = new Map<ConversationId, { entry: ConversationEntry; item: ConversationItem }>();
  let page: Parameters<ConversationList['setPage']>[0] = {
    state: 'idle',
    error: null,
    hasMore: false,
    loadingMore: false,
  };
  let shown: readonly ConversationItem[] = [];

  const store = createDerivedStore<ConversationsSnapshot>(ports.telling, derive);

  function toItem(entry: ConversationEntry): ConversationItem {
    const preview = ports.preview(entry);
    const before = items.get(entry.conversation.id);
    if (before?.entry === entry && before.item.preview === preview) return before.item;
    const title = entry.conversation.name ?? entry.peer?.name ?? '';
    const activeAt = Math.max(entry.activeAt, preview?.seq === null ? preview.createdAt : 0);
    const item: ConversationItem = { ...entry, activeAt, title, preview };
    items.set(entry.conversation.id, { entry, item });
    return item;
  }

  function derive(previous: ConversationsSnapshot | undefined): ConversationsSnapshot {
    const next = [...entries.values()]
      .map(toItem)
      .sort((a, b) => b.activeAt - a.activeAt || (a.conversation.id < b.conversation.id ? 1 : -1));
    shown = sameListOr(shown, next);
    return sameOr(previous, {
      items: shown,
      ...page,
      unreadCount: shown.reduce((sum, item) => sum + item.unreadCount, 0),
    });
  }

  function set(id: ConversationId, entry: ConversationEntry): void {
    entries.set(id, entry);
    ports.onChange();
    store.invalidate();
  }

  /** Unread by the shared rule where it can be told; else null. */
  function unreadAfter(entry: ConversationEntry, readSeq: number): number | null {
    const { id, lastSeq } = entry.conversation;
    return readSeq >= lastSeq ? 0 : ports.countUnread(id, readSeq, lastSeq);
  }

  /** Returns whether the count is only a guess. */
  function mergeOne(next: ConversationEntry): boolean {
    const { id, version } = next.conversation;
    const own = entries.get(id);
    if (own === undefined) {
      set(id, next);
      return false;
    }
    if (version < own.conversation.version) return false;
    const deliveredSeq = mergeCursor(own.deliveredSeq, next.deliveredSeq);
    const readSeq = mergeCursor(own.readSeq, next.readSeq);
    // My device has read further than the server knew when it wrote this.
    const counted = readSeq === next.readSeq ? next.unreadCount : unreadAfter(next, readSeq);
    set(id, { ...next, deliveredSeq, readSeq, unreadCount: counted ?? next.unreadCount });
    return counted === null;
  }

  return {
    store,
    get(id) {
      const entry = entries.get(id);
      return entry === undefined ? null : toItem(entry);
    },
    entry: (id) => entries.get(id),
    entries: () => entries.values(),
    merge: (next) => next.filter(mergeOne).map(({ conversation }) => conversation.id),
    apply(event) {
      const entry = entries.get(event.conversationId);
      if (entry === undefined || event.version <= entry.conversation.version) return;
      set(event.conversationId, applyTo(entry, event, ports.me()));
    },
    moveCursor(id, cursor) {
      const entry = entries.get(id);
      if (entry === undefined) return false;
      const deliveredSeq = mergeCursor(
        entry.deliveredSeq,
        Math.max(cursor.deliveredSeq ?? 0, cursor.readSeq ?? 0),
      );
      const readSeq = mergeCursor(entry.readSeq, cursor.readSeq ?? 0);
      // Two counts for one cursor cannot both be right, and either may be of a moment ago: the entry settles it.
      const contradicted =
        cursor.readSeq === entry.readSeq &&
        (cursor.unreadCount ?? entry.unreadCount) !== entry.unreadCount;
      // A late one changes nothing: cursors only move forward.
      if (deliveredSeq === entry.deliveredSeq && readSeq === entry.readSeq) return contradicted;
      const counted = readSeq === entry.readSeq ? entry.unreadCount : unreadAfter(entry, readSeq);
      set(id, {
        ...entry,
        deliveredSeq,
        readSeq,
        unreadCount: counted ?? cursor.unreadCount ?? entry.unreadCount,
      });
      return counted === null || contradicted;
    },
    movePeer(id, userId, cursor) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      const moved = withPeer(entry, userId, cursor);
      if (moved !== entry) set(id, moved);
    },
    people(people) {
      for (const [id, entry] of entries) {
        const { peer } = entry;
        const person = peer === null ? undefined : people.get(peer.userId);
        if (peer === null || person === undefined) continue;
        const { name, picture } = person;
        if (peer.name !== name || peer.picture !== picture)
          set(id, { ...entry, peer: { ...peer, name, picture } });
      }
    },
    patch({ id, name, picture, memberCount, version }) {
      const entry = entries.get(id);
      if (entry !== undefined && version >= entry.conversation.version)
        set(id, { ...entry, conversation: { ...entry.conversation, name, picture, memberCount } });
    },
    remove(id) {
      if (!entries.delete(id)) return;
      items.delete(id);
      ports.onChange();
      store.invalidate();
    },
    clear() {
      entries.clear();
      items.clear();
      ports.onChange();
      store.invalidate();
    },
    setPage(next) {
      page = next;
      store.invalidate();
    },
    invalidate: store.invalidate,
  };
}

/** The same entry when it is not about the other person, or no news. */
function withPeer(
  entry: ConversationEntry,
  userId: UserId,
  cursor: { deliveredSeq: number; readSeq: number },
): ConversationEntry {
  const { peer } = entry;
  if (peer?.userId !== userId) return entry;
  const readSeq = mergeCursor(peer.readSeq, cursor.readSeq);
  const deliveredSeq = mergeCursor(peer.deliveredSeq, Math.max(cursor.deliveredSeq, readSeq));
  if (readSeq === peer.readSeq && deliveredSeq === peer.deliveredSeq) return entry;
  return { ...entry, peer: { ...peer, readSeq, deliveredSeq } };
}

function applyTo(
  entry: ConversationEntry,
  event: DurableEvent,
  me: UserId | null,
): ConversationEntry {
  const conversation = { ...entry.conversation, version: event.version };
  switch (event.type) {
    case 'newMessage': {
      const { message } = event;
      // Who wrote has read up to it; nobody wrote a system line.
      const written = message.type !== 'system';
      const mine = written && message.senderId === me;
      conversation.lastSeq = Math.max(conversation.lastSeq, message.seq);
      const readSeq = mine ? mergeCursor(entry.readSeq, message.seq) : entry.readSeq;
      const isNew = me !== null && isUnread(message, me, readSeq);
      const sent = { deliveredSeq: message.seq, readSeq: message.seq };
      return {
        ...(written ? withPeer(entry, message.senderId, sent) : entry),
        conversation,
        readSeq,
        deliveredSeq: mergeCursor(entry.deliveredSeq, readSeq),
        unreadCount: mine
          ? 0
          : Math.min(limits.unreadCountMax, entry.unreadCount + (isNew ? 1 : 0)),
        lastMessage: message,
        activeAt: message.createdAt,
      };
    }
    case 'messageUpdated':
    case 'messageDeleted': {
      const { message } = event;
      // It counted until now: deleted ones do not. A count at its cap stays there, as nobody knows what is beyond.
      const counted =
        event.type === 'messageDeleted' && me !== null && entry.unreadCount < limits.unreadCountMax
          ? isUnread({ ...message, deletedAt: null }, me, entry.readSeq)
          : false;
      return {
        ...entry,
        conversation,
        unreadCount: Math.max(0, entry.unreadCount - (counted ? 1 : 0)),
        lastMessage: entry.lastMessage?.id === message.id ? message : entry.lastMessage,
      };
    }
    case 'conversationUpdated':
      return {
        ...entry,
        conversation: {
          ...event.data.conversation,
          version: event.version,
          lastSeq: conversation.lastSeq,
        },
      };
    case 'memberJoined':
      conversation.memberCount = event.data.memberCount;
      return {
        ...entry,
        conversation,
        role: event.userId === me ? event.data.member.role : entry.role,
      };
    case 'memberLeft':
      conversation.memberCount = event.data.memberCount;
      return { ...entry, conversation };
  }
}
