/**
 * Owns scenarios 2 and 9: many conversations at once, messages at random times (Poisson), everything that comes parsed and
 * checked; and the same for ten minutes, to see whether memory grows.
 */
import { performance } from 'node:perf_hooks';
import { figureOf, rangeOf } from '../load/figures.ts';
import { createLatency } from '../load/latency.ts';
import { addFaults, createLedger } from '../load/ledger.ts';
import { ownUsage, type ServerProcess, startServer, type Usage } from '../load/process.ts';
import { createFractions, poisson, runOpenLoop } from '../load/schedule.ts';
import { percent } from '../load/warnings.ts';
import { userIdOf } from '../subjects/names.ts';
import { type SignedIn, signInAll } from '../subjects/signIn.ts';
import { natter } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

interface Run {
  perSecond: number;
  microseconds: number;
  p50: number;
  p99: number;
  p999: number;
  lost: number;
  repeated: number;
  disordered: number;
  /** Every ten seconds, the first and last when it begins and when it ends. */
  memory: Memory[];
  serverBusy: number;
  generatorBusy: number;
}

interface Memory extends Pick<Usage, 'rss' | 'heap'> {
  atMinutes: number;
}

const members = 10;
const payloadBytes = 128;
const drainMs = 30_000;
const watchMs = 10_000;
const rates = [200, 1_000, 2_000];

export const conversations: Scenario = {
  title: '1,000 conversations of 10, messages at random times',
  async run({ isQuick, rounds }) {
    const count = isQuick ? 50 : 1_000;
    const seconds = 10;
    const wanted = isQuick ? [200] : rates;
    const runs = await measure(count, Array.from({ length: rounds }, () => wanted).flat(), seconds);
    const rows = wanted.map((rate) =>
      summarise(runs.filter(({ perSecond }) => perSecond === rate)),
    );
    return {
      tables: [{ title: `${count} conversations of ${members}, ${seconds} s each`, rows }],
      warnings: [],
    };
  },
};

/** At a rate that fills the caches of the database in the first half. */
export const soak: Scenario = {
  title: 'ten minutes of 1,000 conversations of 10: does memory grow',
  async run({ isQuick }) {
    const count = isQuick ? 50 : 1_000;
    const seconds = isQuick ? 20 : 600;
    const runs = await measure(count, [isQuick ? 200 : 1_000], seconds);
    const rows = runs.map((run) => ({ ...summarise([run]), ...growthOf(run.memory) }));
    return {
      tables: [{ title: `${count} conversations of ${members}, ${seconds} s`, rows }],
      rounds: 1,
      warnings: [],
    };
  },
};

async function measure(
  count: number,
  perSecond: readonly number[],
  seconds: number,
): Promise<Run[]> {
  const server = await startServer(natter.server, { conversations: count, members }, [
    '--expose-gc',
  ]);
  try {
    const userIds = Array.from({ length: count * members }, (_, at) =>
      userIdOf(Math.floor(at / members), at % members),
    );
    const crew = await signInAll(natter.dialect, server.port, userIds);
    const runs = [];
    let first = 0;
    for (const rate of perSecond) {
      runs.push(await measureRate(server, crew, { count, rate, messages: rate * seconds, first }));
      console.log(`… ${rate} a second: measured`);
      first += rate * seconds;
    }
    for (const { socket } of crew) socket.reset();
    return runs;
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
): Promise<Run> {
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
  const ownBefore = ownUsage();
  const startedAt = performance.now();
  const memory: Memory[] = [];
  const remember = ({ rss, heap }: Usage) => {
    memory.push({ rss, heap, atMinutes: (performance.now() - startedAt) / 60_000 });
  };
  remember(before);
  const watch = setInterval(() => void server.usage().then(remember), watchMs);
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
  remember(after);
  const cpuSeconds = after.user + after.system - before.user - before.system;
  return {
    perSecond: rate,
    microseconds: (cpuSeconds * 1e6) / messages,
    p50: latency.at(50),
    p99: latency.at(99),
    p999: latency.at(99.9),
    ...addFaults(
      ledgers.map(({ ledger, isSender, place }) =>
        ledger.faults(isSender ? 0 : (totals[place] ?? 0)),
      ),
    ),
    memory,
    serverBusy: cpuSeconds / wallSeconds,
    generatorBusy: (own.user + own.system - ownBefore.user - ownBefore.system) / wallSeconds,
  };
}

function summarise(runs: readonly Run[]): Record<string, string | number> {
  const figure = (of: (run: Run) => number) => figureOf(runs.map(of));
  const total = (of: (run: Run) => number) => runs.reduce((sum, run) => sum + of(run), 0);
  const cost = figure((run) => run.microseconds);
  return {
    'messages/s': figure((run) => run.perSecond).median,
    'µs a message': cost.median.toFixed(0),
    range: rangeOf(cost, 0),
    'p50 ms': figure((run) => run.p50).median.toFixed(1),
    'p99 ms': figure((run) => run.p99).median.toFixed(1),
    'p99.9 ms': figure((run) => run.p999).median.toFixed(1),
    'lost/repeated/disordered': `${total((run) => run.lost)}/${total((run) => run.repeated)}/${total((run) => run.disordered)}`,
    'server busy': percent(figure((run) => run.serverBusy).median),
    'generator busy': percent(figure((run) => run.generatorBusy).median),
  };
}

/** At first, in the middle, at last; and how fast it grows from the middle on, KB a minute. */
function growthOf(memory: readonly Memory[]): Record<string, string | number> {
  const middle = Math.floor(memory.length / 2);
  const places = [memory[0], memory[middle], memory.at(-1)];
  const columns = (name: string, of: (memory: Memory) => number) => ({
    [`${name} MB`]: places
      .map((one) => (one === undefined ? '' : (of(one) / 1e6).toFixed(0)))
      .join('→'),
    [`${name}, 2nd half, KB a minute`]: Math.round(slopeOf(memory.slice(middle), of) / 1_000),
  });
  return { ...columns('RSS', ({ rss }) => rss), ...columns('heap', ({ heap }) => heap) };
}

/** Least squares, bytes a minute. */
function slopeOf(memory: readonly Memory[], of: (memory: Memory) => number): number {
  const mean = (value: (memory: Memory) => number) =>
    memory.reduce((sum, one) => sum + value(one), 0) / memory.length;
  const middle = mean(({ atMinutes }) => atMinutes);
  const level = mean(of);
  const across = memory.reduce((sum, { atMinutes }) => sum + (atMinutes - middle) ** 2, 0);
  return (
    memory.reduce((sum, one) => sum + (one.atMinutes - middle) * (of(one) - level), 0) / across
  );
}
