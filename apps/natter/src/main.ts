/** Owns the process: what it is told, what it prints, and how it ends. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock, systemRandom } from '@natter/server';
import { destination, pino, stdSerializers } from 'pino';
import { readCommand, runCommand } from './backup/command.ts';
import { helpText } from './configuration/help.ts';
import { readConfiguration } from './configuration/read.ts';
import type { Configuration } from './configuration/settings.ts';
import { people } from './demo/people.ts';
import { readMove, runMove } from './move/command.ts';
import { type Program, startProgram } from './program.ts';
import { StartError } from './startError.ts';

const graceMs = 10_000;
/** Others take over where there are others; a single node sends nobody anywhere. */
const drainSeconds = { besideOthers: 15, alone: 0 };
/** One Ctrl+C can arrive twice: from the terminal, and passed on by npm. */
const oneKeyMs = 300;
const exitCodes = { done: 0, failed: 1, badConfiguration: 2, killed: 130 } as const;

await main();

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.kind === 'invalid') return fail(command.problems, exitCodes.badConfiguration);
  if (command.kind === 'ready') return obey(() => runCommand(command.command, readVersion()));
  const move = readMove(process.argv.slice(2), process.env);
  if (move.kind === 'invalid') return fail(move.problems, exitCodes.badConfiguration);
  if (move.kind === 'ready') return obey(() => runMove(move.command));
  const told = readConfiguration(process.argv.slice(2), process.env);
  switch (told.kind) {
    case 'help':
      return print(helpText());
    case 'version':
      return print(readVersion());
    case 'invalid':
      return fail(told.problems, exitCodes.badConfiguration);
    case 'ready':
      for (const warning of told.warnings) console.error(`natter: ${warning}`);
      return run(told.configuration);
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

async function run(configuration: Configuration): Promise<void> {
  // What is printed is for people, on stdout; the log is for machines, on stderr.
  const log = pino(
    { name: 'natter', serializers: { error: stdSerializers.err } },
    destination({ dest: 2, sync: true }),
  );
  const runtime = { clock: systemClock, random: systemRandom, log };
  const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
  let program: Program;
  try {
    program = await startProgram(configuration, { runtime, webFolder });
  } catch (error) {
    if (error instanceof StartError) return fail([error.message], exitCodes.failed);
    throw error;
  }
  stopWhenTold(program, configuration);
  print(greeting(program, configuration));
}

/** The first signal drains; a second one does not wait. What cannot go on ends as well, to be started anew. */
function stopWhenTold(program: Program, configuration: Configuration): void {
  const beside = configuration.busUrl === null ? drainSeconds.alone : drainSeconds.besideOthers;
  const drainMs = (configuration.drainSeconds ?? beside) * 1_000;
  let stoppingSince: number | null = null;
  const stop = (exitCode: number, drainOverMs: number): void => {
    stoppingSince = systemClock.now();
    program.stop(graceMs, drainOverMs).then(
      () => process.exit(exitCode),
      (error: unknown) => {
        console.error('natter: unable to stop cleanly:', error);
        process.exit(exitCodes.failed);
      },
    );
  };
  const onSignal = (): void => {
    if (stoppingSince !== null) {
      if (systemClock.now() - stoppingSince > oneKeyMs) process.exit(exitCodes.killed);
      return;
    }
    print('Stopping. Press Ctrl+C again to stop at once.');
    stop(exitCodes.done, drainMs);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  void program.failed.then((error) => {
    console.error(`natter: ${error.message}; ending, start it anew`);
    if (stoppingSince === null) stop(exitCodes.failed, 0);
  });
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
  lines.push(`Data:  ${program.dataPath}`, 'Stop:  Ctrl+C');
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
