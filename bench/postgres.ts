/**
 * Owns what group commit brings: `npm run bench:postgres`. The same appends to a real PostgreSQL (fsync on) on loopback, one in
 * each transaction and all that wait in one, in turns; how many a second, how long each takes, and what it costs on both sides.
 */
import { performance } from 'node:perf_hooks';
import type { UserId } from '@natter/protocol';
import {
  openPostgres,
  type PostgresOptions,
  type Storage,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { startPostgres } from '../tests/services/postgres.ts';
import { createLatency } from './load/latency.ts';
import { usageOf } from './load/servicesUsage.ts';
import { conversationIdOf, messageIdOf, userIdOf } from './subjects/names.ts';
import { seedCrowd } from './subjects/seed.ts';

const crowd = { conversations: 100, members: 2 };
const seconds = 3;
const rounds = 2;
const inFlights = [1, 64, 512];
const ways: Record<string, PostgresOptions['lanes']> = {
  'one each': { batchMax: 1 },
  'in groups': {},
};
const content = 'about as many words as people write to one another, most of the time.';
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };

let sent = 0;
const postgres = await startPostgres({ durable: true });
const url = postgres.createDatabase();
const seeding = await openPostgres(url, { runtime });
await seedCrowd(seeding, crowd);
await seeding.close();
const rows = [];
for (let round = 0; round < rounds; round++)
  for (const [commits, lanes] of Object.entries(ways)) {
    const storage = await openPostgres(url, { runtime, ...(lanes === undefined ? {} : { lanes }) });
    await measure(storage, 64, 1);
    for (const inFlight of inFlights)
      rows.push({ commits, 'in flight': inFlight, ...(await measure(storage, inFlight, seconds)) });
    await storage.close();
  }
rows.sort((a, b) => a['in flight'] - b['in flight'] || b.commits.localeCompare(a.commits));
console.table(rows);
await postgres.remove();

async function measure(storage: Storage, inFlight: number, forSeconds: number) {
  const latency = createLatency();
  const committed = () => Number(postgres.query('SELECT sum(xact_commit) FROM pg_stat_database'));
  const before = { own: process.cpuUsage(), theirs: usageOf('postgres'), commits: committed() };
  const startedAt = performance.now();
  async function sender(): Promise<void> {
    while (performance.now() - startedAt < forSeconds * 1_000) {
      const at = sent++;
      const conversation = at % crowd.conversations;
      const beganAt = performance.now();
      await storage.appendMessage({
        id: messageIdOf(at),
        conversationId: conversationIdOf(conversation),
        senderId: userIdOf(conversation, 0) as UserId,
        content,
        fileIds: [],
      });
      latency.record(performance.now() - beganAt);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, sender));
  const took = (performance.now() - startedAt) / 1_000;
  const own = process.cpuUsage(before.own);
  const theirs = usageOf('postgres') - before.theirs;
  const perMessage = (cpuSeconds: number) => ((cpuSeconds * 1e6) / latency.count).toFixed(0);
  return {
    'appends/s': Math.round(latency.count / took),
    'in a commit': (latency.count / Math.max(1, committed() - before.commits)).toFixed(1),
    'p50, ms': latency.at(50).toFixed(1),
    'p99, ms': latency.at(99).toFixed(1),
    'node, µs each': perMessage((own.user + own.system) / 1e6),
    'PostgreSQL, µs each': perMessage(theirs),
  };
}
