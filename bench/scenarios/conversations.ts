/**
 * Owns scenarios 2 and 9: many conversations at once, messages at random times (Poisson), everything that comes parsed and
 * checked; and the same for ten minutes, to see whether memory grows.
 */
import { performance } from 'node:perf_hooks';
import { createLatency } from '../load/latency.ts';
import { addFaults, createLedger } from '../load/ledger.ts';
import { ownUsage, type ServerProcess, startServer } from '../load/process.ts';
import { createFractions, poisson, runOpenLoop } from '../load/schedule.ts';
import { percent } from '../load/warnings.ts';
import { userIdOf } from '../subjects/names.ts';
import { type SignedIn, signInAll } from '../subjects/signIn.ts';
import { natter } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

const members = 10;
const payloadBytes = 128;
const drainMs = 30_000;
const rates = [200, 1_000, 2_000];

export const conversations: Scenario = {
  title: '1,000 conversations of 10, messages at random times',
  run: ({ isQuick }) => measure(isQuick ? 50 : 1_000, isQuick ? [200] : rates, 10),
};

export const soak: Scenario = {
  title: 'ten minutes of 1,000 conversations of 10: does memory grow',
  run: ({ isQuick }) => measure(isQuick ? 50 : 1_000, [500], isQuick ? 20 : 600),
};

async function measure(count: number, perSecond: readonly number[], seconds: number) {
  const server = await startServer(natter.server, { conversations: count, members }, [
    '--expose-gc',
  ]);
  try {
    const userIds = Array.from({ length: count * members }, (_, at) =>
      userIdOf(Math.floor(at / members), at % members),
    );
    const crew = await signInAll(natter.dialect, server.port, userIds);
    const rows = [];
    let first = 0;
    for (const rate of perSecond) {
      rows.push(await measureRate(server, crew, { count, rate, messages: rate * seconds, first }));
      first += rate * seconds;
    }
    for (const { socket } of crew) socket.reset();
    return {
      tables: [{ title: `${count} conversations of ${members}, ${seconds} s each`, rows }],
      warnings: [],
    };
  } finally {
    await server.stop();
  }
}

async function measureRate(
  server: ServerProcess,
  crew: readonly SignedIn[],
  {
    count,
    rate,
    messages,
    first,
  }: { count: number; rate: number; messages: number; first: number },
): Promise<Record<string, string | number>> {
  const fraction = createFractions(first + 1);
  const schedule = poisson(messages, rate, first + 2);
  const places = Array.from({ length: messages }, () => Math.floor(fraction() * count));
  /** Which message of its conversation each is, and how many each has. */
  const totals = new Array<number>(count).fill(0);
  const orders = places.map((place) => {
    const order = totals[place] ?? 0;
    totals[place] = order + 1;
    return order;
  });
  const latency = createLatency();
  const done = Promise.withResolvers<void>();
  let begunAt = Number.NaN;
  let missing = messages * members;
  const settle = () => {
    missing -= 1;
    if (missing === 0) done.resolve();
  };
  const ledgers = crew.map((device, index) => {
    const ledger = createLedger();
    device.onHeard = (heard) => {
      if (heard.kind === 'refused') done.reject(new Error(`unable to send: ${heard.why}`));
      if (heard.kind === 'acknowledged') settle();
      if (heard.kind !== 'event') return;
      const at = heard.at - first;
      ledger.heard(orders[at] ?? -1);
      latency.record(performance.now() - begunAt - (schedule[at] ?? 0));
      settle();
    };
    return { ledger, isSender: index % members === 0, place: Math.floor(index / members) };
  });
  const { dialect } = natter;
  const frames = places.map((place, at) => dialect.send(first + at, place, payloadBytes));
  const before = await server.usage();
  const rss: { at: number; bytes: number }[] = [];
  const watch = setInterval(() => {
    void server.usage().then(({ rss: bytes }) => rss.push({ at: performance.now(), bytes }));
  }, 10_000);
  const ownBefore = ownUsage();
  const startedAt = performance.now();
  await runOpenLoop(schedule, (at, intendedAt) => {
    if (at === 0) begunAt = intendedAt - (schedule[0] ?? 0);
    // The first member sends, so that the order of a conversation is known.
    crew[(places[at] ?? 0) * members]?.socket.send(frames[at] ?? Buffer.alloc(0));
  });
  const timeout = setTimeout(done.resolve, drainMs);
  await done.promise;
  clearTimeout(timeout);
  clearInterval(watch);
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  const own = ownUsage();
  const after = await server.usage();
  const cpuSeconds = after.user + after.system - before.user - before.system;
  const { lost, repeated, disordered } = addFaults(
    ledgers.map(({ ledger, isSender, place }) =>
      ledger.faults(isSender ? 0 : (totals[place] ?? 0)),
    ),
  );
  return {
    'messages/s': rate,
    'µs a message': ((cpuSeconds * 1e6) / messages).toFixed(0),
    'p50 ms': latency.at(50).toFixed(1),
    'p99 ms': latency.at(99).toFixed(1),
    'p99.9 ms': latency.at(99.9).toFixed(1),
    'lost/repeated/disordered': `${lost}/${repeated}/${disordered}`,
    'RSS MB': `${(before.rss / 1e6).toFixed(0)}→${(after.rss / 1e6).toFixed(0)}`,
    'RSS slope, KB a minute': rss.length < 4 ? '' : Math.round(slopeOf(rss.slice(1)) * 60),
    'server busy': percent(cpuSeconds / wallSeconds),
    'generator busy': percent(
      (own.user + own.system - ownBefore.user - ownBefore.system) / wallSeconds,
    ),
  };
}

/** Least squares, in bytes a millisecond: KB a second. */
function slopeOf(samples: readonly { at: number; bytes: number }[]): number {
  const mean = (of: (sample: { at: number; bytes: number }) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const middle = mean(({ at }) => at);
  const level = mean(({ bytes }) => bytes);
  const across = samples.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  return samples.reduce((sum, { at, bytes }) => sum + (at - middle) * (bytes - level), 0) / across;
}
