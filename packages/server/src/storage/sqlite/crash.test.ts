import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ConversationId, MessageId, UserId } from '@natter/protocol';
import { afterAll, expect, it } from 'vitest';
import { createWorld, testRuntime } from '../suite/world.suite.ts';
import { openSqlite } from './sqlite.ts';

const folder = await mkdtemp(join(tmpdir(), 'natter-sqlite-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A process that sends as fast as it can, and says which sends were acknowledged. */
const program = (path: string) => `
    import { openSqlite } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
    import { silentLog, systemClock, systemRandom } from ${JSON.stringify(new URL('../../runtime/system.ts', import.meta.url).href)};
    const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
    const storage = await openSqlite({ path: ${JSON.stringify(path)}, runtime });
    await storage.saveUser({ id: 'ada', name: 'Ada' });
    const conversationId = '00000000-0000-7000-8000-000000000000';
    await storage.createConversation(
      { id: conversationId, kind: 'group', creatorId: 'ada', userIds: [], name: 'x' });
    let next = 0;
    async function sender() {
      for (;;) {
        const id = '00000000-0000-7000-8000-' + String(++next).padStart(12, '0');
        const sent = await storage.appendMessage(
          { id, conversationId, senderId: 'ada', content: id, fileIds: [] });
        process.stdout.write(id + ' ' + sent.message.seq + '\\n');
      }
    }
    await Promise.all(Array.from({ length: 20 }, sender));`;

it('[SEND1] what was acknowledged before SIGKILL is there, once, without holes', async () => {
  const path = join(folder, 'natter.db');
  const script = `${path}.mjs`;
  await writeFile(script, program(path));
  const child = spawn(process.execPath, ['--conditions=source', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may be cut short by the kill.
    const [, id, seq] = /^(\S{36}) (\d+)$/.exec(line) ?? [];
    if (id !== undefined) acknowledged.set(id, Number(seq));
    if (acknowledged.size === 500) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);

  const storage = await openSqlite({ path, runtime: testRuntime });
  const world = createWorld(storage);
  const ada = 'ada' as UserId;
  const id = '00000000-0000-7000-8000-000000000000' as ConversationId;
  const rows = await world.history(ada, id);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  const seqs = new Map(rows.map((row) => [row.id, row.seq]));
  expect(acknowledged.size).toBeGreaterThanOrEqual(500);
  // A line cut short could name another seq: only its beginning counts.
  for (const [messageId, seq] of [...acknowledged].slice(0, -1)) {
    expect(seqs.get(messageId as MessageId)).toBe(seq);
  }
  const head = (await world.entry(ada, id)).conversation;
  expect(head).toMatchObject({ lastSeq: rows.length, version: rows.length + 2 });
  await storage.close();
});
