/** The rooms together: what no room can show alone. */
import { type Message, NatterError, type ServerEvent, type UserId } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import {
  conversationId,
  createWorld,
  noAnswer,
  type ScriptedServer,
  userId,
} from './scripted.suite.ts';

const a = conversationId(1);
const b = conversationId(2);

async function open(prepare: (server: ScriptedServer) => void = () => {}, options = {}) {
  const world = createWorld(options, (it) => {
    it.begin(a, 'direct', ['ben']);
    it.begin(b, 'group', ['ben', 'eve'], 'Birds');
    prepare(it);
  });
  const undo = world.client.messages(a).subscribe(() => {});
  await world.clock.pass(0);
  const contents = (id = a) =>
    world.client
      .messages(id)
      .getSnapshot()
      .messages.map(({ content }) => content);
  return { ...world, contents, undo };
}

const cursor = (
  type: 'messageRead' | 'messageDelivered',
  id: typeof a,
  user: string,
  seq: number,
): ServerEvent =>
  type === 'messageRead'
    ? { type, conversationId: id, userId: userId(user), data: { seq, unreadCount: 0 } }
    : { type, conversationId: id, userId: userId(user), data: { seq } };

describe('the client', () => {
  it('[CLIENT10] messages that arrive together are one notice, and untouched ones keep their identity', async () => {
    const { clock, server, client } = await open((it) => {
      it.say(a, 'ben', 'first');
    });
    const before = client.messages(a).getSnapshot().messages[0];
    let notices = 0;
    client.messages(a).subscribe(() => notices++);
    for (let n = 0; n < 20; n++) server.say(a, 'ben', String(n));
    await clock.pass(0);
    expect(notices).toBe(1);
    expect(client.messages(a).getSnapshot().messages[0]).toBe(before);
    server.tell(cursor('messageRead', a, 'ben', 21));
    await clock.pass(0);
    expect(client.messages(a).getSnapshot().messages[0]).toBe(before);
  });

  it('[CLIENT10] answers to marks that arrive together are one notice', async () => {
    const { clock, server, client } = await open();
    const { promise: together, resolve: answer } = Promise.withResolvers<void>();
    // Read further on another device.
    server.handlers.markAsRead = () =>
      together.then(() => ({ deliveredSeq: 2, readSeq: 2, unreadCount: 0 }));
    for (const id of [a, b]) {
      server.say(id, 'ben', 'hello');
      server.say(id, 'ben', 'and more');
    }
    await clock.pass(0);
    for (const id of [a, b]) client.messages(id).markAsRead(1);
    await clock.pass(200);
    expect(server.count('markAsRead')).toBe(2);
    const heard: number[] = [];
    client.conversations.subscribe(() => {
      heard.push(client.conversations.getSnapshot().unreadCount);
    });
    answer();
    await clock.pass(0);
    expect(heard[0]).toBe(0);
  });

  it('[CURSOR8] in a group a message is delivered, and read, when all the others have it', async () => {
    const { clock, server, client } = await open();
    client.messages(b).subscribe(() => {});
    client.messages(b).send({ content: 'hi' });
    await clock.pass(0);
    const status = () => client.messages(b).getSnapshot().messages[0]?.status;
    const steps: [ServerEvent, string][] = [
      [cursor('messageDelivered', b, 'ben', 1), 'sent'],
      [cursor('messageRead', b, 'eve', 1), 'delivered'],
      [cursor('messageRead', b, 'ben', 1), 'read'],
      [cursor('messageDelivered', b, 'ben', 1), 'read'],
    ];
    expect(status()).toBe('sent');
    for (const [event, expected] of steps) {
      server.tell(event);
      await clock.pass(0);
      expect(status()).toBe(expected);
    }
    expect(client.conversations.get(b)?.preview?.status).toBe('read');
  });

  it('[CURSOR3] who writes has read so far, and has got so far', async () => {
    const { clock, server, client } = await open();
    client.messages(a).send({ content: 'hi' });
    await clock.pass(0);
    server.say(a, 'ben', 'hello');
    await clock.pass(0);
    expect(client.messages(a).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR1] cursors that moved while I was away are there after a reconnect', async () => {
    const { clock, server, client } = await open();
    client.messages(b).subscribe(() => {});
    client.messages(b).send({ content: 'hi' });
    await clock.pass(0);
    server.socket.end();
    for (const user of ['ben', 'eve'])
      server.room(b).members.set(user, { deliveredSeq: 1, readSeq: 1 });
    await clock.pass(2_000);
    expect(client.messages(b).getSnapshot().messages[0]?.status).toBe('read');
  });

  it('[CURSOR5] marks are gathered: many calls are few, the last one counts, and delivery is told by itself', async () => {
    const { clock, server, client } = await open();
    for (let n = 0; n < 100; n++) {
      server.say(a, 'ben', String(n));
      await clock.pass(10);
      if (n >= 50) client.messages(a).markAsRead();
    }
    await clock.pass(2_000);
    expect(server.room(a).members.get('ada')).toEqual({ deliveredSeq: 100, readSeq: 100 });
    expect(server.count('markAsDelivered')).toBeLessThanOrEqual(2);
    expect(server.count('markAsRead')).toBeLessThanOrEqual(3);
    expect(client.conversations.getSnapshot().unreadCount).toBe(0);
  });

  it('[CURSOR5] what I have read is told at once when the page may go', async () => {
    const { clock, server, client, signal } = await open();
    for (const content of ['one', 'two']) {
      server.say(a, 'ben', content);
      await clock.pass(0);
      client.messages(a).markAsRead();
      await clock.pass(content === 'one' ? 200 : 0);
    }
    expect(server.room(a).members.get('ada')?.readSeq).toBe(1);
    signal('hidden');
    expect(server.room(a).members.get('ada')?.readSeq).toBe(2);
    signal('hidden');
    await clock.pass(10_000);
    expect(server.count('markAsRead')).toBe(2);
  });

  it('[LARGE1] in a large conversation no delivery is told and no members are fetched', async () => {
    const { clock, server, client } = await open((it) => {
      it.begin(
        conversationId(3),
        'group',
        Array.from({ length: 150 }, (_, n) => `u${n}`),
        'Crowd',
      );
    });
    client.messages(conversationId(3)).subscribe(() => {});
    client.messages(conversationId(3)).send({ content: 'hi' });
    server.say(conversationId(3), 'u1', 'hello');
    await clock.pass(5_000);
    expect(server.count('markAsDelivered')).toBe(0);
    expect(server.count('getConversation')).toBe(0);
    expect(
      client
        .messages(conversationId(3))
        .getSnapshot()
        .messages.map(({ status }) => status),
    ).toEqual(['sent', 'sent']);
  });

  it('[SEND7] an edit shows at once and is taken back with its reason when refused', async () => {
    const { clock, server, client, contents } = await open();
    const id = client.messages(a).send({ content: 'old' });
    await clock.pass(0);
    server.handlers.editMessage = () => {
      throw new NatterError('forbidden', 'not yours');
    };
    const editing = client.messages(a).edit(id, 'new');
    expect(contents()).toEqual(['new']);
    await clock.pass(0);
    await editing;
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'old', error: { code: 'forbidden' } },
    ]);
    server.handlers.editMessage = ((params: { content: string }) => {
      const event = server.change(a, 1, { content: params.content, editedAt: 5 }, { lost: true });
      return { message: (event as { message: Message }).message };
    }) as never;
    const again = client.messages(a).edit(id, 'newer');
    await clock.pass(0);
    await again;
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'newer', error: null, editedAt: 5 },
    ]);
    server.say(a, 'ben', 'in order after it');
    await clock.pass(0);
    expect(contents()).toEqual(['newer', 'in order after it']);
    expect(server.count('getChanges')).toBe(0);
  });

  it('[SEND7] why an edit was refused is told until the message is newer', async () => {
    const { clock, server, client } = await open();
    const id = client.messages(a).send({ content: 'old' });
    await clock.pass(0);
    server.handlers.editMessage = () => {
      throw new NatterError('forbidden', 'not yours');
    };
    void client.messages(a).edit(id, 'new');
    await clock.pass(0);
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'old', error: { code: 'forbidden' } },
    ]);
    server.change(a, 1, { content: 'newer', editedAt: 5 });
    await clock.pass(0);
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'newer', editedAt: 5, error: null },
    ]);
  });

  it('[SEND7] an edit whose answer was lost goes on being shown, and is asked for again', async () => {
    const { clock, server, client, contents } = await open();
    const id = client.messages(a).send({ content: 'old' });
    await clock.pass(0);
    const edit = (params: { content: string }) => {
      const event = server.change(a, 1, { content: params.content, editedAt: 5 }, { lost: true });
      return { message: (event as { message: Message }).message };
    };
    server.handlers.editMessage = ((params: { content: string }) => {
      edit(params);
      return noAnswer;
    }) as never;
    await client.messages(a).edit(id, 'new');
    await clock.pass(0);
    server.socket.end();
    await clock.pass(0);
    expect(contents()).toEqual(['new']);
    server.handlers.editMessage = edit as never;
    await clock.pass(2_000);
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'new', editedAt: 5, error: null },
    ]);
    expect(server.count('editMessage')).toBe(2);
  });

  it('[SEND8] of a deleted message a tombstone is left, at once, and in the list', async () => {
    const { clock, server, client } = await open((it) => {
      it.say(a, 'ben', 'secret');
    });
    expect(client.conversations.getSnapshot().unreadCount).toBe(1);
    server.change(a, 1, { content: '', deletedAt: 5 });
    await clock.pass(0);
    expect(client.messages(a).getSnapshot().messages).toMatchObject([
      { content: '', deletedAt: 5, seq: 1 },
    ]);
    expect(client.conversations.getSnapshot()).toMatchObject({
      unreadCount: 0,
      items: [{ preview: { content: '', deletedAt: 5 } }, {}],
    });
  });

  it('a page that was read before a change and arrives after it does not bring the old text back', async () => {
    const { clock, server, client, contents } = await open(
      (it) => {
        for (let n = 1; n <= 20; n++) it.say(a, 'ben', String(n));
      },
      { pageSize: 10 },
    );
    server.handlers.getMessages = ((params: never) => {
      const stale = structuredClone(server.usual.getMessages?.(params));
      server.change(a, 5, { content: 'edited', editedAt: 1 });
      return new Promise((resolve) => clock.after(50, () => resolve(stale)));
    }) as never;
    await Promise.all([client.messages(a).loadBefore(), clock.pass(100)]);
    expect(contents()[4]).toBe('edited');
    expect(client.messages(a).getSnapshot().hasBefore).toBe(false);
  });

  it('the first page is asked for beside the conversation, and waits for it', async () => {
    const { clock, server, client, contents } = await open();
    const c = conversationId(3);
    server.begin(c, 'group', ['ben'], 'Trees');
    server.say(c, 'ben', 'hi', { lost: true });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    server.handlers.getConversations = () => promise;
    server.handlers.getConversation = () => noAnswer;
    server.calls.length = 0;
    client.messages(c).subscribe(() => {});
    await clock.pass(0);
    expect([server.count('getConversations'), server.count('getMessages')]).toEqual([1, 1]);
    expect(contents(c)).toEqual([]);
    resolve({ entries: [server.entry(c)], next: null });
    await clock.pass(0);
    expect(contents(c)).toEqual(['hi']);
  });

  it('[APPLY1] what happened after the first page was read, and before its conversation was, is not lost', async () => {
    const { clock, server, client, contents } = await open();
    const c = conversationId(3);
    server.begin(c, 'group', ['ben'], 'Trees');
    for (const content of ['one', 'two', 'three']) server.say(c, 'ben', content, { lost: true });
    server.handlers.getConversation = () => noAnswer;
    server.handlers.getMessages = ((params: never) => {
      const page = structuredClone(server.usual.getMessages?.(params));
      delete server.handlers.getMessages;
      server.change(c, 2, { content: 'edited', editedAt: 1 }, { lost: true });
      server.say(c, 'ben', 'four', { lost: true });
      return page;
    }) as never;
    client.messages(c).subscribe(() => {});
    await clock.pass(0);
    expect(contents(c)).toEqual(['one', 'edited', 'three', 'four']);
  });

  it('[CLIENT11] a first page that was refused before I was added, though its conversation came after it, is asked for again', async () => {
    const { clock, server, client, contents } = await open();
    const c = conversationId(3);
    server.handlers.getMessages = () => {
      delete server.handlers.getMessages;
      server.begin(c, 'group', ['ben'], 'Trees');
      server.say(c, 'ben', 'hi', { lost: true });
      throw new NatterError('notMember', 'not yet');
    };
    client.messages(c).subscribe(() => {});
    await clock.pass(0);
    expect(contents(c)).toEqual(['hi']);
  });

  it('[PAGE1] around a message, forward again, and to the newest end when I write', async () => {
    const { clock, server, client, contents } = await open(
      (it) => {
        for (let n = 1; n <= 100; n++) it.say(a, 'ben', String(n));
      },
      { pageSize: 10 },
    );
    const timeline = client.messages(a);
    await Promise.all([timeline.loadAround(50), clock.pass(0)]);
    expect([contents()[0], contents().at(-1)]).toEqual(['45', '54']);
    server.say(a, 'ben', '101');
    await clock.pass(0);
    expect(contents().at(-1)).toBe('54');
    expect(timeline.getSnapshot().hasAfter).toBe(true);
    await Promise.all([timeline.loadAfter(), timeline.loadAfter(), clock.pass(0)]);
    expect(contents().at(-1)).toBe('64');
    timeline.send({ content: 'mine' });
    await clock.pass(0);
    expect(contents().slice(-2)).toEqual(['101', 'mine']);
    expect(timeline.getSnapshot().hasAfter).toBe(false);
  });

  it('[CLIENT11] a page that failed is no longer told of once somebody asks again, in whichever direction', async () => {
    const { clock, server, client } = await open((it) => {
      for (let n = 0; n < 120; n++) it.say(a, 'ben', String(n));
    });
    const timeline = client.messages(a);
    void timeline.loadAround(10);
    await clock.pass(0);
    expect(timeline.getSnapshot()).toMatchObject({ hasBefore: false, hasAfter: true });
    server.handlers.getMessages = () => {
      throw new NatterError('overloaded', 'not now');
    };
    void timeline.loadAfter();
    await clock.pass(0);
    expect(timeline.getSnapshot().pagingError).toMatchObject({ code: 'overloaded' });
    void timeline.loadBefore();
    await clock.pass(0);
    expect(timeline.getSnapshot().pagingError).toBeNull();
  });

  it('[APPLY5] too far behind, the newest page comes instead, and what is unsent stays', async () => {
    const { clock, server, client, contents } = await open(
      (it) => {
        for (let n = 1; n <= 5; n++) it.say(a, 'ben', String(n));
      },
      { pageSize: 10 },
    );
    server.socket.end();
    server.handlers.sendMessage = () => {
      throw new NatterError('forbidden', 'no');
    };
    client.messages(a).send({ content: 'unsent' });
    for (let n = 6; n <= 2_000; n++) server.say(a, 'ben', String(n), { lost: true });
    server.handlers.getChanges = () => ({
      entry: server.entry(a),
      messages: [],
      joined: [],
      left: [],
      version: server.room(a).version,
      more: false,
      tooFar: true,
    });
    await clock.pass(2_000);
    expect(contents()).toEqual([
      ...Array.from({ length: 10 }, (_, at) => String(1_991 + at)),
      'unsent',
    ]);
    server.say(a, 'ben', 'next');
    await clock.pass(0);
    expect(contents().at(-2)).toBe('next');
  });

  it('[HELLO6] another epoch: everything is loaded afresh, and the outbox is kept', async () => {
    const { clock, server, client, contents } = await open((it) => {
      for (let n = 1; n <= 5; n++) it.say(a, 'ben', String(n));
    });
    server.handlers.sendMessage = () => noAnswer;
    client.messages(a).send({ content: 'unsent' });
    await clock.pass(0);
    server.socket.end();
    delete server.handlers.sendMessage;
    server.epoch = 'e2';
    const room = server.room(a);
    room.messages.splice(3);
    room.version -= 2;
    server.conversations.delete(b);
    await clock.pass(2_000);
    expect(contents()).toEqual(['1', '2', '3', 'unsent']);
    expect(
      client.conversations.getSnapshot().items.map(({ conversation }) => conversation.id),
    ).toEqual([a]);
    server.say(a, 'ben', 'goes on');
    await clock.pass(0);
    expect(contents().at(-1)).toBe('goes on');
  });

  it('[KEEP7] another epoch: who was in a group counts anew too, and is asked for once', async () => {
    const { clock, server, client } = await open();
    const room = server.room(b);
    const joined = { userId: 'dan' as UserId, name: 'DAN', role: 'member' as const, joinedAt: 1 };
    for (let n = 0; n < 3; n++) {
      room.version += 1;
      const member = { ...joined, deliveredSeq: 0, readSeq: 0 };
      const { conversation } = server.entry(b);
      const about = { conversationId: b, version: room.version, data: { member, conversation } };
      server.tell({ type: 'memberJoined', userId: member.userId, ...about } as never);
    }
    await clock.pass(0);
    server.socket.end();
    server.epoch = 'e2';
    room.version -= 2;
    await clock.pass(2_000);
    server.calls.length = 0;
    server.handlers.getConversation = (params: never) =>
      server.count('getConversation') > 10 ? noAnswer : server.usual.getConversation?.(params);
    client.messages(b).subscribe(() => {});
    await clock.pass(1_000);
    expect(server.count('getConversation')).toBe(1);
  });

  it('[HEADS2] with more heads to come it is synced only when the last has been dealt with', async () => {
    const { clock, server, client, contents } = await open();
    server.socket.end();
    server.say(a, 'ben', 'missed', { lost: true });
    const usual = server.usual.hello;
    server.handlers.hello = ((params: never) => ({
      ...(usual?.(params) as object),
      heads: [],
      moreHeads: true,
    })) as never;
    await clock.pass(2_000);
    expect(client.connection.getSnapshot()).toEqual({ status: 'connected', synced: false });
    const room = server.room(a);
    const head = {
      conversationId: a,
      version: room.version,
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 1,
      membership: 'member' as const,
      cursorVersion: 0,
    };
    server.tell({ type: 'heads', data: { heads: [head], more: false } });
    await clock.pass(0);
    expect(client.connection.getSnapshot()).toEqual({ status: 'connected', synced: true });
    expect(contents()).toEqual(['missed']);
  });

  it('[HEADS8] a later position told on a live connection is resumed from, unless something is missing', async () => {
    const { clock, server } = await open();
    const said = () => {
      const params = server.calls.findLast(({ method }) => method === 'hello')?.params;
      return (params as { since?: string } | undefined)?.since;
    };
    const heartbeat = (since: string) =>
      server.tell({ type: 'heads', data: { heads: [], more: false, since } });
    heartbeat('later');
    await clock.pass(0);
    server.socket.end();
    await clock.pass(2_000);
    expect(said()).toBe('later');
    // A hole that cannot be filled yet: what is missing lies before the position told.
    server.handlers.getChanges = () => {
      throw new NatterError('internal', 'not now');
    };
    server.say(a, 'ben', 'lost', { lost: true });
    server.say(a, 'ben', 'too early');
    await clock.pass(1_000);
    heartbeat('too late');
    await clock.pass(0);
    server.changed.add(a);
    server.socket.end();
    await clock.pass(2_000);
    expect(said()).not.toBe('too late');
    delete server.handlers.getChanges;
    await clock.pass(60_000);
    heartbeat('whole again');
    await clock.pass(0);
    server.socket.end();
    await clock.pass(2_000);
    expect(said()).toBe('whole again');
  });

  it('[HEADS7] what the other has read while this device was away shows after it', async () => {
    const { clock, server, client } = await open();
    client.messages(a).send({ content: 'read me' });
    await clock.pass(1_000);
    const status = () => client.messages(a).getSnapshot().messages.at(-1)?.status;
    expect(status()).toBe('sent');
    server.socket.end();
    const room = server.room(a);
    room.members.set('ben', { deliveredSeq: 1, readSeq: 1 });
    room.cursorVersion += 1;
    server.changed.add(a);
    await clock.pass(2_000);
    expect(status()).toBe('read');
  });

  it('a resume that dies half way begins again from where it was', async () => {
    const { clock, server, contents } = await open();
    server.socket.end();
    server.say(a, 'ben', 'missed', { lost: true });
    server.handlers.getChanges = () => {
      server.changed.add(a);
      throw new NatterError('internal', 'not now');
    };
    await clock.pass(3_000);
    delete server.handlers.getChanges;
    await clock.pass(60_000);
    const sinces = server.calls
      .filter(({ method }) => method === 'hello')
      .map(({ params }) => (params as { since?: string }).since);
    expect(sinces.slice(0, 3)).toEqual([undefined, '1', '1']);
    expect(contents()).toEqual(['missed']);
  });

  it('[ROLES8] a conversation I am added to while connected comes up by itself, with what is said meanwhile', async () => {
    const { clock, server, client } = await open();
    const id = conversationId(9);
    server.begin(id, 'group', ['ben'], 'New');
    const member = {
      userId: userId('ada'),
      name: 'Ada',
      picture: null,
      role: 'member' as const,
      deliveredSeq: 0,
      readSeq: 0,
      joinedAt: 1,
    };
    server.tell({
      type: 'memberJoined',
      conversationId: id,
      userId: userId('ada'),
      version: 3,
      data: { member, memberCount: 2 },
    });
    server.say(id, 'ben', 'welcome');
    await clock.pass(0);
    expect(client.conversations.get(id)).toMatchObject({
      title: 'New',
      unreadCount: 1,
      preview: { content: 'welcome' },
    });
  });

  it('[TYPING2] keystrokes are told at most every 3 s, and stopping once', async () => {
    const { clock, server, client } = await open();
    const typing = client.typing(a);
    for (let key = 0; key < 100; key++) {
      typing.started();
      await clock.pass(100);
    }
    expect(server.count('sendTyping')).toBe(4);
    typing.stopped();
    typing.stopped();
    expect(server.calls.filter(({ method }) => method === 'sendTyping').at(-1)?.params).toEqual({
      conversationId: a,
      typing: false,
    });
    expect(server.count('sendTyping')).toBe(5);
  });

  it('[TYPING3] who types is forgotten 5 s after the last sign, and at once when my connection is lost', async () => {
    const { clock, server, client } = await open();
    client.typing(a).subscribe(() => {});
    const started = (): void =>
      server.tell({
        type: 'typingStarted',
        conversationId: a,
        userId: userId('ben'),
        data: { name: 'Ben' },
      });
    started();
    await clock.pass(4_000);
    started();
    await clock.pass(4_999);
    expect(client.typing(a).getSnapshot()).toEqual([{ userId: 'ben', name: 'Ben' }]);
    await clock.pass(1);
    expect(client.typing(a).getSnapshot()).toEqual([]);
    started();
    await clock.pass(0);
    expect(client.typing(a).getSnapshot()).toHaveLength(1);
    server.socket.end();
    expect(client.typing(a).getSnapshot()).toEqual([]);
  });

  it('[PRESENCE1] watchers are counted, one call tells them all, and hello tells them again', async () => {
    const { clock, server, client } = await open((it) => {
      it.handlers.watch = ((params: { userIds: string[] }) => ({
        presence: params.userIds.map((user) => ({
          userId: user,
          online: user === 'ben',
          lastSeenAt: null,
        })),
      })) as never;
    });
    const undo = [
      client.presence.watch([userId('ben'), userId('eve')]),
      client.presence.watch([userId('ben')]),
    ];
    const untype = client.typing(b).subscribe(() => {});
    await clock.pass(50);
    const watches = () =>
      server.calls.filter(({ method }) => method === 'watch').map(({ params }) => params);
    expect(watches()).toEqual([{ conversationIds: [b], userIds: ['ben', 'eve'] }]);
    expect(client.presence.getSnapshot().get(userId('ben'))?.online).toBe(true);
    undo[0]?.();
    undo[0]?.();
    untype();
    // Mounting again in one breath costs nothing.
    client.typing(b).subscribe(() => {});
    await clock.pass(50);
    expect(watches().slice(1)).toEqual([{ conversationIds: [b], userIds: ['ben'] }]);
    expect([...client.presence.getSnapshot().keys()]).toEqual(['ben']);
    server.socket.end();
    await clock.pass(2_000);
    expect(server.calls.filter(({ method }) => method === 'hello').at(-1)?.params).toMatchObject({
      watch: { conversationIds: [b], userIds: ['ben'] },
    });
    expect(watches()).toHaveLength(2);
  });

  it('the same object for the same id, also in StrictMode, where all is mounted twice', async () => {
    const { clock, server, client } = await open();
    const timeline = client.messages(b);
    timeline.subscribe(() => {})();
    timeline.subscribe(() => {});
    await clock.pass(0);
    expect(client.messages(b)).toBe(timeline);
    expect(
      server.calls.filter(
        ({ method, params }) =>
          method === 'getMessages' && (params as { conversationId: string }).conversationId === b,
      ),
    ).toHaveLength(1);
  });

  it('[CLIENT11] a first page that failed for want of a connection is loaded when there is one', async () => {
    const { clock, server, client } = createWorld({}, (it) => {
      it.begin(a, 'direct', ['ben']);
      it.say(a, 'ben', 'hi');
      it.silent = true;
    });
    const timeline = client.messages(a);
    timeline.subscribe(() => {});
    expect(timeline.getSnapshot().state).toBe('loading');
    await clock.pass(15_000);
    expect(timeline.getSnapshot()).toMatchObject({ state: 'error', error: { retry: 'later' } });
    server.silent = false;
    await clock.pass(60_000);
    expect(timeline.getSnapshot()).toMatchObject({ state: 'ready', messages: [{ content: 'hi' }] });
  });

  it('[ROLES2] a conversation that is not mine says so', async () => {
    const { clock, client } = await open();
    const timeline = client.messages(conversationId(99));
    timeline.subscribe(() => {});
    await clock.pass(0);
    expect(timeline.getSnapshot()).toMatchObject({ state: 'error', error: { code: 'notMember' } });
  });

  it('[ROLES6] creating is repeated under one id when the answer is lost', async () => {
    const { clock, server, client } = await open();
    let tries = 0;
    server.handlers.createConversation = ((params: { id: typeof a }) => {
      if (++tries === 1) throw new NatterError('internal', 'not now');
      server.begin(params.id, 'direct', ['eve']);
      return { entry: server.entry(params.id) };
    }) as never;
    const creating = client.conversations.createDirect(userId('eve'));
    await clock.pass(0);
    const id = await creating;
    expect(client.conversations.get(id)).toMatchObject({ title: 'EVE' });
    const ids = server.calls
      .filter(({ method }) => method === 'createConversation')
      .map(({ params }) => (params as { id: string }).id);
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it('[EVENT6] a conversation I am taken out of and added to again comes back where it is open', async () => {
    const { clock, server, client, contents } = await open((it) => {
      it.say(b, 'ben', 'hi');
    });
    client.messages(b).subscribe(() => {});
    await clock.pass(0);
    const at = server.room(b).version;
    const left = { type: 'memberLeft' as const, conversationId: b, userId: userId('ada') };
    server.tell({ ...left, version: at + 1, data: { memberCount: 2 } });
    await clock.pass(0);
    expect(client.messages(b).getSnapshot()).toMatchObject({ state: 'error', messages: [] });
    server.room(b).version = at + 2;
    const member = {
      userId: userId('ada'),
      name: 'Ada',
      picture: null,
      role: 'member' as const,
      deliveredSeq: 0,
      readSeq: 0,
      joinedAt: 1,
    };
    server.tell({
      type: 'memberJoined',
      conversationId: b,
      userId: userId('ada'),
      version: at + 2,
      data: { member, memberCount: 3 },
    });
    await clock.pass(0);
    expect(contents(b)).toEqual(['hi']);
  });

  it('[HEADS5] live heads that cannot be followed now are followed later', async () => {
    const { clock, server, contents } = await open();
    server.say(a, 'ben', 'missed', { lost: true });
    server.handlers.getChanges = () => {
      throw new NatterError('rateLimited', 'slowly', { retryAfterMs: 3_000 });
    };
    const { version } = server.room(a);
    const head = {
      conversationId: a,
      version,
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 1,
      membership: 'member' as const,
      cursorVersion: 0,
    };
    server.tell({ type: 'heads', data: { heads: [head], more: false } });
    await clock.pass(1_000);
    delete server.handlers.getChanges;
    await clock.pass(5_000);
    expect(contents()).toEqual(['missed']);
  });

  it('an event that makes no sense costs one reconnect and loses nothing', async () => {
    const errors: unknown[] = [];
    const environment = { reportError: (error: unknown) => void errors.push(error) };
    const { clock, server, contents } = await open(() => {}, { environment });
    const { version } = server.room(a);
    server.tell({ type: 'newMessage', conversationId: a, version: version + 1 } as never);
    server.say(a, 'ben', 'hi');
    await clock.pass(5_000);
    expect(errors).toHaveLength(1);
    expect(server.sockets).toHaveLength(2);
    expect(contents()).toEqual(['hi']);
  });

  it('a timeline nobody looks at lets its rows go after twenty others, and has them again when looked at', async () => {
    const rooms = Array.from({ length: 25 }, (_, n) => conversationId(100 + n));
    const { clock, server, client, undo } = await open((it) => {
      for (const id of [a, ...rooms]) {
        if (id !== a) it.begin(id, 'group', ['ben'], 'Room');
        it.say(id, 'ben', 'hi');
      }
    });
    const timeline = client.messages(a);
    undo();
    for (const id of rooms) {
      client.messages(id).subscribe(() => {})();
      await clock.pass(0);
      client.messages(id).subscribe(() => {})();
    }
    expect(timeline.getSnapshot()).toMatchObject({ state: 'idle', messages: [] });
    expect(client.messages(a)).toBe(timeline);
    server.say(a, 'ben', 'meanwhile');
    timeline.subscribe(() => {});
    await clock.pass(0);
    expect(timeline.getSnapshot().messages.map(({ content }) => content)).toEqual([
      'hi',
      'meanwhile',
    ]);
    server.say(a, 'ben', 'and live');
    await clock.pass(0);
    expect(timeline.getSnapshot().messages).toHaveLength(3);
  });
});
