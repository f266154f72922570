/** Owns real server processes: started on a free port and an own folder, stopped politely or killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** On a machine that starts many at once. */
const startMs = 60_000;

export interface Program {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  /** All it has written so far, for the message of a failing test. */
  output(): string;
  /** Asks it to stop, and waits until it has; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is finished, flushed or said. */
  kill(): Promise<void>;
}

/** Starts the program; resolves when it answers on its port. */
export async function startProgram(
  data: string,
  settings: Record<string, string>,
  onPort?: number,
): Promise<Program> {
  const port = onPort ?? (await freePort());
  const child = spawn(process.execPath, ['--conditions=source', 'apps/natter/src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NATTER_HOST: '127.0.0.1',
      NATTER_PORT: String(port),
      NATTER_DATA: data,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = `http://127.0.0.1:${port}`;
  await answers(child, url, () => output);
  return {
    url,
    port,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      return child.exitCode;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** A folder of its own under the system's temporary one. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'natter-conformance-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function answers(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the program ended with ${child.exitCode} before it was ready:\n${output()}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(
        `the program did not answer ${url}/health within ${startMs} ms:\n${output()}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return address.port;
}
