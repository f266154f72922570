/** Holds what becomes of a message: SEND, ORDER, EVENT, PAGE. */
import type { ConversationId, GetConversationsResult, Message, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
});
beforeEach(async () => {
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

describe('order', () => {
  test('[ORDER1] 20 senders at once: seq without holes, and one order for everyone', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, at) => newPerson(cluster.url, `Sender ${at}`)),
    );
    const crowd = await newGroup(ada, people);
    const reader = await ada.connect();
    const wires = await Promise.all(people.map((person) => person.connect()));
    const acks = (
      await Promise.all(
        wires.map((wire, at) =>
          Promise.all(
            Array.from({ length: 5 }, (_, n) =>
              wire.call('sendMessage', {
                id: newId<MessageId>(),
                conversationId: crowd,
                content: `${at}.${n}`,
              }),
            ),
          ),
        ),
      )
    ).flat();
    const upTo = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(acks.map((ack) => ack.seq).sort((a, b) => a - b)).toEqual(upTo);
    const { messages } = await ada.call('getMessages', { conversationId: crowd, limit: 100 });
    expect(messages.map((each) => each.seq)).toEqual(upTo);
    expect(new Map(messages.map((each) => [each.id, each.seq]))).toEqual(
      new Map(acks.toSorted((a, b) => a.seq - b.seq).map((ack) => [ack.id, ack.seq])),
    );
    await reader.next('newMessage', (event) => event.message.seq === 100);
    const told = reader.events.flatMap((event) =>
      event.type === 'newMessage' ? [event.message.id] : [],
    );
    expect(told).toEqual(messages.map((each) => each.id));
  });

  test('[ORDER2] every durable change is one version, without holes', async () => {
    const reader = await bob.connect();
    const { id, version } = await ada.say(group, 'one');
    await ada.call('editMessage', { conversationId: group, messageId: id, content: 'two' });
    await ada.call('updateConversation', { conversationId: group, name: 'renamed' });
    const cy = await newPerson(cluster.url, 'Cy');
    await ada.call('addMembers', { conversationId: group, userIds: [cy.id] });
    await ada.call('removeMember', { conversationId: group, userId: cy.id });
    await ada.call('deleteMessage', { conversationId: group, messageId: id });
    await reader.next('messageDeleted');
    const told = reader.events.flatMap((event) =>
      'version' in event && event.conversationId === group ? [[event.type, event.version]] : [],
    );
    expect(told).toEqual([
      ['newMessage', version],
      ['messageUpdated', version + 1],
      ['conversationUpdated', version + 2],
      ['memberJoined', version + 3],
      ['memberLeft', version + 4],
      ['messageDeleted', version + 5],
    ]);
  });

  test('[ORDER3] a refusal leaves no hole', async () => {
    const first = await ada.say(group, 'one');
    await ada.refused('sendMessage', { id: first.id, conversationId: group, content: 'another' });
    await ada.refused('sendMessage', {
      id: newId(),
      conversationId: group,
      content: 'x',
      fileIds: [newId()],
    });
    await bob.refused('updateConversation', { conversationId: group, name: 'no' });
    const second = await ada.say(group, 'two');
    expect([second.seq, second.version]).toEqual([first.seq + 1, first.version + 1]);
  });

  test('[ORDER4] what one socket sends is numbered in the order of its frames', async () => {
    const wire = await ada.connect();
    const acks = await Promise.all(
      Array.from({ length: 50 }, (_, at) => wire.call('sendMessage', message(`${at}`))),
    );
    expect(acks.map((ack) => ack.seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });

  test('[ORDER5] events and acknowledgements reach a socket in order of version', async () => {
    const [one, two] = [await ada.connect(), await bob.connect()];
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 2 === 0 ? one : two).call('sendMessage', message(`${at}`)),
      ),
    );
    const last = await ada.say(group, 'last');
    for (const wire of [one, two]) {
      await wire.next('newMessage', (event) => event.message.id === last.id);
      const versions = wire.frames
        .map((text) => JSON.parse(text))
        .flatMap((frame) => frame.event?.version ?? frame.result?.version ?? []);
      const from = last.version - 40;
      expect(versions).toEqual(Array.from({ length: 41 }, (_, at) => from + at));
    }
  });
});

describe('events', () => {
  test('[EVENT1] an event is the same bytes for every recipient', async () => {
    const wires = [await ada.connect(), await bob.connect(), await bob.connect()];
    const { id } = await ada.say(group, 'hello');
    for (const wire of wires) await wire.next('newMessage');
    const bytes = wires.map((wire) =>
      wire.frames.find((text) => text.includes('"newMessage"') && text.includes(id)),
    );
    expect(new Set(bytes).size).toBe(1);
  });

  test('[EVENT2, EVENT3] durable events carry a version, ephemeral ones none', async () => {
    const wire = await bob.connect({ watch: { conversationIds: [group], userIds: [] } });
    await ada.say(group, 'hello');
    await ada.call('sendTyping', { conversationId: group, typing: true });
    await wire.next('newMessage');
    expect(await wire.next('typingStarted')).not.toHaveProperty('version');
  });

  test('[EVENT3] cursor moves carry no version', async () => {
    const wire = await ada.connect();
    await ada.say(group, 'hello');
    await bob.call('markAsRead', { conversationId: group, seq: 1 });
    expect(await wire.next('messageRead')).not.toHaveProperty('version');
  });

  test('[EVENT4] a conversation begins with conversationUpdated of version 1, then a memberJoined each', async () => {
    const reader = await bob.connect();
    const id = await newGroup(ada, [bob], 'fresh');
    const begun = await reader.next('conversationUpdated', (event) => event.conversationId === id);
    expect(begun).toMatchObject({
      version: 1,
      data: { conversation: { id, name: 'fresh', kind: 'group' } },
    });
    await reader.next(
      'memberJoined',
      (event) => event.conversationId === id && event.version === 3,
    );
    const told = reader.events.flatMap((event) =>
      event.type === 'memberJoined' && event.conversationId === id
        ? [[event.version, event.userId]]
        : [],
    );
    expect(told.map(([version]) => version)).toEqual([2, 3]);
    expect(new Set(told.map(([, userId]) => userId))).toEqual(new Set([ada.id, bob.id]));
    const { entry } = await ada.call('getConversation', { conversationId: id });
    expect(entry.conversation.version).toBe(3);
  });

  test('[EVENT5] a change of role is told as memberJoined with the row as it now is', async () => {
    const reader = await bob.connect();
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id], role: 'admin' });
    const event = await reader.next('memberJoined', (each) => each.conversationId === group);
    expect(event).toMatchObject({
      userId: bob.id,
      data: { member: { role: 'admin' }, memberCount: 2 },
    });
  });

  test('[EVENT6] memberLeft is the last event for the one who left, and tells those who stay', async () => {
    const [reader, owner] = [await bob.connect(), await ada.connect()];
    const fence = await newGroup(ada, [bob]);
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    expect(await reader.next('memberLeft')).toMatchObject({
      userId: bob.id,
      data: { memberCount: 1 },
    });
    expect(await owner.next('memberLeft')).toMatchObject({ userId: bob.id });
    await ada.say(group, 'behind your back');
    await ada.say(fence, 'fence');
    await reader.next('newMessage', (event) => event.conversationId === fence);
    const ofGroup = reader.events.filter(
      (event) => 'conversationId' in event && event.conversationId === group,
    );
    expect(ofGroup.at(-1)?.type).toBe('memberLeft');
  });

  test('[EVENT7] a stranger gets nothing of it', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const fence = await newGroup(ada, [eve]);
    const wire = await eve.connect({ watch: { conversationIds: [group], userIds: [ada.id] } });
    await ada.say(group, 'private');
    await ada.call('sendTyping', { conversationId: group, typing: true });
    await bob.call('markAsRead', { conversationId: group, seq: 1 });
    await ada.say(fence, 'fence');
    await wire.next('newMessage', (event) => event.conversationId === fence);
    expect(wire.frames.filter((text) => text.includes(group))).toEqual([]);
  });
});

describe('pages', () => {
  const seqs = (messages: readonly Message[]) => messages.map((each) => each.seq);
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);

  beforeEach(async () => {
    const wire = await ada.connect();
    await Promise.all(range(1, 60).map((n) => wire.call('sendMessage', message(`${n}`))));
  });

  test('[PAGE2] the newest page has 50 by default, oldest first', async () => {
    const page = await bob.call('getMessages', { conversationId: group });
    expect(seqs(page.messages)).toEqual(range(11, 60));
    expect(page).toMatchObject({ hasBefore: true, hasAfter: false, lastSeq: 60 });
  });

  test('[PAGE1] before and after are exclusive, around is in the middle', async () => {
    const page = (where: object) =>
      bob.call('getMessages', { conversationId: group, limit: 5, ...where });
    expect(seqs((await page({ before: 11 })).messages)).toEqual(range(6, 10));
    expect(seqs((await page({ after: 10 })).messages)).toEqual(range(11, 15));
    expect(seqs((await page({ after: 0 })).messages)).toEqual(range(1, 5));
    const around = seqs((await page({ around: 30 })).messages);
    expect(around).toHaveLength(5);
    expect(around).toContain(30);
    expect(around).toEqual(range(around[0] ?? 0, (around[0] ?? 0) + 4));
    expect(await page({ before: 1 })).toMatchObject({
      messages: [],
      hasBefore: false,
      hasAfter: true,
    });
    expect(await page({ after: 60 })).toMatchObject({
      messages: [],
      hasBefore: true,
      hasAfter: false,
    });
  });

  test('[PAGE1] more than one of before, after, around is refused', async () => {
    expect(
      (await bob.refused('getMessages', { conversationId: group, before: 5, after: 1 })).code,
    ).toBe('badRequest');
  });

  test('[PAGE2] messages that arrive, and deletions, shift no page', async () => {
    const first = await bob.call('getMessages', { conversationId: group, limit: 20 });
    await ada.call('deleteMessage', {
      conversationId: group,
      messageId: first.messages[0]?.id as MessageId,
    });
    for (let n = 0; n < 3; n++) await ada.say(group, 'meanwhile');
    const second = await bob.call('getMessages', { conversationId: group, limit: 20, before: 41 });
    const third = await bob.call('getMessages', { conversationId: group, limit: 25, before: 21 });
    expect(seqs([...third.messages, ...second.messages, ...first.messages])).toEqual(range(1, 60));
    expect(third.hasBefore).toBe(false);
  });

  test('[PAGE3] version and lastSeq are of the same moment as the rows', async () => {
    const wire = await ada.connect();
    const writing = Promise.all(
      range(61, 100).map((n) => wire.call('sendMessage', message(`${n}`))),
    );
    for (let n = 0; n < 10; n++) {
      const page = await bob.call('getMessages', { conversationId: group, limit: 1 });
      expect(page.messages[0]?.seq).toBe(page.lastSeq);
      expect(page.messages[0]?.version).toBe(page.version);
    }
    await writing;
  });

  test('[PAGE4] conversations come most recently active first, page by page, each once', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const ids: ConversationId[] = [];
    for (let n = 0; n < 7; n++) ids.push(await newGroup(eve, [bob], `group ${n}`));
    const active = ids[2] as ConversationId;
    await eve.say(active, 'news');
    const seen: ConversationId[] = [];
    let after: string | null = null;
    do {
      const page: GetConversationsResult = await eve.call('getConversations', {
        limit: 3,
        ...(after === null ? {} : { after }),
      });
      seen.push(...page.entries.map((entry) => entry.conversation.id));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(7);
    expect(seen[0]).toBe(active);
    const some = await eve.call('getConversations', {
      ids: [active, group, newId<ConversationId>()],
    });
    expect(some.entries.map((entry) => entry.conversation.id)).toEqual([active]);
  });

  test('[PAGE5] members come in order of user id, from membersAfter', async () => {
    const people = await Promise.all(range(1, 5).map((n) => newPerson(cluster.url, `Member ${n}`)));
    const crowd = await newGroup(ada, people);
    const first = await ada.call('getConversation', { conversationId: crowd, membersLimit: 4 });
    const second = await ada.call('getConversation', {
      conversationId: crowd,
      membersAfter: first.membersNext as never,
    });
    const ids = [...first.members, ...second.members].map((member) => member.userId);
    expect(ids).toEqual(
      [ada, ...people].map((person) => person.id).sort((a, b) => (a < b ? -1 : 1)),
    );
    expect(second.membersNext).toBeNull();
  });

  test('[PAGE6] people are found by the start of any word of their name', async () => {
    const grace = await newPerson(cluster.url, 'Grace Brewster Hopper');
    const found = async (query: string) =>
      (await ada.call('getUsers', { query })).users.map((user) => user.id);
    for (const query of ['Grace', 'grace', 'Hop', 'brew'])
      expect(await found(query), query).toContain(grace.id);
    for (const query of ['race', 'opper', '%', '_race'])
      expect(await found(query), query).not.toContain(grace.id);
    const byId = await ada.call('getUsers', { ids: [grace.id, 'nobody-at-all' as never] });
    expect(byId.users.map((user) => user.name)).toEqual(['Grace Brewster Hopper']);
  });
});
