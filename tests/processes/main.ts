/** Owns `npm run faults -- --kills 50`: kills the program under load for as long as it takes, and prints the figures. */
import { parseArgs } from 'node:util';
import { wrongs } from './judge.ts';
import { killAgainAndAgain } from './kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    people: { type: 'string', default: '4' },
    devices: { type: 'string', default: '6' },
  },
});
const startedAt = performance.now();
console.log(`seed ${values.seed}`);
const { verdict, line } = await killAgainAndAgain({
  kills: Number(values.kills),
  seed: Number(values.seed),
  people: Number(values.people),
  devices: Number(values.devices),
  say: console.log,
});
console.log(`${line} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`);
for (const wrong of wrongs(verdict)) console.error(wrong);
process.exit(wrongs(verdict).length === 0 ? 0 : 1);
