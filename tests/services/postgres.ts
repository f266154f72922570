/**
 * Owns a PostgreSQL server for tests: a cluster of its own in a temporary folder, on a free port of this machine,
 * gone at the end. It can be stopped, killed with all its processes, and started again on the same data.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, it } from 'vitest';

export interface PostgresServer {
  /** Of a new, empty database. */
  createDatabase(): string;
  /** Runs statements as the superuser in the database of this URL, or in the first one; answers what `psql` prints. */
  query(sql: string, url?: string): string;
  /** Lets nobody wait: connections are cut, what is committed stays. */
  stop(): Promise<void>;
  /** SIGKILL to all its processes at once. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. Twice is harmless. */
  remove(): Promise<void>;
}

/** Where `initdb` and `postgres` are; `npm test` says it. Null: this machine has none, and tests that need it are skipped. */
export function findPostgres(): string | null {
  const given = process.env.NATTER_TEST_POSTGRES_BIN;
  if (given) return given;
  const newest = globSync('/usr/lib/postgresql/*/bin/initdb')
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  return newest === undefined ? null : dirname(newest);
}

const postgresAdvice =
  'needs PostgreSQL: install it, or set NATTER_TEST_POSTGRES_BIN to the folder of its programs';

const startMsMax = 60_000;
const endMsMax = 60_000;
/** Of a query: all messages of a run are read at once. */
const answerBytesMax = 256 * 1024 * 1024;

/** `tests` has a server of its own, which is gone after them; without PostgreSQL they are skipped, saying so. */
export function describePostgres(
  name: string,
  options: PostgresServerOptions,
  tests: (server: PostgresServer) => void,
): void {
  if (findPostgres() === null) {
    describe.skip(`${name}: ${postgresAdvice}`, () => it('runs its tests', () => {}));
    return;
  }
  describe(name, async () => {
    const server = await startPostgres(options);
    afterAll(() => server.remove(), endMsMax);
    tests(server);
  });
}

interface PostgresServerOptions {
  /** As in production. Otherwise it trusts that the machine stays up, and is faster. */
  durable?: boolean;
  /** Addresses of other networks that may connect too, as 10.0.0.0/8. */
  from?: string;
  settings?: Record<string, string>;
}

export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const bin = findPostgres();
  if (bin === null) throw new Error(`this test ${postgresAdvice}`);
  const folder = mkdtempSync(join(tmpdir(), 'natter-postgres-'));
  const user = unprivileged();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const as = user ?? {};
  const data = join(folder, 'data');
  const port = await freePort();
  const settings = {
    listen_addresses: options.from === undefined ? '127.0.0.1' : '*',
    port: String(port),
    unix_socket_directories: folder,
    max_connections: '200',
    // Otherwise it visits every file of every database before it starts after a crash.
    recovery_init_sync_method: 'syncfs',
    ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  let running: ChildProcess | null = null;
  let databases = 0;
  const atExit = (): void => {
    for (const pid of processes()) signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };

  /** The first is the parent of the others. */
  function processes(): number[] {
    const pid = running?.pid;
    if (pid === undefined) return [];
    return [pid, ...childrenOf(pid)];
  }

  async function start(): Promise<void> {
    const deadline = Date.now() + startMsMax;
    for (;;) {
      try {
        return await startOnce();
      } catch (error) {
        // On a busy machine those who were killed take a while to die, and hold the memory that they shared.
        const isHeld = error instanceof Error && error.message.includes('is still in use');
        if (!isHeld || Date.now() > deadline) throw error;
      }
    }
  }

  async function startOnce(): Promise<void> {
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(join(bin as string, 'postgres'), ['-D', data, ...given], {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    });
    running = child;
    const said: string[] = [];
    const ready = Promise.withResolvers<void>();
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (said.length < 50) said.push(line);
      if (line.includes('database system is ready to accept connections')) ready.resolve();
    });
    child.once('exit', () => ready.reject(new Error(`PostgreSQL ended:\n${said.join('\n')}`)));
    const timer = setTimeout(
      () => ready.reject(new Error(`PostgreSQL does not start:\n${said.join('\n')}`)),
      startMsMax,
    );
    await ready.promise.finally(() => clearTimeout(timer));
  }

  async function end(how: (pids: number[]) => void): Promise<void> {
    const child = running;
    if (child === null) return;
    const exited =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    how(processes());
    await exited;
    running = null;
  }
  const stop = () => end(([pid]) => signal(pid, 'SIGINT'));

  function query(sql: string, url = `postgres://natter@127.0.0.1:${port}/postgres`): string {
    return execFileSync(
      join(bin as string, 'psql'),
      ['--no-psqlrc', '-qtA', '-v', 'ON_ERROR_STOP=1', url, '-c', sql],
      {
        encoding: 'utf8',
        env: { ...process.env, PGCONNECT_TIMEOUT: '10' },
        maxBuffer: answerBytesMax,
      },
    ).trim();
  }

  process.once('exit', atExit);
  try {
    execFileSync(
      join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'natter',
        '--auth=trust',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--no-sync',
      ],
      { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (options.from !== undefined)
      appendFileSync(join(data, 'pg_hba.conf'), `host all all ${options.from} trust\n`);
    await start();
  } catch (error) {
    atExit();
    process.off('exit', atExit);
    throw error;
  }

  return {
    createDatabase() {
      databases += 1;
      query(`CREATE DATABASE natter${databases}`);
      return `postgres://natter@127.0.0.1:${port}/natter${databases}`;
    },
    query,
    stop,
    kill: () => end((pids) => pids.forEach((pid) => void signal(pid, 'SIGKILL'))),
    start,
    async remove() {
      // Nothing is to be kept.
      await end(([pid]) => signal(pid, 'SIGQUIT'));
      atExit();
      process.off('exit', atExit);
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody']
    .map((name) => users.find((each) => each[0] === name))
    .find((each) => each !== undefined);
  if (user === undefined) throw new Error('this machine has no user whom PostgreSQL could run as');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter((each) => each !== '')
      .map(Number);
  } catch {
    // Elsewhere than on Linux they notice by themselves that their parent is gone.
    return [];
  }
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // Ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
