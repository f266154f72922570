/**
 * Owns the price of what grows: `npm run bench:limits`. What a socket holds, what signing in costs, and what a message
 * costs in conversations of more and more members, two of whom are there. It counts the processor time of the server,
 * all its threads, so that other work on the machine changes little.
 */
import { type ServerProcess, startServer, type Usage } from './load/process.ts';
import { userIdOf } from './subjects/names.ts';
import { type SignedIn, signInAll } from './subjects/signIn.ts';
import { natter } from './subjects/subjects.ts';

const { dialect, server: file } = natter;
const payloadBytes = 100;
const settleMs = 1_000;

await main();

async function main(): Promise<void> {
  console.table([await measureSockets(200, 10), await measureSockets(1_000, 2)]);
  const rows = [];
  for (const members of [2, 100, 1_000, 10_000, 100_000]) rows.push(await measureMembers(members));
  console.table(rows);
}

/** Everybody of so many conversations signs in; then each conversation has some messages. */
async function measureSockets(conversations: number, members: number): Promise<object> {
  const server = await startServer(file, { conversations, members });
  const users = Array.from({ length: conversations * members }, (_, at) =>
    userIdOf(at % conversations, Math.floor(at / conversations)),
  );
  const before = await settled(server);
  const crew = await signInAll(dialect, server.port, users);
  const signedIn = await settled(server);
  const messages = 5_000;
  await sendAll(crew, conversations, messages, members - 1);
  const sent = await settled(server);
  await server.stop();
  const sendSeconds = secondsOf(signedIn, sent);
  return {
    sockets: crew.length,
    conversations,
    'KiB a socket': ((signedIn.rss - before.rss) / crew.length / 1_024).toFixed(1),
    'ms to sign in': ((secondsOf(before, signedIn) * 1_000) / crew.length).toFixed(2),
    'others in each': members - 1,
    'µs a durable message': ((sendSeconds * 1e6) / messages).toFixed(0),
  };
}

async function measureMembers(members: number): Promise<object> {
  const server = await startServer(file, { conversations: 1, members });
  const crew = await signInAll(dialect, server.port, [userIdOf(0, 0), userIdOf(0, members - 1)]);
  const messages = 2_000;
  await sendAll(crew, 1, 200, 1);
  const before = await settled(server);
  await sendAll(crew, 1, messages, 1, 200);
  const after = await settled(server);
  await server.stop();
  return {
    members,
    'µs a durable message to one': ((secondsOf(before, after) * 1e6) / messages).toFixed(0),
    'MiB of the server': (after.rss / 1_048_576).toFixed(0),
  };
}

/** The first of each conversation sends, at most this many unanswered at once; resolves when all have it. */
async function sendAll(
  crew: readonly SignedIn[],
  conversations: number,
  messages: number,
  listeners: number,
  first = 0,
): Promise<void> {
  const atOnce = 64;
  const done = Promise.withResolvers<void>();
  let next = 0;
  let acknowledged = 0;
  let heard = 0;
  const settle = () => {
    if (acknowledged === messages && heard === messages * listeners) done.resolve();
  };
  const send = () => {
    if (next >= messages) return;
    const at = next++;
    const conversation = at % conversations;
    crew[conversation]?.socket.send(dialect.send(first + at, conversation, payloadBytes));
  };
  for (const one of crew)
    one.onHeard = (what) => {
      if (what.kind === 'refused') done.reject(new Error(`unable to send: ${what.why}`));
      if (what.kind === 'acknowledged') {
        acknowledged += 1;
        send();
      }
      if (what.kind === 'event') heard += 1;
      settle();
    };
  for (let at = 0; at < atOnce; at++) send();
  await done.promise;
}

/** Once nothing is under way any more. */
async function settled(server: ServerProcess): Promise<Usage> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return await server.usage();
}

function secondsOf(before: Usage, after: Usage): number {
  return after.user + after.system - before.user - before.system;
}
