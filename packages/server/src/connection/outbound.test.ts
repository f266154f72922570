import type { Duplex } from 'node:stream';
import { type ConversationId, closeCodes, type UserId } from '@natter/protocol';
import { afterEach, expect, test } from 'vitest';
import { newId, startWorld, type World } from '../../test/world.ts';
import { type Batch, createBatches } from './batches.ts';
import { createFlusher, gatherMs } from './flusher.ts';
import { Outbound } from './outbound.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** A socket that keeps what is written until it is told to drain. */
function createSink() {
  const writes: string[] = [];
  let drained: (() => void)[] = [];
  return {
    writes,
    writableLength: 0,
    writableNeedDrain: false,
    writable: true,
    write(bytes: Buffer) {
      writes.push(bytes.toString());
      return true;
    },
    once(_name: string, call: () => void) {
      drained.push(call);
      return this;
    },
    drain() {
      this.writableLength = 0;
      this.writableNeedDrain = false;
      const due = drained;
      drained = [];
      for (const call of due) call();
    },
  };
}

/** Goes on only when it is told to. */
function createStillClock() {
  const timers: { at: number; call: () => void }[] = [];
  let now = 1_000;
  return {
    now: () => now,
    after(ms: number, call: () => void) {
      timers.push({ at: now + ms, call });
      return () => {};
    },
    every: () => () => {},
    advance(ms: number) {
      now += ms;
      for (const { call } of timers.splice(0).filter(({ at }) => at <= now)) call();
    },
  };
}

function createSubject(bytesMax = 1_000) {
  const sink = createSink();
  const clock = createStillClock();
  const told = { dropped: 0, full: 0 };
  const deps = {
    counters: { outboundBytes: 0 },
    runtime: { clock },
    flusher: createFlusher(clock),
    batches: createBatches(),
    outboundBytesMax: bytesMax,
  };
  const outbound = new Outbound(deps, sink as unknown as Duplex, {
    onDropped: () => {
      told.dropped += 1;
    },
    onFull: () => {
      told.full += 1;
    },
  });
  return { sink, clock, told, outbound };
}
const frame = (text: string) => Buffer.from(text);

const endOfTurn = () => Promise.resolve();

test('an idle socket is written to at the end of the turn, a busy one once after 8 ms', async () => {
  const { sink, clock, outbound } = createSubject();
  outbound.release();
  outbound.write(frame('a'), false);
  outbound.write(frame('b'), false);
  expect(sink.writes).toEqual([]);
  await endOfTurn();
  expect(sink.writes).toEqual(['ab']);
  outbound.write(frame('c'), false);
  outbound.write(frame('d'), true);
  await endOfTurn();
  expect(sink.writes).toEqual(['ab']);
  clock.advance(gatherMs);
  expect(sink.writes).toEqual(['ab', 'cd']);
});

test('a reply does not wait with what is gathered, and goes behind it', async () => {
  const { sink, clock, outbound } = createSubject();
  outbound.release();
  outbound.write(frame('a'), false);
  await endOfTurn();
  outbound.write(frame('b'), false);
  outbound.reply(frame('c'));
  outbound.write(frame('d'), false);
  await endOfTurn();
  expect(sink.writes).toEqual(['a', 'bcd']);
  outbound.replyPage(frame('e'));
  await endOfTurn();
  expect(sink.writes).toEqual(['a', 'bcd', 'e']);
  clock.advance(gatherMs);
  expect(sink.writes).toEqual(['a', 'bcd', 'e']);
});

test('what is joined for one socket is not joined again for the next that waits for the same', () => {
  const batches = createBatches();
  const batchOf = (...frames: Buffer[]) =>
    frames.reduce<Batch | null>(
      (before, each) => batches.append(before, each, 'durable'),
      null,
    ) as Batch;
  const [a, b, c] = [frame('a'), frame('b'), frame('c')] as const;
  const [joined] = batches.join(batchOf(a, b));
  expect(joined?.toString()).toBe('ab');
  expect(batches.join(batchOf(a, b))[0]).toBe(joined);
  expect(batches.join(batchOf(b, a))[0]?.toString()).toBe('ba');
  expect(batches.join(batchOf(a, b, c))[0]?.toString()).toBe('abc');
  expect(batches.join(batchOf(a))[0]).toBe(a);
  const large = [Buffer.alloc(40_000), Buffer.alloc(40_000)] as const;
  expect(batches.join(batchOf(...large))).toEqual(large);
});

test('the sockets that wait for the same share it: it is made once', () => {
  const batches = createBatches();
  const [a, b] = [frame('a'), frame('b')] as const;
  const first = batches.append(null, a, 'durable');
  expect(batches.append(null, a, 'durable')).toBe(first);
  const second = batches.append(first, b, 'durable');
  expect(batches.append(first, b, 'durable')).toBe(second);
  expect(batches.append(first, b, 'lossy')).not.toBe(second);
  expect(batches.append(null, b, 'durable')).not.toBe(second);
});

test('[HELLO4] what comes before the reply is held back and goes behind it', () => {
  const { sink, outbound } = createSubject();
  outbound.write(frame('event'), false);
  expect(sink.writes).toEqual([]);
  outbound.replyFirst(frame('reply'));
  outbound.release();
  expect(sink.writes).toEqual(['replyevent']);
});

test('[FULL1] past the first mark what is lossy is dropped, what is durable waits', async () => {
  const { sink, told, outbound } = createSubject(1_000);
  outbound.release();
  sink.writableLength = 600;
  sink.writableNeedDrain = true;
  outbound.write(frame('typing'), true);
  outbound.write(frame('message'), false);
  await endOfTurn();
  expect(told).toEqual({ dropped: 1, full: 0 });
  expect(sink.writes).toEqual([]);
  sink.drain();
  expect(sink.writes).toEqual(['message']);
});

test('[FULL2] past the second mark lossy frames go first, then the socket is given up', async () => {
  const { sink, told, outbound, clock } = createSubject(100);
  outbound.release();
  outbound.write(frame('first'), false);
  await endOfTurn();
  outbound.write(frame('x'.repeat(40)), true);
  outbound.write(frame('y'.repeat(90)), false);
  expect(told).toEqual({ dropped: 0, full: 0 });
  outbound.write(frame('z'), false);
  expect(told).toEqual({ dropped: 1, full: 0 });
  outbound.write(frame('z'.repeat(20)), false);
  outbound.write(frame('z'), false);
  expect(told).toEqual({ dropped: 1, full: 1 });
  clock.advance(gatherMs);
  expect(sink.writes).toEqual(['first']);
});

test('[FULL2] replies are not dropped, and the next page waits until the reader has kept up', async () => {
  const { sink, told, outbound } = createSubject(100);
  outbound.release();
  const asked: string[] = [];
  outbound.whenRead(() => asked.push('first'));
  sink.writableNeedDrain = true;
  outbound.replyPage(frame('x'.repeat(500)));
  outbound.whenRead(() => asked.push('second'));
  outbound.write(frame('message'), false);
  await endOfTurn();
  expect([asked, told]).toEqual([['first'], { dropped: 0, full: 0 }]);
  sink.drain();
  expect(asked).toEqual(['first', 'second']);
  expect(sink.writes).toEqual([`${'x'.repeat(500)}message`]);
});

test('[FULL2] who waits for a reader that is gone is called all the same', () => {
  const { sink, outbound } = createSubject(100);
  outbound.release();
  sink.writableNeedDrain = true;
  outbound.replyPage(frame('x'.repeat(500)));
  let called = 0;
  outbound.whenRead(() => {
    called += 1;
  });
  outbound.end();
  expect(called).toBe(1);
});

test('[FULL2] who asks for much and reads slowly is not listened to meanwhile, and gets every reply', async () => {
  world = await startWorld({ outboundBytesMax: 65_536 });
  const conversationId = await world.group('ada');
  for (let count = 0; count < 50; count++) {
    const content = 'x'.repeat(16_000);
    await world.natter.call('ada' as UserId, 'sendMessage', {
      id: newId(),
      conversationId,
      content,
    });
  }
  const ada = await world.open('ada');
  ada.raw.pause();
  const pages = Array.from({ length: 40 }, () =>
    ada.call<{ messages: unknown[] }>('getMessages', { conversationId }),
  );
  const other = await world.open('ada');
  await other.settled();
  ada.raw.resume();
  for (const page of await Promise.all(pages)) expect(page.messages).toHaveLength(50);
  expect(world.natter.stats().slowConsumers).toBe(0);
});

test('[FULL2] a reader that stopped reading is closed with slowConsumer, [FULL3] and delays no other', async () => {
  world = await startWorld({
    outboundBytesMax: 65_536,
    rates: { user: { perSecond: Number.POSITIVE_INFINITY, burst: 1 } },
  });
  const conversationId: ConversationId = await world.group('ada', 'bob', 'cy');
  const slow = await world.open('bob');
  const quick = await world.open('cy');
  slow.raw.pause();
  const content = 'x'.repeat(16_000);
  let sent = 0;
  // The kernel's buffers take a few megabytes before anything waits in the server.
  while (world.natter.stats().slowConsumers === 0 && sent < 5_000) {
    await world.natter.call('ada' as UserId, 'sendMessage', {
      id: newId(),
      conversationId,
      content,
    });
    sent += 1;
    await quick.frame(({ event }) => event?.type === 'newMessage' && event.message.seq === sent);
    quick.frames.length = 0;
  }
  expect(world.natter.stats().slowConsumers).toBe(1);
  world.clock.advance(1_000);
  slow.raw.resume();
  // What it reads is cut off: it comes back and resumes.
  expect([closeCodes.slowConsumer, 1006]).toContain((await slow.closed).code);
  await quick.settled();
  const { heads } = await (await world.connect()).hello('bob', {
    since: 's0000000000a',
    epoch: world.storage.epoch,
  });
  expect(heads[0]).toMatchObject({ conversationId, lastSeq: sent });
});
