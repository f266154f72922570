/** Owns scenario 6: pages of 50 at any depth of 1,000,000 messages, and the whole list of 5,000 conversations. */
import { performance } from 'node:perf_hooks';
import type { GetConversationsResult, GetMessagesResult } from '@natter/protocol';
import { figureOf, rangeOf } from '../load/figures.ts';
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

interface Run {
  what: string;
  times: number;
  p50: number;
  p99: number;
  worst: number;
  /** Milliseconds of the server's processor. */
  processor: number;
}

export const history: Scenario = {
  title: 'history pages at any depth of 1,000,000 messages, and the list of 5,000 conversations',
  async run({ isQuick, rounds }) {
    const past = { messages: isQuick ? 20_000 : 1_000_000, conversations: isQuick ? 500 : 5_000 };
    const server = await startServer(natter.server, { conversations: 1, members: 2, past });
    try {
      const { socket } = await sayHello(server.port, { token: userIdOf(0, 0) });
      const readDeep = (range: readonly [number, number]) => (latency: Latency, at: number) =>
        readPage(socket, latency, past.messages, at, range);
      const readAll = (latency: Latency) => readList(socket, latency, past.conversations);
      const newest = 'page of 50, newest half';
      const anyDepth = 'page of 50, any depth';
      const list = `list of ${past.conversations}`;
      const runs: Run[] = [];
      for (let round = 0; round < rounds; round++) {
        runs.push(await measure(server, newest, pages, readDeep([0.5, 1])));
        runs.push(await measure(server, anyDepth, pages, readDeep([0, 1])));
        runs.push(await measure(server, list, lists, readAll));
        console.log(`… round ${round + 1}: measured`);
      }
      socket.reset();
      const rows = [newest, anyDepth, list].map((what) =>
        summarise(runs.filter((run) => run.what === what)),
      );
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
): Promise<Run> {
  const latency = createLatency();
  const before = await server.usage();
  for (let at = 0; at < times; at++) await work(latency, at);
  const after = await server.usage();
  const cpuSeconds = after.user + after.system - before.user - before.system;
  return {
    what,
    times,
    p50: latency.at(50),
    p99: latency.at(99),
    worst: latency.at(100),
    processor: (cpuSeconds * 1_000) / times,
  };
}

function summarise(runs: readonly Run[]): Record<string, string | number> {
  const figure = (of: (run: Run) => number) => figureOf(runs.map(of));
  const p99 = figure((run) => run.p99);
  return {
    what: runs[0]?.what ?? '',
    'times a round': runs[0]?.times ?? 0,
    'p50 ms': figure((run) => run.p50).median.toFixed(2),
    'p99 ms': p99.median.toFixed(2),
    range: rangeOf(p99, 2),
    'worst ms': figure((run) => run.worst).most.toFixed(2),
    'ms of server each': figure((run) => run.processor).median.toFixed(2),
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
