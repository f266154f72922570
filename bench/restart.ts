/**
 * Owns how a rolling restart feels: `npm run bench:restart -- --sockets 5000 --drain 15`. Three nodes with PostgreSQL and
 * NATS, each stopped and started in turn, while the clients of all come back as an SDK does, by a proxy that looks at
 * `/health/ready` every second. Told: the most connects in any second, how long clients were away, and what was refused.
 */
import { parseArgs } from 'node:util';
import { closeAction, subprotocol } from '@natter/protocol';
import { systemClock as clock, systemRandom as random } from '@natter/server';
import { SignJWT } from 'jose';
import { secret } from '../tests/conformance/topology.ts';
import { startCluster } from '../tests/processes/cluster.ts';
import { launch, type Server } from '../tests/processes/server.ts';
import { maskFrame } from './load/frames.ts';
import { createLatency } from './load/latency.ts';
import { openSocket } from './load/socket.ts';

const nodes = 3;
const probeMs = 1_000;
const atOnce = 100;
const backoffMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '5000' },
    drain: { type: 'string', default: '15' },
  },
});
const count = Number(values.sockets);

interface Way {
  name: string;
  drainSeconds: number;
  /** Whether clients wait as they are told. */
  obeys: boolean;
}

const ways: readonly Way[] = [
  { name: 'at once, clients come back at once', drainSeconds: 0, obeys: false },
  { name: 'at once, clients wait 0.5 to 5 s', drainSeconds: 0, obeys: true },
  { name: `over ${values.drain} s`, drainSeconds: Number(values.drain), obeys: true },
];

const tokens = await Promise.all(
  Array.from({ length: count }, (_, at) =>
    new SignJWT({ name: `Person ${at}` })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(`person-${at}`)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret)),
  ),
);
const rows = [];
for (const way of ways) rows.push(await measure(way));
console.table(rows);
process.exit(0);

async function measure(way: Way): Promise<object> {
  await using cluster = await startCluster(nodes, { networks: false, proxies: false });
  const settings = { NATTER_DRAIN_SECONDS: String(way.drainSeconds), NATTER_TRUST_PROXY: '1' };
  const places = cluster.site.nodes.map((place) => ({
    ...place,
    settings: { ...place.settings, ...settings },
  }));
  const servers: Server[] = [];
  await using running = new AsyncDisposableStack();
  running.defer(() => Promise.all(servers.map((server) => server.kill())).then(() => {}));
  for (const place of places) {
    const server = await launch(place);
    servers.push(server);
    await isReady(server);
  }

  const proxy = createProxy(servers);
  const away = createLatency();
  const hello = createLatency();
  const connects: number[] = [];
  let refused = 0;
  let connected = 0;
  let onAll = () => {};

  function createClient(at: number): { connect(): Promise<void> } {
    const token = tokens[at] ?? '';
    // Each its own address, as behind a proxy: rates are counted by address.
    const headers = `X-Forwarded-For: 10.${at >> 16}.${(at >> 8) & 255}.${at & 255}\r\n`;
    let resume: { since: string; epoch: string } | null = null;
    let lostAt: number | null = null;
    let attempt = 0;

    function lost(why: string): void {
      connected -= 1;
      lostAt = clock.now();
      const [code = '', reason = ''] = why.split(' ');
      const action = closeAction(Number(code), reason);
      again(action.do === 'retryAfter' && way.obeys ? action.retryAfterMs : 0);
    }

    function again(ms: number): void {
      clock.after(ms, () => void connect());
    }

    async function connect(): Promise<void> {
      try {
        const said = Promise.withResolvers<void>();
        said.promise.catch(() => {});
        const begunAt = performance.now();
        let isOpen = false;
        const socket = await openSocket({
          port: proxy.next(),
          path: '/v1/socket',
          subprotocol,
          headers,
          onText(text) {
            if (isOpen) return;
            const { result, error } = JSON.parse(text.toString('utf8'));
            if (result === undefined) return said.reject(new Error(error?.code ?? 'no reply'));
            isOpen = true;
            resume = { since: result.since, epoch: result.epoch };
            said.resolve();
          },
          onClosed(why) {
            if (isOpen) lost(why);
            else said.reject(new Error(why));
          },
        });
        connects.push(clock.now());
        socket.countFrom = Number.POSITIVE_INFINITY;
        const params = { token, ...resume };
        socket.send(maskFrame(JSON.stringify({ id: 1, method: 'hello', params })));
        await said.promise;
        hello.record(performance.now() - begunAt);
      } catch {
        refused += 1;
        const cap = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 0;
        attempt += 1;
        return again(random.fraction() * cap);
      }
      attempt = 0;
      if (lostAt !== null) away.record(clock.now() - lostAt);
      lostAt = null;
      connected += 1;
      if (connected === count) onAll();
    }
    return { connect };
  }

  const allBack = async () => {
    if (connected < count) await new Promise<void>((resolve) => (onAll = resolve));
  };
  const clients = Array.from({ length: count }, (_, at) => createClient(at));
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = next++; at < count; at = next++) await clients[at]?.connect();
    }),
  );
  await allBack();

  connects.length = 0;
  refused = 0;
  const begunAt = clock.now();
  for (const [at, server] of servers.entries()) {
    await server.stop();
    await allBack();
    const place = places[at];
    if (place === undefined) throw new Error('unreachable');
    servers[at] = await launch(place, server.port);
    await isReady(servers[at]);
  }
  const seconds = (clock.now() - begunAt) / 1_000;
  proxy.close();
  return {
    way: way.name,
    'most connects in 1 s': peak(connects),
    refused,
    'away p50 s': round(away.at(50) / 1_000),
    'away p99 s': round(away.at(99) / 1_000),
    'hello p99 ms': round(hello.at(99)),
    'all restarted s': round(seconds),
  };
}

/** As long as a busy machine takes. */
async function isReady(server: Server): Promise<void> {
  while (!(await answersReady(server)))
    await new Promise<void>((resolve) => clock.after(probeMs, resolve));
}

function answersReady({ url }: Server): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );
}

/** Sends each to the ready node with the next turn; where none is ready, to any. */
function createProxy(servers: readonly Server[]): { next(): number; close(): void } {
  let ready: readonly Server[] = servers;
  let turn = 0;
  const stop = clock.every(probeMs, async () => {
    const answers = await Promise.all(servers.map(answersReady));
    ready = servers.filter((_, at) => answers[at]);
  });
  return {
    next() {
      turn += 1;
      const among = ready.length > 0 ? ready : servers;
      return among[turn % among.length]?.port ?? 0;
    },
    close: stop,
  };
}

function peak(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [at, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) >= 1_000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
