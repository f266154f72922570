/**
 * Owns the price of a resume: `npm run bench:resume`. A person in 10, 1,000 and 10,000 conversations comes back after
 * 3 of them changed, alone or among 20,000 others that changed meanwhile and are not theirs, over a real socket of the
 * real server. Cold: on a node that does not know the person;
 * warm: they were there within the last minute.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { subprotocol, type UserId, uuidv7 } from '@natter/protocol';
import {
  createMemoryBus,
  createNatter,
  openDisk,
  openSqlite,
  type Storage,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { WebSocket } from 'ws';
import { countStatements } from './statements.ts';

const hourMs = 3_600_000;
const resumes = 200;
const resumesCold = 20;
const changed = 3;
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const statements = countStatements();

interface Resumed {
  statements: number;
  bytes: number;
  heads: number;
  ms: number;
}

await main();

async function main(): Promise<void> {
  const rows = [];
  for (const others of [0, 20_000])
    for (const mine of [10, 1_000, 10_000]) rows.push(...(await measure(mine, others)));
  console.table(rows);
}

async function measure(mine: number, others: number): Promise<object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'natter-resume-'));
  const path = join(folder, 'natter.db');
  const made = await openSqlite({ path, runtime, writer: 'inline' });
  for (const name of ['ada', 'bob', 'eve']) await made.saveUser({ id: name as UserId, name });
  await made.close();
  const now = systemClock.now();
  fill(path, { mine, others, now });

  // In this thread, so that every statement is counted.
  const storage = await openSqlite({ path, runtime, writer: 'inline' });
  const hello = {
    token: 'ada',
    since: `s${(now - hourMs).toString(36).padStart(11, '0')}`,
    epoch: storage.epoch,
  };
  const rows = [];

  // A server for each: nobody is known to it.
  const cold = await repeat('cold', resumesCold, async () => {
    const node = await startNode(storage, folder);
    return { ...(await sayHello(node.url, hello)), after: node.close };
  });
  rows.push({ mine, others, ...cold });

  const node = await startNode(storage, folder);
  await (await sayHello(node.url, hello)).close();
  const warm = await repeat('warm', resumes, () => sayHello(node.url, hello));
  rows.push({ mine, others, ...warm });
  await node.close();

  await storage.close();
  await rm(folder, { recursive: true });
  return rows;
}

async function startNode(
  storage: Storage,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  const rate = { perSecond: 1_000, burst: 10_000 };
  const natter = await createNatter({
    server,
    storage,
    bus: createMemoryBus({ onError: (error) => console.error(error) }),
    files: await openDisk(join(folder, 'files')),
    uploadsFolder: join(folder, 'uploads'),
    authenticate: async (token) => ({ userId: token as UserId, name: token, expiresAt: null }),
    rates: { upgrade: rate, address: rate, user: rate },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/socket`,
    async close() {
      await natter.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function repeat(
  name: string,
  times: number,
  resume: () => Promise<Resumed & { close(): Promise<void>; after?(): Promise<void> }>,
): Promise<object> {
  const all: Resumed[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let at = 0; at < times; at++) {
    delay.enable();
    const { close, after, ...resumed } = await resume();
    delay.disable();
    await close();
    await after?.();
    all.push(resumed);
  }
  const durations = all.map(({ ms }) => ms).sort((a, b) => a - b);
  const [first] = all;
  if (first === undefined || all.some(({ heads }) => heads !== changed))
    throw new Error(`the answer is wrong: ${JSON.stringify(first)}`);
  return {
    name,
    statements: Math.max(...all.map((each) => each.statements)),
    bytes: Math.max(...all.map((each) => each.bytes)),
    medianMs: round(durations[times / 2] ?? 0),
    maxMs: round(durations.at(-1) ?? 0),
    blockedMaxMs: round(delay.max / 1e6),
  };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}

async function sayHello(
  url: string,
  params: object,
): Promise<Resumed & { close(): Promise<void> }> {
  const socket = new WebSocket(url, [subprotocol], { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const before = statements();
  const begun = performance.now();
  const answered = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ id: 1, method: 'hello', params }));
  const reply = await answered;
  const ms = performance.now() - begun;
  const { result } = JSON.parse(reply.toString()) as { result?: { heads: unknown[] } };
  return {
    statements: statements() - before,
    bytes: reply.length,
    heads: result?.heads.length ?? -1,
    ms,
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => setImmediate(resolve));
        socket.close();
      }),
  };
}

/** Written by hand, since 30,000 conversations one by one take minutes. */
function fill(
  path: string,
  { mine, others, now }: { mine: number; others: number; now: number },
): void {
  const db = new DatabaseSync(path);
  const old = now - 24 * hourMs;
  const lately = now - hourMs / 2;
  const conversation = db.prepare(
    `INSERT INTO conversations (key, id, kind, version, last_seq, member_count, active_at, changed_at,
       created_at, creator_id, name) VALUES (?, ?, 'group', 4, 1, 2, ?, ?, ?, 'bob', 'a group')`,
  );
  const member = db.prepare(
    `INSERT INTO members (conversation, user_id, role, joined_at, delivered_seq, read_seq, version,
       changed_at) VALUES (?, ?, 'member', ?, 0, 0, 3, ?)`,
  );
  const message = db.prepare(
    `INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
       body_hash, sender_name, content) VALUES (?, 1, ?, 'bob', 4, ?, 4, x'00', 'bob', 'hello')`,
  );
  const id = (at: number) => uuidv7(at, systemRandom.bytes(10));
  db.exec('BEGIN');
  for (let key = 1; key <= mine + others; key++) {
    const isMine = key <= mine;
    // Spread over the person's conversations.
    const isChanged = !isMine || key % Math.ceil(mine / changed) === 1 || mine < changed;
    const at = isChanged ? lately : old;
    conversation.run(key, id(old), at, at, old);
    for (const userId of [isMine ? 'ada' : 'eve', 'bob']) member.run(key, userId, old, old);
    message.run(key, id(at), at);
  }
  db.exec('COMMIT');
  db.close();
}
