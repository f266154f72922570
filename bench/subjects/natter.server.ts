/** The program that is measured as Natter: the library on its embedded database, as `natter` runs it, without rates. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@natter/protocol';
import {
  createMemoryBus,
  createNatter,
  openDisk,
  openSqlite,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { serveBench } from '../load/process.ts';
import { countStatements } from '../statements.ts';
import { fillPast, type Past } from './past.ts';
import { type Crowd, seedCrowd } from './seed.ts';

const {
  countStatements: isCounting,
  past,
  ...crowd
} = JSON.parse(process.argv[2] ?? '{}') as Crowd & { countStatements?: boolean; past?: Past };
const statements = isCounting ? countStatements() : undefined;
const unlimited = { perSecond: Number.POSITIVE_INFINITY, burst: 1 };
const folder = await mkdtemp(join(tmpdir(), 'natter-bench-'));
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const storage = await openSqlite({ path: join(folder, 'natter.db'), runtime });
await seedCrowd(storage, crowd);
if (past !== undefined) fillPast(join(folder, 'natter.db'), past);
const server = createServer();
const natter = await createNatter({
  server,
  storage,
  bus: createMemoryBus({ onError: (error) => console.error(error) }),
  files: await openDisk(join(folder, 'files')),
  uploadsFolder: join(folder, 'uploads'),
  authenticate: async (token) => ({ userId: token as UserId, name: token, expiresAt: null }),
  rates: { upgrade: unlimited, address: unlimited, user: unlimited, socket: unlimited },
  callsInFlightMax: 10_000,
});
await new Promise<void>((resolve) =>
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve),
);
serveBench(
  { port: (server.address() as AddressInfo).port },
  async () => {
    await natter.close({ graceMs: 0 });
    await storage.close();
    await rm(folder, { recursive: true });
  },
  statements,
);
