/** Holds that the judge can find something: each promise is broken once, in a history made by hand. */
import type { ConversationId, MessageId, UserId } from '@natter/protocol';
import { expect, test } from 'vitest';
import { apply, difference, type Entry, type Shown } from './history.ts';
import { finalOf, judge, type Verdict, wrongs } from './judge.ts';
import type { StoredConversation } from './truth.ts';

const id = 'group' as ConversationId;
const userId = 'ada' as UserId;
const ids = ['a', 'b', 'c'] as MessageId[] as [MessageId, MessageId, MessageId];

const stored: StoredConversation = {
  version: 5,
  lastSeq: 3,
  rows: ids.map((messageId, at) => ({
    id: messageId,
    seq: at + 1,
    senderId: userId,
    type: 'text',
    content: `content ${messageId}`,
    editedAt: null,
    deletedAt: null,
  })),
  members: { ada: { readSeq: 3, deliveredSeq: 3 } },
  unread: { ada: 0 },
};

const whole: Shown[] = ids.map((messageId, at) => [messageId, at + 1]);
const sent = (messageId: MessageId): Entry => ({
  what: 'sent',
  conversationId: id,
  id: messageId,
  content: `content ${messageId}`,
});
const acknowledged = (messageId: MessageId, seq: number): Entry => ({
  what: 'acknowledged',
  conversationId: id,
  id: messageId,
  seq,
});
const shown = (rows: Shown[]): Entry => ({
  what: 'shown',
  conversationId: id,
  keep: 0,
  rows,
  tail: 0,
});
const final: Entry = { what: 'final', conversations: { [id]: finalOf(stored, userId) } };

function verdictOn(entries: Entry[], database: StoredConversation = stored): Verdict {
  return judge([{ device: 'phone', userId, entries }], new Map([[id, database]]));
}

test('[SEND1] an honest history has nothing wrong', () => {
  const verdict = verdictOn([
    ...ids.map(sent),
    shown([['a' as MessageId, null]]),
    ...ids.map((messageId, at) => acknowledged(messageId, at + 1)),
    shown(whole),
    final,
  ]);
  expect(wrongs(verdict)).toEqual([]);
  expect(verdict).toMatchObject({ sent: 3, acknowledged: 3, stored: 3, shown: 2 });
});

const { rows } = stored;
const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
const shortened = { ...stored, lastSeq: 2, rows: [first, second] };

test.each<[string, keyof Verdict, Entry[], StoredConversation?]>([
  ['an acknowledged message that is not stored', 'lost', [acknowledged(ids[2], 3)], shortened],
  ['an acknowledged message stored elsewhere', 'lost', [acknowledged(ids[2], 2)]],
  ['a message that was told and is not stored', 'lost', [told(ids[2], 3)], shortened],
  ['a message that was sent, is gone, and did not fail', 'lost', [sent(ids[2])], shortened],
  ['a message that vanishes from a timeline', 'lost', [shown(whole), vanished(whole.slice(0, 2))]],
  [
    'a message acknowledged twice in two places',
    'repeated',
    [1, 2].map((seq) => acknowledged(ids[0], seq)),
  ],
  ['a message that is shown twice', 'repeated', [shown([...whole, [ids[0], null]])]],
  ['a message that is stored twice', 'repeated', [], { ...stored, rows: [first, first, third] }],
  [
    'a timeline out of order',
    'outOfOrder',
    [
      shown([
        [ids[1], 2],
        [ids[0], 1],
      ]),
    ],
  ],
  ['a message shown in a place that is not its own', 'outOfOrder', [shown([[ids[0], 2]])]],
  [
    'a device whose messages are stored in another order',
    'outOfOrder',
    [sent(ids[1]), sent(ids[0])],
  ],
  [
    'a timeline with a hole',
    'holes',
    [
      shown([
        [ids[0], 1],
        [ids[2], 3],
      ]),
    ],
  ],
  ['a database with a hole', 'holes', [], { ...stored, rows: [first, third] }],
  [
    'a device that ends with less than the database',
    'different',
    [{ what: 'final', conversations: {} }],
  ],
  ['a device with a fault', 'different', [{ what: 'fault', message: 'thrown' }]],
])('[APPLY1] %s is found', (_, kind, entries, database) => {
  expect(verdictOn([final, ...entries], database)[kind]).not.toEqual([]);
});

test('[CURSOR1] another read cursor, unread count or text at the end is found', () => {
  const right = finalOf(stored, userId);
  const [a, ...others] = right.rows as [(typeof right.rows)[0]];
  for (const wrong of [
    { ...right, readSeq: 2 },
    { ...right, unreadCount: 1 },
    { ...right, rows: [{ ...a, content: 'other' }, ...others] },
  ])
    expect(verdictOn([{ what: 'final', conversations: { [id]: wrong } }]).different).toHaveLength(
      1,
    );
  expect(verdictOn([]).different).toEqual(['phone never came to an end']);
});

test('[APPLY1] what was written here may stand below the others before what comes between has come', () => {
  const ahead = shown([
    [ids[0], 1],
    [ids[2], 3],
  ]);
  expect(verdictOn([sent(ids[2]), ahead, final]).holes).toEqual([]);
  expect(verdictOn([ahead, final]).holes).toHaveLength(1);
});

test('[ORDER1] a timeline is written down as what changed in it, and read back the same', () => {
  const states: Shown[][] = [
    [],
    [[ids[2], null]],
    [
      [ids[0], 1],
      [ids[2], null],
    ],
    whole,
    [
      [ids[1], 2],
      [ids[2], 3],
    ],
    [],
  ];
  let read: Shown[] = [];
  let before: Shown[] = [];
  for (const state of states) {
    read = apply(read, difference(before, state));
    before = state;
    expect(read).toEqual(state);
  }
});

function vanished(rows: Shown[]): Entry {
  return { what: 'shown', conversationId: id, keep: rows.length, rows: [], tail: 0 };
}

function told(messageId: MessageId, seq: number): Entry {
  return { what: 'event', type: 'newMessage', conversationId: id, version: 3, id: messageId, seq };
}
