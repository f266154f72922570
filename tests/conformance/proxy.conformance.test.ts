/** Holds what `deploy/` gives to operators to what it is for: its proxy and its NATS, with two real nodes. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../processes/server.ts';
import { type Caddy, caddyProgram, startCaddy } from '../services/caddy.ts';
import { type NatsServer, natsProgram, startNats } from '../services/nats.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../services/postgres.ts';
import { leave, newGroup, newPerson, type Person, post } from './people.ts';
import { type Program, startProgram, temporaryFolder } from './program.ts';
import { secret } from './topology.ts';
import { begin, sendPart } from './uploading.ts';
import { connect } from './wire.ts';

const isComplete = caddyProgram && natsProgram && findPostgres() !== null;
const natsPassword = 'of-the-nats-in-deploy';

describe.skipIf(!isComplete)('two nodes behind the proxy (needs Caddy, NATS, PostgreSQL)', () => {
  let postgres: PostgresServer;
  let nats: NatsServer;
  let proxy: Caddy;
  const nodes: Program[] = [];
  const folders: { remove(): Promise<void> }[] = [];
  let ada: Person;
  let bob: Person;
  let settings: Record<string, string>;
  const url = () => proxy.url;

  beforeAll(async () => {
    postgres = await startPostgres();
    process.env.NATS_PASSWORD = natsPassword;
    nats = await startNats(await natsConfiguration());
    settings = {
      NATTER_AUTH_SECRET: secret,
      NATTER_TRUST_PROXY: '1',
      NATTER_DRAIN_SECONDS: '0',
      NATTER_DATABASE_URL: postgres.createDatabase(),
      NATTER_BUS_URL: `nats://natter:${natsPassword}@127.0.0.1:${nats.port}`,
    };
    for (let at = 0; at < 2; at++) {
      const folder = await temporaryFolder();
      folders.push(folder);
      nodes.push(await startProgram(folder.path, settings));
    }
    proxy = await startCaddy(nodes.map((node) => node.port));
    [ada, bob] = [await newPerson(url, 'Ada'), await newPerson(url, 'Bob')];
  });
  afterEach(leave);
  afterAll(async () => {
    await proxy.stop();
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(folders.map((folder) => folder.remove()));
    await nats.stop();
    await postgres.remove();
  });

  test('an upload comes whole, request by request', async () => {
    for (let at = 0; at < 4; at++) {
      const bytes = Buffer.from(`note ${at}`);
      const { fileId } = await begin(url(), ada.token, 'note.txt', bytes.length);
      for (const [offset, byte] of bytes.entries()) {
        const answer = await sendPart(url(), ada.token, fileId, offset, Buffer.from([byte]));
        expect(answer.status).toBe(offset + 1 < bytes.length ? 204 : 200);
      }
    }
  });

  test('[AUTH5] natter revoke closes somebody’s sockets on every node, and their token is not taken again', async () => {
    const eve = await newPerson(url, 'Eve');
    const sockets = [];
    for (const node of nodes) sockets.push((await connect(node.url, { token: eve.token })).wire);
    const staying = await bob.connect();
    expect(await runProgram(['revoke', '--user', eve.id], settings)).toBe(0);
    for (const socket of sockets) expect((await socket.closed).code).toBe(4201);
    for (const node of nodes) {
      const { status } = await post(node.url, 'getConversations', {}, eve.token);
      expect(status).toBe(401);
    }
    expect(staying.isOpen).toBe(true);
  });

  test('sockets are spread over the nodes, and who loses one comes back by the other at once', async () => {
    const group = await newGroup(ada, [bob]);
    const sockets = [await ada.connect(), await bob.connect()];
    await ada.say(group, 'before');
    for (const socket of sockets) await socket.next('newMessage');

    await nodes[0]?.kill();
    await Promise.race(sockets.map((socket) => socket.closed));
    expect(sockets.filter((socket) => socket.isOpen)).toHaveLength(1);

    const back = await bob.connect();
    const { messages } = await back.call('getMessages', { conversationId: group });
    expect(messages.map((message) => message.content)).toContain('before');
    // The proxy knows by now: not even a call with a body, which it does not repeat, goes the wrong way.
    for (let at = 0; at < 10; at++) await ada.call('getConversation', { conversationId: group });
  });
});

/** The port and the monitoring are the test's own. */
async function natsConfiguration(): Promise<string> {
  const text = await readFile(new URL('../../deploy/nats.conf', import.meta.url), 'utf8');
  return text.replace(/^(?:port|http): .*$/gm, '');
}
