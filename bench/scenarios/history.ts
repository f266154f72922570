/** Owns scenario 6: pages of 50 at any depth of 1,000,000 messages, and the whole list of 5,000 conversations. */
import { performance } from 'node:perf_hooks';
import type { GetConversationsResult, GetMessagesResult } from '@natter/protocol';
import { createLatency, type Latency } from '../load/latency.ts';
import { type ServerProcess, startServer } from '../load/process.ts';
import { createFractions } from '../load/schedule.ts';
import type { LoadSocket } from '../load/socket.ts';
import { call, sayHello } from '../subjects/calls.ts';
import { conversationIdOf, userIdOf } from '../subjects/names.ts';
import { natter } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

const pageSize = 50;
const pages = 2_000;
const lists = 5;

export const history: Scenario = {
  title: 'history pages at any depth of 1,000,000 messages, and the list of 5,000 conversations',
  async run({ isQuick }) {
    const past = { messages: isQuick ? 20_000 : 1_000_000, conversations: isQuick ? 500 : 5_000 };
    const server = await startServer(natter.server, { conversations: 1, members: 2, past });
    try {
      const { socket } = await sayHello(server.port, { token: userIdOf(0, 0) });
      const rows = [
        await measure(server, 'page of 50, newest half', pages, (latency, at) =>
          readPage(socket, latency, past.messages, at, [0.5, 1]),
        ),
        await measure(server, 'page of 50, any depth', pages, (latency, at) =>
          readPage(socket, latency, past.messages, at, [0, 1]),
        ),
        await measure(server, `list of ${past.conversations}`, lists, (latency) =>
          readList(socket, latency, past.conversations),
        ),
      ];
      socket.reset();
      return {
        tables: [{ title: 'one reader, one call at a time, loopback included', rows }],
        warnings: [],
      };
    } finally {
      await server.stop();
    }
  },
};

async function measure(
  server: ServerProcess,
  what: string,
  times: number,
  work: (latency: Latency, at: number) => Promise<void>,
): Promise<Record<string, string | number>> {
  const latency = createLatency();
  const before = await server.usage();
  for (let at = 0; at < times; at++) await work(latency, at);
  const after = await server.usage();
  const cpuSeconds = after.user + after.system - before.user - before.system;
  return {
    what,
    times,
    'p50 ms': latency.at(50).toFixed(2),
    'p99 ms': latency.at(99).toFixed(2),
    'worst ms': latency.at(100).toFixed(2),
    'ms of server each': ((cpuSeconds * 1_000) / times).toFixed(2),
  };
}

const fraction = createFractions(6);

async function readPage(
  socket: LoadSocket,
  latency: Latency,
  messages: number,
  at: number,
  [from, to]: readonly [number, number],
): Promise<void> {
  const seq = Math.max(pageSize + 1, Math.floor(messages * (from + fraction() * (to - from))));
  const begunAt = performance.now();
  const page = await call<GetMessagesResult>(socket, 'getMessages', {
    conversationId: conversationIdOf(0),
    before: seq,
    limit: pageSize,
  });
  latency.record(performance.now() - begunAt);
  if (page.messages.length !== pageSize) throw new Error(`page ${at} has ${page.messages.length}`);
}

async function readList(socket: LoadSocket, latency: Latency, expected: number): Promise<void> {
  const begunAt = performance.now();
  let after: string | undefined;
  let read = 0;
  do {
    const params = { limit: 100, ...(after === undefined ? {} : { after }) };
    const page = await call<GetConversationsResult>(socket, 'getConversations', params);
    read += page.entries.length;
    after = page.next ?? undefined;
  } while (after !== undefined);
  latency.record(performance.now() - begunAt);
  if (read < expected) throw new Error(`the list has ${read} of ${expected}`);
}
