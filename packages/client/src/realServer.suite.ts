/** A world for tests: the real server with a real database and real files, and clients that reach it over real sockets and HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatterError, type UserId } from '@natter/protocol';
import {
  createMemoryBus,
  createNatter,
  type Natter,
  openDisk,
  openSqlite,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { afterEach, beforeEach } from 'vitest';
import { createChatClient } from './client.ts';
import type { ChatClient, Store } from './contract.ts';
import type { ChatClientOptions } from './options.ts';

/** Of the server; `fromToken` when left out. */
export type RealServerOptions = Pick<Parameters<typeof createNatter>[0], 'profiles'>;

/** A server for each test of this file. A client's token says the person: their name, and as their id the same in small letters. */
export function useRealServer(options: RealServerOptions = {}) {
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const clients: ChatClient[] = [];
  let folder: string;
  let natter: Natter;
  let http: Server;
  let port = 0;
  let storage: Awaited<ReturnType<typeof openSqlite>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'natter-client-'));
    port = 0;
    await start();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** At the same address, with the same database. */
  async function start(): Promise<void> {
    storage = await openSqlite({ path: join(folder, 'natter.db'), runtime, writer: 'inline' });
    http = createServer();
    natter = await createNatter({
      server: http,
      storage,
      bus: createMemoryBus(),
      files: await openDisk(join(folder, 'files')),
      uploadsFolder: join(folder, 'uploads'),
      authenticate: async (token) => {
        const [userId, name] = token.split(':');
        if (!userId || !name) throw new NatterError('unauthenticated', 'unable to sign in');
        return { userId: userId as UserId, name, expiresAt: null };
      },
      ...options,
    });
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    await natter.close({ graceMs: 100 });
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await storage.close();
  }

  const url = () => `http://127.0.0.1:${port}`;

  function client(name: string, more: Partial<ChatClientOptions> = {}): ChatClient {
    const created = createChatClient({
      url: url(),
      getToken: () => `${name.toLowerCase()}:${name}`,
      ...more,
    });
    clients.push(created);
    return created;
  }

  return { start, stop, url, client };
}

/** The first snapshot that `is` takes. */
export function until<Snapshot, Found>(
  store: Store<Snapshot>,
  is: (snapshot: Snapshot) => Found | null | undefined | false,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = is(store.getSnapshot());
      if (found === null || found === undefined || found === false) return;
      clearTimeout(timer);
      undo();
      resolve(found as Found);
    };
    const timer = setTimeout(() => {
      undo();
      reject(
        new Error(
          `not within 8 s; last: ${JSON.stringify(store.getSnapshot(), null, 1)?.slice(0, 3_000)}`,
        ),
      );
    }, 8_000);
    const undo = store.subscribe(() => look());
    queueMicrotask(look);
  });
}

export const synced = (one: ChatClient) =>
  until(one.connection, (it) => it.status === 'connected' && it.synced);

/** An image of one point. */
export const onePixel = new Blob(
  [
    Uint8Array.from(
      atob(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      ),
      (character) => character.charCodeAt(0),
    ),
  ],
  { type: 'image/png' },
);
