/** Runs the example as its reader would, and uses both: the shop, and the chat on it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let data: string;
let url: string;
let shop: ChildProcess;
let output = '';

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'natter-example-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  shop = spawn(
    process.execPath,
    ['--conditions=source', fileURLToPath(new URL('./attach.ts', import.meta.url))],
    {
      env: { PATH: process.env.PATH, PORT: String(port), SHOP_DATA: data },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  shop.stderr?.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    shop.stdout?.once('data', () => resolve());
    shop.once('exit', () => reject(new Error(`the example ended:\n${output}`)));
  });
}, 30_000);

afterAll(async () => {
  shop.kill('SIGTERM');
  if (shop.exitCode === null) await once(shop, 'exit');
  await rm(data, { recursive: true, force: true });
  expect(shop.exitCode).toBe(0);
  expect(output).toBe('');
});

describe('docs/examples/attach.ts', () => {
  test("the shop's own pages are as before", async () => {
    expect(await (await fetch(url)).text()).toBe('Welcome to the shop.\n');
    expect(await (await fetch(`${url}/cart`)).text()).toBe('Your cart is empty.\n');
    const missing = await fetch(`${url}/elsewhere`);
    expect([missing.status, await missing.text()]).toEqual([404, 'The shop has no such page.\n']);
  });

  test('[AUTH1] customers chat with their sessions as tokens', async () => {
    const [ada, bob] = [await signIn('session-of-ada'), await signIn('session-of-bob')];
    const conversationId = '01890000-0000-7000-8000-000000000001';
    await ada.call('createConversation', { id: conversationId, kind: 'direct', userId: 'bob' });
    const id = '01890000-0000-7000-8000-000000000002';
    const ack = await ada.call('sendMessage', { id, conversationId, content: 'Still open?' });
    expect(ack).toMatchObject({ id, seq: 1 });
    expect(await bob.next('newMessage')).toMatchObject({
      conversationId,
      message: { id, senderName: 'Ada Lovelace', content: 'Still open?' },
    });
    ada.close();
    bob.close();
  });

  test('[AUTH1] nobody else does', async () => {
    await expect(signIn('session-of-eve')).rejects.toThrow('log in to the shop first');
  });
});

interface Socket {
  call(method: string, params: object): Promise<unknown>;
  next(type: string): Promise<unknown>;
  close(): void;
}

/** With nothing but what Node and browsers have. */
async function signIn(token: string): Promise<Socket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket`, 'natter.v1');
  await once(socket, 'open');
  const events: { type: string }[] = [];
  const waiting = new Map<number | string, (value: Frame) => void>();
  socket.addEventListener('message', ({ data: text }) => {
    const frame = JSON.parse(String(text)) as Frame;
    if (frame.event !== undefined) events.push(frame.event);
    waiting.get(frame.id ?? frame.event?.type ?? '')?.(frame);
  });
  let lastId = 0;
  const call = async (method: string, params: object) => {
    const id = ++lastId;
    const reply = new Promise<Frame>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await reply;
    if (error !== undefined) throw new Error(error.message);
    return result;
  };
  await call('hello', { token });
  return {
    call,
    async next(type) {
      const known = events.find((event) => event.type === type);
      return known ?? (await new Promise<Frame>((resolve) => waiting.set(type, resolve))).event;
    },
    close: () => socket.close(),
  };
}

interface Frame {
  id?: number;
  result?: unknown;
  error?: { message: string };
  event?: { type: string };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return address.port;
}
