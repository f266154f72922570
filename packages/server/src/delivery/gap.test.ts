import { type ConversationId, closeCodes, timings, type UserId } from '@natter/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newConversationId, newId, startWorld, type World } from '../../test/world.ts';
import type { Bus } from '../bus/contract.ts';
import { createMemoryBus } from '../bus/memory/memory.ts';

/** A bus whose connection can be lost: what is published meanwhile is, and the gap is told at its end. */
function createBlinkingBus(): Bus & {
  lose(): void;
  find(): void;
  /** Without a word about the gap. */
  findSilently(): void;
} {
  const inner = createMemoryBus({ onError: (error) => Promise.reject(error) });
  const listeners = new Set<() => void>();
  let lost = false;
  return {
    ...inner,
    publish: (topic, payload) => void (lost || inner.publish(topic, payload)),
    onGap(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lose() {
      lost = true;
    },
    findSilently() {
      lost = false;
    },
    find() {
      lost = false;
      for (const listener of listeners) listener();
    },
  };
}

let world: World;
let bus: ReturnType<typeof createBlinkingBus>;
beforeEach(async () => {
  bus = createBlinkingBus();
  world = await startWorld({ bus });
});
afterEach(() => world.close());

const call: World['natter']['call'] = (...args) => world.natter.call(...args);
const send = (conversationId: ConversationId, content: string) =>
  call('ada' as UserId, 'sendMessage', { id: newId(), conversationId, content });

describe('a bus connection that blinked', () => {
  test('[REPAIR2][HEADS5] the heads of what was missed are told, and delivery goes on', async () => {
    const conversationId = await world.group('ada', 'bob');
    const bob = await world.open('bob');
    bus.lose();
    await send(conversationId, 'missed');
    bus.find();
    expect(await bob.event('heads')).toMatchObject({
      data: { heads: [{ conversationId, lastSeq: 1, version: 4, unreadCount: 1 }], more: false },
    });
    // The first event after it shows a hole, and comes as heads too.
    await send(conversationId, 'next');
    world.clock.advance(200);
    await bob.frame(({ event }) => event?.type === 'heads' && event.data.heads[0]?.version === 5);
    await send(conversationId, 'after');
    expect(await bob.event('newMessage')).toMatchObject({ message: { content: 'after' } });
  });

  test('[REPAIR2] all who are here are read for in turns, so that sockets are served meanwhile', async () => {
    const people = Array.from({ length: 80 }, (_, at) => `user${at}`);
    const conversationId = await world.group('ada', ...people);
    const sockets = await Promise.all(people.map((userId) => world.open(userId)));
    const { listHeads } = world.storage;
    let asked = 0;
    world.storage.listHeads = (...args) => {
      asked += 1;
      return listHeads(...args);
    };
    bus.lose();
    await send(conversationId, 'missed');
    bus.find();
    const before = asked;
    await new Promise(setImmediate);
    expect(asked - before).toBeLessThanOrEqual(40);
    for (const socket of sockets) await socket.event('heads');
    expect(asked).toBeGreaterThanOrEqual(people.length);
  });

  test('[REPAIR2][REPAIR4] one who was added meanwhile also learns of what came while that was read', async () => {
    const conversationId = await world.group('ada', 'cy');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    bus.lose();
    const userIds = ['bob' as UserId];
    await call('ada' as UserId, 'addMembers', { conversationId, userIds });
    const { listHeads } = world.storage;
    const [isRead, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.storage.listHeads = async (...args) => {
      const heads = await listHeads(...args);
      if (args[0] !== 'bob') return heads;
      isRead.resolve();
      await mayGoOn.promise;
      return heads;
    };
    bus.find();
    await isRead.promise;
    const { version } = await send(conversationId, 'meanwhile');
    // After the hole, ada has all of it.
    world.clock.advance(200);
    await ada.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.version === version,
    );
    mayGoOn.resolve();
    await bob.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.version === version,
    );
  });

  test('[REPAIR2][CLOSE4] one who was taken out meanwhile is told so, and gets nothing that came later', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    bus.lose();
    await call('ada' as UserId, 'removeMember', { conversationId, userId: 'bob' as UserId });
    bus.find();
    // At once: the database has not answered yet.
    await send(conversationId, 'secret');
    world.clock.advance(200);
    expect(await bob.event('heads')).toMatchObject({
      data: { heads: [{ conversationId, membership: 'left' }] },
    });
    await ada.frame(({ event }) => event?.type === 'heads' && event.data.heads[0]?.version === 5);
    await send(conversationId, 'secret too');
    await ada.frame(
      ({ event }) => event?.type === 'newMessage' && event.message.content === 'secret too',
    );
    await bob.settled();
    expect(JSON.stringify(bob.frames)).not.toContain('secret');
  });

  test('[REPAIR2][FULL2] one who missed more than a page of heads tells comes back, instead of asking for ever', async () => {
    await world.group('ada', 'bob');
    const bob = await world.open('bob');
    const { listHeads } = world.storage;
    let asked = 0;
    world.storage.listHeads = async (userId, since, limit) => {
      asked += 1;
      const [head] = await listHeads(userId, since, limit);
      if (head === undefined) return [];
      return Array.from({ length: limit }, () => ({
        ...head,
        conversationId: newConversationId(),
      }));
    };
    bus.lose();
    bus.find();
    expect(await bob.closed).toMatchObject({ code: closeCodes.slowConsumer });
    expect(asked).toBe(1);
    expect(bob.events('heads')).toEqual([]);
  });

  test('[REPAIR2] one who was in no conversation and was added meanwhile learns of it', async () => {
    const conversationId = await world.group('ada');
    const cy = await world.open('cy');
    bus.lose();
    await call('ada' as UserId, 'addMembers', { conversationId, userIds: ['cy' as UserId] });
    bus.find();
    expect(await cy.event('heads')).toMatchObject({
      data: { heads: [{ conversationId, membership: 'member' }] },
    });
    await send(conversationId, 'welcome');
    expect(await cy.event('newMessage')).toMatchObject({ message: { content: 'welcome' } });
  });

  test('[REPAIR2][CURSOR7] a cursor that moves after the heads were read, and before they are told, is told too', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const { listHeads } = world.storage;
    const [isRead, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.storage.listHeads = async (...args) => {
      const heads = await listHeads(...args);
      if (args[0] !== 'ada') return heads;
      isRead.resolve();
      await mayGoOn.promise;
      return heads;
    };
    bus.lose();
    await send(conversationId, 'missed');
    bus.findSilently();
    const { seq } = await send(conversationId, 'behind a hole');
    world.clock.advance(200);
    await isRead.promise;
    await bob.call('markAsRead', { conversationId, seq });
    const moved = (await world.storage.listVersions([conversationId]))[0]?.cursorVersion;
    expect(moved).toBe(1);
    mayGoOn.resolve();
    await ada.event('heads');
    expect(ada.events('messageRead')).toEqual([]);
    world.clock.advance(timings.heartbeatMs);
    await ada.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.cursorVersion === moved,
    );
  });

  test('[REPAIR2][TYPING1] what is watched while membership is in doubt is watched afterwards', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const { listHeads } = world.storage;
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    world.storage.listHeads = async (...args) => {
      asked.resolve();
      await answer.promise;
      return await listHeads(...args);
    };
    bus.find();
    await asked.promise;
    await bob.call('watch', { conversationIds: [conversationId], userIds: [] });
    answer.resolve();
    await bob.event('heads');
    await ada.call('sendTyping', { conversationId, typing: true });
    await bob.settled();
    expect(bob.events('typingStarted')).toHaveLength(1);
  });
});
