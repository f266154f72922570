import {
  type ConversationEntry,
  countUnread,
  type DurableEvent,
  type Message,
  type MessageId,
  type UserId,
} from '@natter/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationId, uuid } from '../scripted.suite.ts';
import { createBatch } from '../store/batch.ts';
import { createConversationList } from './list.ts';

const id = conversationId(1);
const ada = 'ada' as UserId;

function createList(count: (readSeq: number) => number | null = () => null) {
  return createConversationList({
    telling: { batch: createBatch(), reportError: () => {} },
    me: () => ada,
    preview: () => null,
    countUnread: (_id, readSeq) => count(readSeq),
    onChange: () => {},
  });
}

function entry(change: Partial<ConversationEntry> = {}, version = 3): ConversationEntry {
  return {
    conversation: {
      id,
      kind: 'direct',
      name: null,
      picture: null,
      version,
      lastSeq: 0,
      memberCount: 2,
      createdAt: 1,
    },
    role: 'member',
    deliveredSeq: 0,
    readSeq: 0,
    unreadCount: 0,
    lastMessage: null,
    peer: {
      userId: 'ben' as UserId,
      name: 'Ben',
      picture: null,
      role: 'member',
      deliveredSeq: 0,
      readSeq: 0,
      joinedAt: 1,
    },
    activeAt: 1,
    cursorVersion: 0,
    ...change,
  };
}

function message(
  seq: number,
  version: number,
  sender: string,
  deletedAt: number | null = null,
): Message {
  return {
    id: uuid(seq) as MessageId,
    conversationId: id,
    seq,
    version,
    senderId: sender as UserId,
    senderName: sender,
    type: 'text',
    content: deletedAt === null ? 'x' : '',
    attachments: [],
    createdAt: 10 + seq,
    editedAt: null,
    deletedAt,
  };
}

describe('the conversation list', () => {
  it('[CURSOR4] my unread count is the shared rule, whatever is sent, deleted, read, repeated or late', () => {
    type Step = { kind: 'ben' | 'ada' | 'delete' | 'read' | 'lateRead' | 'repeat'; at: number };
    const step = fc.record<Step>({
      kind: fc.constantFrom('ben', 'ada', 'delete', 'read', 'lateRead', 'repeat'),
      at: fc.nat({ max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const messages: Message[] = [];
        const events: DurableEvent[] = [];
        let readSeq = 0;
        const list = createList((from) => countUnread(messages, ada, from));
        list.merge([entry()]);
        let version = 3;
        for (const { kind, at } of steps) {
          if (kind === 'ben' || kind === 'ada') {
            const row = message(messages.length + 1, ++version, kind);
            messages.push(row);
            if (kind === 'ada') readSeq = row.seq;
            events.push({ type: 'newMessage', conversationId: id, version, message: row });
            list.apply(events.at(-1) as DurableEvent);
          } else if (kind === 'delete' && messages.length > 0) {
            const old = messages[at % messages.length] as Message;
            if (old.deletedAt !== null) continue;
            const row = { ...message(old.seq, ++version, old.senderId, 1) };
            messages[old.seq - 1] = row;
            events.push({ type: 'messageDeleted', conversationId: id, version, message: row });
            list.apply(events.at(-1) as DurableEvent);
          } else if (kind === 'read' && messages.length > 0) {
            const seq = (at % messages.length) + 1;
            readSeq = Math.max(readSeq, seq);
            list.moveCursor(id, { readSeq: seq });
          } else if (kind === 'lateRead') {
            list.moveCursor(id, { readSeq: Math.min(at, readSeq), unreadCount: 99 });
          } else if (kind === 'repeat' && events.length > 0) {
            list.apply(events[at % events.length] as DurableEvent);
          }
          expect(list.entry(id)?.unreadCount).toBe(countUnread(messages, ada, readSeq));
        }
      }),
    );
  });

  it('[APPLY6] an entry that is older than what is known changes nothing, and a cursor never goes back', () => {
    const list = createList();
    list.merge([entry({ unreadCount: 3, readSeq: 2 }, 9)]);
    list.moveCursor(id, { readSeq: 5, unreadCount: 0 });
    list.merge([entry({ unreadCount: 7 }, 8)]);
    expect(list.entry(id)).toMatchObject({ readSeq: 5, unreadCount: 0 });
    list.merge([
      entry({
        unreadCount: 3,
        readSeq: 2,
        conversation: { ...entry({}, 10).conversation, lastSeq: 5 },
      }),
    ]);
    expect(list.entry(id)).toMatchObject({ readSeq: 5, unreadCount: 0 });
  });

  it('[CURSOR4] seed 6: a count of the server for the same cursor that differs from mine says that mine is a guess', () => {
    const list = createList();
    list.merge([entry({ unreadCount: 2, readSeq: 5 })]);
    for (const _ of ['delivery moves too', 'nothing moves'])
      expect(list.moveCursor(id, { readSeq: 5, unreadCount: 1 })).toBe(true);
    expect(list.moveCursor(id, { readSeq: 5, unreadCount: 2 })).toBe(false);
    // Late, or without a count: nothing to compare with.
    expect(list.moveCursor(id, { readSeq: 4, unreadCount: 3 })).toBe(false);
    expect(list.moveCursor(id, { deliveredSeq: 5 })).toBe(false);
    expect(list.entry(id)).toMatchObject({ readSeq: 5, unreadCount: 2 });
  });

  it('[CLIENT10] an untouched item keeps its identity when another changes', () => {
    const list = createList();
    const other = conversationId(2);
    list.merge([entry(), entry({ conversation: { ...entry().conversation, id: other } })]);
    list.store.subscribe(() => {});
    const before = list.store.getSnapshot();
    expect(list.store.getSnapshot()).toBe(before);
    list.apply({
      type: 'newMessage',
      conversationId: id,
      version: 4,
      message: message(1, 4, 'ben'),
    });
    const after = list.store.getSnapshot();
    expect(after.items.map((item) => item.conversation.id)).toEqual([id, other]);
    expect(after.items[1]).toBe(before.items.find((item) => item.conversation.id === other));
    expect(after.unreadCount).toBe(1);
    expect(after.items[0]?.title).toBe('Ben');
  });
});
