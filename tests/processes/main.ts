/**
 * Owns `npm run faults`: `--kills 50` kills the program under load, `--fault nats-killed,node-killed` (or `all`) lets
 * that happen to two nodes, for as long as it takes; prints the figures.
 */
import { parseArgs } from 'node:util';
import { type FaultName, faults } from './faults.ts';
import { type Verdict, wrongs } from './judge.ts';
import { killAgainAndAgain } from './kills.ts';
import { noNetworks } from './network.ts';
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
const startedAt = performance.now();
console.log(`seed ${values.seed}`);
const { verdict, line } = await run();
console.log(`${line} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`);
for (const wrong of wrongs(verdict)) console.error(wrong);
process.exit(wrongs(verdict).length === 0 ? 0 : 1);

async function run(): Promise<{ verdict: Verdict; line: string }> {
  if (values.fault === undefined)
    return await killAgainAndAgain({ ...common, kills: Number(values.kills) });
  const names = readFaults(values.fault);
  if (noNetworks !== null) {
    const cutting = names.find(
      (name) => 'needs' in faults[name] && faults[name].needs === 'networks',
    );
    if (cutting !== undefined)
      fail(`unable to let ${cutting} happen: ${noNetworks}; be root on Linux, with iproute2`);
  }
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  return await letHappen({ ...common, names, rounds: Number(values.rounds), seconds });
}

function readFaults(text: string): FaultName[] {
  const known = Object.keys(faults) as FaultName[];
  if (text === 'all') return known;
  return text.split(',').map((name) => {
    const found = known.find((it) => it === name);
    if (found !== undefined) return found;
    return fail(`no fault is called ${name}; there are: all, ${known.join(', ')}`);
  });
}

function fail(what: string): never {
  console.error(what);
  process.exit(2);
}
