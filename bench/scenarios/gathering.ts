/** Owns what gathering costs where there is nothing to gather: few messages a second, beside the same server writing at once. */
import { figureOf, rangeOf } from '../load/figures.ts';
import { natter, natterAtOnce } from '../subjects/subjects.ts';
import { type FanOutRun, measureFanOut } from './fanOut.ts';
import type { Scenario } from './scenario.ts';

const perSecond = 10;
const payloadBytes = 128;
const subjects = [natter, natterAtOnce];

export const gathering: Scenario = {
  title: 'ten messages a second to 1,000 sockets, gathered and written at once',
  async run({ isQuick, rounds }) {
    const sockets = isQuick ? 200 : 1_000;
    const runs: FanOutRun[] = [];
    await measureFanOut(subjects, {
      sockets,
      points: [{ perSecond, messages: isQuick ? 20 : 100 }],
      rounds,
      payloadBytes,
      onRun(run) {
        runs.push(run);
        console.log(`… ${run.subject}: p50 ${run.p50.toFixed(2)} ms`);
      },
    });
    const rows = subjects.map(({ name }) => {
      const mine = runs.filter(({ subject }) => subject === name);
      const figure = (of: (run: FanOutRun) => number) => figureOf(mine.map(of));
      const p50 = figure((run) => run.p50);
      const sum = (of: (run: FanOutRun) => number) =>
        mine.reduce((total, run) => total + of(run), 0);
      return {
        server: name,
        'p50 ms': p50.median.toFixed(2),
        range: rangeOf(p50, 2),
        'p99 ms': figure((run) => run.p99).median.toFixed(2),
        'µs each': figure((run) => run.microsecondsPerDelivery).median.toFixed(2),
        'lost/repeated/disordered': `${sum((run) => run.lost)}/${sum((run) => run.repeated)}/${sum((run) => run.disordered)}`,
      };
    });
    return { tables: [{ title: `${sockets} sockets, ${payloadBytes} bytes`, rows }], warnings: [] };
  },
};
