/**
 * Owns the price of the bus: `npm run bench:bus`. One node publishes to another by a real NATS on loopback, 200 bytes
 * a message on 100 conversations, at a steady pace; how long each takes, and what both nodes' work costs together.
 */
import { performance } from 'node:perf_hooks';
import { openNats, silentLog, systemClock, systemRandom, type Topic } from '@natter/server';
import { startNats } from '../tests/services/nats.ts';

const seconds = 5;
const payloadBytes = 200;
const tickMs = 5;
const topics = Array.from({ length: 100 }, (_, at): Topic => `conversation.${at}`);
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };

await main();

async function main(): Promise<void> {
  const nats = await startNats();
  const rows = [];
  for (const perSecond of [100, 1_000, 10_000, 10_000, 30_000])
    rows.push(await measure(nats.url, perSecond));
  console.table(rows);
  await nats.stop();
}

async function measure(url: string, perSecond: number): Promise<object> {
  const [from, to] = [await openNats({ url, runtime }), await openNats({ url, runtime })];
  const total = perSecond * seconds;
  const latencies = new Float64Array(total);
  let received = 0;
  const all = Promise.withResolvers<void>();
  for (const topic of topics) {
    to.subscribe(topic, (payload) => {
      const sentAt = new DataView(payload.buffer, payload.byteOffset).getFloat64(0);
      latencies[received++] = performance.now() - sentAt;
      if (received === total) all.resolve();
    });
  }
  await to.subscribed();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  let sent = 0;
  const stop = systemClock.every(tickMs, () => {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000));
    for (; sent < due; sent++) {
      const payload = Buffer.alloc(payloadBytes);
      payload.writeDoubleBE(performance.now());
      from.publish(topics[sent % topics.length] ?? 'user.x', payload);
    }
  });
  await all.promise;
  stop();
  const { user, system } = process.cpuUsage(before);
  await from.close();
  await to.close();
  const sorted = latencies.toSorted();
  const at = (part: number) => `${(sorted[Math.floor(part * (total - 1))] ?? 0).toFixed(2)} ms`;
  return {
    'messages/s': perSecond,
    p50: at(0.5),
    p99: at(0.99),
    'CPU/message, both nodes': `${((user + system) / total).toFixed(1)} µs`,
  };
}
