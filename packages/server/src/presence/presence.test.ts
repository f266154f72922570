import { timings, type UserId, type WatchResult } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const watching = (...userIds: string[]) => ({ watch: { conversationIds: [], userIds } });

test('[PRESENCE3] coming and going is told to those who watch, and to nobody else', async () => {
  await world.group('ada', 'bob', 'cy');
  const ada = await world.open('ada', watching('bob'));
  const cy = await world.open('cy');
  const bob = await world.open('bob');
  expect(await ada.event('userOnline')).toMatchObject({ userId: 'bob' });
  await bob.close();
  await ada.settled();
  world.clock.advance(timings.offlineDelayMs);
  const offline = await ada.event('userOffline');
  expect(offline).toMatchObject({ userId: 'bob', data: { lastSeenAt: expect.any(Number) } });
  await cy.settled();
  expect(cy.events()).toEqual([]);
  const { users } = await cy.call<{ users: { lastSeenAt: number }[] }>('getUsers', {
    ids: ['bob'],
  });
  expect(users[0]?.lastSeenAt).toBe(
    'data' in offline && 'lastSeenAt' in offline.data ? offline.data.lastSeenAt : 0,
  );
});

test('[PRESENCE5] a page reload tells nothing', async () => {
  await world.group('ada', 'bob');
  const first = await world.open('bob');
  const ada = await world.open('ada', watching('bob'));
  await first.close();
  await ada.settled();
  world.clock.advance(timings.offlineDelayMs - 1_000);
  await world.open('bob');
  world.clock.advance(timings.offlineDelayMs * 2);
  await ada.settled();
  expect(ada.events().filter(({ type }) => type !== 'heads')).toEqual([]);
});

test('[PRESENCE5] one who comes back and goes while it is stored when they were last seen has 10 s again', async () => {
  await world.group('ada', 'bob');
  const ada = await world.open('ada', watching('bob'));
  const first = await world.open('bob');
  await ada.event('userOnline');
  const { setLastSeen } = world.storage;
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  world.storage.setLastSeen = async (...args) => {
    asked.resolve();
    await answer.promise;
    return setLastSeen(...args);
  };
  await first.close();
  await ada.settled();
  world.clock.advance(timings.offlineDelayMs);
  await asked.promise;
  const second = await world.open('bob');
  await second.close();
  await ada.settled();
  answer.resolve();
  await setLastSeen('nobody' as UserId, 1);
  await ada.settled();
  expect(ada.events('userOffline')).toEqual([]);
  world.clock.advance(timings.offlineDelayMs);
  await ada.event('userOffline');
  await ada.settled();
  expect(ada.events('userOffline')).toHaveLength(1);
});

test('[PRESENCE4] somebody is online while any socket of theirs is', async () => {
  await world.group('ada', 'bob');
  const [phone] = [await world.open('bob'), await world.open('bob')];
  const ada = await world.open('ada');
  await phone?.close();
  world.clock.advance(timings.offlineDelayMs * 2);
  const { presence } = await ada.call<WatchResult>('watch', {
    conversationIds: [],
    userIds: ['bob'],
  });
  expect(presence).toMatchObject([{ userId: 'bob', online: true, lastSeenAt: null }]);
});

test('[PRESENCE1] a watch replaces the one before', async () => {
  await world.group('ada', 'bob', 'cy');
  const ada = await world.open('ada', watching('bob'));
  await ada.call('watch', { conversationIds: [], userIds: ['cy'] });
  await world.open('bob');
  await world.open('cy');
  await ada.event('userOnline');
  await ada.settled();
  expect(ada.events('userOnline')).toMatchObject([{ userId: 'cy' }]);
});

test('[PRESENCE2] strangers and people who do not exist are passed over alike', async () => {
  await world.group('ada');
  await world.group('mallory');
  const ada = await world.connect();
  const { presence } = await ada.hello('ada', watching('mallory', 'nobody'));
  expect(presence).toEqual([]);
  await world.open('mallory');
  await ada.settled();
  expect(ada.events()).toEqual([]);
});

test('[EVENT7] whoever no longer shares a conversation is no longer told, on either side', async () => {
  const conversationId = await world.group('ada', 'bob');
  const ada = await world.open('ada', watching('bob'));
  const bob = await world.open('bob', watching('ada'));
  await ada.event('userOnline');
  await world.natter.call('ada' as UserId, 'removeMember', {
    conversationId,
    userId: 'bob' as UserId,
  });
  await ada.close();
  await bob.settled();
  world.clock.advance(timings.offlineDelayMs);
  await bob.settled();
  expect(bob.events('userOffline')).toEqual([]);
});

test('[PRESENCE6] seed 16744: who goes while it is checked whom one may still watch is told of once it is', async () => {
  await world.group('ada', 'bob');
  const [conversationId, third] = [
    await world.group('ada', 'bob'),
    await world.group('ada', 'bob'),
  ];
  const ada = await world.open('ada', { watch: { conversationIds: [third], userIds: ['bob'] } });
  const bob = await world.open('bob');
  await ada.event('userOnline');
  const { whoSharesConversation } = world.storage;
  const answer = Promise.withResolvers<void>();
  world.storage.whoSharesConversation = async (...args) => {
    await answer.promise;
    return whoSharesConversation(...args);
  };
  await world.natter.call('ada' as UserId, 'removeMember', {
    conversationId,
    userId: 'bob' as UserId,
  });
  await bob.close();
  await ada.settled();
  world.clock.advance(timings.offlineDelayMs);
  await ada.settled();
  expect(ada.events('userOffline')).toEqual([]);
  // Checked again before the first check ends: whom to check is not forgotten.
  await world.natter.call('ada' as UserId, 'removeMember', {
    conversationId: third,
    userId: 'bob' as UserId,
  });
  answer.resolve();
  expect(await ada.event('userOffline')).toMatchObject({
    userId: 'bob',
    data: { lastSeenAt: expect.any(Number) },
  });
});
