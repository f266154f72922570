/** Owns the process: what it is told, what it prints, and how it ends. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Log, systemClock, systemRandom } from '@natter/server';
import { readCommand, runCommand } from './backup/command.ts';
import { helpText } from './configuration/help.ts';
import { readConfiguration } from './configuration/read.ts';
import type { Configuration } from './configuration/settings.ts';
import { people } from './demo/people.ts';
import { createLog } from './log.ts';
import { readMove, runMove } from './move/command.ts';
import { type Program, startProgram } from './program.ts';
import { readRevoke, runRevoke } from './revoke/command.ts';
import { StartError } from './startError.ts';

const graceMs = 10_000;
/** Others take over where there are others; a single node sends nobody anywhere. */
const drainSeconds = { besideOthers: 15, alone: 0 };
/** One Ctrl+C can arrive twice: from the terminal, and passed on by npm. */
const oneKeyMs = 300;
const endingSignals = ['SIGTERM', 'SIGINT'] as const;
const exitCodes = { done: 0, failed: 1, badConfiguration: 2, killed: 130 } as const;

await main();

async function main(): Promise<void> {
  for (const signal of endingSignals) process.on(signal, endAtOnce);
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.kind === 'invalid') return fail(command.problems, exitCodes.badConfiguration);
  if (command.kind === 'ready') return obey(() => runCommand(command.command, readVersion()));
  const move = readMove(process.argv.slice(2), process.env);
  if (move.kind === 'invalid') return fail(move.problems, exitCodes.badConfiguration);
  if (move.kind === 'ready') return obey(() => runMove(move.command));
  const revoke = readRevoke(process.argv.slice(2), process.env);
  if (revoke.kind === 'invalid') return fail(revoke.problems, exitCodes.badConfiguration);
  if (revoke.kind === 'ready') return obey(() => runRevoke(revoke.command));
  const told = readConfiguration(process.argv.slice(2), process.env);
  switch (told.kind) {
    case 'help':
      return print(helpText());
    case 'version':
      return print(readVersion());
    case 'invalid':
      return fail(told.problems, exitCodes.badConfiguration);
    case 'ready':
      return run(told.configuration, told.warnings);
  }
}

async function obey(command: () => Promise<string>): Promise<void> {
  try {
    print(await command());
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`natter: ${error.message}`);
    process.exitCode = exitCodes.failed;
  }
}

async function run(configuration: Configuration, warnings: readonly string[]): Promise<void> {
  const log = createLog(configuration.log);
  for (const warning of warnings) log.warn({}, warning);
  const runtime = { clock: systemClock, random: systemRandom, log };
  const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
  let program: Program;
  try {
    program = await startProgram(configuration, { runtime, webFolder });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    if (configuration.log === 'text') return fail([error.message], exitCodes.failed);
    log.error({}, `unable to start: ${error.message}`);
    process.exitCode = exitCodes.failed;
    return;
  }
  stopWhenTold(program, configuration, log);
  const { url, dataPath, metricsUrl } = program;
  tell(log, configuration, greeting(program, configuration), { url, dataPath, metricsUrl });
}

/** Nothing is served yet. Said outright, since the kernel keeps signals without a listener from a container's process 1. */
function endAtOnce(): void {
  process.exit(exitCodes.killed);
}

/** The first signal drains; a second one does not wait. What cannot go on ends as well, to be started anew. */
function stopWhenTold(program: Program, configuration: Configuration, log: Log): void {
  const beside = configuration.busUrl === null ? drainSeconds.alone : drainSeconds.besideOthers;
  const drainMs = (configuration.drainSeconds ?? beside) * 1_000;
  let stoppingSince: number | null = null;
  const stop = (exitCode: number, drainOverMs: number): void => {
    stoppingSince = systemClock.now();
    program.stop(graceMs, drainOverMs).then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ error }, 'unable to stop cleanly');
        process.exit(exitCodes.failed);
      },
    );
  };
  const onSignal = (): void => {
    if (stoppingSince !== null) {
      if (systemClock.now() - stoppingSince > oneKeyMs) process.exit(exitCodes.killed);
      return;
    }
    const words = 'Stopping. Press Ctrl+C again to stop at once.';
    tell(log, configuration, words, { drainMs });
    stop(exitCodes.done, drainMs);
  };
  for (const signal of endingSignals) {
    process.off(signal, endAtOnce);
    process.on(signal, onSignal);
  }
  void program.failed.then((error) => {
    log.error({ error }, `${error.message}; ending, start it anew`);
    if (stoppingSince === null) stop(exitCodes.failed, 0);
  });
}

/** To people on stdout; where machines read, as one more line of theirs. */
function tell(log: Log, { log: form }: Configuration, words: string, facts: object): void {
  if (form === 'json') log.info(facts, words.split('\n')[0] ?? '');
  else print(words);
}

function greeting(program: Program, { demo, host }: Configuration): string {
  const lines = [`Natter is running. Open ${program.url}`, ''];
  if (demo) {
    const names = people.map((person) => person.name).join(', ');
    lines.push(`Demo: sign in as ${names}.`);
    if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
      lines.push('Whoever can reach this machine can be any of them; NATTER_DEMO=0 ends that.');
    }
  }
  lines.push(`Data:  ${program.dataPath}`);
  if (program.metricsUrl !== null) lines.push(`Metrics:  ${program.metricsUrl}`);
  lines.push('Stop:  Ctrl+C');
  return lines.join('\n');
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function fail(problems: readonly string[], exitCode: number): void {
  console.error('natter cannot start:');
  for (const problem of problems) console.error(`  - ${problem}`);
  process.exitCode = exitCode;
}

function print(text: string): void {
  console.log(text);
}
