/** Owns `npm run bench`: the scenarios by name; without one the main table. What is found is written into bench/report/. */
import { isPinned, pinGenerator } from './load/process.ts';
import { circumstances, publish } from './publish/report.ts';
import { scenarios } from './scenarios/scenarios.ts';

const names = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const isQuick = process.argv.includes('--quick');
const wantedRounds = process.argv.find((flag) => flag.startsWith('--rounds='))?.slice(9);
const rounds = isQuick ? 1 : Number(wantedRounds ?? 5);
const unknown = names.filter((name) => name !== 'all' && !(name in scenarios));
if (unknown.length > 0 || process.argv.includes('--help')) {
  console.log('npm run bench [-- SCENARIO … | all] [--quick] [--rounds=5]\n');
  for (const [name, { title }] of Object.entries(scenarios))
    console.log(`  ${name.padEnd(14)}${title}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}
if (isPinned) pinGenerator();
else console.warn('taskset is missing, or there is one core: server and generator share cores.');

const wanted = names.includes('all')
  ? Object.keys(scenarios)
  : names.length > 0
    ? names
    : ['fanOut'];
for (const name of wanted) {
  const scenario = scenarios[name];
  if (scenario === undefined) continue;
  const at = circumstances();
  console.log(`\n${name}: ${scenario.title}`);
  const outcome = await scenario.run({ isQuick, rounds });
  for (const { title, rows } of outcome.tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
  for (const warning of outcome.warnings) console.warn(`! ${warning}`);
  // A quick run says that it runs, and nothing else.
  if (!isQuick)
    await publish(name, outcome, { ...at, rounds: outcome.rounds ?? rounds }, scenarios);
}
