/**
 * Owns the price of `natter migrate-to-postgres`: `npm run bench:move`. An embedded installation of 100,000 messages in
 * 200 groups, every fiftieth with an image, moves to a real PostgreSQL (fsync on) and an S3 server, both on this machine.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import {
  type ConversationId,
  type FileId,
  type MessageId,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { openSqlite, silentLog, systemClock, systemRandom } from '@natter/server';
import { startS3 } from '../packages/server/test/s3.ts';
import { startPostgres } from '../tests/services/postgres.ts';

const messages = Number(process.argv[2] ?? 100_000);
const groups = 200;
const people = 1_000;
const everyImage = 50;
const [originalBytes, thumbnailBytes] = [150_000, 8_000];
const content = 'some words that people write to one another, about so many as they mostly do. ';

const newId = <Id extends string>() => uuidv7(systemClock.now(), systemRandom.bytes(10)) as Id;
const root = fileURLToPath(new URL('..', import.meta.url));

await main();

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'natter-bench-move-'));
  const postgres = await startPostgres({ durable: true });
  const s3 = await startS3();
  try {
    const images = await fill(data);
    const megabytes = ((images * (originalBytes + thumbnailBytes)) / 1e6).toFixed(0);
    const databaseMb = (statSync(join(data, 'natter.db')).size / 1e6).toFixed(0);
    console.log(`${messages} messages (${databaseMb} MB), ${images} images (${megabytes} MB)`);
    await move({
      NATTER_DATA: data,
      NATTER_DATABASE_URL: postgres.createDatabase(),
      NATTER_FILES_URL: s3.url,
    });
  } finally {
    await s3.close();
    await postgres.remove();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Answers how many images it made. */
async function fill(data: string): Promise<number> {
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const path = join(data, 'natter.db');
  const storage = await openSqlite({ path, runtime, writer: 'inline' });
  const users = Array.from({ length: people }, (_, at) => `user${at}` as UserId);
  await Promise.all(users.map((id) => storage.saveUser({ id, name: `Person ${id}` })));
  const ids = Array.from({ length: groups }, () => newId<ConversationId>());
  const creatorId = users[0] as UserId;
  for (const [at, id] of ids.entries())
    await storage.createConversation({
      id,
      kind: 'group',
      creatorId,
      userIds: Array.from(
        { length: 20 },
        (_, place) => users[(at * 5 + place + 1) % people],
      ) as UserId[],
      name: `Group ${at}`,
    });
  let images = 0;
  for (let at = 0; at < messages; at += 1_000) {
    const batch = Array.from({ length: Math.min(1_000, messages - at) }, async (_, place) => {
      const fileIds =
        (at + place) % everyImage === 0 ? [await image(data, storage, creatorId)] : [];
      images += fileIds.length;
      return storage.appendMessage({
        id: newId<MessageId>(),
        conversationId: ids[(at + place) % groups] as ConversationId,
        senderId: creatorId,
        content: content.repeat(1 + ((at + place) % 3)),
        fileIds,
      });
    });
    await Promise.all(batch);
  }
  await storage.close();
  return images;
}

async function image(
  data: string,
  storage: Awaited<ReturnType<typeof openSqlite>>,
  ownerId: UserId,
): Promise<FileId> {
  const fileId = newId<FileId>();
  for (const [variant, bytes] of [
    ['original', originalBytes],
    ['thumbnail', thumbnailBytes],
  ] as const) {
    const path = join(data, 'files', fileId.slice(-3), `${fileId}.${variant}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, randomBytes(bytes));
  }
  const shape = { width: 1_200, height: 900, thumbhash: null, bytes: originalBytes };
  const named = { kind: 'image', name: 'a picture.jpg', mediaType: 'image/jpeg' } as const;
  await storage.saveFile({ ...shape, ...named, fileId, ownerId });
  return fileId;
}

async function move(settings: Record<string, string>): Promise<void> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--conditions=source', 'apps/natter/src/main.ts', 'migrate-to-postgres'],
    { cwd: root, env: { PATH: process.env.PATH, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let peakMb = 0;
  const marks = new Map<string, number>();
  const firsts = ['copied users', 'carried files', 'compared users'];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      process.stdout.write(text);
      for (const each of firsts)
        if (text.includes(each) && !marks.has(each)) marks.set(each, performance.now());
      peakMb = Math.max(peakMb, peakOf(child.pid));
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const endedAt = performance.now();
  const seconds = (from: number, to: number) => ((to - from) / 1_000).toFixed(1);
  const [copied, carried, compared] = firsts.map((each) => marks.get(each) ?? startedAt);
  console.table({
    code,
    'all, s': seconds(startedAt, endedAt),
    'rows copied, s': seconds(copied ?? 0, carried ?? 0),
    'files carried and compared, s': seconds(carried ?? 0, compared ?? 0),
    'rows compared, s': seconds(compared ?? 0, endedAt),
    'memory at most, MB': peakMb.toFixed(0),
  });
}

/** What the process has had in memory at most so far. */
function peakOf(pid: number | undefined): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1_000;
}
