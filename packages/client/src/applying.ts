/**
 * Owns what becomes of what the server says: which rooms hear of an event, of changed rows, of an entry. Rooms never
 * meet; here is the one place where a message reaches timeline, list, receipts, typing and outbox together.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type FileId,
  limits,
  type Message,
  NatterError,
  type ServerEvent,
  type UserId,
} from '@natter/protocol';
import type { ConversationList } from './conversations/list.ts';
import type { MessagesRoom } from './messages/messages.ts';
import type { Previews } from './messages/previews.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { KeptEntry } from './persistence/contract.ts';
import type { PresenceRoom } from './presence/presence.ts';
import type { OthersReceipts } from './receipts/others.ts';
import type { OwnReceipts } from './receipts/own.ts';
import type { Resume } from './sync/resume.ts';
import type { Sync, SyncTargets } from './sync/sync.ts';
import type { TypingRoom } from './typing/typing.ts';

type Profile = { name: string; picture: FileId | null };
type HeadsEvent = Extract<ServerEvent, { type: 'heads' }>;

export interface ApplyingRooms {
  me(): UserId | null;
  /** I have another name or picture. */
  onMe(profile: Profile): void;
  list: ConversationList;
  previews: Previews;
  others: OthersReceipts;
  own: OwnReceipts;
  typing: TypingRoom;
  presence: PresenceRoom;
  outbox: Outbox;
  messages: MessagesRoom;
  /** Fetches the cursors of those who are in it, when somebody looks and they are not here. */
  lookAgain(id: ConversationId): void;
  sync: Sync;
  /** Made after this. */
  resume(): Resume;
}

export interface Applying {
  targets: SyncTargets;
  receive(event: ServerEvent): void;
  /** Entries as this device kept them. */
  restore(entries: readonly KeptEntry[]): void;
  /** How these people show now. */
  people(people: readonly (Profile & { userId: UserId })[]): void;
  /** I have seen up to `seq`. */
  read(id: ConversationId, seq: number): void;
  /** The server has my cursors there. */
  moveMyCursor(
    id: ConversationId,
    cursor: { deliveredSeq: number; readSeq: number; unreadCount?: number },
  ): void;
}

export function createApplying(rooms: ApplyingRooms): Applying {
  const { me: myId, list, previews, others, own, typing, presence, outbox, messages } = rooms;
  const { sync, resume } = rooms;
  /** Conversations whose unread count is not certain until the server has my cursor. */
  const guessed = new Set<ConversationId>();

  const targets: SyncTargets = {
    isOpen: (id) => messages.timeline(id)?.isOpen() ?? false,
    isMe: (event) => 'userId' in event && event.userId === myId(),
    apply(event) {
      const id = event.conversationId;
      list.apply(event);
      others.apply(event);
      typing.receive(event);
      if ('message' in event) takeMessages(id, [event.message]);
      outbox.reached(id, event.version);
      if (event.type === 'newMessage' && !isWrittenBy(event.message, myId())) deliver(id);
    },
    applyChanges(id, { entry, messages: rows, joined, left, version, tooFar }) {
      // Too much changed to be told row by row: who came, went and wrote is in none of it.
      if (tooFar) others.doubt(id);
      takeMessages(id, rows);
      takeEntries([entry]);
      others.changes(id, joined, left, version);
      outbox.reached(id, version);
    },
    applyEntries(entries) {
      for (const { conversation } of entries) {
        const { id, version } = conversation;
        const at = list.entry(id)?.conversation.version ?? version;
        if (!targets.isOpen(id) && at < version) others.doubt(id);
      }
      takeEntries(entries);
      for (const { conversation } of entries)
        if (!targets.isOpen(conversation.id)) outbox.reached(conversation.id, conversation.version);
    },
    applyCursor({ conversationId, readSeq, unreadCount }) {
      moveMyCursor(conversationId, { deliveredSeq: readSeq, readSeq, unreadCount });
    },
    lacksCursors: others.lacks,
    applyMembers: ({ conversation: { id, version }, cursorVersion }, members, complete) =>
      others.members(id, members, complete, version, cursorVersion),
    remove(id) {
      list.remove(id);
      previews.forget(id);
      others.remove(id);
      own.forget(id);
      outbox.refuseAll(id);
      messages
        .timeline(id)
        ?.clear(new NatterError('notMember', 'you are not a member of this conversation'));
    },
    reload: (id) => messages.timeline(id)?.reload() ?? Promise.resolve(0),
  };
  function receive(event: ServerEvent): void {
    switch (event.type) {
      case 'heads':
        takeHeads(event.data);
        return;
      case 'messageRead':
      case 'messageDelivered': {
        const { conversationId: id, userId, data } = event;
        const readSeq = event.type === 'messageRead' ? data.seq : 0;
        if (userId !== myId()) {
          const cursor = { deliveredSeq: data.seq, readSeq };
          others.moved(id, userId, cursor);
          list.movePeer(id, userId, cursor);
        } else
          moveMyCursor(id, {
            deliveredSeq: data.seq,
            readSeq,
            ...('unreadCount' in data ? { unreadCount: data.unreadCount } : {}),
          });
        return;
      }
      case 'typingStarted':
      case 'typingStopped':
        typing.receive(event);
        return;
      case 'userOnline':
      case 'userOffline':
        presence.receive(event);
        return;
      case 'userUpdated':
        people([{ userId: event.userId, ...event.data }]);
        return;
      default:
        sync.receive(event);
    }
  }

  function people(all: readonly (Profile & { userId: UserId })[]): void {
    const byId = new Map<UserId, Profile>();
    for (const { userId, name, picture } of all) {
      if (userId === myId()) rooms.onMe({ name, picture });
      else byId.set(userId, { name, picture });
    }
    if (byId.size === 0) return;
    list.people(byId);
    others.people(byId);
  }

  function takeHeads({ heads, more, since }: HeadsEvent['data']): void {
    if (resume().page(heads, more)) return;
    if (heads.length > 0) sync.heads(heads).catch(() => sync.behind(heads));
    if (since !== undefined && sync.isSettled()) resume().renew(since);
  }

  function takeEntries(entries: readonly ConversationEntry[]): void {
    const uncertain = new Set(list.merge(entries));
    others.entries(entries);
    for (const { conversation, deliveredSeq, readSeq, lastMessage } of entries) {
      own.known(conversation.id, { deliveredSeq, readSeq });
      // My cursor may have been told before the entry, which was read before that.
      const said = own.said(conversation.id);
      const isGuess = uncertain.has(conversation.id);
      const isTold = said.readSeq >= (list.entry(conversation.id)?.readSeq ?? 0);
      if (list.moveCursor(conversation.id, said) || (isGuess && isTold))
        sync.refresh(conversation.id);
      else if (isGuess) guessed.add(conversation.id);
      if (
        lastMessage !== null &&
        isWrittenBy(lastMessage, myId()) &&
        !targets.isOpen(conversation.id)
      )
        outbox.settle(lastMessage);
      messages.timeline(conversation.id)?.revive();
      deliver(conversation.id);
      rooms.lookAgain(conversation.id);
    }
  }

  function takeMessages(id: ConversationId, rows: readonly Message[]): void {
    messages.timeline(id)?.merge(rows);
    for (const row of rows) if (row.type !== 'system') others.sent(id, row);
    const mine = myId();
    for (const row of rows) if (isWrittenBy(row, mine)) outbox.settle(row);
  }

  /** This device has everything up to the newest: say so, where it costs no member times members. */
  function deliver(id: ConversationId): void {
    const entry = list.entry(id);
    if (entry === undefined || entry.conversation.memberCount > limits.largeConversationMembers)
      return;
    if (entry.conversation.lastSeq > entry.deliveredSeq)
      own.delivered(id, entry.conversation.lastSeq);
  }

  function moveMyCursor(
    id: ConversationId,
    cursor: { deliveredSeq: number; readSeq: number; unreadCount?: number },
  ): void {
    own.known(id, cursor);
    // Only the server can count what this device has not: it is asked for its entry.
    if (list.moveCursor(id, cursor) || guessed.delete(id)) sync.refresh(id);
  }

  return {
    targets,
    receive,
    people,
    restore(kept) {
      const entries = kept.map(({ entry }) => entry);
      list.merge(entries);
      others.entries(entries);
      // They may be of long ago.
      others.stale();
      for (const { entry, said } of kept) {
        const { id, version } = entry.conversation;
        own.known(id, said);
        if (entry.readSeq > said.readSeq) {
          guessed.add(id);
          own.read(id, entry.readSeq);
        }
        deliver(id);
        sync.restored(id, version);
      }
    },
    read(id, seq) {
      const listed = list.entry(id)?.conversation.lastSeq ?? seq;
      // A page may have come before the event that tells the list of it.
      const upTo = Math.min(seq, Math.max(listed, messages.timeline(id)?.rows()?.at(-1)?.seq ?? 0));
      if (list.moveCursor(id, { readSeq: upTo })) guessed.add(id);
      own.read(id, upTo);
    },
    moveMyCursor,
  };
}

/** Writing reads up to what was written. Whose change a system line tells has written nothing. */
function isWrittenBy({ senderId, type }: Message, userId: UserId | null): boolean {
  return senderId === userId && type !== 'system';
}
