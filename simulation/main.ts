/** Owns `npm run simulate`: one seed with its trace, or many with a count. */
import { parseArgs } from 'node:util';
import { run } from './run.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' }, seeds: { type: 'string' } } });

process.exit(
  values.seed !== undefined
    ? await replay(Number(values.seed))
    : await many(values.seeds ?? '1..100'),
);

async function replay(seed: number): Promise<number> {
  const outcome = await run(seed, (line) => console.log(line));
  console.log(JSON.stringify(outcome));
  return outcome.violation === null ? 0 : 1;
}

async function many(range: string): Promise<number> {
  const [first = Number.NaN, last = Number.NaN] = range.split('..').map(Number);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) {
    console.error(`unable to run seeds ${range}: give them as 1..100`);
    return 2;
  }
  const begunAt = performance.now();
  const total = { seeds: 0, actions: 0, faults: 0, virtualMs: 0 };
  const failed: number[] = [];
  for (let seed = first; seed <= last; seed++) {
    const outcome = await run(seed);
    total.seeds += 1;
    total.actions += outcome.actions;
    total.faults += outcome.faults;
    total.virtualMs += outcome.virtualMs;
    if (outcome.violation === null) continue;
    failed.push(seed);
    console.log(`seed ${seed}: ${outcome.violation}`);
  }
  const hours = (performance.now() - begunAt) / 3_600_000;
  console.log(
    `${total.seeds} seeds, ${total.actions} actions, ${total.faults} faults, ` +
      `${(total.virtualMs / 3_600_000).toFixed(1)} virtual hours, ` +
      `${Math.round(total.seeds / hours)} seeds an hour, ${failed.length} failed`,
  );
  return failed.length === 0 ? 0 : 1;
}
