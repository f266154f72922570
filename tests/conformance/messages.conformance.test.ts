/** Holds what becomes of a message: SEND. */
import type { ConversationId, Message, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
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
});
afterEach(leave);
afterAll(() => cluster.stop());

const message = (content: string) => ({ id: newId<MessageId>(), conversationId: group, content });

describe('sending', () => {
  test('[SEND1] the acknowledgement has the numbers that the stored row has', async () => {
    const wire = await ada.connect();
    const ack = await wire.call('sendMessage', message('hello'));
    const { messages } = await bob.call('getMessages', { conversationId: group });
    const { id, seq, version, createdAt, type, attachments } = messages[0] as Message;
    expect(ack).toEqual({ id, seq, version, createdAt, type, attachments });
    expect(messages[0]).toMatchObject({
      senderId: ada.id,
      senderName: 'Ada',
      content: 'hello',
      type: 'text',
      seq: 1,
    });
  });

  test('[SEND2] a repeated id returns the first acknowledgement, and nobody is told again', async () => {
    const [wire, reader] = [await ada.connect(), await bob.connect()];
    const first = message('once');
    const ack = await wire.call('sendMessage', first);
    expect(await wire.call('sendMessage', first)).toEqual(ack);
    expect(await ada.call('sendMessage', first)).toEqual(ack);
    const last = await wire.call('sendMessage', message('after'));
    expect(last.seq).toBe(ack.seq + 1);
    await reader.next('newMessage', (event) => event.message.id === last.id);
    expect(reader.events.filter((event) => event.type === 'newMessage')).toHaveLength(2);
  });

  test('[SEND2] also at the same time', async () => {
    const wires = await Promise.all([ada.connect(), ada.connect(), ada.connect(), ada.connect()]);
    const same = message('once');
    const acks = await Promise.all(
      [...wires, ...wires].map((wire) => wire.call('sendMessage', same)),
    );
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
    expect((await ada.call('getMessages', { conversationId: group })).messages).toHaveLength(1);
  });

  test('[SEND2] also after an edit and after the deletion', async () => {
    const first = message('once');
    const { seq, version, createdAt } = await ada.call('sendMessage', first);
    const target = { conversationId: group, messageId: first.id };
    await ada.call('editMessage', { ...target, content: 'twice' });
    expect(await ada.call('sendMessage', first)).toMatchObject({ seq, version, createdAt });
    await ada.call('deleteMessage', target);
    expect(await ada.call('sendMessage', first)).toMatchObject({ seq, version, createdAt });
    const { messages } = await ada.call('getMessages', { conversationId: group });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.deletedAt).not.toBeNull();
  });

  test('[SEND3] the same id with another body, sender or conversation is a conflict', async () => {
    const first = message('once');
    await ada.call('sendMessage', first);
    const other = await newGroup(ada, [bob]);
    expect((await ada.refused('sendMessage', { ...first, content: 'twice' })).code).toBe(
      'conflict',
    );
    expect((await bob.refused('sendMessage', first)).code).toBe('conflict');
    expect((await ada.refused('sendMessage', { ...first, conversationId: other })).code).toBe(
      'conflict',
    );
    expect((await ada.call('getMessages', { conversationId: other })).messages).toEqual([]);
  });

  test('[SEND4] every socket but the sending one gets the event, once', async () => {
    const [sending, mine, theirs] = [await ada.connect(), await ada.connect(), await bob.connect()];
    const ack = await sending.call('sendMessage', message('hello'));
    for (const wire of [mine, theirs]) {
      const event = await wire.next('newMessage');
      expect(event.message).toMatchObject({ id: ack.id, seq: ack.seq, version: ack.version });
    }
    // What is told later has come, so what was to come before has come too.
    const later = await bob.say(group, 'later');
    for (const wire of [sending, mine, theirs])
      await wire.next('newMessage', (event) => event.message.id === later.id);
    const told = (wire: typeof mine) =>
      wire.events.flatMap((event) => (event.type === 'newMessage' ? [event.message.seq] : []));
    expect([told(sending), told(mine), told(theirs)]).toEqual([[2], [1, 2], [1, 2]]);
  });

  test('[HTTP4] a message sent over HTTP is told to every socket, the own ones included', async () => {
    const [mine, theirs] = [await ada.connect(), await bob.connect()];
    const { id } = await ada.say(group, 'by curl');
    for (const wire of [mine, theirs]) expect((await wire.next('newMessage')).message.id).toBe(id);
  });

  test.each(['', ' ', '\n\t ', '\u00a0\u2003'])(
    '[SEND5] blank content without a file is refused: %j',
    async (content) => {
      expect((await ada.refused('sendMessage', message(content))).code).toBe('badRequest');
    },
  );

  test.each([
    ['emoji', '👩‍👩‍👧‍👦 🇪🇺'],
    ['right to left', 'שלום مرحبا'],
    ['markup', '<script>alert(1)</script> [x](javascript:alert(1))'],
    ['zero byte and line separators', 'a\u0000b\u2028c\u2029d'],
    ['half a pair', 'x\ud83d'],
    ['SQL', `'); DROP TABLE messages; --`],
  ])('content comes back as it was sent: %s', async (_what, content) => {
    const reader = await bob.connect();
    const { id } = await ada.say(group, content);
    const event = await reader.next('newMessage', (each) => each.message.id === id);
    const stored = (await bob.call('getMessages', { conversationId: group })).messages[0];
    // UTF-8 has no half pairs: what is half becomes the replacement character, everywhere the same.
    expect(event.message.content).toBe(content.toWellFormed());
    expect(stored?.content).toBe(content.toWellFormed());
  });
});

describe('changing', () => {
  test('[SEND7] an edit has a version of its own, and is told as messageUpdated', async () => {
    const reader = await bob.connect();
    const sent = await ada.say(group, 'helo');
    const { message: edited } = await ada.call('editMessage', {
      conversationId: group,
      messageId: sent.id,
      content: 'hello',
    });
    expect(edited).toMatchObject({ content: 'hello', seq: sent.seq, version: sent.version + 1 });
    expect(edited.editedAt).not.toBeNull();
    const event = await reader.next('messageUpdated');
    expect(event.message).toEqual(edited);
    expect(event.version).toBe(edited.version);
  });

  test('[SEND7] the same content again changes nothing', async () => {
    const { id, version } = await ada.say(group, 'hello');
    const again = await ada.call('editMessage', {
      conversationId: group,
      messageId: id,
      content: 'hello',
    });
    expect(again.message).toMatchObject({ version, editedAt: null });
  });

  test('[SEND8] a deletion leaves a tombstone, is told once, and can be repeated', async () => {
    const reader = await bob.connect();
    const { id, seq } = await ada.say(group, 'secret');
    const target = { conversationId: group, messageId: id };
    const { message: gone } = await ada.call('deleteMessage', target);
    expect(gone).toMatchObject({ id, seq, senderId: ada.id, content: '', attachments: [] });
    expect(gone.deletedAt).not.toBeNull();
    expect(await ada.call('deleteMessage', target)).toEqual({ message: gone });
    expect((await reader.next('messageDeleted')).message).toEqual(gone);
    expect((await ada.refused('editMessage', { ...target, content: 'back' })).code).toBe(
      'notFound',
    );
  });

  test('[EVENT8] what a deleted or edited message said before is nowhere', async () => {
    const { id } = await ada.say(group, 'first-secret');
    const target = { conversationId: group, messageId: id };
    await ada.call('editMessage', { ...target, content: 'second-secret' });
    const afterEdit = [
      await bob.call('getMessages', { conversationId: group }),
      await bob.call('getChanges', { conversationId: group, from: 0 }),
      await bob.call('getConversations', {}),
    ];
    expect(JSON.stringify(afterEdit)).not.toContain('first-secret');
    const reader = await bob.connect();
    await ada.call('deleteMessage', target);
    await reader.next('messageDeleted');
    const afterDeletion = [
      await bob.call('getMessages', { conversationId: group }),
      await bob.call('getChanges', { conversationId: group, from: 0 }),
      await bob.call('getConversations', {}),
      reader.frames,
    ];
    expect(JSON.stringify(afterDeletion)).not.toContain('-secret');
  });

  test('[SEND9] a message that is not in this conversation is not found', async () => {
    const other = await newGroup(ada, [bob]);
    const { id } = await ada.say(other, 'elsewhere');
    for (const messageId of [id, newId()]) {
      const target = { conversationId: group, messageId };
      expect((await ada.refused('deleteMessage', target)).code).toBe('notFound');
      expect((await ada.refused('editMessage', { ...target, content: 'x' })).code).toBe('notFound');
    }
  });

  test('[ROLES7] nobody edits what another has written, not even the owner', async () => {
    const { id } = await bob.say(group, 'mine');
    const error = await ada.refused('editMessage', {
      conversationId: group,
      messageId: id,
      content: 'yours',
    });
    expect(error.code).toBe('forbidden');
  });
});
