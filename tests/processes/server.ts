/** Owns the real program as a process that may be killed at any moment, before it is ready too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../conformance/program.ts';
import { secret } from '../conformance/topology.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** On a machine that does much else. */
const startMs = 90_000;

export interface Server {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Resolves when it answers; rejects, with all it said, when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<number | null>;
  output(): string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Where one node runs. */
export interface NodePlace {
  data: string;
  settings?: Record<string, string>;
  /** Where it listens and is found; 127.0.0.1 when left out. */
  host?: string;
  /** What its process is run by, as `ip netns exec …`. */
  through?: readonly string[];
}

export async function launch(place: NodePlace, port?: number): Promise<Server> {
  const taken = port ?? (await freePort());
  const host = place.host ?? '127.0.0.1';
  const [program = process.execPath, ...args] = [
    ...(place.through ?? []),
    process.execPath,
    '--conditions=source',
    'apps/natter/src/main.ts',
  ];
  const child = spawn(program, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NATTER_HOST: host,
      NATTER_PORT: String(taken),
      NATTER_DATA: place.data,
      NATTER_AUTH_SECRET: secret,
      ...place.settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-40_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'close').then(() => child.exitCode);
  const url = `http://${host}:${taken}`;
  const ready = answers(
    url,
    () => (child.exitCode ?? child.signalCode) !== null,
    () => output,
  );
  ready.catch(() => {});
  return {
    port: taken,
    url,
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      return await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A command of the program, as `backup`: its exit code. */
export async function runProgram(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<number | null> {
  const command = ['--conditions=source', 'apps/natter/src/main.ts', ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  return child.exitCode;
}

async function answers(url: string, isOver: () => boolean, output: () => string): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    if (isOver()) throw new Error(`the program ended before it was ready:\n${output()}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`the program did not answer:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
