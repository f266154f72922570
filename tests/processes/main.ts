/**
 * Owns `npm run faults`: `--kills 50` kills the program under load, `--fault nats-killed` (or `all`) does something to
 * two nodes, for as long as it takes; prints the figures.
 */
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { type Verdict, wrongs } from './judge.ts';
import { killAgainAndAgain } from './kills.ts';
import { letHappen } from './rounds.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    fault: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    people: { type: 'string', default: '4' },
    devices: { type: 'string', default: '6' },
  },
});
const common = {
  seed: Number(values.seed),
  people: Number(values.people),
  devices: Number(values.devices),
  say: console.log,
};
const chosen = values.fault === 'all' ? Object.keys(faults) : [values.fault];
let isRight = true;
console.log(`seed ${values.seed}`);
for (const name of chosen) {
  const startedAt = performance.now();
  const { verdict, line } = await run(name);
  console.log(`${line} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`);
  for (const wrong of wrongs(verdict)) console.error(wrong);
  isRight &&= wrongs(verdict).length === 0;
}
process.exit(isRight ? 0 : 1);

async function run(name: string | undefined): Promise<{ verdict: Verdict; line: string }> {
  if (name === undefined)
    return await killAgainAndAgain({ ...common, kills: Number(values.kills) });
  const fault = faults[name];
  if (fault === undefined)
    throw new Error(
      `no fault is called ${name}; there are: all, ${Object.keys(faults).join(', ')}`,
    );
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  return await letHappen({ ...common, name, fault, rounds: Number(values.rounds), seconds });
}
