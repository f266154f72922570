/** Owns `npm run simulate`: one seed with its trace, a failing one made short, many with a count, or the mutants. */
import { parseArgs } from 'node:util';
import { runMutants } from './mutants/mutants.ts';
import { run } from './run.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    shrink: { type: 'boolean' },
    steps: { type: 'string' },
    mutants: { type: 'boolean' },
    mutant: { type: 'string' },
  },
});

process.exit(await choose());

async function choose(): Promise<number> {
  if (values.mutants || values.mutant !== undefined) return runMutants(values.mutant ?? null);
  if (values.seed === undefined) return many(values.seeds ?? '1..100');
  if (values.shrink) return shorten(Number(values.seed));
  return replay(Number(values.seed), values.steps?.split(',').map(Number) ?? null);
}

async function replay(seed: number, steps: number[] | null): Promise<number> {
  const keep = steps === null ? null : new Set(steps);
  const outcome = await run(seed, { print: (line) => console.log(line), keep });
  console.log(JSON.stringify(outcome));
  return outcome.violation === null ? 0 : 1;
}

async function shorten(seed: number): Promise<number> {
  const shrunk = await shrink(seed, 200, (line) => console.error(line));
  if (shrunk === null) {
    console.log(`seed ${seed} does not fail`);
    return 0;
  }
  const steps = [...shrunk.keep].join(',');
  await replay(seed, [...shrunk.keep]);
  console.log(
    `\n${shrunk.keep.size} of ${shrunk.outcome.steps} steps, found in ${shrunk.runs} runs:`,
  );
  console.log(`npm run simulate -- --seed ${seed} --steps ${steps}`);
  return 1;
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
