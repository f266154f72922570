/**
 * Owns scenarios 3 and 4: 10,000 people connect and sign in; then all their sockets are cut, 50 messages are sent to each
 * of their conversations, and all of them resume at once and fetch what they missed.
 */
import { performance } from 'node:perf_hooks';
import type { GetChangesResult, GetConversationResult } from '@natter/protocol';
import { figureOf, rangeOf } from '../load/figures.ts';
import { createLatency } from '../load/latency.ts';
import { addFaults, createLedger, type Faults } from '../load/ledger.ts';
import { ownUsage, type ServerProcess, startServer } from '../load/process.ts';
import type { LoadSocket } from '../load/socket.ts';
import { percent } from '../load/warnings.ts';
import { call, sayHello } from '../subjects/calls.ts';
import { natterDialect } from '../subjects/dialects.ts';
import { conversationIdOf, numberIn, userIdOf } from '../subjects/names.ts';
import { signIn } from '../subjects/signIn.ts';
import { natter } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

const members = 10;
const missed = 50;
const payloadBytes = 128;
const atOnce = 500;

interface Device {
  conversation: number;
  userId: string;
  socket: LoadSocket;
  since: string;
  epoch: string;
  /** Of the conversation, when it left. */
  version: number;
}

interface Run {
  seconds: number;
  microseconds: number;
  statements: number;
  p50: number;
  p99: number;
  serverBusy: number;
  generatorBusy: number;
}

export const connects: Scenario = {
  title: '10,000 connects with hello, and 10,000 resumes that missed 50 messages each',
  async run({ isQuick, rounds }) {
    const conversations = isQuick ? 20 : 1_000;
    const people = conversations * members;
    const connected: Run[] = [];
    const resumed: Run[] = [];
    const faults: Faults[] = [];
    for (let round = 0; round < rounds; round++) {
      // Another server each time: one that has met somebody knows more of them.
      const server = await startServer(natter.server, {
        conversations,
        members,
        countStatements: true,
      });
      try {
        const devices: Device[] = [];
        connected.push(await measureConnects(server, conversations, devices));
        await inParallel(devices, async (device) => {
          device.version = await versionOf(device);
        });
        for (const { socket } of devices) socket.reset();
        await sendMissed(server.port, conversations);
        resumed.push(await measureResumes(server, devices, faults));
        for (const { socket } of devices) socket.reset();
      } finally {
        await server.stop();
      }
      console.log(`… round ${round + 1}: measured`);
    }
    const { lost, repeated, disordered } = addFaults(faults);
    const rows = [
      {
        what: 'connect and hello',
        ...summarise(connected, people),
        'lost/repeated/disordered': '',
      },
      {
        what: `resume with ${missed} missed`,
        ...summarise(resumed, people),
        'lost/repeated/disordered': `${lost}/${repeated}/${disordered}`,
      },
    ];
    const title = `${people.toLocaleString('en')} people, ${conversations} conversations of ${members}`;
    return { tables: [{ title, rows }], warnings: [] };
  },
};

function measureConnects(
  server: ServerProcess,
  conversations: number,
  devices: Device[],
): Promise<Run> {
  const places = Array.from({ length: conversations * members }, (_, at) => ({
    conversation: Math.floor(at / members),
    userId: userIdOf(Math.floor(at / members), at % members),
  }));
  return timed(server, places.length, (record) =>
    inParallel(places, async (place) => {
      const began = performance.now();
      const { socket, hello } = await sayHello(server.port, { token: place.userId });
      record(performance.now() - began);
      const { since, epoch } = hello;
      devices.push({ ...place, socket, since, epoch, version: Number.NaN });
    }),
  );
}

function measureResumes(
  server: ServerProcess,
  devices: readonly Device[],
  faults: Faults[],
): Promise<Run> {
  const begunAt = performance.now();
  return timed(server, devices.length, (record) =>
    inParallel(devices, async (device) => {
      const ledger = createLedger();
      await resume(server.port, device, (number) => ledger.heard(number % missed));
      faults.push(ledger.faults(missed));
      record(performance.now() - begunAt);
    }),
  );
}

async function timed(
  server: ServerProcess,
  count: number,
  work: (record: (ms: number) => void) => Promise<void>,
): Promise<Run> {
  const latency = createLatency();
  const before = await server.usage();
  const ownBefore = ownUsage();
  const begunAt = performance.now();
  await work((ms) => latency.record(ms));
  const seconds = (performance.now() - begunAt) / 1_000;
  const own = ownUsage();
  const after = await server.usage();
  const cpuSeconds = after.user + after.system - before.user - before.system;
  return {
    seconds,
    microseconds: (cpuSeconds * 1e6) / count,
    statements: ((after.statements ?? 0) - (before.statements ?? 0)) / count,
    p50: latency.at(50),
    p99: latency.at(99),
    serverBusy: cpuSeconds / seconds,
    generatorBusy: (own.user + own.system - ownBefore.user - ownBefore.system) / seconds,
  };
}

function summarise(runs: readonly Run[], count: number): Record<string, string | number> {
  const figure = (of: (run: Run) => number) => figureOf(runs.map(of));
  const seconds = figure((run) => run.seconds);
  return {
    'all within s': seconds.median.toFixed(1),
    range: rangeOf(seconds, 1),
    'each a second': Math.round(count / seconds.median),
    'µs of server each': figure((run) => run.microseconds).median.toFixed(0),
    'statements each': figure((run) => run.statements).median.toFixed(2),
    'p50 ms': figure((run) => run.p50).median.toFixed(0),
    'p99 ms': figure((run) => run.p99).median.toFixed(0),
    'server busy': percent(figure((run) => run.serverBusy).median),
    'generator busy': percent(figure((run) => run.generatorBusy).median),
  };
}

async function inParallel<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
  width = atOnce,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one);
    }),
  );
}

async function versionOf({ socket, conversation }: Device): Promise<number> {
  const conversationId = conversationIdOf(conversation);
  const { entry } = await call<GetConversationResult>(socket, 'getConversation', {
    conversationId,
  });
  return entry.conversation.version;
}

/** One sender for each conversation, who then leaves. Contents are numbered by conversation. */
async function sendMissed(port: number, conversations: number): Promise<void> {
  const { send } = natterDialect;
  await inParallel(
    Array.from({ length: conversations }, (_, at) => at),
    async (conversation) => {
      const sender = await signIn(natterDialect, port, userIdOf(conversation, 0));
      let left = missed;
      const acknowledged = new Promise<void>((resolve, reject) => {
        sender.onHeard = (heard) => {
          if (heard.kind === 'refused') reject(new Error(heard.why));
          if (heard.kind === 'acknowledged' && --left === 0) resolve();
        };
      });
      for (let at = 0; at < missed; at++)
        sender.socket.send(send(conversation * missed + at, conversation, payloadBytes));
      await acknowledged;
      sender.socket.reset();
    },
    // More than 10,000 that wait to be written are refused.
    10_000 / missed,
  );
}

async function resume(
  port: number,
  device: Device,
  onMessage: (number: number) => void,
): Promise<void> {
  const { userId: token, since, epoch } = device;
  const { socket, hello } = await sayHello(port, { token, since, epoch });
  device.socket = socket;
  const conversationId = conversationIdOf(device.conversation);
  const head = hello.heads.find((head) => head.conversationId === conversationId);
  if (hello.reset || head === undefined) throw new Error('unable to resume: the head is missing');
  let from = device.version;
  while (from < head.version) {
    const changes = await call<GetChangesResult>(socket, 'getChanges', { conversationId, from });
    if (changes.tooFar) throw new Error('unable to resume: too far');
    for (const { content } of changes.messages) onMessage(numberIn(Buffer.from(content)));
    from = changes.version;
    if (!changes.more) break;
  }
}
