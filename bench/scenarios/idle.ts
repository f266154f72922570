/** Owns scenario 8: what 10,000 sockets cost that do nothing, each of a person who follows 10 conversations. */
import { readFileSync } from 'node:fs';
import { alternating, figureOf, rangeOf } from '../load/figures.ts';
import { startServer } from '../load/process.ts';
import { userIdOf } from '../subjects/names.ts';
import { signInAll } from '../subjects/signIn.ts';
import { natter, type Subject, socketIo, ws } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

/** Long enough for timers and the collector to come to rest. */
const restMs = 3_000;
const idleMs = 5_000;

interface Run {
  subject: string;
  /** Bytes a socket. */
  rss: number;
  kernel: number;
  /** Bytes. */
  rssAtFirst: number;
  /** Milliseconds a second. */
  processor: number;
}

const subjects = [natter, socketIo, ws];

export const idle: Scenario = {
  title: '10,000 idle sockets: memory and processor time',
  async run({ isQuick, rounds }) {
    const sockets = isQuick ? 1_000 : 9_500;
    const runs: Run[] = [];
    for (const round of alternating(subjects, rounds)) {
      for (const subject of round) {
        const run = await measure(subject, sockets);
        runs.push(run);
        console.log(`… ${run.subject}: ${inKilobytes(run.rss)} KB a socket`);
      }
    }
    const rows = subjects.map(({ name }) => {
      const mine = runs.filter(({ subject }) => subject === name);
      const figure = (of: (run: Run) => number) => figureOf(mine.map(of));
      const rss = figure((run) => run.rss / 1_000);
      return {
        server: name,
        'RSS a socket, KB': rss.median.toFixed(1),
        range: rangeOf(rss, 1),
        'kernel, TCP, a socket, KB': inKilobytes(figure((run) => run.kernel).median),
        'RSS at first, MB': (figure((run) => run.rssAtFirst).median / 1e6).toFixed(0),
        'processor ms a second': figure((run) => run.processor).median.toFixed(1),
      };
    });
    const title = `${sockets.toLocaleString('en')} sockets; with Natter each signed in and following 10 conversations`;
    return { tables: [{ title, rows }], warnings: [] };
  },
};

async function measure(subject: Subject, sockets: number): Promise<Run> {
  const server = await startServer(
    subject.server,
    { conversations: 1, members: sockets, follows: 10, ...subject.options },
    ['--expose-gc'],
  );
  try {
    // What is made once only is made before.
    const first = await signInAll(subject.dialect, server.port, [userIdOf(0, 0), userIdOf(0, 1)]);
    await rest(restMs);
    const before = await server.usage();
    const kernelBefore = kernelBytes();
    const userIds = Array.from({ length: sockets - 2 }, (_, at) => userIdOf(0, at + 2));
    const crew = await signInAll(subject.dialect, server.port, userIds);
    await rest(restMs);
    const after = await server.usage();
    await rest(idleMs);
    const later = await server.usage();
    const cpuMs = (later.user + later.system - after.user - after.system) * 1_000;
    const run = {
      subject: subject.name,
      rss: (later.rss - before.rss) / crew.length,
      kernel: (kernelBytes() - kernelBefore) / crew.length,
      rssAtFirst: before.rss,
      processor: cpuMs / (idleMs / 1_000),
    };
    for (const { socket } of [...first, ...crew]) socket.reset();
    return run;
  } finally {
    await server.stop();
  }
}

function inKilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}

/** What TCP has of memory, both ends together: pages of 4 KiB. */
function kernelBytes(): number {
  const [, pages] = /^TCP:.* mem (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8')) ?? [];
  return Number(pages ?? Number.NaN) * 4_096;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
