/** Where a live connection may be resumed from, told by its heartbeats. */
import {
  type ConversationId,
  type HelloResult,
  type ServerEvent,
  timings,
  type UserId,
} from '@natter/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestSocket } from '../../test/socket.ts';
import { newId, startWorld, type World } from '../../test/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Long enough for what was committed before to lie before the overlap. */
const overlapBeats = 4;

/** `atOnce`: as when the process was stopped meanwhile; else a second at a time, so that the rolling check goes on. */
async function beat(socket: TestSocket, times = 1, atOnce = false): Promise<void> {
  const stepMs = atOnce ? timings.heartbeatMs + 1_000 : 1_000;
  for (let at = 0; at < times; at++) {
    for (let passed = 0; passed <= timings.heartbeatMs; passed += stepMs) {
      world.clock.advance(stepMs);
      await new Promise(setImmediate);
    }
    await socket.settled();
  }
}

function positions(socket: TestSocket): (string | undefined)[] {
  return socket
    .events('heads')
    .flatMap((event: ServerEvent) =>
      event.type === 'heads' && event.data.heads.length === 0 ? [event.data.since] : [],
    );
}

async function resume(userId: string, epoch: string, since: string): Promise<HelloResult> {
  const socket = await world.connect();
  return socket.hello(userId, { epoch, since });
}

const send = (socket: TestSocket, conversationId: ConversationId) =>
  socket.call('sendMessage', { id: newId(), conversationId, content: 'hello' });

describe('since on a live connection', () => {
  test('[HEADS8] a heartbeat tells a later one, before which everything has been told', async () => {
    const conversationId = await world.group('ada', 'bob');
    const ada = await world.connect();
    const { since, epoch } = await ada.hello('ada');
    await send(ada, conversationId);
    expect((await resume('ada', epoch, since)).heads).toHaveLength(1);
    await beat(ada, 1);
    // The newest change of all is always after the position.
    await world.group('bob', 'cy');
    await beat(ada, overlapBeats);
    const told = positions(ada);
    expect(told).toHaveLength(overlapBeats + 1);
    const newest = told.at(-1) ?? '';
    expect(newest > since).toBe(true);
    expect(await resume('ada', epoch, newest)).toMatchObject({ reset: false, heads: [] });
    const sent = await send(ada, conversationId);
    expect((await resume('ada', epoch, newest)).heads).toMatchObject([{ version: sent.version }]);
  });

  test('[HEADS8] it is one reading of the clock, and no query for each socket', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => world.open('ada')));
    let readings = 0;
    const { resumePoint } = world.storage;
    world.storage.resumePoint = () => {
      readings += 1;
      return resumePoint();
    };
    const [first] = sockets as [TestSocket];
    await beat(first, 1, true);
    for (const socket of sockets) await socket.settled();
    const told = new Set(sockets.flatMap(positions));
    expect(told.size).toBe(1);
    // One each second, for all, and those of the rolling check.
    expect(readings).toBeLessThanOrEqual(timings.heartbeatMs / 1_000 + 8);
  });

  test('[HEADS8] it is left out while the node looks for what it may have missed', async () => {
    await world.close();
    const gaps: (() => void)[] = [];
    const { createMemoryBus } = await import('../bus/memory/memory.ts');
    const bus = createMemoryBus({ onError: (error) => Promise.reject(error) });
    world = await startWorld({
      bus: {
        ...bus,
        onGap(listener) {
          gaps.push(listener);
          return () => {};
        },
      },
    });
    await world.group('ada', 'bob');
    const ada = await world.open('ada');
    const { listHeads } = world.storage;
    const answer = Promise.withResolvers<void>();
    world.storage.listHeads = async (...args) => {
      await answer.promise;
      return listHeads(...args);
    };
    for (const tell of gaps) tell();
    await beat(ada);
    expect(positions(ada)).toEqual([undefined]);
    answer.resolve();
    await ada.frame(({ event }) => event?.type === 'heads' && event.data.heads.length === 1);
    await beat(ada);
    expect(positions(ada)).toEqual([undefined, expect.any(String)]);
  });

  test('[HEADS8][REPAIR3] it is left out while the node cannot look for what the bus may have lost', async () => {
    const ada = await world.open('ada');
    await world.group('ada', 'bob');
    const { listVersions } = world.storage;
    world.storage.listVersions = () => Promise.reject(new Error('gone'));
    await beat(ada, overlapBeats);
    expect(positions(ada).at(-1)).toBeUndefined();
    world.storage.listVersions = listVersions;
    await beat(ada);
    expect(positions(ada).at(-1)).toEqual(expect.any(String));
  });

  test('[HEADS8][BEAT3] a database that does not answer keeps no heartbeat from coming', async () => {
    const ada = await world.open('ada');
    world.storage.resumePoint = () => Promise.reject(new Error('gone'));
    await beat(ada, 2);
    expect(positions(ada).at(-1)).toBeUndefined();
    expect(positions(ada)).toHaveLength(2);
  });

  test('[HEADS8][HEADS5][FULL1] what was dropped on its way to a slow socket is made good before a later one is told', async () => {
    await world.close();
    world = await startWorld({
      outboundBytesMax: 1_048_576,
      rates: { user: { perSecond: Number.POSITIVE_INFINITY, burst: 1 } },
    });
    const conversationId = await world.group('ada', 'bob');
    const ada = await world.open('ada', {
      watch: { conversationIds: [conversationId], userIds: [] },
    });
    ada.raw.pause();
    const bob = 'bob' as UserId;
    const content = 'x'.repeat(16_000);
    // The kernel's buffers take a few megabytes before anything waits in the server.
    for (let sent = 0; world.natter.stats().ephemeralDropped === 0; sent++) {
      expect(sent).toBeLessThan(2_000);
      await world.natter.call(bob, 'sendMessage', { id: newId(), conversationId, content });
      await world.natter.call(bob, 'sendTyping', { conversationId, typing: true });
    }
    // As if its event had been dropped too.
    await world.storage.moveCursors([{ conversationId, userId: 'ada' as UserId, deliveredSeq: 1 }]);
    ada.raw.resume();
    await ada.settled();
    await beat(ada, 1, true);
    await ada.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.cursorVersion === 1,
    );
    await beat(ada);
    expect(positions(ada)).toEqual([undefined, expect.any(String)]);
  });
});
