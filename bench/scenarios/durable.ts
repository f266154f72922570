/**
 * Owns scenario 5: what a durable send costs until its acknowledgement. Spread: 64 senders in a conversation each; one: one
 * conversation, its sends one behind the other. Nobody else listens, so that it is the write that is measured.
 */
import { performance } from 'node:perf_hooks';
import { alternating, figureOf, rangeOf } from '../load/figures.ts';
import { createLatency } from '../load/latency.ts';
import { createLedger } from '../load/ledger.ts';
import { ownUsage, type ServerProcess, startServer } from '../load/process.ts';
import { poisson, runOpenLoop } from '../load/schedule.ts';
import { percent, warningsOf } from '../load/warnings.ts';
import { userIdOf } from '../subjects/names.ts';
import { type SignedIn, signInAll } from '../subjects/signIn.ts';
import { natter, type Subject, socketIoDurable } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

interface Run {
  subject: string;
  perSecond: number;
  acknowledgedPerSecond: number;
  microseconds: number;
  p50: number;
  p99: number;
  unanswered: number;
  repeated: number;
  serverBusy: number;
  generatorBusy: number;
  saturating: boolean;
}

const senders = 64;
const payloadBytes = 128;
const rates = [1_000, 5_000, 10_000, 40_000];
const drainMs = 30_000;

export const durable: Scenario = {
  title: 'durable send to acknowledgement, 64 senders and one',
  async run({ rounds }) {
    const warnings: string[] = [];
    const spread = await measure([natter], senders, rounds);
    const one = await measure([natter, socketIoDurable], 1, rounds);
    const rowsOf = (runs: readonly Run[]) => {
      for (const run of runs)
        for (const warning of warningsOf(run))
          warnings.push(`${run.subject}, ${run.perSecond} a second: ${warning}`);
      return summarise(runs);
    };
    const tables = [
      { title: `${senders} senders, a conversation each`, rows: rowsOf(spread) },
      { title: 'one sender, one conversation', rows: rowsOf(one) },
    ];
    return { tables, warnings: [...new Set(warnings)].slice(0, 12) };
  },
};

async function measure(
  subjects: readonly Subject[],
  count: number,
  rounds: number,
): Promise<Run[]> {
  const runs: Run[] = [];
  const servers = new Map<Subject, ServerProcess>();
  let number = 0;
  try {
    for (const subject of subjects) {
      const crowd = { conversations: count, members: 2 };
      servers.set(subject, await startServer(subject.server, { ...crowd, ...subject.options }));
    }
    for (const round of alternating(subjects, rounds)) {
      for (const subject of round) {
        const server = servers.get(subject);
        if (server === undefined) continue;
        const userIds = Array.from({ length: count }, (_, at) => userIdOf(at, 0));
        const crew = await signInAll(subject.dialect, server.port, userIds);
        for (const perSecond of [2_000, ...rates]) {
          const messages = Math.min(perSecond, subject === natter ? 10_000 : 500);
          const run = await measureRate(subject, server, crew, {
            perSecond,
            messages,
            first: number,
          });
          number += messages;
          // The first warms up.
          if (perSecond !== 2_000) runs.push(run);
        }
        for (const { socket } of crew) socket.reset();
      }
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
  return runs;
}

async function measureRate(
  subject: Subject,
  server: ServerProcess,
  crew: readonly SignedIn[],
  { perSecond, messages, first }: { perSecond: number; messages: number; first: number },
): Promise<Run> {
  const schedule = poisson(messages, perSecond, first);
  const frames = Array.from({ length: messages }, (_, at) =>
    subject.dialect.send(first + at, at % crew.length, payloadBytes),
  );
  const latency = createLatency();
  const ledger = createLedger();
  const done = Promise.withResolvers<void>();
  let begunAt = Number.NaN;
  let answered = 0;
  for (const sender of crew) {
    sender.onHeard = (heard) => {
      if (heard.kind === 'refused') done.reject(new Error(`unable to send: ${heard.why}`));
      if (heard.kind !== 'acknowledged') return;
      const at = heard.at - first;
      ledger.heard(at);
      latency.record(performance.now() - begunAt - (schedule[at] ?? 0));
      answered += 1;
      if (answered === messages) done.resolve();
    };
  }
  const before = await server.usage();
  const ownBefore = ownUsage();
  const startedAt = performance.now();
  const timeout = setTimeout(done.resolve, drainMs);
  await runOpenLoop(schedule, (at, intendedAt) => {
    if (at === 0) begunAt = intendedAt - (schedule[0] ?? 0);
    crew[at % crew.length]?.socket.send(frames[at] ?? Buffer.alloc(0));
  });
  await done.promise;
  clearTimeout(timeout);
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  const own = ownUsage();
  const after = await server.usage();
  const cpuSeconds = after.user + after.system - before.user - before.system;
  const { lost, repeated } = ledger.faults(messages);
  return {
    subject: subject.name,
    perSecond,
    acknowledgedPerSecond: answered / wallSeconds,
    microseconds: (cpuSeconds * 1e6) / answered,
    p50: latency.at(50),
    p99: latency.at(99),
    unanswered: lost,
    repeated,
    serverBusy: cpuSeconds / wallSeconds,
    generatorBusy: (own.user + own.system - ownBefore.user - ownBefore.system) / wallSeconds,
    saturating: perSecond === rates.at(-1),
  };
}

function summarise(all: readonly Run[]): Record<string, string | number>[] {
  const names = [...new Set(all.map(({ subject }) => subject))];
  return rates.flatMap((perSecond) =>
    names.map((subject) => {
      const runs = all.filter((run) => run.subject === subject && run.perSecond === perSecond);
      const figure = (of: (run: Run) => number) => figureOf(runs.map(of));
      const cost = figure((run) => run.microseconds);
      const total = (of: (run: Run) => number) => runs.reduce((sum, run) => sum + of(run), 0);
      return {
        server: subject,
        'sends/s wanted': perSecond,
        'acknowledged/s': Math.round(figure((run) => run.acknowledgedPerSecond).median),
        'µs each': cost.median.toFixed(1),
        range: rangeOf(cost, 1),
        'p50 ms': figure((run) => run.p50).median.toFixed(1),
        'p99 ms': figure((run) => run.p99).median.toFixed(1),
        'unanswered/repeated': `${total((run) => run.unanswered)}/${total((run) => run.repeated)}`,
        'server busy': percent(figure((run) => run.serverBusy).median),
        'generator busy': percent(figure((run) => run.generatorBusy).median),
      };
    }),
  );
}
