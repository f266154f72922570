/**
 * Owns the way of a message over two nodes: `npm run bench:nodes`. Senders are on one, readers on the other, with a real
 * PostgreSQL (fsync on) and a real NATS on loopback. First as many as go through; then a quarter and a half of that, at
 * times fixed beforehand, from which the latencies count.
 */
import { performance } from 'node:perf_hooks';
import { openPostgres, silentLog, systemClock, systemRandom } from '@natter/server';
import { startNats } from '../tests/services/nats.ts';
import { startPostgres } from '../tests/services/postgres.ts';
import { createLatency } from './load/latency.ts';
import { pinGenerator, type ServerProcess, startServer } from './load/process.ts';
import { poisson, runOpenLoop } from './load/schedule.ts';
import { usageOf } from './load/servicesUsage.ts';
import { natterDialect } from './subjects/dialects.ts';
import { userIdOf } from './subjects/names.ts';
import type { NodeOptions } from './subjects/node.server.ts';
import { seedCrowd } from './subjects/seed.ts';
import { type SignedIn, signInAll } from './subjects/signIn.ts';

const crowd = { conversations: 100, members: 2 };
const payloadBytes = 100;
const inFlight = 400;
const [saturateSeconds, steadySeconds] = [4, 10];
const drainMs = 30_000;

interface Nodes {
  servers: readonly ServerProcess[];
  senders: readonly SignedIn[];
  readers: readonly SignedIn[];
}

let next = 0;
await main();

async function main(): Promise<void> {
  // Started before this process keeps to its core, or they would keep to it too.
  const postgres = await startPostgres({ durable: true });
  const nats = await startNats();
  pinGenerator();
  const options: NodeOptions = { databaseUrl: postgres.createDatabase(), busUrl: nats.url };
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const storage = await openPostgres(options.databaseUrl, { runtime });
  await seedCrowd(storage, crowd);
  await storage.close();
  const file = new URL('./subjects/node.server.ts', import.meta.url);
  const [first, second] = [await startServer(file, options), await startServer(file, options)];
  const idsOf = (member: number) =>
    Array.from({ length: crowd.conversations }, (_, at) => userIdOf(at, member));
  const nodes: Nodes = {
    servers: [first, second],
    senders: await signInAll(natterDialect, first.port, idsOf(0)),
    readers: await signInAll(natterDialect, second.port, idsOf(1)),
  };
  await saturate(nodes, 2);
  const rows = [];
  const most = await measured(nodes, 'as many as go', () => saturate(nodes, saturateSeconds));
  rows.push(most);
  for (const [load, part] of [
    ['a quarter', 4],
    ['a half', 2],
  ] as const) {
    const perSecond = Math.round(most['messages/s'] / part);
    rows.push(await measured(nodes, load, () => keepTo(nodes, perSecond)));
  }
  console.table(rows);
  for (const { socket } of [...nodes.senders, ...nodes.readers]) socket.reset();
  for (const server of nodes.servers) await server.stop();
  await nats.stop();
  await postgres.remove();
}

type Run = ReturnType<typeof createRun>;

/** `intended`: when each was to be sent, by its number. */
function createRun({ senders, readers }: Nodes, intended: Map<number, number>) {
  const acknowledgement = createLatency();
  const delivery = createLatency();
  let onAcknowledged: (sender: number) => void = () => {};
  let seconds = 0;
  const took = (at: number) => performance.now() - (intended.get(at) ?? Number.NaN);
  for (const [place, sender] of senders.entries())
    sender.onHeard = (heard) => {
      if (heard.kind === 'refused') throw new Error(`unable to send: ${heard.why}`);
      if (heard.kind !== 'acknowledged' || !intended.has(heard.at)) return;
      acknowledgement.record(took(heard.at));
      onAcknowledged(place);
    };
  for (const reader of readers)
    reader.onHeard = (heard) => {
      if (heard.kind === 'event' && intended.has(heard.at)) delivery.record(took(heard.at));
    };
  return {
    acknowledgement,
    delivery,
    send(place: number, intendedAt: number): void {
      const at = next++;
      intended.set(at, intendedAt);
      senders[place]?.socket.send(natterDialect.send(at, place, payloadBytes));
    },
    set onAcknowledged(listener: typeof onAcknowledged) {
      onAcknowledged = listener;
    },
    get seconds() {
      return seconds;
    },
    /** Of sending: what is on its way then still counts. */
    async end(startedAt: number): Promise<void> {
      seconds = (performance.now() - startedAt) / 1_000;
      const until = performance.now() + drainMs;
      const isMissing = () =>
        acknowledgement.count < intended.size || delivery.count < intended.size;
      while (isMissing() && performance.now() < until)
        await new Promise<void>((resolve) => void systemClock.after(10, resolve));
      if (isMissing())
        throw new Error(
          `${intended.size} sent, ${acknowledgement.count} acknowledged, ${delivery.count} delivered`,
        );
    },
  };
}

/** Always so many on their way. */
async function saturate(nodes: Nodes, forSeconds: number): Promise<Run> {
  const run = createRun(nodes, new Map());
  const startedAt = performance.now();
  const ended = Promise.withResolvers<void>();
  run.onAcknowledged = (place) => {
    const now = performance.now();
    if (now - startedAt < forSeconds * 1_000) run.send(place, now);
    else ended.resolve();
  };
  for (let at = 0; at < inFlight; at++) run.send(at % crowd.conversations, performance.now());
  await ended.promise;
  await run.end(startedAt);
  return run;
}

async function keepTo(nodes: Nodes, perSecond: number): Promise<Run> {
  const run = createRun(nodes, new Map());
  const startedAt = performance.now();
  const schedule = poisson(perSecond * steadySeconds, perSecond, 1);
  await runOpenLoop(schedule, (at, intendedAt) => run.send(at % crowd.conversations, intendedAt));
  await run.end(startedAt);
  return run;
}

async function measured({ servers }: Nodes, load: string, work: () => Promise<Run>) {
  const usage = async () => {
    const each = await Promise.all(servers.map((server) => server.usage()));
    return {
      nodes: each.reduce((sum, { user, system }) => sum + user + system, 0),
      postgres: usageOf('postgres'),
      nats: usageOf('nats-server'),
    };
  };
  const before = await usage();
  const { acknowledgement, delivery, seconds } = await work();
  const after = await usage();
  const each = (of: keyof typeof after) =>
    Math.round(((after[of] - before[of]) * 1e6) / delivery.count);
  return {
    load,
    'messages/s': Math.round(acknowledgement.count / seconds),
    'acknowledged p50, ms': acknowledgement.at(50).toFixed(1),
    'p99, ms': acknowledgement.at(99).toFixed(1),
    'delivered p50, ms': delivery.at(50).toFixed(1),
    'p99 of it, ms': delivery.at(99).toFixed(1),
    'nodes, µs each': each('nodes'),
    'PostgreSQL, µs each': each('postgres'),
    'NATS, µs each': each('nats'),
  };
}
