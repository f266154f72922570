/** Holds how far everybody has got: CURSOR. */
import type { ConversationId, MessageId } from '@natter/protocol';
import { limits } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newDirect, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
});
beforeEach(async () => {
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
  group = await newGroup(ada, [bob]);
  for (const content of ['one', 'two', 'three']) await ada.say(group, content);
});
afterEach(leave);
afterAll(() => cluster.stop());

const entryOf = async (person: Person) =>
  (await person.call('getConversation', { conversationId: group })).entry;

describe('cursors', () => {
  test('[CURSOR1] they merge by maximum, and never pass the newest message', async () => {
    const mark = (seq: number) => bob.call('markAsRead', { conversationId: group, seq });
    expect(await mark(2)).toEqual({ deliveredSeq: 2, readSeq: 2, unreadCount: 1 });
    expect(await mark(1)).toEqual({ deliveredSeq: 2, readSeq: 2, unreadCount: 1 });
    expect(await mark(2)).toEqual({ deliveredSeq: 2, readSeq: 2, unreadCount: 1 });
    expect(await mark(1_000_000)).toEqual({ deliveredSeq: 3, readSeq: 3, unreadCount: 0 });
  });

  test('[CURSOR2] delivery goes before reading, and reading includes delivery', async () => {
    expect(await bob.call('markAsDelivered', { conversationId: group, seq: 3 })).toEqual({
      deliveredSeq: 3,
      readSeq: 0,
      unreadCount: 3,
    });
    expect(await bob.call('markAsRead', { conversationId: group, seq: 1 })).toMatchObject({
      deliveredSeq: 3,
      readSeq: 1,
    });
  });

  test('[CURSOR3] sending reads up to it, for the sender alone', async () => {
    expect(await entryOf(bob)).toMatchObject({ readSeq: 0, unreadCount: 3 });
    await bob.say(group, 'four');
    expect(await entryOf(bob)).toMatchObject({ readSeq: 4, deliveredSeq: 4, unreadCount: 0 });
    expect(await entryOf(ada)).toMatchObject({ readSeq: 3, unreadCount: 1 });
  });

  test('[CURSOR4] deleted messages and my own are not unread', async () => {
    const { messages } = await bob.call('getMessages', { conversationId: group });
    await ada.call('deleteMessage', { conversationId: group, messageId: messages[1]?.id as never });
    expect((await entryOf(bob)).unreadCount).toBe(2);
    expect((await entryOf(ada)).unreadCount).toBe(0);
  });

  test('[CURSOR4] counting stops at the bound', { timeout: 60_000 }, async () => {
    const writers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => newPerson(cluster.url, `Writer ${at}`)),
    );
    await ada.call('addMembers', {
      conversationId: group,
      userIds: writers.map((writer) => writer.id),
    });
    await Promise.all(
      writers.map(async (writer) => {
        const wire = await writer.connect();
        for (let n = 0; n < limits.unreadCountMax / 10; n += 20) {
          await Promise.all(
            Array.from({ length: 20 }, () =>
              wire.call('sendMessage', {
                id: newId<MessageId>(),
                conversationId: group,
                content: 'x',
              }),
            ),
          );
        }
      }),
    );
    expect((await entryOf(bob)).unreadCount).toBe(limits.unreadCountMax);
  });

  test('[CURSOR5] many moves in a moment are told once, as the furthest', async () => {
    const [wire, reader] = [await ada.connect(), await bob.connect()];
    for (let n = 0; n < 17; n++) await ada.say(group, `${n}`);
    const marks = Array.from({ length: 20 }, (_, at) =>
      reader.call('markAsRead', { conversationId: group, seq: at + 1 }),
    );
    await Promise.all(marks);
    await wire.next('messageRead', (event) => event.userId === bob.id && event.data.seq === 20);
    const told = wire.events.filter(
      (event) => event.type === 'messageRead' && event.userId === bob.id,
    );
    // Twenty moves take far less than a second; two tellings allow for one that began a new one.
    expect(told.length).toBeLessThanOrEqual(2);
  });

  test('[CURSOR6] the reply has what the database has', async () => {
    const { readSeq, unreadCount } = await bob.call('markAsRead', {
      conversationId: group,
      seq: 2,
    });
    expect(await entryOf(bob)).toMatchObject({ readSeq, unreadCount });
  });

  test("[CURSOR7] a move is told to every member, the reader's other sockets included", async () => {
    const [author, phone] = [await ada.connect(), await bob.connect()];
    await bob.call('markAsRead', { conversationId: group, seq: 2 });
    for (const wire of [author, phone]) {
      expect(await wire.next('messageRead')).toMatchObject({
        conversationId: group,
        userId: bob.id,
        data: { seq: 2, unreadCount: 1 },
      });
    }
    await bob.call('markAsDelivered', { conversationId: group, seq: 3 });
    expect(await author.next('messageDelivered', (event) => event.data.seq === 3)).toMatchObject({
      userId: bob.id,
    });
  });

  test('[CURSOR7] what moves nothing is not told', async () => {
    await bob.call('markAsRead', { conversationId: group, seq: 3 });
    const author = await ada.connect();
    await bob.call('markAsRead', { conversationId: group, seq: 2 });
    await ada.say(group, 'four');
    await bob.call('markAsRead', { conversationId: group, seq: 4 });
    await author.next('messageRead', (event) => event.data.seq === 4);
    expect(author.events.filter((event) => event.type === 'messageRead')).toHaveLength(1);
  });

  test('[CURSOR8] members and the peer of a direct conversation show how far each has got', async () => {
    const direct = await newDirect(ada, bob);
    const { seq } = await ada.say(direct, 'hello');
    await bob.call('markAsRead', { conversationId: direct, seq });
    const { entry, members } = await ada.call('getConversation', { conversationId: direct });
    expect(entry.peer).toMatchObject({ userId: bob.id, readSeq: seq, deliveredSeq: seq });
    expect(members.find((member) => member.userId === bob.id)?.readSeq).toBe(seq);
    // Ada's own cursor says nothing about who has read her message.
    expect(entry.readSeq).toBe(seq);
  });

  test('[CURSOR1] a seq of nothing is refused', async () => {
    for (const seq of [0, -1, 1.5, '1', null, Number.MAX_VALUE]) {
      expect(
        (await bob.refused('markAsRead', { conversationId: group, seq })).code,
        String(seq),
      ).toBe('badRequest');
    }
  });
});
