import { closeCodes, NatterError } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import { createWorld, noAnswer } from '../scripted.suite.ts';

const statuses = (world: ReturnType<typeof createWorld>) => {
  const seen: string[] = [];
  world.client.connection.subscribe(() =>
    seen.push(JSON.stringify(world.client.connection.getSnapshot())),
  );
  return seen;
};
const synced = { status: 'connected', synced: true };

describe('the connection', () => {
  it('[CLIENT3] the backoff starts afresh only after a sync that succeeded', async () => {
    const world = createWorld({}, (it) => {
      it.handlers.getConversations = () => {
        throw new NatterError('internal', 'not now');
      };
    });
    for (let attempt = 1; attempt <= 4; attempt++) {
      await world.clock.pass(0);
      const snapshot = world.client.connection.getSnapshot();
      expect(snapshot).toMatchObject({ status: 'reconnecting', attempt });
      if (snapshot.status === 'reconnecting' && snapshot.retryAt !== null)
        await world.clock.pass(snapshot.retryAt - world.clock.now());
    }
    delete world.server.handlers.getConversations;
    await world.clock.pass(60_000);
    expect(world.client.connection.getSnapshot()).toEqual(synced);
    world.server.socket.end();
    expect(world.client.connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
    });
  });

  it('[CLIENT4] with maxAttempts it gives up, says so, and goes on when asked', async () => {
    const world = createWorld({ maxAttempts: 3 }, (it) => {
      it.handlers.hello = () => {
        throw new NatterError('overloaded', 'full');
      };
    });
    await world.clock.pass(300_000);
    expect(world.client.connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      reason: 'gaveUp',
    });
    expect(world.server.sockets).toHaveLength(4);
    delete world.server.handlers.hello;
    world.client.connection.reconnect();
    await world.clock.pass(0);
    expect(world.client.connection.getSnapshot()).toEqual(synced);
  });

  it('[CLIENT5] it tries at once on online, on visible and on reconnect(), and keeps one timer', async () => {
    for (const how of ['online', 'visible', 'reconnect'] as const) {
      const world = createWorld({}, (it) => {
        it.handlers.hello = () => {
          throw new NatterError('overloaded', 'full', { retryAfterMs: 200_000 });
        };
      });
      await world.clock.pass(0);
      delete world.server.handlers.hello;
      if (how === 'reconnect') world.client.connection.reconnect();
      else world.signal(how);
      await world.clock.pass(0);
      expect(world.client.connection.getSnapshot()).toEqual(synced);
      await world.clock.pass(300_000);
      expect(world.server.sockets).toHaveLength(2);
    }
  });

  it('[CLOSE1] each hundred of close codes does what it says', async () => {
    const tokens: string[] = [];
    const world = createWorld({ getToken: () => `token ${tokens.push('')}` });
    const { clock, server, client } = world;
    await clock.pass(0);
    const seen = statuses(world);
    server.socket.end(closeCodes.draining, '20000');
    await clock.pass(19_999);
    expect(server.sockets).toHaveLength(1);
    await clock.pass(1_000);
    expect(client.connection.getSnapshot()).toEqual(synced);
    expect(tokens).toHaveLength(1);
    server.socket.end(closeCodes.tokenExpired);
    await clock.pass(0);
    expect(client.connection.getSnapshot()).toEqual(synced);
    expect(server.socket.sent[0]).toMatchObject({ method: 'hello', params: { token: 'token 2' } });
    server.socket.end(closeCodes.slowConsumer);
    await clock.pass(1_000);
    expect(client.connection.getSnapshot()).toEqual(synced);
    expect(server.socket.sent[0]).toMatchObject({ params: { token: 'token 2' } });
    server.socket.end(closeCodes.unsupportedVersion, 'too old');
    await clock.pass(600_000);
    expect(client.connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      reason: 'refused',
      error: { message: 'too old', retry: 'never' },
    });
    expect(server.sockets).toHaveLength(4);
    expect(seen.some((status) => status.includes('"status":"connecting"'))).toBe(false);
  });

  it('[CLIENT8] a refused token is never used again, and a token that comes again waits like any failure', async () => {
    let tokens = 0;
    const { clock, server, client } = createWorld(
      { getToken: () => (tokens++ < 3 ? 'stale' : 'fresh') },
      (it) => {
        it.handlers.hello = ((params: { token: string }) => {
          if (params.token === 'stale') throw new NatterError('tokenExpired', 'over');
          return it.usual.hello?.(params as never);
        }) as never;
      },
    );
    await clock.pass(60_000);
    expect(client.connection.getSnapshot()).toEqual(synced);
    const used = server.calls
      .filter(({ method }) => method === 'hello')
      .map(({ params }) => (params as { token: string }).token);
    expect(used).toEqual(['stale', 'fresh']);
  });

  it('[CLIENT8] nobody signed in is an end, a token that cannot be fetched is not', async () => {
    const out = createWorld({ getToken: () => null });
    await out.clock.pass(0);
    expect(out.client.connection.getSnapshot()).toEqual({
      status: 'disconnected',
      reason: 'signedOut',
      error: null,
    });
    let works = false;
    const broken = createWorld({
      getToken: () => (works ? Promise.resolve('t') : Promise.reject(new Error('offline'))),
    });
    await broken.clock.pass(5_000);
    expect(broken.client.connection.getSnapshot().status).toBe('reconnecting');
    works = true;
    await broken.clock.pass(60_000);
    expect(broken.client.connection.getSnapshot()).toEqual(synced);
  });

  it('[CLIENT11] who has no token after one that was refused learns why it was', async () => {
    const tokens = ['stale'];
    const getToken = () => tokens.shift() ?? null;
    const atTheDoor = createWorld({ getToken }, (it) => {
      it.handlers.hello = () => {
        throw new NatterError('unauthenticated', 'unable to sign in: the token is not valid here');
      };
    });
    await atTheDoor.clock.pass(5_000);
    expect(atTheDoor.client.connection.getSnapshot()).toMatchObject({
      reason: 'signedOut',
      error: { code: 'unauthenticated', message: expect.stringContaining('not valid here') },
    });

    tokens.push('good');
    const atItsEnd = createWorld({ getToken });
    await atItsEnd.clock.pass(0);
    expect(atItsEnd.client.connection.getSnapshot()).toEqual(synced);
    atItsEnd.server.socket.end(closeCodes.tokenExpired);
    await atItsEnd.clock.pass(5_000);
    expect(atItsEnd.client.connection.getSnapshot()).toMatchObject({
      reason: 'signedOut',
      error: { code: 'tokenExpired', retry: 'newToken' },
    });
  });

  it("a token of another person ends the client instead of mixing two people's messages", async () => {
    const world = createWorld();
    await world.clock.pass(0);
    world.server.me = 'eve';
    world.server.socket.end();
    await world.clock.pass(2_000);
    expect(world.client.connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      reason: 'signedOut',
    });
    expect(world.client.me.getSnapshot()).toMatchObject({ userId: 'ada' });
  });

  it('[BEAT2] a silent socket is asked after a heartbeat, and dead 10 s later', async () => {
    const { clock, server, client } = createWorld();
    await clock.pass(0);
    server.handlers.watch = () => noAnswer;
    await clock.pass(25_000);
    expect(server.count('watch')).toBe(1);
    await clock.pass(9_999);
    expect(client.connection.getSnapshot()).toEqual(synced);
    await clock.pass(1);
    expect(client.connection.getSnapshot()).toMatchObject({ status: 'reconnecting', attempt: 1 });
    await clock.pass(1_000);
    expect(server.sockets).toHaveLength(2);
  });

  it('[BEAT2] while the browser says that it is offline, two seconds without an answer are enough', async () => {
    const { clock, server, client, signal, device } = createWorld();
    await clock.pass(0);
    server.handlers.watch = () => noAnswer;
    signal('visible');
    await clock.pass(1_000);
    device.online = false;
    signal('offline');
    await clock.pass(1_999);
    expect(client.connection.getSnapshot()).toEqual(synced);
    await clock.pass(1);
    expect(client.connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      online: false,
    });
    expect(server.count('watch')).toBe(1);
  });

  it('[BEAT2] a server that answers is kept, whatever the browser says of the network', async () => {
    const { clock, server, client, signal, device } = createWorld();
    await clock.pass(0);
    device.online = false;
    signal('offline');
    await clock.pass(60_000);
    expect(client.connection.getSnapshot()).toEqual(synced);
    expect(server.sockets).toHaveLength(1);
  });

  it('[BEAT3] heartbeats of the server are enough: nothing is asked, and no event is told', async () => {
    const { clock, server, client } = createWorld();
    await clock.pass(0);
    let events = 0;
    client.events.subscribe(() => events++);
    for (let beat = 0; beat < 20; beat++) {
      await clock.pass(24_000);
      server.tell({ type: 'heads', data: { heads: [], more: false } });
    }
    await clock.pass(0);
    expect(server.count('watch')).toBe(0);
    expect(events).toBe(0);
    expect(client.connection.getSnapshot()).toEqual(synced);
  });

  it('a tab that wakes up asks at once, before it shows what may be old', async () => {
    const { clock, server, signal } = createWorld();
    await clock.pass(0);
    signal('visible');
    await clock.pass(0);
    expect(server.count('watch')).toBe(1);
  });

  it('a call without an answer ends after 10 s with `later`, and puts the connection in doubt', async () => {
    const { clock, server, client } = createWorld();
    await clock.pass(0);
    server.handlers.getUsers = () => noAnswer;
    server.handlers.watch = () => noAnswer;
    const search = client.users.search('a').catch((error: NatterError) => error);
    await clock.pass(10_000);
    expect(await search).toMatchObject({ retry: 'later' });
    expect(server.count('watch')).toBe(1);
    await clock.pass(10_000);
    expect(client.connection.getSnapshot().status).toBe('reconnecting');
  });

  it('calls wait for the connection, those under way end with it, and none waits for one that nobody wants', async () => {
    const { clock, server, client } = createWorld({ autoConnect: false });
    server.handlers.getUsers = () => ({ users: [], next: null });
    const early = client.users.search('a');
    client.connection.connect();
    await clock.pass(0);
    expect(await early).toEqual({ users: [], next: null });
    server.handlers.getUsers = () => noAnswer;
    const under = client.users.search('b').catch((error: NatterError) => error);
    await clock.pass(0);
    server.socket.end();
    expect(await under).toMatchObject({ retry: 'later' });
    client.connection.disconnect();
    expect(client.connection.getSnapshot()).toEqual({
      status: 'disconnected',
      reason: 'stopped',
      error: null,
    });
    await expect(client.users.search('c')).rejects.toThrow('connect()');
    await clock.pass(600_000);
    expect(server.sockets).toHaveLength(1);
  });

  it('[LIMITS1] at most 32 calls are under way, at most 1,000 wait', async () => {
    const { clock, server, client } = createWorld();
    await clock.pass(0);
    server.handlers.getUsers = () => noAnswer;
    const before = server.calls.length;
    const ends = Array.from({ length: 1_100 }, () =>
      client.users.search('x').then(
        () => 'answered',
        (error: NatterError) => error.code,
      ),
    );
    await clock.pass(0);
    expect(server.calls.length - before).toBe(32);
    client.dispose();
    const codes = await Promise.all(ends);
    expect(codes.filter((code) => code === 'overloaded')).toHaveLength(68);
  });

  it('[HELLO4] events that come before the reply to hello are kept until it is there', async () => {
    const { clock, server, client } = createWorld({}, (it) => {
      it.handlers.hello = (_params, socket) => {
        socket.deliver({
          event: { type: 'userOnline', userId: 'ben', data: { lastSeenAt: null } },
        });
        return it.usual.hello?.({} as never);
      };
    });
    const seen: string[] = [];
    client.events.subscribe((event) =>
      seen.push(`${event.type} ${client.connection.getSnapshot().status}`),
    );
    await clock.pass(0);
    expect(seen).toEqual(['userOnline connected']);
    expect(server.sockets).toHaveLength(1);
  });

  it('[CLIENT12] after dispose nothing is told, nothing is asked, and twice is harmless', async () => {
    const world = createWorld();
    await world.clock.pass(0);
    const seen = statuses(world);
    let events = 0;
    world.client.events.subscribe(() => events++);
    const socket = world.server.socket;
    const before = world.server.calls.length;
    socket.deliver({ event: { type: 'userOnline', userId: 'ben', data: { lastSeenAt: null } } });
    world.client.dispose();
    world.client.dispose();
    socket.onmessage?.({
      data: JSON.stringify({
        event: { type: 'userOnline', userId: 'ben', data: { lastSeenAt: null } },
      }),
    });
    world.signal('online');
    await world.clock.pass(600_000);
    expect(seen).toEqual([]);
    expect(events).toBe(0);
    expect(world.server.calls.length).toBe(before);
    expect(socket.open).toBe(false);
    expect(world.clock.timers()).toBe(0);
  });

  it('a frame that is no JSON ends the connection, an unknown event does not', async () => {
    const { clock, server, client } = createWorld();
    await clock.pass(0);
    server.socket.deliver({ event: { type: 'somethingNew' } });
    server.socket.deliver({ id: 99_999, result: {} });
    await clock.pass(0);
    expect(client.connection.getSnapshot()).toEqual(synced);
    server.socket.onmessage?.({ data: '<html>' });
    await clock.pass(0);
    expect(client.connection.getSnapshot().status).toBe('reconnecting');
  });
});
