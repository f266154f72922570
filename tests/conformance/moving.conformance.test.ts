/** Holds the move to PostgreSQL and a bucket: killed on its way, run again, and found by devices that were there before. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChatClient, createChatClient, type Store } from '@natter/client';
import type { MessageId, UserId } from '@natter/protocol';
import { openSqlite, silentLog, systemClock, systemRandom } from '@natter/server';
import { afterEach, expect, it } from 'vitest';
import { startS3 } from '../../packages/server/test/s3.ts';
import { describePostgres } from '../services/postgres.ts';
import { newGroup, newId, newPerson } from './people.ts';
import { startProgram, temporaryFolder } from './program.ts';
import { secret } from './topology.ts';
import { read, upload } from './uploading.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const undos: (() => unknown)[] = [];
afterEach(async () => {
  while (undos.length > 0) await undos.pop()?.();
});

/** Runs to its end, or is killed as soon as it has said `until`. */
async function move(settings: Record<string, string>, until?: string) {
  const child = spawn(
    process.execPath,
    ['--conditions=source', 'apps/natter/src/main.ts', 'migrate-to-postgres'],
    { cwd: root, env: { PATH: process.env.PATH, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (until !== undefined && output.includes(until)) child.kill('SIGKILL');
    });
  const ended = await new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  );
  return { ended, output };
}

function becomes<Snapshot>(store: Store<Snapshot>, is: (snapshot: Snapshot) => boolean) {
  return new Promise<void>((resolve, reject) => {
    const stop = systemClock.after(30_000, () => {
      undo();
      reject(new Error(`not within 30 s: ${JSON.stringify(store.getSnapshot())?.slice(-2_000)}`));
    });
    const look = (): void => {
      if (!is(store.getSnapshot())) return;
      stop();
      undo();
      resolve();
    };
    const undo = store.subscribe(look);
    queueMicrotask(look);
  });
}

/** Written before anybody is there: enough that the move can be cut off in it. */
async function longPast(data: string, count: number): Promise<void> {
  const path = join(data, 'natter.db');
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const storage = await openSqlite({ path, runtime, writer: 'inline' });
  const senderId = 'past' as UserId;
  await storage.saveUser({ id: senderId, name: 'Past' });
  const conversationId = newId();
  const made = { id: conversationId, kind: 'group', name: 'past', userIds: [] } as const;
  await storage.createConversation({ ...made, creatorId: senderId });
  const sends = Array.from({ length: count }, (_, at) =>
    storage.appendMessage({
      id: newId<MessageId>(),
      conversationId,
      senderId,
      content: `${at}`,
      fileIds: [],
    }),
  );
  await Promise.all(sends);
  await storage.close();
}

describePostgres('moving to PostgreSQL', {}, (server) => {
  // Both topologies are in it.
  const only = process.env.NATTER_TEST_TOPOLOGY === 'two' ? it.skip : it;
  only(
    '[HELLO6][SEND2] killed on its way and run again, it leads devices on as if nothing had been',
    {
      timeout: 180_000,
    },
    async () => {
      const folder = await temporaryFolder();
      undos.push(folder.remove);
      await longPast(folder.path, 9_000);
      const settings = { NATTER_AUTH_SECRET: secret };
      const first = await startProgram(folder.path, settings);
      undos.push(first.kill);
      const url = () => first.url;
      const [ada, ben] = [await newPerson(url, 'Ada'), await newPerson(url, 'Ben')];
      const [id, quiet] = [await newGroup(ada, [ben]), await newGroup(ada, [ben])];
      const bytes = Array.from({ length: 12 }, () => randomBytes(20_000));
      const files = [];
      for (const each of bytes)
        files.push((await upload(first.url, ada.token, 'it.bin', each)).fileId);
      await ada.call('sendMessage', {
        id: newId<MessageId>(),
        conversationId: quiet,
        content: '',
        fileIds: files.slice(0, 10),
      });
      const devices: ChatClient[] = [ada, ben].map(({ token }) => {
        const device = createChatClient({ url: first.url, getToken: () => token });
        undos.push(() => device.dispose());
        undos.push(device.messages(id).subscribe(() => {}));
        return device;
      });
      const [writer, reader] = devices as [ChatClient, ChatClient];
      const before = writer.messages(id).send({ content: 'before' });
      await becomes(reader.messages(id), ({ messages }) => messages.some((it) => it.id === before));
      const { hello } = await ben.connect();

      const target = {
        NATTER_DATA: folder.path,
        NATTER_DATABASE_URL: server.createDatabase(),
        NATTER_FILES_URL: await startBucket(),
      };
      await first.stop();
      const unsent = writer.messages(id).send({ content: 'written on the way' });

      for (const until of [
        'copied messages: 30 %',
        'carried files: 50 %',
        'compared messages: 30 %',
      ])
        expect(await move(target, until), until).toMatchObject({ ended: 'SIGKILL' });
      const { ended, output } = await move(target);
      expect(ended, output).toBe(0);
      expect(output).toContain('going on after what was copied before');
      expect(output).toMatch(/messages +90\d\d rows {2}sha256 [0-9a-f]{16}/);
      await expect(startProgram(folder.path, settings)).rejects.toThrow(/was moved to PostgreSQL/);

      const second = await startProgram(folder.path, { ...target, ...settings }, first.port);
      undos.push(second.kill);
      for (const device of devices) {
        device.connection.reconnect();
        await becomes(device.connection, (it) => it.status === 'connected' && it.synced);
      }
      await becomes(reader.messages(id), ({ messages }) => messages.some((it) => it.id === unsent));
      const page = await ben.call('getMessages', { conversationId: id, limit: 100 });
      const shown = page.messages.filter(({ type }) => type === 'text').map((it) => it.id);
      expect(shown).toEqual([before, unsent]);
      for (const device of devices) {
        const { messages } = device.messages(id).getSnapshot();
        expect(messages.filter(({ type }) => type === 'text').map((it) => it.id)).toEqual(shown);
      }
      // It resumes with what changed, and does not begin afresh.
      const again = await ben.connect({ epoch: hello.epoch, since: hello.since });
      expect(again.hello).toMatchObject({ reset: false, epoch: hello.epoch });
      expect(again.hello.heads.map((head) => head.conversationId)).toContain(id);
      for (const [at, fileId] of files.slice(0, 10).entries()) {
        const answer = await read(second.url, ben.token, fileId);
        expect(Buffer.from(await answer.arrayBuffer()).equals(bytes[at] as Buffer)).toBe(true);
      }
    },
  );

  async function startBucket(): Promise<string> {
    const s3 = await startS3();
    undos.push(s3.close);
    return s3.url;
  }
});
