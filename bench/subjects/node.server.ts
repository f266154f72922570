/** One of several nodes: the library on PostgreSQL and NATS, as `natter` runs it, without rates. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@natter/protocol';
import {
  createNatter,
  openDisk,
  openNats,
  openPostgres,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { serveBench } from '../load/process.ts';

export interface NodeOptions {
  databaseUrl: string;
  busUrl: string;
}

const { databaseUrl, busUrl } = JSON.parse(process.argv[2] ?? '{}') as NodeOptions;
const unlimited = { perSecond: Number.POSITIVE_INFINITY, burst: 1 };
const folder = await mkdtemp(join(tmpdir(), 'natter-bench-'));
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const storage = await openPostgres(databaseUrl, { runtime });
const bus = await openNats({ url: busUrl, runtime });
const server = createServer();
const natter = await createNatter({
  server,
  storage,
  bus,
  files: await openDisk(join(folder, 'files')),
  uploadsFolder: join(folder, 'uploads'),
  authenticate: async (token) => ({ userId: token as UserId, name: token, expiresAt: null }),
  rates: { upgrade: unlimited, address: unlimited, user: unlimited, socket: unlimited },
  callsInFlightMax: 10_000,
});
await new Promise<void>((resolve) =>
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve),
);
serveBench({ port: (server.address() as AddressInfo).port }, async () => {
  await natter.close({ graceMs: 0 });
  await bus.close();
  await storage.close();
  await rm(folder, { recursive: true });
});
