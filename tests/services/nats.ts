/** Owns real NATS servers for tests: each on its own port of loopback, with its own folder, gone at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate } from '../../scripts/prepare.ts';
import { freePort } from '../conformance/program.ts';

const startMs = 20_000;

/** Undefined on a machine without one: then its tests are skipped by name. */
export const natsProgram = process.env.NATTER_TEST_NATS_SERVER ?? locate('nats');

export interface NatsServer {
  readonly port: number;
  /** `nats://127.0.0.1:port` */
  readonly url: string;
  /** SIGKILL: nothing is said. */
  kill(): Promise<void>;
  /** On the same port again, after `kill`. */
  start(): Promise<void>;
  /** It stays connected and reads nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Gone for good. */
  stop(): Promise<void>;
}

/**
 * `configuration`: what its file says beside address and port. Files of the test may be put into `folder`. `host`: where
 * it listens, 0.0.0.0 for networks of a test too.
 */
export async function startNats(
  configuration: string | ((folder: string) => Promise<string> | string) = '',
  host = '127.0.0.1',
): Promise<NatsServer> {
  if (natsProgram === undefined) throw new Error('no nats-server: set NATTER_TEST_NATS_SERVER');
  const program = natsProgram;
  const folder = await mkdtemp(join(tmpdir(), 'natter-nats-'));
  const port = await freePort();
  const file = join(folder, 'nats.conf');
  const more = typeof configuration === 'string' ? configuration : await configuration(folder);
  await writeFile(file, `listen: "${host}:${port}"\n${more}\n`);
  let child: ChildProcess | null = null;
  const killWithUs = () => void child?.kill('SIGKILL');
  process.once('exit', killWithUs);

  async function start(): Promise<void> {
    const started = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    let output = '';
    started.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
    });
    await answers(
      port,
      () => (started.exitCode ?? started.signalCode) !== null,
      () => output,
    );
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (running === null || (running.exitCode ?? running.signalCode) !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async stop() {
      process.off('exit', killWithUs);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** NATS speaks first: until then it may refuse what is asked of it. */
async function answers(port: number, isOver: () => boolean, output: () => string): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    if (isOver()) throw new Error(`nats-server ended before it was ready:\n${output()}`);
    if (await greets(port)) return;
    if (Date.now() > deadline) throw new Error(`nats-server does not answer:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [data] = (await once(socket, 'data')) as [Buffer];
    return data.toString().startsWith('INFO');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
