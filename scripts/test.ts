/**
 * Owns `npm test`: runs every step in order, counts each check and each test, and ends with one
 * line that says how it went. `npm test -- types unit` runs only the steps it names.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, type Readiness, type RequirementName } from './prepare.ts';
import {
  addTallies,
  closingLine,
  hasSucceeded,
  nothing,
  type Tally,
  tallyVitest,
  type VitestReport,
} from './tally.ts';

/** A check passes or fails as a whole; a suite counts its tests. */
type Step =
  | { kind: 'check'; name: string; script: string }
  | {
      kind: 'suite';
      name: string;
      projects: readonly string[];
      /** Those of its files whose path contains one of these; all of them when left out. */
      files?: readonly string[];
      needs?: readonly RequirementName[];
      variables?: Readonly<Record<string, string>>;
    };

const steps: readonly Step[] = [
  { kind: 'check', name: 'types', script: 'check:types' },
  { kind: 'check', name: 'lint', script: 'check:lint' },
  { kind: 'check', name: 'architecture', script: 'check:architecture' },
  { kind: 'check', name: 'unused', script: 'check:unused' },
  { kind: 'check', name: 'build', script: 'build' },
  { kind: 'check', name: 'size', script: 'check:size' },
  { kind: 'suite', name: 'unit', projects: ['unit', 'dom'] },
  { kind: 'suite', name: 'conformance', projects: ['conformance'] },
  {
    kind: 'suite',
    name: 'nodes',
    projects: ['conformance'],
    // Where it can matter that the other side is on another node. The rest asks one node at a time.
    files: ['order', 'messages', 'cursors', 'presence', 'roles', 'systemLines', 'files'].map(
      (name) => `tests/conformance/${name}.`,
    ),
    variables: { NATTER_TEST_TOPOLOGY: 'two' },
    needs: ['postgres', 'nats'],
  },
  { kind: 'suite', name: 'processes', projects: ['processes'] },
  { kind: 'suite', name: 'simulation', projects: ['simulation'] },
  { kind: 'suite', name: 'browser', projects: ['browser'], needs: ['chromium'] },
];

/** Test files often wait, for a process to start or a page to be drawn: more of them than there are cores. */
const filesAtOnce = availableParallelism() + 1;

const passed: Tally = { ...nothing, passed: 1 };
const failed: Tally = { ...nothing, failed: 1 };
const skipped: Tally = { ...nothing, skipped: 1 };

process.exit(run(process.argv.slice(2)));

function run(names: readonly string[]): number {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(', ');
    console.error(`unable to run ${unknown.join(', ')}: the steps are ${known}`);
    return 1;
  }
  const chosen = steps.filter((step) => names.length === 0 || names.includes(step.name));
  const tallies = new Map<string, Tally>();
  let readiness: Readiness[] = [];
  if (chosen.some((step) => step.kind === 'suite')) {
    tallies.set(
      'prepare',
      report('prepare', () => {
        readiness = prepare();
        return tallyReadiness(readiness);
      }),
    );
  }
  for (const step of chosen) {
    tallies.set(
      step.name,
      report(step.name, () => runStep(step, readiness)),
    );
  }
  const total = sum(tallies.values());
  const suites = chosen.filter((step) => step.kind === 'suite');
  const tested = sum(suites.map((step) => tallies.get(step.name) ?? nothing));
  const failures = [...tallies].filter(([, tally]) => tally.failed > 0).map(([name]) => name);
  const ranNoTest = suites.length > 0 && tested.passed + tested.failed === 0;
  console.log(failures.length > 0 ? `\nfailed: ${failures.join(', ')}` : '');
  if (ranNoTest) console.log('no test ran');
  console.log(closingLine(total));
  return hasSucceeded(total) && !ranNoTest ? 0 : 1;
}

function sum(tallies: Iterable<Tally>): Tally {
  return [...tallies].reduce(addTallies, nothing);
}

function runStep(step: Step, readiness: readonly Readiness[]): Tally {
  if (step.kind === 'check') return runCheck(step.script);
  const lacking = readiness.some(
    ({ status, name }) => status === 'missing' && step.needs?.includes(name),
  );
  // What is missing was said and counted by `prepare`.
  return lacking ? nothing : runSuite(step, readiness);
}

function runCheck(script: string): Tally {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--run', script], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) console.log(`${stdout}${stderr}`.trimEnd());
  return status === 0 ? passed : failed;
}

function runSuite(
  { projects, files = [], variables = {} }: Extract<Step, { kind: 'suite' }>,
  readiness: readonly Readiness[],
): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'natter-test-'));
  try {
    const file = join(folder, 'report.json');
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        ...files,
        ...projects.flatMap((project) => ['--project', project]),
        `--maxWorkers=${filesAtOnce}`,
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, ...variablesOf(readiness), ...variables },
      },
    );
    return tallyVitest(readReport(file), status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): VitestReport | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined;
}

function variablesOf(readiness: readonly Readiness[]): Record<string, string> {
  return Object.fromEntries(
    readiness.flatMap((it) => (it.status === 'ready' ? [[it.variable, it.value]] : [])),
  );
}

/** In CI everything must be tested; elsewhere a person may lack a program and still work. */
function tallyReadiness(readiness: readonly Readiness[]): Tally {
  const perMissing = process.env.CI ? failed : skipped;
  return sum(
    readiness.map((it) => {
      if (it.status === 'ready') return nothing;
      console.log(`  ${it.name} is missing: ${it.advice}`);
      return perMissing;
    }),
  );
}

function report(name: string, work: () => Tally): Tally {
  console.log(`\n▸ ${name}`);
  const startedAt = performance.now();
  const tally = work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${tally.failed > 0 ? '✗' : '✓'} ${name}: ${closingLine(tally)} (${seconds} s)`);
  return tally;
}
