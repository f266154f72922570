/**
 * Owns what the simulation found in the SDK: one test for each class of failure, titled with the seed that showed it.
 * `npm run simulate -- --seed N` replays the whole story.
 */
import {
  type GetConversationsParams,
  type Member,
  NatterError,
  type UserId,
} from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import { conversationId, createWorld, noAnswer } from './scripted.suite.ts';

const a = conversationId(1);
const dayMs = 86_400_000;

async function open() {
  const world = createWorld({}, (it) => it.begin(a, 'direct', ['ben']));
  world.client.messages(a).subscribe(() => {});
  await world.clock.pass(0);
  return world;
}

describe('seeds of the simulation', () => {
  it('[BEAT2] seed 144, 167: a clock that is set back a day does not make a dead socket look alive for that long', async () => {
    const { clock, server, client } = await open();
    await clock.pass(20_000);
    clock.set(clock.now() + dayMs);
    server.tell({ type: 'heads', data: { heads: [], more: false } });
    await clock.pass(0);
    clock.set(clock.now() - dayMs);
    server.handlers.watch = () => noAnswer;
    await clock.pass(60_000);
    expect(server.sockets.length).toBeGreaterThan(1);
    delete server.handlers.watch;
    await clock.pass(10_000);
    expect(client.connection.getSnapshot()).toEqual({ status: 'connected', synced: true });
  });

  it('[CURSOR5] seed 80, 162, 299: a clock that is set back a day does not hold a mark back for that long', async () => {
    const { clock, server, client } = await open();
    clock.set(clock.now() + dayMs);
    server.say(a, 'ben', 'one');
    await clock.pass(2_000);
    clock.set(clock.now() - dayMs);
    server.say(a, 'ben', 'two');
    await clock.pass(0);
    client.messages(a).markAsRead();
    await clock.pass(2_000);
    expect(server.room(a).members.get('ada')).toEqual({ deliveredSeq: 2, readSeq: 2 });
  });

  it('[TYPING2] seed 144: a clock that is set back a day does not silence a typist for that long', async () => {
    const { clock, server, client } = await open();
    clock.set(clock.now() + dayMs);
    client.typing(a).started();
    clock.set(clock.now() - dayMs);
    await clock.pass(3_000);
    client.typing(a).started();
    expect(server.count('sendTyping')).toBe(2);
  });

  it('[CLIENT11] seed 58, 97, 110, 197, 316: an open timeline whose first page was refused for now is asked for again by itself', async () => {
    const { clock, server, client } = createWorld({}, (it) => {
      it.begin(a, 'direct', ['ben']);
      it.say(a, 'ben', 'hello');
    });
    await clock.pass(0);
    server.handlers.getMessages = () => {
      throw new NatterError('overloaded', 'not now');
    };
    const undo = client.messages(a).subscribe(() => {});
    await clock.pass(0);
    expect(client.messages(a).getSnapshot()).toMatchObject({ state: 'error' });
    await clock.pass(60_000);
    const tries = server.count('getMessages');
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(12);
    undo();
    await clock.pass(60_000);
    expect(server.count('getMessages')).toBe(tries);
    client.messages(a).subscribe(() => {});
    delete server.handlers.getMessages;
    await clock.pass(30_000);
    expect(client.messages(a).getSnapshot()).toMatchObject({ state: 'ready', error: null });
  });

  it('[CLIENT11] seed 58: what is refused for good is not asked for again', async () => {
    const { clock, server, client } = createWorld({}, (it) => it.begin(a, 'direct', ['ben']));
    await clock.pass(0);
    server.handlers.getMessages = () => {
      throw new NatterError('badRequest', 'never');
    };
    client.messages(a).subscribe(() => {});
    await clock.pass(60_000);
    expect(server.count('getMessages')).toBe(1);
  });

  it('[CLOSE4] seed 58: an entry that was read before I left, and comes after, brings nothing back', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    expect(client.conversations.get(group)).not.toBeNull();
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    void client.conversations.load();
    await clock.pass(0);
    const left = { type: 'memberLeft', conversationId: group, userId: 'ada' as UserId } as const;
    server.tell({ ...left, version: 4, data: { memberCount: 1 } });
    resolve(before);
    await clock.pass(0);
    expect(client.conversations.get(group)).toBeNull();

    // Back again: that is later, and counts.
    delete server.handlers.getConversations;
    server.room(group).version = 5;
    server.tell({
      type: 'memberJoined',
      conversationId: group,
      userId: 'ada' as UserId,
      version: 5,
      data: { member: member('ada'), memberCount: 2 },
    });
    await clock.pass(1_000);
    expect(client.conversations.get(group)).not.toBeNull();
  });

  it('[CURSOR7] seed 110: members that were read before somebody came, and come after, are asked for again', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', [], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    const getConversation = server.usual.getConversation as (params: object) => object;
    const before = getConversation({ conversationId: group });
    const { promise, resolve } = Promise.withResolvers<object>();
    server.handlers.getConversation = () => promise;
    client.messages(group).subscribe(() => {});
    await clock.pass(0);
    client.messages(group).send({ content: 'hi' });
    const room = server.room(group);
    room.version += 1;
    room.members.set('ben', { deliveredSeq: 1, readSeq: 1 });
    server.tell({
      type: 'memberJoined',
      conversationId: group,
      userId: 'ben' as UserId,
      version: room.version,
      data: { member: { ...member('ben'), deliveredSeq: 1, readSeq: 1 }, memberCount: 2 },
    });
    await clock.pass(0);
    delete server.handlers.getConversation;
    resolve(before);
    await clock.pass(1_000);
    expect(client.messages(group).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR7] seed 110: members that were refused for now are asked for again', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    server.room(group).members.set('ben', { deliveredSeq: 1, readSeq: 1 });
    void client.conversations.load();
    await clock.pass(0);
    server.handlers.getConversation = () => {
      throw new NatterError('overloaded', 'not now');
    };
    client.messages(group).subscribe(() => {});
    client.messages(group).send({ content: 'hi' });
    await clock.pass(1_000);
    delete server.handlers.getConversation;
    await clock.pass(10_000);
    expect(client.messages(group).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR7] seed 410, 545: who is in a conversation that I left and came back to is asked for again', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    client.messages(group).subscribe(() => {});
    client.messages(group).send({ content: 'hi' });
    await clock.pass(0);
    const me = { conversationId: group, userId: 'ada' as UserId };
    server.tell({ type: 'memberLeft', ...me, version: ++room.version, data: { memberCount: 1 } });
    await clock.pass(0);
    room.members.set('ben', { deliveredSeq: 1, readSeq: 1 });
    const data = { member: member('ada'), memberCount: 2 };
    server.tell({ type: 'memberJoined', ...me, version: ++room.version, data });
    await clock.pass(2_000);
    expect(client.messages(group).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR7] seed 498: a move that is told before its mover is known is not lost to an answer of before', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    const getConversation = server.usual.getConversation as (params: object) => object;
    const before = getConversation({ conversationId: group });
    const { promise, resolve } = Promise.withResolvers<object>();
    server.handlers.getConversation = () => promise;
    client.messages(group).subscribe(() => {});
    client.messages(group).send({ content: 'hi' });
    await clock.pass(0);
    const userId = 'ben' as UserId;
    const data = { seq: 1, unreadCount: 0 };
    server.tell({ type: 'messageRead', conversationId: group, userId, data });
    await clock.pass(0);
    resolve(before);
    await clock.pass(1_000);
    expect(client.messages(group).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR1] seed 403, 447, 643: my cursor that is told before its entry is not lost to an entry of before', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    server.say(group, 'ben', 'hi', { lost: true });
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    void client.conversations.load();
    await clock.pass(0);
    server.room(group).members.set('ada', { deliveredSeq: 1, readSeq: 1 });
    const mine = { conversationId: group, userId: 'ada' as UserId };
    server.tell({ type: 'messageRead', ...mine, data: { seq: 1, unreadCount: 0 } });
    await clock.pass(0);
    resolve(before);
    await clock.pass(1_000);
    const item = client.conversations.get(group);
    expect(item).toMatchObject({ deliveredSeq: 1, readSeq: 1, unreadCount: 0 });
  });

  it('[APPLY6] seed 473: the answer to a change of members takes nothing back that an event of after has told', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben', 'eve'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    const { conversation } = server.entry(group);
    const { promise, resolve } = Promise.withResolvers<object>();
    server.handlers.removeMember = () => promise;
    void client.conversations.removeMember(group, 'dot' as UserId);
    await clock.pass(0);
    resolve({ conversation });
    const left = { conversationId: group, userId: 'ben' as UserId, version: ++room.version };
    server.tell({ type: 'memberLeft', ...left, data: { memberCount: 2 } });
    await clock.pass(2_000);
    expect(client.conversations.get(group)?.conversation.memberCount).toBe(2);
  });

  it('[HEADS4] seed 905: a list that begins anew keeps what was told while it was read', async () => {
    const group = conversationId(2);
    const { promise, resolve } = Promise.withResolvers<object>();
    const { clock, server, client } = createWorld({}, (it) => {
      it.begin(a, 'direct', ['ben']);
      it.handlers.getConversations = () => promise;
    });
    await clock.pass(0);
    const before = { entries: [server.entry(a)], next: null };
    server.handlers.createConversation = () => {
      server.begin(group, 'group', ['ben'], 'Birds');
      return { entry: server.entry(group) };
    };
    void client.conversations.createGroup({ name: 'Birds', userIds: ['ben' as UserId] });
    await clock.pass(0);
    resolve(before);
    await clock.pass(1_000);
    expect(client.conversations.getSnapshot().items).toHaveLength(2);
  });

  it('[CURSOR3] seed 703: who sent what was missed has read up to it, though only its row is fetched', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    client.messages(group).subscribe(() => {});
    client.messages(group).send({ content: 'hi' });
    await clock.pass(1_000);
    server.say(group, 'ben', 'missed', { lost: true });
    server.say(group, 'eve', 'told');
    await clock.pass(2_000);
    expect(client.messages(group).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CLOSE4] seed 1374: what is acknowledged for a conversation that I have left shows there no longer', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    client.messages(group).subscribe(() => {});
    server.handlers.sendMessage = () => noAnswer;
    const id = client.messages(group).send({ content: 'hi' });
    await clock.pass(0);
    const { socket } = server;
    const call = socket.sent.findLast(({ method }) => method === 'sendMessage');
    // Stored, behind something that is still on its way; then I am taken out.
    room.version += 2;
    server.conversations.delete(group);
    const result = { id, seq: 1, version: room.version, createdAt: 1, type: 'text' };
    socket.deliver({ id: call?.id, result: { ...result, attachments: [] } });
    await clock.pass(5_000);
    expect(client.messages(group).getSnapshot().messages).toEqual([]);
  });

  it('[HEADS4] seed 2115: who joins while an answer of before is on its way is in the conversation', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const { promise, resolve } = Promise.withResolvers<object>();
    server.handlers.getConversations = () => promise;
    client.messages(group).subscribe(() => {});
    await clock.pass(0);
    const { version } = server.begin(group, 'group', ['ben'], 'Birds');
    const data = { member: member('ada'), memberCount: 2 };
    const me = { conversationId: group, userId: 'ada' as UserId };
    server.tell({ type: 'memberJoined', ...me, version, data });
    await clock.pass(0);
    delete server.handlers.getConversations;
    resolve({ entries: [], next: null });
    await clock.pass(2_000);
    expect(client.conversations.get(group)).not.toBeNull();
    expect(client.messages(group).getSnapshot().state).toBe('ready');
  });

  it('[CURSOR3] beside seed 703: cursors of what was passed over by an entry, or by the newest page, are asked for', async () => {
    for (const how of ['entry', 'newest page'] as const) {
      const { clock, server, client } = await open();
      const group = conversationId(2);
      server.begin(group, 'group', ['ben', 'eve'], 'Birds');
      void client.conversations.load();
      await clock.pass(0);
      client.receipts(group).subscribe(() => {});
      if (how === 'newest page') {
        client.messages(group).subscribe(() => {});
        server.handlers.getChanges = () => ({
          entry: server.entry(group),
          messages: [],
          joined: [],
          left: [],
          version: server.room(group).version,
          more: false,
          tooFar: true,
        });
      }
      await clock.pass(1_000);
      server.say(group, 'ben', 'missed', { lost: true });
      for (let n = 0; n < 60; n++) server.say(group, 'eve', String(n), { lost: n < 59 });
      await clock.pass(2_000);
      expect(
        client
          .receipts(group)
          .getSnapshot()
          .get('ben' as UserId)?.readSeq,
      ).toBe(1);
    }
  });

  it('[ORDER1] seed 606: what I sent before the page that is shown is not shown behind it', async () => {
    const { clock, server, client } = await open();
    server.handlers.sendMessage = () => noAnswer;
    const id = client.messages(a).send({ content: 'mine' });
    await clock.pass(0);
    server.say(a, 'ben', 'missed', { lost: true });
    const mine = server.say(a, 'ada', 'mine', { lost: true, messageId: id });
    for (let n = 0; n < 100; n++) server.say(a, 'ben', String(n), { lost: true });
    client.messages(a).subscribe(() => {});
    void client.messages(a).load();
    await clock.pass(0);
    // The page is there, and what came before it is not yet: only now is it said where mine is.
    server.handlers.getChanges = () => noAnswer;
    if (!('message' in mine)) throw new Error('no message');
    const { seq, version, createdAt, type, attachments } = mine.message;
    server.handlers.sendMessage = () => ({ id, seq, version, createdAt, type, attachments });
    server.socket.end();
    await clock.pass(3_000);
    const seqs = client
      .messages(a)
      .getSnapshot()
      .messages.map((message) => message.seq ?? 0);
    expect(seqs).toEqual([...seqs].sort((x, y) => x - y));
    expect(seqs.length).toBeGreaterThan(8);
  });

  it('[CURSOR1] seed 391: what is shown before the list has heard of it can be read', async () => {
    const { clock, server, client } = await open();
    server.say(a, 'ben', 'one');
    server.handlers.getChanges = () => noAnswer;
    server.say(a, 'ben', 'two', { lost: true });
    const loaded = client.messages(a).load();
    await clock.pass(0);
    await loaded;
    expect(client.messages(a).getSnapshot().messages).toHaveLength(2);
    client.messages(a).markAsRead();
    await clock.pass(2_000);
    expect(server.room(a).members.get('ada')?.readSeq).toBe(2);
  });

  it('[CURSOR7] seed 10769: who left in the last database hides nobody in the next', async () => {
    const b = conversationId(2);
    const { clock, server, client } = createWorld({}, (it) => {
      it.begin(a, 'group', ['ben'], 'A');
      it.begin(b, 'group', ['ben', 'eve'], 'B');
    });
    void client.conversations.load();
    await clock.pass(0);
    const room = server.room(b);
    room.version = 5;
    room.members.delete('eve');
    server.tell({
      type: 'memberLeft',
      conversationId: b,
      userId: 'eve' as UserId,
      version: 5,
      data: { memberCount: 2 },
    });
    await clock.pass(2_000);
    room.version = 4;
    room.members.set('eve', { deliveredSeq: 0, readSeq: 0 });
    server.epoch = 'restored';
    server.socket.end();
    await clock.pass(60_000);
    client.receipts(b).subscribe(() => {});
    await clock.pass(5_000);
    expect([...client.receipts(b).getSnapshot().keys()]).toEqual(['ben', 'eve']);
  });

  it('[APPLY1] seed 4274: a change that is known to be there, and that no event tells, is not forgotten over one before it', async () => {
    const { clock, server, client } = await open();
    // Told of by an entry, by the first event only, while the timeline is open.
    const first = server.say(a, 'ben', 'one', { lost: true });
    server.say(a, 'ben', 'two', { lost: true });
    void client.conversations.load();
    await clock.pass(0);
    server.tell(first);
    await clock.pass(10_000);
    expect(
      client
        .messages(a)
        .getSnapshot()
        .messages.map(({ content }) => content),
    ).toEqual(['one', 'two']);

    // Told of by an answer, and asked for by a call that was made before and is never answered.
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben', 'eve'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    const left = { type: 'memberLeft', conversationId: group } as const;
    server.handlers.removeMember = () => {
      room.members.delete('ben');
      room.members.delete('eve');
      room.version += 2;
      return { conversation: server.entry(group).conversation };
    };
    server.handlers.getConversations = () => noAnswer;
    void client.conversations.removeMember(group, 'eve' as UserId);
    await clock.pass(2_000);
    const ben = { userId: 'ben' as UserId, version: room.version - 1 };
    server.tell({ ...left, ...ben, data: { memberCount: 2 } });
    delete server.handlers.getConversations;
    await clock.pass(30_000);
    const { version } = room;
    expect(client.conversations.get(group)?.conversation).toMatchObject({
      version,
      memberCount: 1,
    });
  });

  it('[APPLY1] seed 4274: what was asked for before a change was told of is asked for again', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben', 'eve'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    const remove = (name: string) => {
      server.handlers.removeMember = () => {
        room.members.delete(name);
        room.version += 1;
        return { conversation: server.entry(group).conversation };
      };
      return client.conversations.removeMember(group, name as UserId);
    };
    void remove('eve');
    await clock.pass(0);
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    await clock.pass(1_000);
    void remove('ben');
    await clock.pass(1_000);
    delete server.handlers.getConversations;
    resolve(before);
    await clock.pass(30_000);
    const { version } = room;
    expect(client.conversations.get(group)?.conversation).toMatchObject({
      version,
      memberCount: 1,
    });
  });

  it('[CURSOR1] seed 4673: a mark beyond the newest is where the server puts it, not where it was asked for', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    server.say(group, 'ben', 'hi', { lost: true });
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    void client.conversations.load();
    // Read by a tab that shows another past, and told before the list is here.
    client.messages(group).markAsRead(137);
    await clock.pass(2_000);
    resolve(before);
    delete server.handlers.getConversations;
    await clock.pass(2_000);
    const cursor = { deliveredSeq: 1, readSeq: 1, unreadCount: 0 };
    expect(client.conversations.get(group)).toMatchObject(cursor);
    const said = server.count('markAsRead');
    await clock.pass(30_000);
    expect(server.count('markAsRead')).toBe(said);
    server.say(group, 'ben', 'more');
    await clock.pass(2_000);
    const next = { deliveredSeq: 2, readSeq: 1, unreadCount: 1 };
    expect(client.conversations.get(group)).toMatchObject(next);
  });

  it('[CURSOR4] seed 7313: a count that was read before my cursor moved, and comes after, is asked for again', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    server.say(group, 'ben', 'one');
    for (const missed of ['two', 'three']) server.say(group, 'ben', missed, { lost: true });
    room.members.set('ada', { deliveredSeq: 3, readSeq: 0 });
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    // The answer to the mark of delivery counts what this device has not heard of.
    await clock.pass(1_000);
    expect(client.conversations.get(group)).toMatchObject({ readSeq: 0, unreadCount: 1 });
    room.members.set('ada', { deliveredSeq: 3, readSeq: 1 });
    const mine = { conversationId: group, userId: 'ada' as UserId };
    server.tell({ type: 'messageRead', ...mine, data: { seq: 1, unreadCount: 2 } });
    await clock.pass(0);
    delete server.handlers.getConversations;
    resolve(before);
    await clock.pass(1_000);
    expect(client.conversations.get(group)).toMatchObject({ readSeq: 1, unreadCount: 2 });
    const asked = server.count('getConversations');
    await clock.pass(30_000);
    expect(server.count('getConversations')).toBe(asked);
  });

  it('[CURSOR1] seed 17288: a mark in the last database of what was not known yet is none in the next', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    const room = server.begin(group, 'group', ['ben'], 'Birds');
    server.say(group, 'ben', 'one', { lost: true });
    server.handlers.getConversations = () => noAnswer;
    const mine = { conversationId: group, userId: 'ada' as UserId };
    server.tell({ type: 'messageDelivered', ...mine, data: { seq: 2 } });
    await clock.pass(0);
    delete server.handlers.getConversations;
    room.members.set('ada', { deliveredSeq: 1, readSeq: 0 });
    server.epoch = 'restored';
    server.socket.end();
    await clock.pass(60_000);
    expect(client.conversations.get(group)).toMatchObject({ deliveredSeq: 1, readSeq: 0 });
  });

  it('[CLOSE4] seed 16744: an entry that was read before I left brings nothing back, though only a head told of my leaving', async () => {
    const { clock, server, client } = await open();
    const group = conversationId(2);
    server.begin(group, 'group', ['ben'], 'Birds');
    void client.conversations.load();
    await clock.pass(0);
    server.say(group, 'ben', 'hi', { lost: true });
    const before = { entries: [server.entry(group)], next: null };
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    server.handlers.getConversations = () => promise;
    void client.conversations.load();
    await clock.pass(0);
    const { version } = server.room(group);
    const left = { conversationId: group, membership: 'left', version: version + 1 } as const;
    const heads = [{ ...left, lastSeq: 1, readSeq: 0, unreadCount: 0, cursorVersion: 0 }];
    server.tell({ type: 'heads', data: { heads, more: false } });
    resolve(before);
    await clock.pass(0);
    expect(client.conversations.get(group)).toBeNull();

    // What is told late of my leaving takes nothing from me who am back.
    delete server.handlers.getConversations;
    server.room(group).version = version + 2;
    server.tell({
      type: 'memberJoined',
      conversationId: group,
      userId: 'ada' as UserId,
      version: version + 2,
      data: { member: member('ada'), memberCount: 2 },
    });
    await clock.pass(0);
    server.tell({ type: 'heads', data: { heads, more: false } });
    await clock.pass(60_000);
    expect(client.conversations.get(group)).not.toBeNull();
  });

  it('[KEEP7] seed 15884: what came before the first list of a new database was read goes when that one is replaced too', async () => {
    const { clock, server, client } = await open();
    const replace = (epoch: string) => {
      server.epoch = epoch;
      server.begin(a, 'direct', ['ben']);
      server.socket.end();
    };
    const { getConversations } = server.usual;
    server.handlers.getConversations = (params: GetConversationsParams) =>
      params.ids === undefined ? noAnswer : getConversations?.(params as never);
    replace('second');
    await clock.pass(5_000);
    server.say(a, 'ben', 'one of the second');
    server.say(a, 'ben', 'two of the second');
    await clock.pass(5_000);
    delete server.handlers.getConversations;
    replace('third');
    server.say(a, 'ben', 'one of the third', { lost: true });
    await clock.pass(60_000);
    const { messages } = client.messages(a).getSnapshot();
    expect(messages.map(({ content }) => content)).toEqual(['one of the third']);
  });

  it.each([false, true])(
    '[CLOSE4] seed 4693: what was acknowledged where I have been and am no longer goes, though nothing told of my coming (list anew: %s)',
    async (reset) => {
      const { clock, server, client } = await open();
      const group = conversationId(2);
      client.messages(group).subscribe(() => {});
      await clock.pass(0);
      expect(client.messages(group).getSnapshot().error).toMatchObject({ code: 'notMember' });
      server.begin(group, 'group', ['ben'], 'Birds');
      server.handlers.getConversations = () => noAnswer;
      client.messages(group).send({ content: 'hi' });
      await clock.pass(0);
      expect(client.messages(group).getSnapshot().messages).toMatchObject([{ status: 'sent' }]);
      delete server.handlers.getConversations;
      server.conversations.delete(group);
      const { hello } = server.usual;
      if (reset) server.handlers.hello = (params) => ({ ...(hello?.(params) as object), reset });
      server.socket.end();
      await clock.pass(30_000);
      expect(client.messages(group).getSnapshot().messages).toEqual([]);
    },
  );
});

function member(name: string): Member {
  const userId = name as UserId;
  return { userId, name, picture: null, role: 'member', deliveredSeq: 0, readSeq: 0, joinedAt: 1 };
}
