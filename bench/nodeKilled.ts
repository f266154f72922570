/**
 * Owns what the death of a node costs: `npm run bench:node-killed`. Two real nodes on PostgreSQL and NATS, 2,000
 * people with the real SDK, 1,000 on each; one node gets SIGKILL, and somebody writes into every conversation while
 * they are away. How long until all are back and have everything, and what the database is asked for each of them.
 */
import { performance } from 'node:perf_hooks';
import { type ChatClient, createChatClient } from '@natter/client';
import { type ConversationId, type MessageId, type UserId, uuidv7 } from '@natter/protocol';
import { systemRandom } from '@natter/server';
import { SignJWT } from 'jose';
import { type Program, startProgram, temporaryFolder } from '../tests/conformance/program.ts';
import { startNats } from '../tests/services/nats.ts';
import { type PostgresServer, startPostgres } from '../tests/services/postgres.ts';

const people = Number(process.argv[2] ?? 2_000);
const groupSize = 20;
const quietMs = 20_000;
const lookMs = 50;
const patienceMs = 300_000;
const ours = "WHERE query NOT LIKE '%pg_stat_statements%'";
const secret = 'bench-secret-of-more-than-32-bytes-';

interface Device {
  client: ChatClient;
  /** Where its socket was made. */
  node: Program | null;
  syncedAt: number | null;
}

/** As a proxy does: whoever lives, in turn. */
function createBalancer(nodes: readonly Program[]) {
  const living = new Set(nodes);
  let turn = 0;
  return {
    pick(): Program {
      const node = [...living][turn++ % living.size];
      if (node === undefined) throw new Error('no node lives');
      return node;
    },
    lost: (node: Program) => living.delete(node),
  };
}
type Balancer = ReturnType<typeof createBalancer>;

await main();

async function main(): Promise<void> {
  const postgres = await startPostgres({
    durable: true,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  });
  const nats = await startNats();
  const folders = [await temporaryFolder(), await temporaryFolder()];
  const database = postgres.createDatabase();
  postgres.query('CREATE EXTENSION pg_stat_statements', database);
  const nodes: Program[] = [];
  const devices: Device[] = [];
  try {
    for (const { path } of folders)
      nodes.push(
        await startProgram(path, {
          NATTER_AUTH_SECRET: secret,
          NATTER_DATABASE_URL: database,
          NATTER_BUS_URL: nats.url,
        }),
      );
    await measure(postgres, database, nodes, devices);
  } finally {
    for (const { client } of devices) client.dispose();
    await Promise.all(nodes.map((node) => node.kill()));
    await nats.stop();
    await postgres.remove();
    await Promise.all(folders.map((folder) => folder.remove()));
  }
}

async function measure(
  postgres: PostgresServer,
  database: string,
  nodes: readonly Program[],
  devices: Device[],
): Promise<void> {
  const [dying, staying] = nodes as readonly [Program, Program];
  const balancer = createBalancer(nodes);
  const names = Array.from({ length: people }, (_, at) => `p${at}` as UserId);
  const tokens = new Map<UserId, string>();
  for (const name of names) tokens.set(name, await sign(name));

  for (let at = 0; at < people; at += 50) {
    const some = names.slice(at, at + 50);
    await Promise.all(some.map((name) => call(staying, tokens.get(name), 'getUsers', { ids: [] })));
  }
  const groups = new Map<ConversationId, UserId[]>();
  for (let at = 0; at < people; at += groupSize) {
    const [owner, ...others] = names.slice(at, at + groupSize);
    const id = newId<ConversationId>();
    const params = { id, kind: 'group', name: `Group ${at}`, userIds: others };
    await call(staying, tokens.get(owner as UserId), 'createConversation', params);
    groups.set(id, names.slice(at, at + groupSize));
  }

  const openAt = performance.now();
  for (const name of names) {
    devices.push(open(name, tokens.get(name) ?? '', balancer));
    // A few hundred at once, as they come in life.
    if (devices.length % 200 === 0) await until(() => devices.every(isSynced));
  }
  await until(() => devices.every(isSynced));
  console.log(`${people} people are here after ${seconds(performance.now() - openAt)} s`);

  await pause(quietMs);
  reset(postgres, database);
  await pause(quietMs);
  const idlePerSecond = count(postgres, database) / (quietMs / 1_000);

  const away = devices.filter(({ node }) => node === dying);
  for (const device of away) device.syncedAt = null;
  const stayed = devices.length - away.length;
  reset(postgres, database);
  const killedAt = performance.now();
  balancer.lost(dying);
  await dying.kill();
  const written: Promise<void>[] = [];
  for (const [id, [owner]] of groups) {
    const params = { id: newId<MessageId>(), conversationId: id, content: 'while you were away' };
    written.push(call(staying, tokens.get(owner as UserId), 'sendMessage', params));
  }
  await Promise.all(written);
  const has = (device: Device, id: ConversationId) =>
    device.client.conversations.get(id)?.preview?.content === 'while you were away';
  const members = [...groups].flatMap(([id, ids]) =>
    ids.map((name) => ({ id, device: devices[names.indexOf(name)] as Device })),
  );
  let missing = members;
  await until(
    () => {
      missing = missing.filter(({ id, device }) => !has(device, id));
      return missing.length === 0 && away.every(isSynced);
    },
    () => {
      const waiting = away.filter((device) => !isSynced(device));
      const states = waiting.map(({ client }) => JSON.stringify(client.connection.getSnapshot()));
      const lacking = missing.filter(({ device }) => !away.includes(device)).length;
      return [
        `${waiting.length} are not back, ${missing.length} lack a message, ${lacking} of them stayed`,
        ...new Set(states.slice(0, 5)),
        staying.output().slice(-2_000),
      ].join('\n');
    },
  );
  const rightMs = performance.now() - killedAt;
  const asked = count(postgres, database);
  const top = statements(postgres, database);

  const back = away
    .map(({ syncedAt }) => (syncedAt ?? Number.NaN) - killedAt)
    .sort((a, b) => a - b);
  const at = (share: number) => seconds(back[Math.ceil(back.length * share) - 1] ?? Number.NaN);
  const idle = idlePerSecond * (rightMs / 1_000);
  console.table({
    'sockets on the node that died': away.length,
    'sockets that stayed': stayed,
    'back, half of them (s)': at(0.5),
    'back, 99 % (s)': at(0.99),
    'back, all (s)': at(1),
    'all are right (s)': seconds(rightMs),
    'statements for it, the idle ones taken off': Math.round(asked - idle),
    'of these for the messages written meanwhile, about': groups.size,
    'statements a reconnect': ((asked - idle) / Math.max(1, away.length)).toFixed(2),
    'statements a second of two idle nodes': idlePerSecond.toFixed(1),
  });
  console.log(top);
}

function open(name: UserId, token: string, balancer: Balancer): Device {
  const device: Device = { client: null as never, node: null, syncedAt: null };
  class BalancedWebSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      const node = balancer.pick();
      super(url.replace(/^ws:\/\/[^/]+/, node.url.replace(/^http/, 'ws')), protocols);
      device.node = node;
    }
  }
  device.client = createChatClient({
    url: 'http://natter.invalid',
    getToken: async () => token,
    WebSocket: BalancedWebSocket as never,
    environment: { reportError: (error) => console.error(name, error) },
  });
  device.client.connection.subscribe(() => {
    if (isSynced(device)) device.syncedAt ??= performance.now();
  });
  device.client.conversations.subscribe(() => {});
  device.client.connection.connect();
  return device;
}

function isSynced({ client }: Device): boolean {
  const now = client.connection.getSnapshot();
  return now.status === 'connected' && now.synced;
}

async function until(holds: () => boolean, explain = () => ''): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`it takes too long: ${explain()}`);
    await pause(lookMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(2);
}

function newId<Id extends string>(): Id {
  return uuidv7(Date.now(), systemRandom.bytes(10)) as Id;
}

async function call(
  node: Program,
  token: string | undefined,
  method: string,
  params: object,
): Promise<void> {
  const once = () =>
    fetch(`${node.url}/v1/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
  // A connection that was kept may be at its end; all that is called here can be repeated.
  const answer = await once().catch(once);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method}: ${text}`);
}

function sign(name: UserId): Promise<string> {
  return new SignJWT({ name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
}

function reset(postgres: PostgresServer, database: string): void {
  postgres.query('SELECT pg_stat_statements_reset()', database);
}

function count(postgres: PostgresServer, database: string): number {
  return Number(
    postgres.query(`SELECT coalesce(sum(calls), 0) FROM pg_stat_statements ${ours}`, database),
  );
}

/** Calls, milliseconds of the database, and the beginning of each statement. */
function statements(postgres: PostgresServer, database: string): string {
  const columns = `calls || '  ' || round(total_exec_time) || ' ms  ' ||
    left(regexp_replace(query, '\\s+', ' ', 'g'), 110)`;
  return postgres.query(
    `SELECT ${columns} FROM pg_stat_statements ${ours} ORDER BY calls DESC LIMIT 12`,
    database,
  );
}
