/** A host's backend and a bot, as their pages show them, on a server of their own. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatClient, createChatClient } from '@natter/client';
import type { ConversationId, UserId } from '@natter/protocol';
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
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tellOfOrder } from './backend.ts';
import { startBot } from './bot.ts';

let natter: Natter;
let url: string;
const undo: (() => unknown)[] = [];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'natter-host-'));
  const server = createServer();
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const storage = await openSqlite({ path: join(folder, 'chat.db'), runtime });
  const bus = createMemoryBus();
  const files = await openDisk(join(folder, 'files'));
  natter = await createNatter({
    server,
    storage,
    bus,
    files,
    uploadsFolder: join(folder, 'uploads'),
    authenticate: async (token) => ({ userId: token as UserId, name: token, expiresAt: null }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  undo.push(
    () => rm(folder, { recursive: true, force: true }),
    () => server.close(),
    () => Promise.all([storage.close(), bus.close(), files.close()]),
    () => natter.close({ graceMs: 0 }),
  );
});

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

test('a backend begins a conversation with a customer who has never signed in, once', async () => {
  const order = { id: '7', customer: { id: 'ada', name: 'Ada' }, orderedAt: 1_790_000_000_000 };
  const id = await tellOfOrder(natter, order);
  expect(await tellOfOrder(natter, order)).toBe(id);
  const ada = open('ada');
  await until(ada, () => contents(ada, id).length > 0);
  expect(contents(ada, id)).toEqual(['Thank you! We pack it today.']);
});

test('a bot answers each message once, whenever it is started anew, and however many of it there are', async () => {
  await natter.saveUser({ userId: 'bot' as UserId, name: 'Bot' });
  const ada = open('ada');
  await until(ada, () => ada.me.getSnapshot() !== null);
  const id = await ada.conversations.createDirect('bot' as UserId);
  const said: string[] = [];
  const say = (content: string) => {
    said.push(content, `You said: ${content}`);
    ada.messages(id).send({ content });
  };
  const isAnswered = () => contents(ada, id).length === said.length;

  say('one');
  say('two');
  const first = startBot(url, () => 'bot');
  await until(ada, () => contents(ada, id).length > 2);
  say('three');
  first.dispose();
  const others = [startBot(url, () => 'bot'), startBot(url, () => 'bot')];
  undo.push(...others.map((bot) => () => bot.dispose()));
  await until(ada, isAnswered);
  say('four');
  await until(ada, isAnswered);
  expect(contents(ada, id).toSorted()).toEqual(said.toSorted());
});

function open(name: string): ChatClient {
  const client = createChatClient({ url, getToken: () => name });
  undo.push(() => client.dispose());
  return client;
}

function contents(client: ChatClient, id: ConversationId): string[] {
  return client
    .messages(id)
    .getSnapshot()
    .messages.filter(({ type }) => type === 'text')
    .map(({ content }) => content);
}

/** Looks at each change of what this client shows. */
async function until(client: ChatClient, isSo: () => boolean): Promise<void> {
  const stops: (() => void)[] = [];
  const watched = new Set<ConversationId>();
  await new Promise<void>((resolve) => {
    const look = () => {
      for (const { conversation } of client.conversations.getSnapshot().items) {
        if (watched.has(conversation.id)) continue;
        watched.add(conversation.id);
        stops.push(client.messages(conversation.id).subscribe(look));
      }
      if (isSo()) resolve();
    };
    stops.push(client.conversations.subscribe(look), client.me.subscribe(look));
    look();
  });
  for (const stop of stops) stop();
}
