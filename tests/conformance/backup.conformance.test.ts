/** Holds a backup that is made while people talk, and the restored past that their clients come back to. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChatClient, createChatClient, type Store } from '@natter/client';
import type { ConversationId, Message } from '@natter/protocol';
import { afterEach, expect, test } from 'vitest';
import { newGroup, newPerson, type Person } from './people.ts';
import { startProgram, temporaryFolder } from './program.ts';
import { secret } from './topology.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const settings = { NATTER_AUTH_SECRET: secret };
const undos: (() => unknown)[] = [];

afterEach(async () => {
  while (undos.length > 0) await undos.pop()?.();
});

async function natter(...args: string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', 'apps/natter/src/main.ts', ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`natter ${args.join(' ')} ended with ${code}: ${output}`);
  return output;
}

function until<Snapshot>(store: Store<Snapshot>, is: (snapshot: Snapshot) => boolean) {
  return new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (!is(store.getSnapshot())) return;
      clearTimeout(timer);
      undo();
      resolve();
    };
    const timer = setTimeout(() => {
      undo();
      const last = JSON.stringify(store.getSnapshot())?.slice(-3_000);
      reject(new Error(`not within 30 s; last: ${last}`));
    }, 30_000);
    const undo = store.subscribe(look);
    queueMicrotask(look);
  });
}

async function allMessages(person: Person, conversationId: ConversationId): Promise<Message[]> {
  const found: Message[] = [];
  for (let after = 0; ; ) {
    const page = await person.call('getMessages', { conversationId, after, limit: 100 });
    found.push(...page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasAfter) return found;
  }
}

test('[HELLO10][HELLO6] a backup made under load is whole, and clients heal from the past that it restores', {
  timeout: 120_000,
}, async () => {
  const folder = await temporaryFolder();
  undos.push(folder.remove);
  const [data, target] = [join(folder.path, 'data'), join(folder.path, 'backup')];
  const first = await startProgram(data, settings);
  undos.push(first.kill);
  const url = () => first.url;
  const ada = await newPerson(url, 'Ada');
  const ben = await newPerson(url, 'Ben');
  const id = await newGroup(ada, [ben]);
  const { epoch } = (await ada.connect()).hello;

  const devices: ChatClient[] = [ada, ada, ben, ben].map(({ token }) => {
    const device = createChatClient({ url: first.url, getToken: () => token, pageSize: 100 });
    undos.push(() => device.dispose());
    undos.push(device.messages(id).subscribe(() => {}));
    return device;
  });
  const [writer, , answerer] = devices as [ChatClient, ChatClient, ChatClient, ChatClient];
  const isSent =
    (messageId: string) => (snapshot: { messages: readonly { id: string; status: string }[] }) =>
      snapshot.messages.some(
        (it) => it.id === messageId && it.status !== 'sending' && it.status !== 'failed',
      );

  const acknowledged = new Set<string>();
  let isLoading = true;
  const load = [writer, answerer].map(async (device, at) => {
    for (let count = 0; isLoading; count++) {
      const messageId = device.messages(id).send({ content: `${at} says ${count}` });
      await until(device.messages(id), isSent(messageId));
      acknowledged.add(messageId);
    }
  });
  await until(writer.messages(id), ({ messages }) => messages.length > 60);

  const before = new Set(acknowledged);
  expect(before.size).toBeGreaterThan(20);
  expect(await natter('backup', target, '--data', data)).toContain('database: checked');
  const during = acknowledged.size - before.size;
  const late = writer.messages(id).send({ content: 'after the backup' });
  await until(writer.messages(id), isSent(late));
  for (const device of devices)
    await until(device.messages(id), ({ messages }) => messages.some((it) => it.id === late));
  await expect(natter('restore', target, '--data', data, '--replace')).rejects.toThrow('in use');
  isLoading = false;
  await Promise.all(load);
  expect(during).toBeGreaterThan(0);

  await first.stop();
  const unsent = answerer.messages(id).send({ content: 'written while it was down' });
  await natter('restore', target, '--data', data, '--replace');
  const second = await startProgram(data, settings, first.port);
  undos.push(second.kill);

  for (const device of devices) {
    device.connection.reconnect();
    await until(device.connection, (it) => it.status === 'connected' && it.synced);
  }
  for (const device of devices) await until(device.messages(id), isSent(unsent));
  const rows = await allMessages(ada, id);
  const ids = rows.map((row) => row.id);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
  expect([...before].filter((it) => !ids.includes(it as never))).toEqual([]);
  expect(ids).not.toContain(late);
  expect(ids.filter((it) => it === unsent)).toHaveLength(1);
  for (const device of devices) {
    const shown = device
      .messages(id)
      .getSnapshot()
      .messages.map((it) => it.id);
    expect(shown).toEqual(ids.slice(-shown.length));
    expect(shown.length).toBeGreaterThanOrEqual(Math.min(ids.length, 50));
  }
  const { hello } = await ben.connect({ epoch, since: 's0000000000a' });
  expect(hello).toMatchObject({ reset: true });
  expect(hello.epoch).not.toBe(epoch);
});
