import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-main-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  child: ChildProcess;
  ended: Promise<{ out: string; err: string; code: number | null }>;
  /** Resolves with all that was printed once `words` are among it; rejects when the program ends before. */
  printed(words: string): Promise<string>;
  /** The same of stderr. */
  told(words: string): Promise<string>;
}

function run(args: readonly string[], env: Record<string, string> = {}): Run {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], {
    cwd: folder,
    env: { PATH, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.once('close', (code) => resolve({ out, err, code }));
  });
  return {
    child,
    ended,
    printed: (words) => said(child.stdout, () => out, words),
    told: (words) => said(child.stderr, () => err, words),
  };

  function said(stream: Readable, text: () => string, words: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => text().includes(words) && resolve(text());
      stream.on('data', look);
      child.once('close', () => reject(new Error(`the program ended: ${out}${err}`)));
      look();
    });
  }
}

it('prints help and version, and nothing else happens', async () => {
  const help = await run(['--help']).ended;
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain('NATTER_AUTH_JWKS_URL');
  const version = await run(['--version']).ended;
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('told to stop before it serves, ends at once', async () => {
  const silent = createTcpServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const asked = once(silent, 'connection');
  const { port } = silent.address() as AddressInfo;
  const { child, ended } = run([], {
    NATTER_AUTH_SECRET: 'x'.repeat(32),
    NATTER_DATABASE_URL: `postgres://me:hush@127.0.0.1:${port}/natter`,
    NATTER_PORT: '0',
  });
  await asked;
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ out: '', code: 130 });
  silent.close();
});

it('with wrong settings says all that is wrong and ends with 2', async () => {
  const { out, err, code } = await run(['--colour'], {
    NATTER_PORT: 'x',
    NATTER_DATABASE_URL: 'postgres://me:hush@db',
  }).ended;
  expect(code).toBe(2);
  expect(out).toBe('');
  for (const said of [
    '--colour is no flag',
    'NATTER_PORT must be',
    'NATTER_DATABASE_URL must be',
  ]) {
    expect(err).toContain(said);
  }
  expect(err).not.toContain('hush');
});

it('without a way to sign in does not start and says what to set', async () => {
  const { err, code } = await run([]).ended;
  expect(code).toBe(2);
  expect(err).toMatch(/NATTER_AUTH_SECRET .* NATTER_AUTH_JWKS_URL.* NATTER_DEMO=1/);
});

it('on a port in use ends with 1 and a sentence, not a stack', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { err, code } = await run(['--demo', '--port', String(port), '--data', 'taken']).ended;
  other.close();
  expect(code).toBe(1);
  expect(err).toContain(`port ${port} is in use`);
  expect(err).not.toContain('    at ');
});

it('with a folder that cannot be used ends with 1 and names the setting', async () => {
  await writeFile(join(folder, 'file'), '');
  const { err, code } = await run(['--demo', '--port=0', '--data', 'file/data']).ended;
  expect(code).toBe(1);
  expect(err).toContain('change NATTER_DATA');
});

it('on a folder that another one has does not start, and starts once that one was killed', async () => {
  const args = ['--demo', '--port=0', '--data', 'shared'];
  const first = run(args);
  await first.printed('Ctrl+C');
  const { err, code } = await run(args).ended;
  expect(code).toBe(1);
  expect(err).toContain(`${join(folder, 'shared')} is in use by another Natter`);
  expect(err).not.toContain('    at ');
  first.child.kill('SIGKILL');
  await first.ended;
  const third = run(args);
  await third.printed('Ctrl+C');
  third.child.kill('SIGTERM');
  expect((await third.ended).code).toBe(0);
}, 30_000);

it('[CLOSE2] told to stop, it is not ready any more and serves whom it still has', async () => {
  const { child, ended, printed } = run([
    '--demo',
    '--port=0',
    '--data=drain',
    '--drain-seconds=5',
  ]);
  const [, url = ''] = /Open (http:\S+)/.exec(await printed('Ctrl+C')) ?? [];
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  child.kill('SIGTERM');
  await printed('Stopping');
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
  expect(await closed).toMatchObject({ code: 4100, reason: expect.stringMatching(/^\d+$/) });
  expect((await ended).code).toBe(0);
}, 60_000);

it('[AUTH3] with NATTER_LOG=json writes JSON lines alone, and no token among them', async () => {
  const env = { NATTER_LOG: 'json', NATTER_COLOUR: 'blue', NATTER_AUTH_SECRET: 'hush'.repeat(8) };
  const { child, ended, told } = run(['--port=0', '--data=json'], env);
  const [, url = ''] = /"url":"(http:[^"]+)"/.exec(await told('Natter is running')) ?? [];
  const headers = { authorization: 'Bearer hush-token' };
  await fetch(`${url}/v1/getConversations?token=hush-token`, { method: 'POST', headers });
  child.kill('SIGTERM');
  const { out, err, code } = await ended;
  expect(code).toBe(0);
  expect(out).toBe('');
  const lines = err
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string });
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringContaining('NATTER_COLOUR is no setting'),
    expect.stringMatching(/^Natter is running/),
    expect.stringMatching(/^Stopping/),
  ]);
  expect(err).not.toContain('hush');
}, 60_000);

it('says where to open it, serves, and stops at a signal with 0', async () => {
  const { child, ended, printed: waitFor } = run(['--demo', '--port=0', '--data', 'demo']);
  const printed = await waitFor('Ctrl+C');
  const [, url = ''] = /Open (http:\S+)/.exec(printed) ?? [];
  expect(printed).toContain('Ada Okafor');
  expect(printed).toContain(join(folder, 'demo'));
  expect((await fetch(`${url}/demo/people`)).status).toBe(200);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  await expect(fetch(`${url}/demo/people`)).rejects.toThrow();
}, 30_000);
