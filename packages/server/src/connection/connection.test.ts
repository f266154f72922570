import {
  type ConversationId,
  closeCodes,
  type Head,
  type HelloResult,
  timings,
  type UserId,
} from '@natter/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, startWorld, type World } from '../../test/world.ts';
import { silentLog } from '../runtime/system.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const send = (conversationId: ConversationId) =>
  world.natter.call('ada' as UserId, 'sendMessage', { id: newId(), conversationId, content: 'x' });

describe('frames', () => {
  test('[FRAME4] text that is no JSON is refused without an id and closes the socket', async () => {
    const ada = await world.open('ada');
    ada.send('{"id":');
    expect(await ada.frame((frame) => frame.id === null)).toMatchObject({
      error: { code: 'badFrame' },
    });
    expect(await ada.closed).toMatchObject({ code: closeCodes.badFrame });
  });

  test('[FRAME4] JSON that is no call is refused, with its id where it has one, and the socket stays', async () => {
    const ada = await world.open('ada');
    ada.send('[]');
    expect(await ada.frame((frame) => frame.id === null)).toMatchObject({
      error: { code: 'badFrame' },
    });
    ada.send('{"id":77}');
    expect(await ada.frame((frame) => frame.id === 77)).toMatchObject({
      error: { code: 'badFrame' },
    });
    await ada.settled();
  });

  test('[FRAME5] a binary frame closes the socket', async () => {
    const ada = await world.open('ada');
    ada.send(new Uint8Array([123, 125]));
    expect(await ada.closed).toMatchObject({ code: closeCodes.badFrame });
  });

  test('[FRAME6] a frame beyond the bound closes the socket with 1009', async () => {
    const ada = await world.open('ada');
    ada.send(JSON.stringify({ id: 1, method: 'getUsers', params: { query: 'x'.repeat(70_000) } }));
    expect(await ada.closed).toMatchObject({ code: 1009 });
  });

  test('[FRAME7] params that do not fit are refused with the place that does not', async () => {
    const ada = await world.open('ada');
    const conversationId = await world.group('ada');
    const params = { id: newId(), conversationId, content: { toString: 'x' } };
    expect(await ada.refusal('sendMessage', params)).toMatchObject({
      code: 'badRequest',
      message: expect.stringContaining('params.content'),
    });
    expect(
      await ada.refusal('getUsers', { ids: Array.from({ length: 10_000 }, () => 'ada') }),
    ).toMatchObject({
      code: 'badRequest',
      message: expect.stringContaining('params.ids'),
    });
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    ada.send(
      `{"id":777,"method":"sendMessage","params":{"id":"${newId()}","conversationId":"${conversationId}","content":"x","fileIds":[${deep}]}}`,
    );
    expect(await ada.frame((frame) => frame.id === 777)).toMatchObject({
      error: { code: 'badRequest' },
    });
    expect(await ada.refusal('dropTables', {})).toMatchObject({ code: 'unknownMethod' });
    expect(await ada.refusal('constructor', {})).toMatchObject({ code: 'unknownMethod' });
  });
});

describe('hello', () => {
  test('[CLOSE1] a fault of the server after hello is logged, and closes the socket with internal', async () => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (_facts: object, message: string) => errors.push(message) };
    const faulty = await startWorld({
      log,
      // A host without types: a time that cannot be reckoned with.
      authenticate: async () => ({
        userId: 'ada' as UserId,
        name: 'Ada',
        expiresAt: (10n ** 15n) as unknown as number,
      }),
    });
    const socket = await faulty.connect();
    socket.send('{"id":1,"method":"hello","params":{"token":"x"}}');
    expect(await socket.closed).toMatchObject({ code: closeCodes.internal });
    expect(errors).toEqual(['unable to go on after hello: a fault of the server']);
    await faulty.close();
  });

  test('[HELLO1] any other first call is refused and closes the socket', async () => {
    const socket = await world.connect();
    expect(await socket.refusal('getConversations', {})).toMatchObject({ code: 'helloFirst' });
    expect(await socket.closed).toMatchObject({ code: closeCodes.badFrame });
  });

  test('[HELLO1] a second hello is refused, and who I am stays', async () => {
    const ada = await world.open('ada');
    expect(await ada.refusal('hello', { token: 'bob' })).toMatchObject({ code: 'badRequest' });
    const { users } = await ada.call<{ users: { id: string }[] }>('getUsers', {
      ids: ['ada', 'bob'],
    });
    expect(users.map((user) => user.id)).toEqual(['ada']);
  });

  test('[HELLO2] a socket that says nothing is closed after 10 s', async () => {
    const socket = await world.connect();
    world.clock.advance(timings.helloTimeoutMs);
    expect(await socket.closed).toMatchObject({ code: closeCodes.helloTimeout });
  });

  test('[HELLO6] without since, with another epoch, or with a since of its own making, a client starts afresh', async () => {
    await world.group('ada', 'bob');
    const socket = await world.connect();
    const first = await socket.hello('ada');
    expect(first).toMatchObject({ reset: true, heads: [], moreHeads: false, userId: 'ada' });
    const { since, epoch } = first;
    for (const params of [
      { since },
      { since, epoch: 'another' },
      { since: 'made up', epoch },
      { epoch },
    ]) {
      expect(await (await world.connect()).hello('ada', params)).toMatchObject({
        reset: true,
        heads: [],
      });
    }
    expect(await (await world.connect()).hello('ada', { since, epoch })).toMatchObject({
      reset: false,
    });
  });

  test('[HEADS1] a client that comes back learns what changed, left conversations included', async () => {
    const kept = await world.group('ada', 'bob');
    const left = await world.group('ada', 'bob');
    const { since, epoch } = await (await world.connect()).hello('bob');
    await world.natter.call('ada' as UserId, 'sendMessage', {
      id: newId(),
      conversationId: kept,
      content: 'hi',
    });
    await world.natter.call('ada' as UserId, 'removeMember', {
      conversationId: left,
      userId: 'bob' as UserId,
    });
    const { heads } = await (await world.connect()).hello('bob', { since, epoch });
    const found = new Map(heads.map((head) => [head.conversationId, head]));
    expect(found.get(kept)).toMatchObject({ lastSeq: 1, unreadCount: 1, membership: 'member' });
    expect(found.get(left)).toMatchObject({ membership: 'left' });
  });

  test('[HEADS2] heads beyond the first page follow as events, the last one saying so', async () => {
    const { since, epoch } = await (await world.connect()).hello('ada');
    for (let count = 0; count < 210; count++) await world.group('ada');
    const socket = await world.connect();
    const { heads, moreHeads } = await socket.hello('ada', { since, epoch });
    expect([heads.length, moreHeads]).toEqual([200, true]);
    const { data } = (await socket.event('heads')) as { data: { heads: Head[]; more: boolean } };
    expect([data.heads.length, data.more]).toEqual([10, false]);
    expect(new Set([...heads, ...data.heads].map((head) => head.conversationId)).size).toBe(210);
  });

  test('[HELLO7] a bad token closes with tokenInvalid, one past its time with tokenExpired', async () => {
    for (const [token, code, closeCode] of [
      ['bad', 'unauthenticated', closeCodes.tokenInvalid],
      [undefined, 'unauthenticated', closeCodes.tokenInvalid],
      [{ $ne: 1 }, 'unauthenticated', closeCodes.tokenInvalid],
      [`ada!${world.clock.now() - 1}`, 'tokenExpired', closeCodes.tokenExpired],
    ] as const) {
      const socket = await world.connect();
      expect(await socket.refusal('hello', { token })).toMatchObject({ code, retry: 'newToken' });
      expect(await socket.closed).toMatchObject({ code: closeCode });
    }
  });

  test('[HELLO8] a protocol that is not spoken closes with unsupportedVersion', async () => {
    const socket = await world.connect();
    expect(await socket.refusal('hello', { token: 'ada', protocol: 999 })).toMatchObject({
      code: 'badRequest',
    });
    expect(await socket.closed).toMatchObject({ code: closeCodes.unsupportedVersion });
  });

  test('[CLOSE3] the end of the token closes its socket, and no other', async () => {
    const ada = await world.open(`ada!${world.clock.now() + 60_000}`);
    const bob = await world.open('bob');
    world.clock.advance(30_000);
    await ada.settled();
    await bob.settled();
    world.clock.advance(30_001);
    expect(await ada.closed).toMatchObject({ code: closeCodes.tokenExpired });
    await bob.settled();
  });

  test('[HELLO4] what happens while hello is answered is in the snapshot or told after the reply', async () => {
    const conversationId = await world.group('ada', 'bob');
    const { since, epoch } = await (await world.connect()).hello('bob');
    for (let round = 0; round < 20; round++) {
      const socket = await world.connect();
      const greeting = socket.hello('bob', { since, epoch });
      const sending = world.natter.call('ada' as UserId, 'sendMessage', {
        id: newId(),
        conversationId,
        content: `${round}`,
      });
      const [{ heads }] = await Promise.all([greeting, sending]);
      await socket.settled();
      const known = heads.find((head) => head.conversationId === conversationId)?.lastSeq ?? 0;
      const told = socket
        .events('newMessage')
        .map((event) => ('message' in event ? event.message.seq : 0));
      expect(Math.max(known, ...told)).toBe(round + 1);
      expect(socket.frames[0]).toHaveProperty('result');
      await socket.close();
    }
  });

  test('[HELLO4] a message stored right after the snapshot is told behind the reply', async () => {
    const conversationId = await world.group('ada', 'bob');
    const { since, epoch } = await (await world.connect()).hello('bob');
    const { getSnapshot } = world.storage;
    world.storage.getSnapshot = async (...args) => {
      const snapshot = await getSnapshot(...args);
      await send(conversationId);
      return snapshot;
    };
    const socket = await world.connect();
    const { heads } = await socket.hello('bob', { since, epoch });
    expect(heads).toMatchObject([{ conversationId, lastSeq: 0 }]);
    expect(await socket.event('newMessage')).toMatchObject({ message: { seq: 1 } });
    expect(socket.frames[0]).toHaveProperty('result');
  });

  test('[HEADS6] after a blink the database is asked once for the reply, and once for what a conversation lacks', async () => {
    const conversationId = await world.group('ada', 'bob');
    const before = await world.connect();
    const { since, epoch } = await before.hello('bob');
    await before.close();
    await send(conversationId);
    const asked: string[] = [];
    const { getSnapshot, getUsers, listHeads, listMemberships, getMembership, getChanges } =
      world.storage;
    const reads = { getSnapshot, getUsers, listHeads, listMemberships, getMembership, getChanges };
    for (const [name, read] of Object.entries(reads))
      Object.assign(world.storage, {
        [name]: (...args: unknown[]) => {
          asked.push(name);
          return Reflect.apply(read, undefined, args);
        },
      });
    const socket = await world.connect();
    const { heads } = await socket.hello('bob', { since, epoch });
    expect(heads).toMatchObject([{ conversationId, lastSeq: 1 }]);
    await socket.call('getChanges', { conversationId, from: 0 });
    expect(asked).toEqual(['getSnapshot', 'getChanges']);
  });

  test('[HELLO4] a membership that changes while it is read is followed, or not, as it is in the end', async () => {
    const kept = await world.group('ada', 'cy');
    const lost = await world.group('ada', 'bob', 'cy');
    const cy = await world.open('cy');
    const { listMemberships } = world.storage;
    world.storage.listMemberships = async (userId) => {
      const memberships = await listMemberships(userId);
      const about = { conversationId: kept, userIds: ['bob' as UserId] };
      await world.natter.call('ada' as UserId, 'addMembers', about);
      await world.natter.call('ada' as UserId, 'removeMember', {
        conversationId: lost,
        userId: 'bob' as UserId,
      });
      return memberships;
    };
    const bob = await world.open('bob');
    await send(lost);
    await send(kept);
    const written = (socket: typeof cy) =>
      socket
        .events('newMessage')
        .filter((event) => 'message' in event && event.message.type === 'text');
    await cy.frame(() => written(cy).length === 2);
    await bob.settled();
    expect(written(bob)).toMatchObject([{ conversationId: kept }]);
  });

  test('[HELLO4] calls sent right behind hello are answered after it, in order of frames', async () => {
    const conversationId = await world.group('ada');
    const socket = await world.connect();
    const replies = [
      socket.hello('ada'),
      ...[1, 2, 3].map((seq) =>
        socket.call('sendMessage', { id: newId(), conversationId, content: `${seq}` }),
      ),
    ];
    const [, ...sent] = (await Promise.all(replies)) as [HelloResult, ...{ seq: number }[]];
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});

describe('heartbeat', () => {
  test('[BEAT3] an idle socket is pinged and gets a frame a page can see', async () => {
    const ada = await world.open('ada');
    let pings = 0;
    ada.raw.on('ping', () => {
      pings += 1;
    });
    world.clock.advance(timings.heartbeatMs + 1_000);
    expect(await ada.event('heads')).toMatchObject({ data: { heads: [], more: false } });
    expect(pings).toBe(1);
    await ada.settled();
  });

  test.each([-3_600_000, 3_600_000])(
    '[BEAT1][BEAT3] a clock that is set by %i ms closes no socket, and heartbeats go on',
    async (ms) => {
      const ada = await world.open('ada');
      world.clock.advance(2_000);
      world.clock.step(ms);
      world.clock.advance(2_000);
      await ada.settled();
      expect(ada.events('heads')).toEqual([]);
      world.clock.advance(timings.heartbeatMs);
      expect(await ada.event('heads')).toMatchObject({ data: { heads: [] } });
      const silent = await world.open('bob');
      silent.raw.pause();
      for (const passed of [timings.heartbeatMs, timings.silenceMs - timings.heartbeatMs + 2_000]) {
        world.clock.advance(passed);
        await ada.settled();
      }
      silent.raw.resume();
      expect(await silent.closed).toMatchObject({ code: closeCodes.silent });
    },
  );

  test('[BEAT1] a socket that is silent for 35 s is closed, one that answers is not', async () => {
    const silent = await world.open('ada');
    const alive = await world.open('bob');
    silent.raw.pause();
    world.clock.advance(timings.heartbeatMs + 1_000);
    await alive.settled();
    world.clock.advance(timings.silenceMs - timings.heartbeatMs);
    silent.raw.resume();
    expect(await silent.closed).toMatchObject({ code: closeCodes.silent });
    await alive.settled();
  });
});

describe('order', () => {
  test('[ORDER4] messages that one socket sends at once are numbered in the order of their frames', async () => {
    const conversationId = await world.group('ada', 'bob');
    const ada = await world.open('ada');
    const bob = await world.open('bob');
    const contents = Array.from({ length: 50 }, (_, index) => `${index}`);
    const sent = await Promise.all(
      contents.map((content) =>
        ada.call<{ seq: number }>('sendMessage', { id: newId(), conversationId, content }),
      ),
    );
    expect(sent.map(({ seq }) => seq)).toEqual(contents.map((_, index) => index + 1));
    await bob.frame(({ event }) => event?.type === 'newMessage' && event.message.seq === 50);
    expect(
      bob.events('newMessage').map((event) => ('message' in event ? event.message.content : '')),
    ).toEqual(contents);
  });

  test('[ORDER5] the reply to a change comes before the event of that change', async () => {
    const conversationId = await world.group('ada');
    const ada = await world.open('ada');
    const id = newId();
    await ada.call('sendMessage', { id, conversationId, content: 'x' });
    await ada.call('editMessage', { conversationId, messageId: id, content: 'y' });
    await ada.event('messageUpdated');
    const places = [
      ada.frames.findIndex(({ result }) => Object.keys(result ?? {}).includes('message')),
      ada.frames.findIndex(({ event }) => event?.type === 'messageUpdated'),
    ];
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('[ORDER5] an acknowledgement is not overtaken by what happened after it', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const send = (socket: typeof ada) =>
      socket.call<{ version: number }>('sendMessage', {
        id: newId(),
        conversationId,
        content: 'x',
      });
    await Promise.all(Array.from({ length: 25 }, () => [send(ada), send(bob)]).flat());
    for (const socket of [ada, bob]) {
      await socket.settled();
      const versions = socket.frames.flatMap(({ result, event }) => {
        const { version } = (event ?? result ?? {}) as { version?: number };
        return version === undefined ? [] : [version];
      });
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      expect(new Set(versions).size).toBe(50);
    }
  });
});
