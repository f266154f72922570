/**
 * Chat on a server that was there before. Its pages and its sessions stay its own; Natter answers `/v1`, `/docs`
 * and `/health`. Run it: `node --conditions=source docs/examples/attach.ts`, then open http://localhost:8080.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { NatterError, type UserId } from '@natter/protocol';
import {
  createMemoryBus,
  createNatter,
  openDisk,
  openSqlite,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';

// What was there before: a shop, which knows its customers by their sessions.
const sessions = new Map([
  ['session-of-ada', { id: 'ada', name: 'Ada Lovelace' }],
  ['session-of-bob', { id: 'bob', name: 'Bob Kahn' }],
]);
const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  switch (request.url) {
    case '/':
      return response.end('Welcome to the shop.\n');
    case '/cart':
      return response.end('Your cart is empty.\n');
    default:
      return response.writeHead(404).end('The shop has no such page.\n');
  }
});

// Chat on it.
const data = process.env.SHOP_DATA ?? 'shop-data';
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const files = await openDisk(join(data, 'files'));
const storage = await openSqlite({ path: join(data, 'chat.sqlite'), runtime });
const bus = createMemoryBus();
const natter = await createNatter({
  server,
  storage,
  bus,
  files,
  uploadsFolder: join(data, 'uploads'),
  async authenticate(token) {
    const customer = sessions.get(token);
    if (customer === undefined) {
      throw new NatterError('unauthenticated', 'unable to sign in: log in to the shop first');
    }
    return { userId: customer.id as UserId, name: customer.name, expiresAt: null };
  },
});

server.listen(Number(process.env.PORT ?? 8080), () => {
  console.log(`The shop is open at http://localhost:${process.env.PORT ?? 8080}`);
});

process.once('SIGTERM', async () => {
  await natter.close();
  await Promise.all([storage.close(), bus.close(), files.close()]);
  server.close();
  server.closeAllConnections();
});
