import type { ConversationId, MarkResult, UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId, startWorld, type World } from '../../test/world.ts';

let world: World;
let conversationId: ConversationId;
beforeEach(async () => {
  world = await startWorld();
  conversationId = await world.group('ada', 'bob');
  for (let seq = 1; seq <= 10; seq++) {
    await world.natter.call('ada' as UserId, 'sendMessage', {
      id: newId(),
      conversationId,
      content: `${seq}`,
    });
  }
});
afterEach(() => world.close());

test('[CURSOR5] many moves are one write and one event, [CURSOR6] and the replies have what is stored', async () => {
  const written = vi.spyOn(world.storage, 'moveCursors');
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const replies = await Promise.all(
    [3, 7, 5].map((seq) => bob.call<MarkResult>('markAsRead', { conversationId, seq })),
  );
  for (const reply of replies)
    expect(reply).toEqual({ deliveredSeq: 7, readSeq: 7, unreadCount: 3 });
  expect(written).toHaveBeenCalledTimes(1);
  expect(await ada.event('messageRead')).toEqual({
    type: 'messageRead',
    conversationId,
    userId: 'bob',
    data: { seq: 7, unreadCount: 3 },
  });
  await ada.settled();
  expect(ada.events()).toHaveLength(1);
  expect(bob.events()).toEqual([]);
});

test('[CURSOR1] a replay changes nothing and is told to nobody, a seq beyond the newest counts as the newest', async () => {
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  expect(await bob.call('markAsRead', { conversationId, seq: 5_000 })).toMatchObject({
    readSeq: 10,
    unreadCount: 0,
  });
  world.clock.advance(1_000);
  expect(await bob.call('markAsRead', { conversationId, seq: 2 })).toMatchObject({ readSeq: 10 });
  await ada.settled();
  expect(ada.events('messageRead')).toHaveLength(1);
});

test('[CURSOR7] delivery is told as such, and my own other devices are told too', async () => {
  const [ada, bob, tablet] = [
    await world.open('ada'),
    await world.open('bob'),
    await world.open('bob'),
  ];
  await bob.call('markAsDelivered', { conversationId, seq: 4 });
  for (const socket of [ada, tablet]) {
    expect(await socket.event('messageDelivered')).toMatchObject({
      userId: 'bob',
      data: { seq: 4 },
    });
  }
});

test('[CURSOR3] a message has no event for the cursor it moves', async () => {
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  await bob.call('sendMessage', { id: newId(), conversationId, content: 'x' });
  await ada.event('newMessage');
  await ada.settled();
  expect(ada.events('messageRead')).toEqual([]);
  expect(await bob.call('markAsRead', { conversationId, seq: 1 })).toMatchObject({
    readSeq: 11,
    unreadCount: 0,
  });
});

test('[ROLES2] somebody who is no member is refused, and the others’ moves are written', async () => {
  const [bob, mallory] = [await world.open('bob'), await world.open('mallory')];
  const [moved, refused] = await Promise.all([
    bob.call('markAsRead', { conversationId, seq: 1 }),
    mallory.refusal('markAsRead', { conversationId, seq: 1 }),
  ]);
  expect(moved).toMatchObject({ readSeq: 1 });
  expect(refused).toMatchObject({ code: 'notMember' });
});

test('[LARGE1] in a large conversation a move is told to the mover’s own sockets only', async () => {
  const everyone = ['ada', 'bob', ...Array.from({ length: 99 }, (_, index) => `user${index}`)];
  const large = await world.group(...everyone);
  await world.natter.call('ada' as UserId, 'sendMessage', {
    id: newId(),
    conversationId: large,
    content: 'x',
  });
  const [ada, bob, tablet] = [
    await world.open('ada'),
    await world.open('bob'),
    await world.open('bob'),
  ];
  await bob.call('markAsRead', { conversationId: large, seq: 1 });
  expect(await tablet.event('messageRead')).toMatchObject({
    conversationId: large,
    data: { seq: 1 },
  });
  await ada.settled();
  expect(ada.events('messageRead')).toEqual([]);
});
