/** Owns `npm run bench`: the scenarios by name; without one the main table, into bench/report/. */
import { isPinned, pinGenerator } from './load/process.ts';
import { scenarios } from './scenarios/scenarios.ts';

const names = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const isQuick = process.argv.includes('--quick');
const unknown = names.filter((name) => !(name in scenarios));
if (unknown.length > 0 || process.argv.includes('--help')) {
  console.log('npm run bench [-- SCENARIO … --quick]\n');
  for (const [name, { title }] of Object.entries(scenarios))
    console.log(`  ${name.padEnd(12)}${title}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}
if (isPinned) pinGenerator();
else console.warn('taskset is missing, or there is one core: server and generator share cores.');
for (const name of names.length > 0 ? names : ['fanOut']) {
  const scenario = scenarios[name];
  if (scenario === undefined) continue;
  console.log(`\n${name}: ${scenario.title}`);
  await scenario.run({ isQuick });
}
