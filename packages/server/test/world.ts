/** Owns a whole server for tests: a real HTTP server on loopback, SQLite in memory, the memory bus, real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConversationId,
  type MessageId,
  NatterError,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import type { Identity } from '../src/auth/contract.ts';
import type { Bus } from '../src/bus/contract.ts';
import { createMemoryBus } from '../src/bus/memory/memory.ts';
import { openDisk } from '../src/files/disk/disk.ts';
import type { Runtime } from '../src/runtime/contract.ts';
import { silentLog, systemRandom } from '../src/runtime/system.ts';
import { createNatter, type Natter, type NatterOptions } from '../src/server.ts';
import type { Storage } from '../src/storage/contract.ts';
import { openSqlite } from '../src/storage/sqlite/sqlite.ts';
import { createMovableClock, type MovableClock } from './clock.ts';
import { openSocket, type TestSocket } from './socket.ts';

export interface World {
  natter: Natter;
  server: Server;
  storage: Storage;
  bus: Bus;
  clock: MovableClock;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** A socket that has said hello. */
  open(userId: string, hello?: object): Promise<TestSocket>;
  /** A socket that has said nothing. */
  connect(options?: {
    headers?: Record<string, string>;
    protocols?: string[];
  }): Promise<TestSocket>;
  post(
    userId: string,
    method: string,
    params: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** A group of these people, the first its owner. They exist afterwards. */
  group(...userIds: string[]): Promise<ConversationId>;
  close(): Promise<void>;
}

export function newId(): MessageId {
  return uuidv7(Date.now(), systemRandom.bytes(10)) as MessageId;
}

export function newConversationId(): ConversationId {
  return uuidv7(Date.now(), systemRandom.bytes(10)) as ConversationId;
}

/** `<user id>`, with `!<Unix ms>` for a token that expires, or `#<token id>`; `bad` is never valid. */
async function authenticate(token: string): Promise<Identity> {
  const [before = '', expiresAt] = token.split('!');
  const [userId = '', tokenId] = before.split('#');
  if (userId === 'bad')
    throw new NatterError('unauthenticated', 'unable to sign in: the token is not valid here');
  return {
    userId: userId as UserId,
    name: `Name of ${userId}`,
    expiresAt: expiresAt === undefined ? null : Number(expiresAt),
    ...(tokenId === undefined ? {} : { tokenId }),
  };
}

export async function startWorld(options: Partial<NatterOptions> = {}): Promise<World> {
  const clock = createMovableClock();
  const runtime: Runtime = { clock, random: systemRandom, log: options.log ?? silentLog };
  const folder = await mkdtemp(join(tmpdir(), 'natter-'));
  const storage = options.storage ?? (await openSqlite({ path: ':memory:', runtime }));
  const files = await openDisk(join(folder, 'files'));
  const bus = options.bus ?? createMemoryBus({ onError: (error) => Promise.reject(error) });
  const server =
    options.server ??
    createServer((_request, response) => void response.writeHead(404).end('host'));
  const natter = await createNatter({
    authenticate,
    uploadsFolder: join(folder, 'uploads'),
    ...options,
    server,
    storage,
    bus,
    files,
    runtime,
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const sockets: TestSocket[] = [];

  async function connect(
    how: { headers?: Record<string, string>; protocols?: string[] } = {},
  ): Promise<TestSocket> {
    const socket = await openSocket(`ws://127.0.0.1:${port}/v1/socket`, how);
    sockets.push(socket);
    return socket;
  }

  async function post(userId: string, method: string, params: unknown) {
    const response = await fetch(`${url}/v1/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${userId}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  return {
    natter,
    server,
    storage,
    bus,
    clock,
    url,
    connect,
    post,
    async open(userId, hello = {}) {
      const socket = await connect();
      await socket.call('hello', { token: userId, ...hello });
      return socket;
    },
    async group(...userIds) {
      for (const id of userIds) await storage.saveUser({ id: id as UserId, name: `Name of ${id}` });
      const [owner = '', ...others] = userIds;
      const id = newConversationId();
      await natter.call(owner as UserId, 'createConversation', {
        id,
        kind: 'group',
        name: 'Group',
        userIds: others as UserId[],
      });
      return id;
    },
    async close() {
      await natter.close({ graceMs: 1_000 });
      for (const socket of sockets) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await storage.close();
      await files.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
