import type { ConversationId, UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestSocket } from '../../test/socket.ts';
import { newConversationId, newId, startWorld, type World } from '../../test/world.ts';
import type { Bus } from '../bus/contract.ts';
import { createMemoryBus } from '../bus/memory/memory.ts';

/** A bus that loses and never says so. */
function createSilentBus(): Bus & { lose: boolean } {
  const inner = createMemoryBus({ onError: (error) => Promise.reject(error) });
  const bus = {
    ...inner,
    lose: false,
    publish(topic: Parameters<Bus['publish']>[0], payload: Uint8Array) {
      if (!bus.lose) inner.publish(topic, payload);
    },
  };
  return bus;
}

let world: World;
let bus: ReturnType<typeof createSilentBus>;
beforeEach(async () => {
  bus = createSilentBus();
  world = await startWorld({ bus });
});
afterEach(() => world.close());

const call: World['natter']['call'] = (...args) => world.natter.call(...args);
const send = (conversationId: ConversationId, content: string) =>
  call('ada' as UserId, 'sendMessage', { id: newId(), conversationId, content });

async function tenSeconds(...sockets: TestSocket[]): Promise<void> {
  for (let passed = 0; passed < 10_000; passed += 500) {
    world.clock.advance(500);
    await new Promise(setImmediate);
  }
  for (const socket of sockets) await socket.settled();
}
const told = (socket: TestSocket) =>
  socket.events('heads').flatMap((event) => (event.type === 'heads' ? event.data.heads : []));

test('[REPAIR3][REPAIR4] a message that the bus lost without a word is told within 10 s, and delivery goes on', async () => {
  const conversationId = await world.group('ada', 'bob');
  const bob = await world.open('bob');
  bus.lose = true;
  const { version } = await send(conversationId, 'lost');
  bus.lose = false;
  await tenSeconds(bob);
  expect(told(bob)).toMatchObject([{ conversationId, version, unreadCount: 1 }]);
  await send(conversationId, 'after');
  expect(await bob.event('newMessage')).toMatchObject({ message: { content: 'after' } });
});

test('[REPAIR3] one who was added or taken out without a word learns of it', async () => {
  const [first, second] = [await world.group('ada', 'bob'), await world.group('ada')];
  const bob = await world.open('bob');
  bus.lose = true;
  await call('ada' as UserId, 'removeMember', { conversationId: first, userId: 'bob' as UserId });
  await call('ada' as UserId, 'addMembers', {
    conversationId: second,
    userIds: ['bob' as UserId],
  });
  bus.lose = false;
  await tenSeconds(bob);
  const memberships = new Map(told(bob).map((head) => [head.conversationId, head.membership]));
  expect(memberships).toEqual(
    new Map([
      [first, 'left'],
      [second, 'member'],
    ]),
  );
  await send(second, 'welcome');
  expect(await bob.event('newMessage')).toMatchObject({ message: { content: 'welcome' } });
});

test('[REPAIR3] one who was added without a word learns of it also when nothing could be read for minutes', async () => {
  const conversationId = await world.group('ada');
  const bob = await world.open('bob');
  await tenSeconds(bob);
  const { listMembershipChanges } = world.storage;
  world.storage.listMembershipChanges = () => Promise.reject(new Error('gone'));
  bus.lose = true;
  await call('ada' as UserId, 'addMembers', { conversationId, userIds: ['bob' as UserId] });
  // Later changes of others, so that the point from which it looks goes on.
  for (let minute = 0; minute < 3; minute++) {
    for (let at = 0; at < 6; at++) await tenSeconds(bob);
    await world.group('ada', 'cy');
  }
  bus.lose = false;
  expect(told(bob)).toEqual([]);
  world.storage.listMembershipChanges = listMembershipChanges;
  await tenSeconds(bob);
  expect(told(bob)).toMatchObject([{ conversationId, membership: 'member' }]);
});

test.each([-3_600_000, 3_600_000])(
  '[REPAIR3] a clock that is set by %i ms does not keep the node from looking',
  async (ms) => {
    const conversationId = await world.group('ada', 'bob');
    const bob = await world.open('bob');
    await tenSeconds(bob);
    world.clock.advance(2_000);
    world.clock.step(ms);
    bus.lose = true;
    const { version } = await send(conversationId, 'lost');
    bus.lose = false;
    await tenSeconds(bob);
    expect(told(bob)).toMatchObject([{ conversationId, version }]);
  },
);

test('[REPAIR3] a node that is behind with looking lets others have their turn between two looks', async () => {
  const ids: ConversationId[] = [];
  for (let at = 0; at < 501; at++) ids.push(await world.group('bob'));
  const bob = await world.open('bob');
  const { listVersions } = world.storage;
  let turn = 0;
  const turns: number[] = [];
  world.storage.listVersions = (asked) => {
    turns.push(turn);
    return listVersions(asked);
  };
  await tenSeconds(bob);
  turns.length = 0;
  for (let at = 0; at < 10; at++) {
    turn += 1;
    // As after the process was stopped.
    world.clock.advance(5_000);
    await new Promise(setImmediate);
  }
  expect(turns.length).toBeGreaterThan(2);
  expect(new Set(turns).size).toBe(turns.length);
});

test('[REPAIR3][HEADS7] of a new conversation too, what was told is not told again, and what was lost is', async () => {
  await world.group('ada', 'bob');
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const id = newConversationId();
  await ada.call('createConversation', { id, kind: 'group', name: 'Club', userIds: ['bob'] });
  await send(id, 'x');
  await bob.call('markAsDelivered', { conversationId: id, seq: 1 });
  await ada.event('messageDelivered');
  await tenSeconds(ada, bob);
  expect([...told(ada), ...told(bob)]).toEqual([]);
  bus.lose = true;
  await bob.call('markAsRead', { conversationId: id, seq: 1 });
  bus.lose = false;
  await tenSeconds(ada, bob);
  const head = told(ada).find(({ conversationId }) => conversationId === id);
  expect(head).toMatchObject({ cursorVersion: 2 });
});

test('[REPAIR3][HEADS7] a cursor move that was lost is told by its head, also the last of several', async () => {
  const conversationId = await world.group('ada', 'bob', 'cy');
  await send(conversationId, 'x');
  await send(conversationId, 'y');
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  await bob.call('markAsDelivered', { conversationId, seq: 1 });
  await ada.event('messageDelivered');
  bus.lose = true;
  await bob.call('markAsRead', { conversationId, seq: 2 });
  bus.lose = false;
  await tenSeconds(ada, bob);
  expect(told(ada)).toMatchObject([{ conversationId, cursorVersion: 2 }]);
});

test('[REPAIR3] what was not lost is not told again, and costs a number of queries that does not grow', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `user${at}`);
  const ids = [];
  for (let at = 0; at < 20; at++) ids.push(await world.group('ada', 'bob', ...many));
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const asked = { listVersions: 0, listMembershipChanges: 0, listHeads: 0 };
  for (const name of Object.keys(asked) as (keyof typeof asked)[]) {
    const real = world.storage[name] as (...args: unknown[]) => unknown;
    Object.assign(world.storage, {
      [name]: (...args: unknown[]) => {
        asked[name] += 1;
        return real(...args);
      },
    });
  }
  for (const id of ids) await send(id, 'x');
  await bob.call('markAsRead', { conversationId: ids[0], seq: 1 });
  await tenSeconds(ada, bob);
  expect([...told(ada), ...told(bob)]).toEqual([]);
  expect(asked.listHeads).toBe(0);
  expect(asked.listVersions).toBeGreaterThan(0);
  expect(asked.listVersions + asked.listMembershipChanges).toBeLessThanOrEqual(6);
});

test('[REPAIR3] who lately came into many conversations with many others is not told of them again', async () => {
  const others = Array.from({ length: 11 }, (_, at) => `friend${at}`);
  for (let at = 0; at < 100; at++) await world.group('ada', ...others);
  const sockets = await Promise.all(['ada', ...others].map((name) => world.open(name)));
  await tenSeconds(...sockets);
  expect(sockets.flatMap((socket) => told(socket))).toEqual([]);
  expect(world.natter.counters().repairs).toBe(0);
});
