import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../../tests/conformance/program.ts';
import { type NatsServer, natsProgram, startNats } from '../../../../../tests/services/nats.ts';
import { createMovableClock } from '../../../test/clock.ts';
import type { Runtime } from '../../runtime/contract.ts';
import { silentLog, systemClock, systemRandom } from '../../runtime/system.ts';
import { describeBus } from '../contract.suite.ts';
import type { Bus, Topic } from '../contract.ts';
import { openNats } from './nats.ts';

const runtime: Runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const patient = { timeout: 20_000, interval: 20 };
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);

function listen(bus: Bus, topic: Topic) {
  const heard: string[] = [];
  const stop = bus.subscribe(topic, (payload) => void heard.push(text(payload)));
  return { heard, stop };
}

function countGaps(bus: Bus) {
  const gaps = { told: 0 };
  bus.onGap(() => {
    gaps.told += 1;
  });
  return gaps;
}

describe.skipIf(natsProgram === undefined)('on a real NATS', { timeout: 40_000 }, () => {
  let nats: NatsServer;
  const open: Bus[] = [];
  const servers: NatsServer[] = [];
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(() => nats.stop());
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
    for (const server of servers.splice(0)) await server.stop();
  });

  async function openBus(url = nats.url, more: Partial<Runtime> = {}): Promise<Bus> {
    const bus = await openNats({ url, runtime: { ...runtime, ...more } });
    open.push(bus);
    return bus;
  }

  /** One that a test may break. */
  async function ownNats(configuration?: string): Promise<NatsServer> {
    const server = await startNats(configuration);
    servers.push(server);
    return server;
  }

  describeBus('nats', () => openNats({ url: nats.url, runtime }));

  describe('two nodes', () => {
    it('[ORDER5] what one publishes comes to the other once and in order, and to itself once, at once', async () => {
      const [a, b] = [await openBus(), await openBus()];
      const [own, other] = [listen(a, 'user.x'), listen(b, 'user.x')];
      await b.subscribed();
      const sent = Array.from({ length: 1_000 }, (_, at) => `${at}`);
      for (const each of sent) a.publish('user.x', bytes(each));
      expect(own.heard).toEqual(sent);
      await vi.waitFor(() => expect(other.heard).toHaveLength(sent.length), patient);
      expect(other.heard).toEqual(sent);
    });

    it('[ORDER5] what a subscriber publishes while it is told comes after, on the other node too', async () => {
      const [a, b] = [await openBus(), await openBus()];
      const { heard } = listen(b, 'user.x');
      await b.subscribed();
      a.subscribe('user.x', (payload) => {
        if (text(payload) === 'question') a.publish('user.x', bytes('answer'));
      });
      a.publish('user.x', bytes('question'));
      await vi.waitFor(() => expect(heard).toEqual(['question', 'answer']), patient);
    });

    it('[HELLO4] nothing falls between: what follows the settling of a subscription is told, each time', async () => {
      const [a, b] = [await openBus(), await openBus()];
      const heard: string[][] = [];
      for (let at = 0; at < 200; at++) {
        const topic: Topic = `user.${at}`;
        heard.push(listen(b, topic).heard);
        await b.subscribed();
        a.publish(topic, bytes('x'));
      }
      await vi.waitFor(() => expect(heard.at(-1)).toEqual(['x']), patient);
      expect(heard).toEqual(heard.map(() => ['x']));
    });

    it('ids that mean something to NATS, and blanks, are ids', async () => {
      const [a, b] = [await openBus(), await openBus()];
      const ids = ['*', '>', 'a.*', 'a.b', 'a b', ' nodes', 'ä', '=2a'] as const;
      const heard = ids.map((id) => listen(b, `user.${id}`).heard);
      await b.subscribed();
      for (const id of [...ids, 'a.c', 'end'] as const) a.publish(`user.${id}`, bytes(id));
      const last = ids.length - 1;
      await vi.waitFor(() => expect(heard[last]).toEqual([ids[last]]), patient);
      expect(heard).toEqual(ids.map((id) => [id]));
    });

    it('installations with different prefixes do not hear each other', async () => {
      const [a, b] = [
        await openBus(`${nats.url}?prefix=one`),
        await openBus(`${nats.url}?prefix=two`),
      ];
      const c = await openBus(`${nats.url}?prefix=one`);
      const [stranger, friend] = [listen(b, 'user.x'), listen(c, 'user.x')];
      await b.subscribed();
      await c.subscribed();
      a.publish('user.x', bytes('x'));
      await vi.waitFor(() => expect(friend.heard).toEqual(['x']), patient);
      b.publish('user.x', bytes('fence'));
      expect(stranger.heard).toEqual(['fence']);
    });

    it('what was published right before closing is not lost', async () => {
      const [a, b] = [await openBus(), await openBus()];
      const { heard } = listen(b, 'user.x');
      await b.subscribed();
      a.publish('user.x', bytes('last'));
      await a.close();
      await vi.waitFor(() => expect(heard).toEqual(['last']), patient);
    });

    it('a subscriber that throws, or a message too large for NATS, costs only itself', async () => {
      const errors: unknown[] = [];
      const [a, b] = [
        await openBus(),
        await openNats({ url: nats.url, runtime, onError: (error) => errors.push(error) }),
      ];
      open.push(b);
      const fault = new Error('a fault of a subscriber');
      b.subscribe('user.x', () => {
        throw fault;
      });
      const [own, other] = [listen(a, 'user.x'), listen(b, 'user.x')];
      await b.subscribed();
      a.publish('user.x', new Uint8Array(2 * 1_024 * 1_024));
      a.publish('user.x', bytes('small'));
      await vi.waitFor(() => expect(other.heard).toEqual(['small']), patient);
      expect(own.heard).toHaveLength(2);
      expect(errors).toEqual([fault]);
    });
  });

  it('a node is subscribed once to what it follows, however many do, and no more after the last', async () => {
    const monitor = await freePort();
    const { url } = await ownNats(`http: "127.0.0.1:${monitor}"`);
    const bus = await openBus(url);
    const [one, other] = [listen(bus, 'user.x'), listen(bus, 'user.x')];
    const subscriptions = async () => {
      await bus.subscribed();
      const answer = await fetch(`http://127.0.0.1:${monitor}/connz?subs=1`);
      const { connections } = (await answer.json()) as {
        connections: { subscriptions_list?: string[] }[];
      };
      return connections.flatMap((each) => each.subscriptions_list ?? []);
    };
    expect(await subscriptions()).toEqual(['natter.user.x']);
    one.stop();
    listen(bus, 'user.y').stop();
    expect(await subscriptions()).toEqual(['natter.user.x']);
    other.stop();
    listen(bus, 'user.z');
    expect(await subscriptions()).toEqual(['natter.user.z']);
  });

  it('[REPAIR2][HEADS8] NATS is killed and comes back: own messages go on, and one gap is told once all are heard again', async () => {
    const server = await ownNats();
    const [a, b] = [await openBus(server.url), await openBus(server.url)];
    const before = listen(b, 'user.before');
    const unfollowed = listen(b, 'user.unfollowed');
    const gaps = countGaps(b);
    await b.subscribed();
    await server.kill();
    await vi.waitFor(() => expect([a.isConnected, b.isConnected]).toEqual([false, false]), patient);
    const own = listen(a, 'user.before');
    a.publish('user.before', bytes('lost'));
    expect(own.heard).toEqual(['lost']);
    const meanwhile = listen(b, 'user.meanwhile');
    unfollowed.stop();
    expect(b.subscribed()).toBeNull();
    await server.start();
    await vi.waitFor(() => expect([a.isConnected, b.isConnected]).toEqual([true, true]), patient);
    expect(gaps.told).toBe(1);
    for (const topic of ['user.unfollowed', 'user.before', 'user.meanwhile'] as const)
      a.publish(topic, bytes('again'));
    await vi.waitFor(() => expect(meanwhile.heard).toEqual(['again']), patient);
    expect(before.heard).toEqual(['again']);
    expect(unfollowed.heard).toEqual([]);
    expect(gaps.told).toBe(1);
  });

  it('closing while NATS is away ends at once, and it is not dialled again', async () => {
    const server = await ownNats();
    const bus = await openBus(server.url);
    await server.kill();
    await vi.waitFor(() => expect(bus.isConnected).toBe(false), patient);
    await bus.close();
    let dialled = 0;
    const listener = createServer(() => {
      dialled += 1;
    }).listen(server.port, '127.0.0.1');
    const next = await openNats({ url: nats.url, runtime });
    await next.close();
    await new Promise((resolve) => listener.close(resolve));
    expect(dialled).toBe(0);
  });

  describe('a start without NATS', () => {
    it('[REPAIR2] is possible, and ends in a gap once NATS is there', async () => {
      const server = await ownNats();
      await server.kill();
      const bus = await openBus(server.url);
      expect(bus.isConnected).toBe(false);
      const gaps = countGaps(bus);
      const { heard } = listen(bus, 'user.x');
      bus.publish('user.x', bytes('own'));
      expect(heard).toEqual(['own']);
      await server.start();
      await vi.waitFor(() => expect(bus.isConnected).toBe(true), patient);
      expect(gaps.told).toBe(1);
      (await openBus(server.url)).publish('user.x', bytes('of another'));
      await vi.waitFor(() => expect(heard).toEqual(['own', 'of another']), patient);
    });

    it('takes five seconds at most, where somebody answers and says nothing', async () => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      await new Promise((resolve) => silent.once('listening', resolve));
      const address = silent.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const clock = createMovableClock();
      const opening = openBus(`nats://127.0.0.1:${port}`, { clock });
      clock.advance(5_000);
      const bus = await opening;
      expect(bus.isConnected).toBe(false);
      const closing = bus.close();
      clock.advance(2_000);
      await closing;
      silent.close();
    });
  });

  it('[FULL1] what NATS does not read is bounded, and what is beyond is lost', async () => {
    const server = await ownNats();
    const [a, b] = [await openBus(server.url), await openBus(server.url)];
    const sizes: number[] = [];
    b.subscribe('user.x', (payload) => void sizes.push(payload.length));
    await b.subscribed();
    server.freeze();
    for (let at = 0; at < 60; at++) a.publish('user.x', new Uint8Array(1_000_000));
    // Settling does not wait for it for ever either.
    const { heard } = listen(a, 'user.y');
    server.thaw();
    await a.subscribed();
    b.publish('user.y', bytes('fence'));
    await vi.waitFor(() => expect(heard).toEqual(['fence']), patient);
    await vi.waitFor(() => {
      a.publish('user.x', bytes('small'));
      expect(sizes).toContain(5);
    }, patient);
    expect(sizes.filter((size) => size === 1_000_000)).toHaveLength(16);
  });

  it('[HELLO4] a subscription that NATS does not answer holds nobody up for more than a second', async () => {
    const server = await ownNats();
    const clock = createMovableClock();
    const bus = await openBus(server.url, { clock });
    server.freeze();
    listen(bus, 'user.x');
    const settled = bus.subscribed();
    clock.advance(1_000);
    await settled;
    server.thaw();
  });

  it('[REPAIR2] a topic that NATS refuses is a gap and no connection, and the others are heard', async () => {
    const server = await ownNats(`authorization {
      users = [
        { user: free, password: "one" }
        { user: bound, password: "two", permissions: { subscribe: { deny: "natter.user.secret" } } }
      ]
    }`);
    const host = `127.0.0.1:${server.port}`;
    const logged: string[] = [];
    const log = { ...silentLog, error: (_facts: object, message: string) => logged.push(message) };
    const [a, b] = [
      await openBus(`nats://free:one@${host}`),
      await openBus(`nats://bound:two@${host}`, { log }),
    ];
    const gaps = countGaps(b);
    const [secret, other] = [listen(b, 'user.secret'), listen(b, 'user.x')];
    await vi.waitFor(() => expect(gaps.told).toBe(1), patient);
    expect(b.isConnected).toBe(false);
    expect(logged).toEqual([expect.stringContaining('NATS refuses a subscription')]);
    for (const topic of ['user.secret', 'user.x'] as const) a.publish(topic, bytes('x'));
    await vi.waitFor(() => expect(other.heard).toEqual(['x']), patient);
    expect(secret.heard).toEqual([]);
    secret.stop();
    expect(b.isConnected).toBe(true);
  });
});
