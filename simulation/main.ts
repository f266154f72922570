/** Owns `npm run simulate`: one seed with its trace, a failing one made short, many with a count, or the mutants. */
import { parseArgs } from 'node:util';
import { runMutants } from './mutants/mutants.ts';
import { run } from './run.ts';
import { shrink } from './shrink.ts';

/** `--several` is a mode of each of them: at least two nodes and a poor bus. */
const seedsATelling = 100;
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    shrink: { type: 'boolean' },
    steps: { type: 'string' },
    mutants: { type: 'boolean' },
    mutant: { type: 'string' },
    hunt: { type: 'string' },
    twice: { type: 'string' },
    several: { type: 'boolean', default: false },
  },
});
const { several } = values;
const mode = several ? ' --several' : '';

process.exit(await choose());

async function choose(): Promise<number> {
  if (values.hunt !== undefined) return hunt(values.hunt);
  if (values.twice !== undefined) return twice(values.twice);
  if (values.mutants || values.mutant !== undefined) return runMutants(values.mutant ?? null);
  if (values.seed === undefined) return many(values.seeds ?? '1..100');
  if (values.shrink) return shorten(Number(values.seed));
  return replay(Number(values.seed), values.steps?.split(',').map(Number) ?? null);
}

async function replay(seed: number, steps: number[] | null): Promise<number> {
  const keep = steps === null ? null : new Set(steps);
  const outcome = await run(seed, { print: (line) => console.log(line), keep, several });
  console.log(JSON.stringify(outcome));
  return outcome.violation === null ? 0 : 1;
}

async function shorten(seed: number): Promise<number> {
  const shrunk = await shrink(seed, { runsMax: 200, several, tell: (line) => console.error(line) });
  if (shrunk === null) {
    console.log(`seed ${seed} does not fail`);
    return 0;
  }
  const steps = [...shrunk.keep].join(',');
  await replay(seed, [...shrunk.keep]);
  console.log(
    `\n${shrunk.keep.size} of ${shrunk.outcome.steps} steps, found in ${shrunk.runs} runs:`,
  );
  console.log(`npm run simulate -- --seed ${seed}${mode} --steps ${steps}`);
  return 1;
}

/** One seed is one run: the same trace and the same frames each time. */
async function twice(range: string): Promise<number> {
  const [first = 1, last = 3] = range.split('..').map(Number);
  let differing = 0;
  for (let seed = first; seed <= last; seed++) {
    const [one, other] = [await run(seed, { several }), await run(seed, { several })];
    if (one.hash === other.hash) continue;
    differing += 1;
    console.log(`seed ${seed} is not the same twice: ${one.hash}, ${other.hash}`);
  }
  return differing === 0 ? 0 : 1;
}

/** For the table of mutants: the first seed that fails, as one line of JSON. */
async function hunt(range: string): Promise<number> {
  const [first = 1, last = 100] = range.split('..').map(Number);
  for (let seed = first; seed <= last; seed++) {
    const { violation } = await run(seed).catch((error: unknown) => ({
      violation: `threw: ${String(error)}`,
    }));
    if (violation === null) continue;
    console.log(JSON.stringify({ seed, violation }));
    return 0;
  }
  console.log(JSON.stringify({ seed: null, violation: null }));
  return 0;
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
    const outcome = await run(seed, { several });
    total.seeds += 1;
    total.actions += outcome.actions;
    total.faults += outcome.faults;
    total.virtualMs += outcome.virtualMs;
    if (outcome.violation !== null) {
      failed.push(seed);
      console.log(
        `seed ${seed}: ${outcome.violation}\n  npm run simulate -- --seed ${seed}${mode}`,
      );
    }
    if (total.seeds % seedsATelling === 0 && seed < last) console.error(`… ${describe()}`);
  }
  console.log(describe());
  return failed.length === 0 ? 0 : 1;

  function describe(): string {
    const hours = (performance.now() - begunAt) / 3_600_000;
    return (
      `${total.seeds} seeds, ${total.actions} actions, ${total.faults} faults, ` +
      `${(total.virtualMs / 3_600_000).toFixed(1)} virtual hours, ` +
      `${Math.round(total.seeds / hours)} seeds an hour, ${failed.length} failed`
    );
  }
}
