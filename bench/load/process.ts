/** Owns the processes of a measurement: each on a core of its own where `taskset` is there, and what they cost. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export const serverCore = 0;
export const generatorCore = 1;

/** Whether server and generator have a core each. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

export function pinGenerator(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-cp', String(generatorCore), String(process.pid)]);
}

export interface Usage {
  /** Seconds of processor time, all threads. */
  user: number;
  system: number;
  /** Bytes. */
  rss: number;
  /** Bytes of what JavaScript holds; after a collection where there is `--expose-gc`. */
  heap: number;
  /** Reads and writes, of sockets and of files; not a number where the kernel does not say (only Linux does). */
  systemCalls: number;
  /** That the database was asked, where they are counted. */
  statements?: number;
}

export interface ServerProcess<Ready = unknown> {
  readonly port: number;
  readonly pid: number;
  readonly ready: Ready;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** `file`: a program that calls `serveBench`. It gets `options` as JSON. */
export async function startServer<Ready = unknown>(
  file: URL,
  options: object,
  nodeFlags: readonly string[] = [],
): Promise<ServerProcess<Ready>> {
  const program = [
    process.execPath,
    '--conditions=source',
    ...nodeFlags,
    fileURLToPath(file),
    JSON.stringify(options),
  ];
  const [command = '', ...args] = isPinned
    ? ['taskset', '-c', String(serverCore), ...program]
    : program;
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { port, ...ready } = (await ask(child, null)) as { port: number };
  return {
    port,
    pid: child.pid ?? 0,
    ready: ready as Ready,
    usage: async () => (await ask(child, 'usage')) as Usage,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.send('stop');
      await exited;
    },
  };
}

function ask(child: ChildProcess, question: string | null): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('unable to measure: the server has ended'));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
    if (question !== null) child.send(question);
  });
}

/** The other side of `startServer`. */
export function serveBench(
  ready: { port: number },
  close: () => Promise<void>,
  statements?: () => number,
): void {
  process.on('message', (question) => {
    // Only with --expose-gc: for who measures memory.
    globalThis.gc?.();
    const asked = statements === undefined ? {} : { statements: statements() };
    if (question === 'usage') process.send?.({ ...ownUsage(), ...asked });
    if (question === 'stop') void close().finally(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(ready);
}

export function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    user: user / 1e6,
    system: system / 1e6,
    rss: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
    systemCalls: ownSystemCalls(),
  };
}

/** All threads. What waits (`epoll_wait`) is not among them. */
function ownSystemCalls(): number {
  if (!existsSync('/proc/self/io')) return Number.NaN;
  const counters = readFileSync('/proc/self/io', 'utf8').matchAll(/^sysc[rw]: (\d+)$/gm);
  return [...counters].reduce((sum, [, count]) => sum + Number(count), 0);
}
