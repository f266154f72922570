/**
 * Owns scenario 7: one of 1,000 stops reading. Its neighbours' latency with and without it, in turns; and what the server
 * keeps for it, until it is closed.
 */
import { alternating, figureOf, rangeOf } from '../load/figures.ts';
import { type ServerProcess, startServer } from '../load/process.ts';
import { percent } from '../load/warnings.ts';
import { userIdOf } from '../subjects/names.ts';
import { type SignedIn, signInAll } from '../subjects/signIn.ts';
import { natter } from '../subjects/subjects.ts';
import { type FanOutRun, measurePoint } from './fanOut.ts';
import type { Scenario } from './scenario.ts';

/** More than the kernel and the server keep together for one socket. */
const payloadBytes = 8_000;
const messages = 1_200;
const perSecond = 50;

export const stalled: Scenario = {
  title: 'one reader that stalls among 1,000',
  async run({ isQuick, rounds }) {
    const sockets = isQuick ? 50 : 1_000;
    const server = await startServer(natter.server, { conversations: 1, members: sockets });
    try {
      const userIds = Array.from({ length: sockets }, (_, at) => userIdOf(0, at));
      const runs: { isStalled: boolean; run: FanOutRun; rss: number; closed: string | null }[] = [];
      let first = 0;
      for (const round of alternating([false, true], rounds)) {
        for (const isStalled of round) {
          const crew = await signInAll(natter.dialect, server.port, userIds);
          runs.push({ isStalled, ...(await measure(server, crew, isStalled, first)) });
          first += messages;
          console.log(`… ${isStalled ? 'one that does not read' : 'all read'}: measured`);
          for (const { socket } of crew) socket.reset();
        }
      }
      const rows = [false, true].map((isStalled) => {
        const mine = runs.filter((one) => one.isStalled === isStalled);
        const figure = (of: (run: FanOutRun) => number) => figureOf(mine.map(({ run }) => of(run)));
        const p99 = figure((run) => run.p99);
        const sum = (of: (run: FanOutRun) => number) =>
          mine.reduce((total, { run }) => total + of(run), 0);
        return {
          'among them': isStalled ? 'one that does not read' : 'all read',
          'p50 ms': figure((run) => run.p50).median.toFixed(1),
          'p99 ms': p99.median.toFixed(1),
          range: rangeOf(p99, 1),
          'µs each': figure((run) => run.microsecondsPerDelivery).median.toFixed(2),
          'most RSS MB': Math.round(Math.max(...mine.map(({ rss }) => rss)) / 1e6),
          'lost/repeated/disordered': `${sum((run) => run.lost)}/${sum((run) => run.repeated)}/${sum((run) => run.disordered)}`,
          'the stalled one': [...new Set(mine.map(({ closed }) => closed ?? 'open'))].join(', '),
          'server busy': percent(figure((run) => run.serverBusy).median),
        };
      });
      return {
        tables: [
          {
            title: `${sockets} sockets, ${perSecond} messages a second of ${payloadBytes} bytes`,
            rows,
          },
        ],
        warnings: [],
      };
    } finally {
      await server.stop();
    }
  },
};

async function measure(
  server: ServerProcess,
  crew: readonly SignedIn[],
  isStalled: boolean,
  first: number,
): Promise<{ run: FanOutRun; rss: number; closed: string | null }> {
  const neighbours = crew.slice(0, -1);
  const last = crew.at(-1);
  if (isStalled) last?.socket.pause();
  if (last !== undefined) last.socket.countFrom = payloadBytes;
  const run = await measurePoint(natter, server, neighbours, {
    perSecond,
    messages,
    payloadBytes,
    first,
  });
  const { rss } = await server.usage();
  if (isStalled) {
    last?.socket.resume();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
  return { run, rss, closed: last?.socket.closed ?? null };
}
