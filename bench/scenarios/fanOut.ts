/**
 * Owns scenario 1: one conversation, one sender, everybody else listens, at a rising rate. Each round opens the sockets
 * anew; every socket's frames are counted, and every tenth's are parsed and checked, with the latency.
 */
import { performance } from 'node:perf_hooks';
import { alternating } from '../load/figures.ts';
import { createLatency } from '../load/latency.ts';
import { addFaults, createLedger, type Faults, faultsOfCount } from '../load/ledger.ts';
import { ownUsage, type ServerProcess, startServer } from '../load/process.ts';
import { evenly, runOpenLoop } from '../load/schedule.ts';
import { userIdOf } from '../subjects/names.ts';
import { type SignedIn, signInAll } from '../subjects/signIn.ts';
import type { Subject } from '../subjects/subjects.ts';

export interface Point {
  perSecond: number;
  messages: number;
  /** The servers are meant to have no rest. */
  saturating?: boolean;
}

export interface FanOutRun extends Faults {
  subject: string;
  guarantee: Subject['guarantee'];
  sockets: number;
  perSecond: number;
  payloadBytes: number;
  saturating: boolean;
  deliveries: number;
  /** The main figure. */
  deliveriesPerCpuSecond: number;
  microsecondsPerDelivery: number;
  bytesPerDelivery: number;
  /** Of the server: reads and writes, of sockets and of the database. Not a number where they are not counted. */
  systemCallsPerDelivery: number;
  deliveriesPerSecond: number;
  p50: number;
  p99: number;
  p999: number;
  /** Parts of a core. */
  serverBusy: number;
  generatorBusy: number;
}

/** As many deliveries in each size. */
const warmUpDeliveries = 120_000;
const drainMs = 60_000;
const checkedEvery = 10;

export async function measureFanOut(
  subjects: readonly Subject[],
  options: {
    sockets: number;
    points: readonly Point[];
    rounds: number;
    payloadBytes: number;
    onRun: (run: FanOutRun) => void;
  },
): Promise<void> {
  const { sockets, points, rounds, payloadBytes, onRun } = options;
  const servers = new Map<Subject, ServerProcess>();
  const numbers = new Map<Subject, number>();
  const crowd = { conversations: 1, members: sockets };
  const userIds = Array.from({ length: sockets }, (_, at) => userIdOf(0, at));
  try {
    for (const subject of subjects)
      servers.set(
        subject,
        await startServer(subject.server, { ...crowd, ...subject.options }, subject.nodeFlags),
      );
    for (const round of alternating(subjects, rounds)) {
      for (const subject of round) {
        const server = servers.get(subject);
        if (server === undefined) continue;
        const crew = await signInAll(subject.dialect, server.port, userIds);
        const measure = async (point: Point) => {
          const first = numbers.get(subject) ?? 0;
          numbers.set(subject, first + point.messages);
          return await measurePoint(subject, server, crew, { ...point, payloadBytes, first });
        };
        const warmUp = Math.min(500, Math.ceil(warmUpDeliveries / sockets));
        await measure({ perSecond: 100, messages: Math.ceil(warmUp / 4) });
        await measure({ perSecond: 500, messages: warmUp });
        for (const point of points) onRun(await measure(point));
        for (const { socket } of crew) socket.reset();
      }
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

export async function measurePoint(
  subject: Subject,
  server: ServerProcess,
  crew: readonly SignedIn[],
  {
    perSecond,
    messages,
    saturating = false,
    payloadBytes,
    first,
  }: Point & { payloadBytes: number; first: number },
): Promise<FanOutRun> {
  const [sender, ...listeners] = crew;
  if (sender === undefined) throw new Error('unable to measure: nobody sends');
  const schedule = evenly(messages, perSecond);
  const frames = Array.from({ length: messages }, (_, at) =>
    subject.dialect.send(first + at, 0, payloadBytes),
  );
  const latency = createLatency();
  const done = Promise.withResolvers<void>();
  let begunAt = Number.NaN;
  let missing = listeners.length * messages;
  let acknowledged = 0;
  const settle = () => {
    if (missing <= 0 && acknowledged >= messages) done.resolve();
  };
  sender.onHeard = (heard) => {
    if (heard.kind === 'refused') done.reject(new Error(`unable to send: ${heard.why}`));
    if (heard.kind !== 'acknowledged') return;
    acknowledged += 1;
    settle();
  };
  const ledgers = listeners.map((listener, at) => {
    const { socket } = listener;
    socket.counted = 0;
    socket.bytes = 0;
    if (at % checkedEvery !== 0) {
      // Sends are `payloadBytes` and more; nothing else that comes unasked is.
      socket.countFrom = payloadBytes + 128;
      return null;
    }
    const ledger = createLedger();
    listener.onHeard = (heard) => {
      if (heard.kind !== 'event') return;
      const place = heard.at - first;
      ledger.heard(place);
      latency.record(performance.now() - begunAt - (schedule[place] ?? 0));
      missing -= 1;
      settle();
    };
    return ledger;
  });
  const counters = listeners.filter((_, at) => ledgers[at] === null);
  let countedBefore = 0;
  const watch = setInterval(() => {
    const counted = counters.reduce((sum, { socket }) => sum + socket.counted, 0);
    missing -= counted - countedBefore;
    countedBefore = counted;
    settle();
  }, 5);

  const before = await server.usage();
  const ownBefore = ownUsage();
  const startedAt = performance.now();
  let timeout: NodeJS.Timeout | undefined;
  await runOpenLoop(schedule, (at, intendedAt) => {
    if (at === 0) begunAt = intendedAt;
    sender.socket.send(frames[at] ?? Buffer.alloc(0));
  });
  await Promise.race([
    done.promise,
    new Promise<void>((resolve) => {
      timeout = setTimeout(resolve, drainMs);
    }),
  ]);
  clearTimeout(timeout);
  clearInterval(watch);
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  const ownAfter = ownUsage();
  const after = await server.usage();

  const cpuSeconds = after.user + after.system - before.user - before.system;
  const faults = addFaults(
    listeners.map(
      ({ socket }, at) => ledgers[at]?.faults(messages) ?? faultsOfCount(socket.counted, messages),
    ),
  );
  const deliveries = listeners.length * messages - faults.lost;
  const bytes = listeners.reduce((sum, { socket }) => sum + socket.bytes, 0);
  return {
    subject: subject.name,
    guarantee: subject.guarantee,
    sockets: crew.length,
    perSecond,
    payloadBytes,
    saturating,
    deliveries,
    deliveriesPerCpuSecond: deliveries / cpuSeconds,
    microsecondsPerDelivery: (cpuSeconds * 1e6) / deliveries,
    bytesPerDelivery: bytes / deliveries,
    systemCallsPerDelivery: (after.systemCalls - before.systemCalls) / deliveries,
    deliveriesPerSecond: deliveries / wallSeconds,
    p50: latency.at(50),
    p99: latency.at(99),
    p999: latency.at(99.9),
    serverBusy: cpuSeconds / wallSeconds,
    generatorBusy:
      (ownAfter.user + ownAfter.system - ownBefore.user - ownBefore.system) / wallSeconds,
    ...faults,
  };
}
