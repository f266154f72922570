/** Holds lines about changes of a group to the SPEC: what they say, to whom, and what they leave alone. */
import type { ConversationId, MessageId, SystemLine } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';
import type { EventOf, Wire } from './wire.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let cy: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
});
beforeEach(async () => {
  [ada, bob, cy] = (await Promise.all(
    ['Ada', 'Bob', 'Cy'].map((name) => newPerson(cluster.url, name)),
  )) as [Person, Person, Person];
  group = await newGroup(ada, [bob]);
});
afterEach(leave);
afterAll(() => cluster.stop());

describe('system lines', () => {
  const isLine = ({ conversationId, message }: EventOf<'newMessage'>) =>
    conversationId === group && message.type === 'system';
  const nextLine = async (wire: Wire): Promise<SystemLine | undefined> =>
    (await wire.next('newMessage', isLine)).message.system;
  const entryOf = async (person: Person) =>
    (await person.call('getConversations', { ids: [group] })).entries[0];

  test('[SYSTEM1] a change is told, then its line: the next message, by who did it, without content', async () => {
    const reader = await bob.connect();
    const { seq, version } = await ada.say(group, 'before');
    await ada.call('updateConversation', { conversationId: group, name: 'Hikers' });
    const { message } = await reader.next('newMessage', isLine);
    expect(message).toEqual({
      id: expect.any(String),
      conversationId: group,
      seq: seq + 1,
      version: version + 2,
      senderId: ada.id,
      senderName: 'Ada',
      type: 'system',
      system: { kind: 'renamed', name: 'Hikers' },
      content: '',
      attachments: [],
      createdAt: expect.any(Number),
      editedAt: null,
      deletedAt: null,
    });
    const { messages } = await bob.call('getMessages', { conversationId: group });
    expect(messages.at(-1)).toEqual(message);
    const changes = await bob.call('getChanges', { conversationId: group, from: version });
    expect(changes.messages).toEqual([message]);
    const entry = await entryOf(bob);
    expect(entry).toMatchObject({ lastMessage: message, activeAt: message.createdAt });
    expect((await ada.say(group, 'after')).seq).toBe(seq + 2);
  });

  test('[SYSTEM1] who did it gets the line too, on every socket', async () => {
    const wires = [await ada.connect(), await ada.connect()] as const;
    await wires[0].call('addMembers', { conversationId: group, userIds: [cy.id] });
    for (const wire of wires) expect(await nextLine(wire)).toMatchObject({ kind: 'added' });
  });

  test('[SYSTEM2] each kind of change has its line', async () => {
    const reader = await bob.connect();
    const people = (...all: Person[]) => ({
      users: all.map(({ id, name }) => ({ userId: id, name })),
      count: all.length,
    });
    await ada.call('addMembers', { conversationId: group, userIds: [cy.id] });
    expect(await nextLine(reader)).toEqual({ kind: 'added', ...people(cy) });
    await ada.call('addMembers', {
      conversationId: group,
      userIds: [cy.id, bob.id],
      role: 'admin',
    });
    expect(await nextLine(reader)).toEqual({
      kind: 'roleChanged',
      ...people(cy, bob),
      role: 'admin',
    });
    await ada.call('removeMember', { conversationId: group, userId: cy.id });
    expect(await nextLine(reader)).toEqual({ kind: 'removed', ...people(cy) });
    await ada.call('removeMember', { conversationId: group, userId: ada.id });
    const { message } = await reader.next('newMessage', isLine);
    expect(message).toMatchObject({ senderId: ada.id, system: { kind: 'left' } });
  });

  test('[SYSTEM3] what changes nothing writes no line', async () => {
    const before = await entryOf(ada);
    expect(before?.conversation.lastSeq).toBe(0);
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id] });
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id], role: 'member' });
    await ada.call('removeMember', { conversationId: group, userId: cy.id });
    await bob.refused('updateConversation', { conversationId: group, name: 'no' });
    expect(await entryOf(ada)).toEqual(before);
  });

  test('[SYSTEM4][EVENT6] who is taken out gets memberLeft last, and no line', async () => {
    const [theirs, mine] = [await bob.connect(), await ada.connect()];
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    expect(await nextLine(mine)).toMatchObject({ kind: 'removed' });
    await theirs.next('memberLeft');
    // Another group's event comes after all that the first had for him.
    const other = await newGroup(ada, [bob]);
    await theirs.next('conversationUpdated', ({ conversationId }) => conversationId === other);
    const told = theirs.events.filter(
      (event) => 'conversationId' in event && event.conversationId === group,
    );
    expect(told.map(({ type }) => type)).toEqual(['memberLeft']);
  });

  test('[SYSTEM5][CURSOR4] a line is unread to nobody, and moves nobody’s cursor', async () => {
    await bob.say(group, 'read me');
    await ada.call('updateConversation', { conversationId: group, name: 'renamed' });
    await ada.call('addMembers', { conversationId: group, userIds: [cy.id] });
    expect(await entryOf(ada)).toMatchObject({ readSeq: 0, deliveredSeq: 0, unreadCount: 1 });
    expect(await entryOf(bob)).toMatchObject({ readSeq: 1, deliveredSeq: 1, unreadCount: 0 });
    expect(await entryOf(cy)).toMatchObject({ unreadCount: 0 });
    const read = await ada.call('markAsRead', { conversationId: group, seq: 3 });
    expect(read).toEqual({ readSeq: 3, deliveredSeq: 3, unreadCount: 0 });
  });

  test('[SYSTEM5] a line ends nobody’s typing', async () => {
    const reader = await bob.connect({ watch: { conversationIds: [group], userIds: [] } });
    const writer = await ada.connect();
    await writer.call('sendTyping', { conversationId: group, typing: true });
    await reader.next('typingStarted');
    await writer.call('updateConversation', { conversationId: group, name: 'while typing' });
    await reader.next('newMessage', isLine);
    await writer.call('sendMessage', {
      id: newId<MessageId>(),
      conversationId: group,
      content: 'done',
    });
    await reader.next('newMessage', ({ message }) => message.content === 'done');
    await reader.next('typingStopped');
    const told = reader.events.map((event) =>
      event.type === 'newMessage' ? event.message.type : event.type,
    );
    expect(told.filter((type) => type !== 'conversationUpdated' && type !== 'messageRead')).toEqual(
      ['typingStarted', 'system', 'text', 'typingStopped'],
    );
  });

  test('[SYSTEM6] nobody edits or deletes a line, and no call sends one', async () => {
    await ada.call('updateConversation', { conversationId: group, name: 'renamed' });
    const { messages } = await ada.call('getMessages', { conversationId: group });
    const messageId = messages[0]?.id as MessageId;
    for (const [method, params] of [
      ['editMessage', { content: 'x' }],
      ['deleteMessage', {}],
    ] as const) {
      const { code, message } = await ada.refused(method, {
        conversationId: group,
        messageId,
        ...params,
      });
      expect(code).toBe('forbidden');
      expect(message).toContain('system line');
    }
    const forged = {
      id: newId<MessageId>(),
      conversationId: group,
      content: 'I left',
      type: 'system',
      system: { kind: 'left' },
    };
    const sent = await ada.call('sendMessage', forged);
    expect(sent.type).toBe('text');
    const after = await ada.call('getMessages', { conversationId: group });
    expect(after.messages.map(({ type }) => type)).toEqual(['system', 'text']);
    expect(after.messages[1]).not.toHaveProperty('system');
  });
});
