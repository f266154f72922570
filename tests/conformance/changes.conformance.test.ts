/** Holds what getChanges answers: APPLY as a server keeps it. */
import type { ConversationId, GetChangesResult, MessageId } from '@natter/protocol';
import { limits } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;
let writers: Person[];

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
  writers = await Promise.all(
    Array.from({ length: 11 }, (_, at) => newPerson(cluster.url, `Writer ${at}`)),
  );
});
beforeEach(async () => {
  group = await newGroup(ada, [bob, ...writers]);
});
afterEach(leave);
afterAll(() => cluster.stop());

const versionNow = async () =>
  (await ada.call('getConversation', { conversationId: group })).entry.conversation.version;

describe('getChanges', () => {
  test('[APPLY3] current rows stamped later than from, oldest change first', async () => {
    const before = await ada.say(group, 'before');
    const from = await versionNow();
    const one = await ada.say(group, 'one');
    const two = await bob.say(group, 'two');
    await ada.call('editMessage', { conversationId: group, messageId: one.id, content: 'uno' });
    const changes = await bob.call('getChanges', { conversationId: group, from });
    expect(changes.messages.map((message) => [message.content, message.version])).toEqual([
      ['two', two.version],
      ['uno', two.version + 1],
    ]);
    expect(changes.messages.map((message) => message.id)).not.toContain(before.id);
    expect(changes).toMatchObject({
      version: two.version + 1,
      more: false,
      tooFar: false,
      joined: [],
      left: [],
    });
    expect(changes.entry.conversation).toMatchObject({
      id: group,
      version: two.version + 1,
      lastSeq: 3,
    });
  });

  test('[APPLY3] fifty edits of one message travel once', async () => {
    const { id } = await ada.say(group, 'draft');
    const from = await versionNow();
    for (let n = 1; n <= 50; n++) {
      await ada.call('editMessage', { conversationId: group, messageId: id, content: `edit ${n}` });
    }
    const changes = await bob.call('getChanges', { conversationId: group, from });
    expect(changes.messages.map((message) => message.content)).toEqual(['edit 50']);
    expect(changes.version).toBe(from + 50);
  });

  test('[APPLY3] people who joined, changed their role, and left', async () => {
    const [cy, di] = [await newPerson(cluster.url, 'Cy'), await newPerson(cluster.url, 'Di')];
    await ada.call('addMembers', { conversationId: group, userIds: [di.id] });
    const from = await versionNow();
    await ada.call('addMembers', { conversationId: group, userIds: [cy.id] });
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id], role: 'admin' });
    await ada.call('removeMember', { conversationId: group, userId: di.id });
    await ada.call('updateConversation', { conversationId: group, name: 'renamed' });
    const changes = await bob.call('getChanges', { conversationId: group, from });
    expect(changes.joined.map((member) => [member.userId, member.role])).toEqual([
      [cy.id, 'member'],
      [bob.id, 'admin'],
    ]);
    expect(changes.left).toEqual([di.id]);
    expect(changes.entry).toMatchObject({
      role: 'admin',
      conversation: { name: 'renamed', memberCount: 14 },
    });
    // Each of the four, and the line about it.
    expect(changes.messages.map(({ system }) => system?.kind)).toEqual([
      'added',
      'roleChanged',
      'removed',
      'renamed',
    ]);
    expect(changes.version).toBe(from + 8);
  });

  test('[APPLY3] one who left and came back is one who joined', async () => {
    const from = await versionNow();
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id] });
    const changes = await ada.call('getChanges', { conversationId: group, from });
    expect(changes.joined.map((member) => member.userId)).toEqual([bob.id]);
    expect(changes.left).toEqual([]);
  });

  test('[APPLY3] from the present on there is nothing', async () => {
    const from = await versionNow();
    expect(await ada.call('getChanges', { conversationId: group, from })).toMatchObject({
      messages: [],
      joined: [],
      left: [],
      version: from,
      more: false,
      tooFar: false,
    });
  });

  test('[APPLY4] pages reach from version to version until there is no more', {
    timeout: 60_000,
  }, async () => {
    const from = await versionNow();
    const total = limits.changesPerPageMax * 2 + 10;
    await fill(total);
    const pages: GetChangesResult[] = [];
    for (let at = from; ; ) {
      const page = await bob.call('getChanges', { conversationId: group, from: at });
      pages.push(page);
      expect(page.version).toBeGreaterThan(at);
      at = page.version;
      if (!page.more) break;
    }
    expect(pages.length).toBeGreaterThanOrEqual(3);
    const versions = pages.flatMap((page) => page.messages.map((message) => message.version));
    expect(versions).toEqual(Array.from({ length: total }, (_, n) => from + 1 + n));
    expect(pages.at(-1)?.version).toBe(from + total);
  });

  test('[APPLY5] too many changed rows are tooFar, and the page is empty', {
    timeout: 60_000,
  }, async () => {
    const from = await versionNow();
    await fill(limits.changesMax + 1);
    const changes = await bob.call('getChanges', { conversationId: group, from });
    expect(changes).toMatchObject({ tooFar: true, messages: [], joined: [], left: [] });
    expect(changes.entry.conversation.lastSeq).toBe(limits.changesMax + 1);
    expect(await bob.call('getChanges', { conversationId: group, from: from + 1 })).toMatchObject({
      tooFar: false,
      more: true,
    });
  });

  test('[APPLY6] the entry has my own cursors, the rows have the newest stamps', async () => {
    await ada.say(group, 'one');
    await ada.say(group, 'two');
    await bob.call('markAsRead', { conversationId: group, seq: 1 });
    const { entry } = await bob.call('getChanges', { conversationId: group, from: 0 });
    expect(entry).toMatchObject({ readSeq: 1, unreadCount: 1, lastMessage: { content: 'two' } });
  });

  test('[APPLY1] events and changes tell the same rows', async () => {
    const wire = await bob.connect();
    const from = await versionNow();
    const { id } = await ada.say(group, 'one');
    await ada.say(group, 'two');
    await ada.call('deleteMessage', { conversationId: group, messageId: id });
    await wire.next('messageDeleted');
    const byEvent = new Map(
      wire.events.flatMap((event) =>
        'message' in event ? [[event.message.id, event.message]] : [],
      ),
    );
    const { messages } = await bob.call('getChanges', { conversationId: group, from });
    expect(new Map(messages.map((message) => [message.id, message]))).toEqual(byEvent);
  });
});

/** Writes many short messages, by many people so that nobody meets their rate. */
async function fill(count: number): Promise<void> {
  const each = 100;
  const wires = await Promise.all(
    writers.slice(0, Math.ceil(count / each)).map((writer) => writer.connect()),
  );
  await Promise.all(
    wires.map(async (wire, at) => {
      const own = Math.min(each, count - at * each);
      for (let n = 0; n < own; n += 20) {
        await Promise.all(
          Array.from({ length: Math.min(20, own - n) }, () =>
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
}
