/** Owns a real Caddy for tests, with the configuration that `deploy/` gives to operators. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { locate } from '../../scripts/prepare.ts';
import { freePort, temporaryFolder } from '../conformance/program.ts';

const configuration = fileURLToPath(new URL('../../deploy/Caddyfile', import.meta.url));
const startMs = 20_000;

/** Undefined on a machine without one: then its tests are skipped by name. */
export const caddyProgram = process.env.NATTER_TEST_CADDY ?? locate('caddy');

export interface Caddy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  stop(): Promise<void>;
}

/** `ports` of the nodes behind it, on this machine. Resolves when it passes requests on. */
export async function startCaddy(ports: readonly number[]): Promise<Caddy> {
  if (caddyProgram === undefined) throw new Error('no caddy: set NATTER_TEST_CADDY');
  const url = `http://127.0.0.1:${await freePort()}`;
  const folder = await temporaryFolder();
  const args = ['run', '--config', configuration, '--adapter', 'caddyfile'];
  const child = spawn(caddyProgram, args, {
    env: {
      HOME: folder.path,
      NATTER_SITE: url,
      NATTER_NODES: ports.map((port) => `127.0.0.1:${port}`).join(' '),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killWithUs = () => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-10_000);
  });
  const deadline = Date.now() + startMs;
  while (!(await fetch(`${url}/health`).catch(() => null))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`Caddy does not answer:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    async stop() {
      process.off('exit', killWithUs);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await folder.remove();
    },
  };
}
