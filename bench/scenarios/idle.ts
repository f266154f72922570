/** Owns scenario 8: what 10,000 sockets cost that do nothing, each of a person who follows 10 conversations. */
import { readFileSync } from 'node:fs';
import { startServer } from '../load/process.ts';
import { userIdOf } from '../subjects/names.ts';
import { signInAll } from '../subjects/signIn.ts';
import { natter, type Subject, socketIo, ws } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

/** Long enough for timers and the collector to come to rest. */
const restMs = 3_000;
const idleMs = 5_000;

export const idle: Scenario = {
  title: '10,000 idle sockets: memory and processor time',
  async run({ isQuick }) {
    const sockets = isQuick ? 1_000 : 9_500;
    const rows = [];
    for (const subject of [natter, socketIo, ws]) rows.push(await measure(subject, sockets));
    const title = `${sockets.toLocaleString('en')} sockets; with Natter each signed in and following 10 conversations`;
    return { tables: [{ title, rows }], warnings: [] };
  },
};

async function measure(
  subject: Subject,
  sockets: number,
): Promise<Record<string, string | number>> {
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
    const row = {
      server: subject.name,
      'RSS a socket, KB': ((later.rss - before.rss) / crew.length / 1_000).toFixed(1),
      'kernel, TCP, a socket, KB': ((kernelBytes() - kernelBefore) / crew.length / 1_000).toFixed(
        1,
      ),
      'RSS at first, MB': (before.rss / 1e6).toFixed(0),
      'processor ms a second': (cpuMs / (idleMs / 1_000)).toFixed(1),
    };
    for (const { socket } of [...first, ...crew]) socket.reset();
    return row;
  } finally {
    await server.stop();
  }
}

/** What TCP has of memory, both ends together: pages of 4 KiB. */
function kernelBytes(): number {
  const [, pages] = /^TCP:.* mem (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8')) ?? [];
  return Number(pages ?? Number.NaN) * 4_096;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
