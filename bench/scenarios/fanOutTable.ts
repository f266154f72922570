/** Owns the main table: scenario 1 in all its sizes, with the peers. */
import { figureOf } from '../load/figures.ts';
import { percent, warningsOf } from '../load/warnings.ts';
import type { Plot } from '../publish/plot.ts';
import {
  natter,
  raw,
  rawBatched,
  type Subject,
  socketIo,
  socketIoDurable,
  ws,
} from '../subjects/subjects.ts';
import { type FanOutRun, measureFanOut, type Point } from './fanOut.ts';
import type { Scenario, Table } from './scenario.ts';

interface Size {
  sockets: number;
  payloadBytes: number;
  subjects: readonly Subject[];
  points: readonly Point[];
}

const everybody = [natter, socketIoDurable, socketIo, ws, raw, rawBatched];
const sizes: readonly Size[] = [
  {
    sockets: 100,
    payloadBytes: 128,
    subjects: everybody,
    points: [
      { perSecond: 100, messages: 100 },
      { perSecond: 5_000, messages: 2_000, saturating: true },
    ],
  },
  {
    sockets: 1_000,
    payloadBytes: 128,
    subjects: everybody,
    points: [
      { perSecond: 10, messages: 20 },
      { perSecond: 50, messages: 50 },
      { perSecond: 1_000, messages: 400, saturating: true },
    ],
  },
  {
    sockets: 1_000,
    payloadBytes: 1_024,
    subjects: [natter, socketIo, rawBatched],
    points: [{ perSecond: 1_000, messages: 200, saturating: true }],
  },
  {
    sockets: 10_000,
    payloadBytes: 128,
    subjects: [natter, socketIo, rawBatched],
    points: [{ perSecond: 100, messages: 40, saturating: true }],
  },
];

export const fanOut: Scenario = {
  title: 'one conversation of 100, 1,000 and 10,000 sockets, at a rising rate, beside its peers',
  async run({ isQuick, rounds }) {
    const tables: Table[] = [];
    const all: FanOutRun[] = [];
    for (const { sockets, payloadBytes, subjects, points } of sizes) {
      const runs: FanOutRun[] = [];
      await measureFanOut(subjects, {
        sockets: isQuick ? Math.min(sockets, 200) : sockets,
        points,
        rounds,
        payloadBytes,
        onRun(run) {
          runs.push(run);
          console.log(
            `… ${run.subject}, ${run.sockets} sockets, ${run.perSecond}/s: ${run.microsecondsPerDelivery.toFixed(2)} µs a delivery`,
          );
        },
      });
      tables.push({
        title: `${sockets.toLocaleString('en')} sockets, ${payloadBytes} bytes`,
        rows: points.flatMap((point) => subjects.map(({ name }) => row(runs, point, name))),
      });
      all.push(...runs);
    }
    const warnings = all.flatMap((run) =>
      warningsOf(run).map(
        (warning) => `${run.subject}, ${run.sockets} sockets, ${run.perSecond}/s: ${warning}`,
      ),
    );
    return { tables, plots: [plot(all)], warnings: summarise(warnings) };
  },
};

function summarise(warnings: readonly string[]): string[] {
  // Once for all rounds: how busy it was is in the table.
  const lines = [...new Set(warnings.map((warning) => warning.replace(/: the server was .*/, '')))];
  return lines.length > 12 ? [...lines.slice(0, 12), `and ${lines.length - 12} more`] : lines;
}

/** Of the highest rate of each size. */
function plot(all: readonly FanOutRun[]): Plot {
  const runs = all.filter((run) => run.saturating && run.payloadBytes === 128);
  const names = [...new Set(runs.map(({ subject }) => subject))];
  const counts = [...new Set(runs.map(({ sockets }) => sockets))];
  return {
    name: 'fanOut',
    title: 'Processor time of the server near saturation',
    x: 'sockets in the conversation',
    y: 'µs a delivery',
    lines: names.map((name) => ({
      name,
      points: counts.flatMap((sockets) => {
        const mine = runs.filter((run) => run.subject === name && run.sockets === sockets);
        if (mine.length === 0) return [];
        return [{ x: sockets, y: figureOf(mine.map((run) => run.microsecondsPerDelivery)).median }];
      }),
    })),
  };
}

function row(
  all: readonly FanOutRun[],
  { perSecond }: Point,
  subject: string,
): Record<string, string | number> {
  const runs = all.filter((run) => run.subject === subject && run.perSecond === perSecond);
  const [first] = runs;
  const figure = (of: (run: FanOutRun) => number) => figureOf(runs.map(of));
  const perCpuSecond = figure((run) => run.deliveriesPerCpuSecond);
  const sum = (of: (run: FanOutRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    server: subject,
    guarantee: first?.guarantee ?? '',
    'messages/s': perSecond,
    'deliveries/CPU s': Math.round(perCpuSecond.median),
    range: `${Math.round(perCpuSecond.least)}–${Math.round(perCpuSecond.most)}`,
    'µs each': figure((run) => run.microsecondsPerDelivery).median.toFixed(2),
    'p50 ms': figure((run) => run.p50).median.toFixed(1),
    'p99 ms': figure((run) => run.p99).median.toFixed(1),
    'p99.9 ms': figure((run) => run.p999).median.toFixed(1),
    'bytes each': Math.round(figure((run) => run.bytesPerDelivery).median),
    'system calls each': figure((run) => run.systemCallsPerDelivery).median.toFixed(2),
    'lost/repeated/disordered': `${sum((run) => run.lost)}/${sum((run) => run.repeated)}/${sum((run) => run.disordered)}`,
    'server busy': percent(figure((run) => run.serverBusy).median),
    'generator busy': percent(figure((run) => run.generatorBusy).median),
  };
}
