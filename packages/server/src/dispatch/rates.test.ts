import { closeCodes } from '@natter/protocol';
import { afterEach, expect, test, vi } from 'vitest';
import { createMovableClock } from '../../test/clock.ts';
import { newConversationId, startWorld, type World } from '../../test/world.ts';
import { createBuckets } from './rates.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

test('[LIMITS3] a burst passes, then as many as the rate allows, and the wait is told', () => {
  const clock = { ...createMovableClock(), at: 0, now: () => clock.at };
  const buckets = createBuckets({ clock, rate: { perSecond: 10, burst: 3 } });
  expect([1, 2, 3, 4].map(() => buckets.take('ada'))).toEqual([0, 0, 0, 100]);
  expect(buckets.take('bob')).toBe(0);
  clock.at += 100;
  expect([1, 2].map(() => buckets.take('ada'))).toEqual([0, 100]);
});

test('[LIMITS3] a clock that is set back keeps nobody waiting for it', () => {
  const clock = createMovableClock();
  const buckets = createBuckets({ clock, rate: { perSecond: 10, burst: 3 } });
  expect(buckets.take('ada')).toBe(0);
  clock.step(-3_600_000);
  expect(buckets.take('ada')).toBe(0);
  expect(buckets.take('ada')).toBe(0);
  expect(buckets.take('ada')).toBeGreaterThan(0);
  clock.advance(100);
  expect(buckets.take('ada')).toBe(0);
});

test('[LIMITS1] the number of buckets is bounded: the one used longest ago goes', () => {
  const clock = createMovableClock();
  const buckets = createBuckets({ clock, rate: { perSecond: 0.001, burst: 1 }, max: 2 });
  for (const key of ['a', 'b', 'c']) expect(buckets.take(key)).toBe(0);
  expect(buckets.take('c')).toBeGreaterThan(0);
  expect(buckets.take('a')).toBe(0);
});

test('[LIMITS3] calls past the rate are refused with the wait; who goes on and on is closed', async () => {
  world = await startWorld({ rates: { socket: { perSecond: 1, burst: 5 } } });
  const ada = await world.open('ada');
  for (let count = 0; count < 5; count++) await ada.settled();
  expect(await ada.refusal('getUsers', { ids: [] })).toMatchObject({
    code: 'rateLimited',
    retry: 'later',
    retryAfterMs: expect.any(Number),
  });
  world.clock.advance(1_000);
  await ada.settled();
  for (let count = 0; count < 250; count++)
    ada.send(JSON.stringify({ id: 1_000 + count, method: 'getUsers', params: {} }));
  const { code, reason } = await ada.closed;
  expect(code).toBe(closeCodes.rateLimited);
  expect(Number(reason)).toBeGreaterThanOrEqual(1_000);
});

test('[LIMITS3][FRAME4] frames that are no call count as calls: who goes on and on is closed', async () => {
  world = await startWorld({ rates: { socket: { perSecond: 1, burst: 5 } } });
  const ada = await world.open('ada');
  for (let count = 0; count < 250; count++) ada.send('{}');
  expect(await ada.closed).toMatchObject({ code: closeCodes.rateLimited });
});

test('[LIMITS3] watching many people counts as several calls, on the socket and over HTTP', async () => {
  world = await startWorld({ rates: { user: { perSecond: 0.01, burst: 30 } } });
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const userIds = Array.from({ length: 500 }, (_, at) => `somebody-${at}`);
  const params = { conversationIds: [], userIds };
  await ada.call('watch', params);
  expect(await ada.refusal('watch', params)).toMatchObject({ code: 'rateLimited' });
  await ada.settled();
  await bob.settled();
  expect(await world.post('bob', 'watch', params)).toMatchObject({ status: 200 });
  expect(await world.post('bob', 'watch', params)).toMatchObject({ status: 429 });
  const hello = { token: 'bob', watch: params };
  expect(await world.post('bob', 'hello', hello)).toMatchObject({ status: 429 });
  const tablet = await world.connect();
  expect(await tablet.refusal('hello', hello)).toMatchObject({ code: 'rateLimited' });
  expect(await tablet.closed).toMatchObject({ code: closeCodes.rateLimited });
});

test('[LIMITS3] adding many people counts as several calls', async () => {
  world = await startWorld({ rates: { user: { perSecond: 0.01, burst: 30 } } });
  const userIds = Array.from({ length: 100 }, (_, at) => `somebody-${at}`);
  const group = { id: newConversationId(), kind: 'group', name: 'Everybody', userIds };
  expect(await world.post('ada', 'createConversation', group)).toMatchObject({ status: 404 });
  expect(await world.post('ada', 'createConversation', group)).toMatchObject({ status: 429 });
  const added = { conversationId: group.id, userIds };
  expect(await world.post('bob', 'addMembers', added)).toMatchObject({ status: 403 });
  expect(await world.post('bob', 'addMembers', added)).toMatchObject({ status: 429 });
});

test('[LIMITS3] one person’s sockets share that person’s rate, and nobody else’s', async () => {
  world = await startWorld({ rates: { user: { perSecond: 0.01, burst: 3 } } });
  const [phone, tablet, bob] = [
    await world.open('ada'),
    await world.open('ada'),
    await world.open('bob'),
  ];
  await phone.settled();
  await tablet.settled();
  await phone.settled();
  expect(await tablet.refusal('getUsers', {})).toMatchObject({ code: 'rateLimited' });
  expect(await world.post('ada', 'getUsers', {})).toMatchObject({
    status: 429,
    body: { error: { code: 'rateLimited' } },
  });
  await bob.settled();
});

test('[LIMITS7] the sockets of one person are bounded; one that has gone makes room', async () => {
  world = await startWorld({ socketsPerUserMax: 2 });
  const phone = await world.open('ada');
  const tablet = await world.open('ada');
  const third = await world.connect();
  const refused = { code: 'rateLimited', retry: 'later', retryAfterMs: expect.any(Number) };
  expect(await third.refusal('hello', { token: 'ada' })).toMatchObject(refused);
  expect(await third.closed).toMatchObject({ code: closeCodes.rateLimited });
  await world.open('bob');
  await tablet.close();
  await vi.waitFor(() => world?.open('ada'));
  await phone.settled();
});

test('[LIMITS7] sockets that sign in at the same time are counted', async () => {
  world = await startWorld({ socketsPerUserMax: 2 });
  const sockets = await Promise.all(Array.from({ length: 5 }, () => world?.connect()));
  const answers = await Promise.allSettled(
    sockets.map((socket) => socket?.call('hello', { token: 'ada' })),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

test('[LIMITS4] upgrades and HTTP calls of one address are bounded', async () => {
  world = await startWorld({
    rates: { upgrade: { perSecond: 0.01, burst: 2 }, address: { perSecond: 0.1, burst: 3 } },
  });
  await world.connect();
  await world.connect();
  await expect(world.connect()).rejects.toThrow('429');
  const statuses = [];
  for (let count = 0; count < 5; count++)
    statuses.push((await world.post('ada', 'getUsers', {})).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
});

test('[LIMITS1] calls that await their answer are bounded per socket', async () => {
  world = await startWorld({ callsInFlightMax: 4 });
  const conversationId = await world.group('ada');
  const ada = await world.open('ada');
  // Marks wait until they are gathered.
  const marks = [1, 2, 3, 4].map(() => ada.call('markAsRead', { conversationId, seq: 1 }));
  expect(await ada.refusal('markAsRead', { conversationId, seq: 1 })).toMatchObject({
    code: 'overloaded',
    retry: 'later',
  });
  await Promise.all(marks);
  await ada.settled();
});
