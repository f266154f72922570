import { closeCodes, type UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newConversationId, newId, startWorld, type World } from '../test/world.ts';
import type { Identity } from './auth/contract.ts';
import { silentLog } from './runtime/system.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

test('[SEND4] the sender gets the acknowledgement, every other socket of every member the event, once', async () => {
  const conversationId = await world.group('ada', 'bob');
  const sender = await world.open('ada');
  const tablet = await world.open('ada');
  const bob = await world.open('bob');
  const id = newId();

  const acknowledged = await sender.call('sendMessage', { id, conversationId, content: 'hello' });
  expect(acknowledged).toMatchObject({ id, seq: 1, type: 'text' });
  for (const socket of [tablet, bob]) {
    expect(await socket.event('newMessage')).toMatchObject({
      conversationId,
      version: acknowledged.version,
      message: { id, seq: 1, content: 'hello' },
    });
    await socket.settled();
    expect(socket.events('newMessage')).toHaveLength(1);
  }
  await sender.settled();
  expect(sender.events('newMessage')).toEqual([]);
  const page = await bob.call<{ messages: unknown[] }>('getMessages', { conversationId });
  expect(page.messages).toHaveLength(1);
});

test('[CLOSE2] a stopping server answers what has begun, takes nothing new, and says when to come back', async () => {
  const conversationId = await world.group('ada', 'bob');
  const sockets = await Promise.all([world.open('ada'), world.open('bob'), world.connect()]);
  const [ada, bob] = sockets;
  // A mark waits to be gathered, so it has begun and is not answered.
  const mark = ada.call('markAsRead', { conversationId, seq: 1 });
  await bob.settled();
  expect(world.natter.stats().callsInFlight).toBe(1);
  const closing = world.natter.close();
  expect(await mark).toMatchObject({ readSeq: 0 });
  await expect(world.natter.call('ada' as UserId, 'getConversations', {})).rejects.toMatchObject({
    code: 'draining',
  });
  const waits = [];
  for (const socket of sockets) {
    const { code, reason } = await socket.closed;
    expect(code).toBe(closeCodes.draining);
    waits.push(Number(reason));
  }
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(500);
  expect(new Set(waits).size).toBeGreaterThan(1);
  await closing;
  await world.natter.close();
});

test('[CLOSE2] sockets that wait for their turn are served, go one after the other at an even pace, and are back soon', async () => {
  const conversationId = await world.group('ada', 'bob');
  const sockets = await Promise.all(Array.from({ length: 8 }, () => world.open('ada')));
  const bob = await world.open('bob');
  const waits: number[] = [];
  for (const socket of sockets)
    void socket.closed.then(({ code, reason }) => {
      expect(code).toBe(closeCodes.draining);
      waits.push(Number(reason));
    });

  const closing = world.natter.close({ drainMs: 30_000 });
  expect((await fetch(`${world.url}/health/ready`)).status).toBe(503);
  await expect(world.connect()).rejects.toThrow('503');
  // Nobody is sent away until proxies had time to notice.
  const params = { id: newId(), conversationId, content: 'still here' };
  await bob.call('sendMessage', params);
  for (const socket of sockets) await socket.event('newMessage');
  expect((await world.post('ada', 'getConversations', {})).status).toBe(200);
  expect(world.natter.stats().connections).toBe(9);

  world.clock.advance(14_000);
  await Promise.all(sockets.slice(0, 4).map(({ closed }) => closed));
  await sockets[7]?.settled();
  expect(waits.length).toBeLessThan(6);
  expect(await bob.call('sendMessage', params)).toMatchObject({ seq: 1 });

  world.clock.advance(16_000);
  await closing;
  await Promise.all([...sockets, bob].map(({ closed }) => closed));
  expect(waits).toHaveLength(8);
  for (const wait of waits) {
    expect(wait).toBeGreaterThanOrEqual(100);
    expect(wait).toBeLessThan(1_000);
  }
});

test('[CLOSE2] a socket whose turn has come takes no more calls, gets its last one answered, and does not wait for ever', async () => {
  const conversationId = await world.group('ada', 'bob');
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const finishWrites: (() => void)[] = [];
  const { appendMessage } = world.storage;
  world.storage.appendMessage = async (command) => {
    await new Promise<void>((resolve) => void finishWrites.push(resolve));
    return await appendMessage(command);
  };
  const send = (socket: typeof ada) =>
    socket.call('sendMessage', { id: newId(), conversationId, content: 'x' });
  const sending = send(ada);
  await ada.settled();
  const never = send(bob).catch((error: unknown) => error);
  await bob.settled();

  const closing = world.natter.close({ drainMs: 1_000, graceMs: 20_000 });
  world.clock.advance(1_000);
  expect(await ada.refusal('getConversations', {})).toMatchObject({ code: 'draining' });
  finishWrites[0]?.();
  expect(await sending).toMatchObject({ seq: 1 });
  expect(await ada.closed).toMatchObject({ code: closeCodes.draining });
  expect(bob.raw.readyState).toBe(bob.raw.OPEN);

  world.clock.advance(20_000);
  expect(await bob.closed).toMatchObject({ code: closeCodes.draining });
  finishWrites[1]?.();
  await closing;
  await never;
});

test('[CLOSE2][HTTP5][HTTP6] while it stops, sockets and calls are refused and health says so', async () => {
  const conversationId = await world.group('ada');
  const ada = await world.open('ada');
  let finishWrite = () => {};
  const held = new Promise<void>((resolve) => {
    finishWrite = resolve;
  });
  const { appendMessage } = world.storage;
  world.storage.appendMessage = async (command) => {
    await held;
    return await appendMessage(command);
  };
  const sending = ada.call('sendMessage', { id: newId(), conversationId, content: 'x' });
  await ada.settled();
  const closing = world.natter.close({ graceMs: 60_000 });
  await expect(world.connect()).rejects.toThrow('503');
  expect(await world.post('ada', 'getConversations', {})).toMatchObject({
    status: 503,
    body: { error: { code: 'draining' } },
  });
  expect((await fetch(`${world.url}/health`)).status).toBe(503);
  const ready = await fetch(`${world.url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'notReady', draining: true, database: 'ok' });
  expect((await fetch(`${world.url}/health/live`)).status).toBe(200);
  expect(await ada.refusal('getConversations', {})).toMatchObject({
    code: 'draining',
    retry: 'later',
  });
  finishWrite();
  expect(await sending).toMatchObject({ seq: 1 });
  expect(await ada.closed).toMatchObject({ code: closeCodes.draining });
  await closing;
});

test('[HELLO9] lowered limits are told and kept, higher ones are refused', async () => {
  await world.close();
  world = await startWorld({ limits: { frameBytesMax: 4_096 } });
  const ada = await world.connect();
  expect(await ada.hello('ada')).toMatchObject({
    limits: { frameBytesMax: 4_096, attachmentsMax: 10 },
  });
  ada.send(JSON.stringify({ id: 1, method: 'getUsers', params: { query: 'x'.repeat(5_000) } }));
  expect(await ada.closed).toMatchObject({ code: 1009 });
  await expect(startWorld({ limits: { frameBytesMax: 1_000_000 } })).rejects.toThrow(
    'limits.frameBytesMax',
  );
});

test('the directory may be narrowed to people one shares a conversation with', async () => {
  await world.close();
  world = await startWorld({ directory: 'shared' });
  await world.group('ada', 'bob');
  await world.group('mallory');
  const mallory = await world.open('mallory');
  const bob = await world.open('bob');
  const idsFor = async (socket: typeof bob, params: object) =>
    (await socket.call<{ users: { id: string }[] }>('getUsers', params)).users
      .map(({ id }) => id)
      .sort();
  expect(await idsFor(mallory, { ids: ['ada', 'mallory'] })).toEqual(['mallory']);
  expect(await idsFor(mallory, { query: 'Name' })).toEqual(['mallory']);
  expect(await idsFor(bob, { query: 'Name' })).toEqual(['ada', 'bob']);
  // Nor is anybody else named by where a page ends, or known by whether there is another.
  for (const query of ['', 'Name'])
    expect(await mallory.call('getUsers', { query, limit: 1 })).toMatchObject({ next: null });
});

test('[AUTH4][LIMITS1] an identity of the host that could pass for another one does not get in', async () => {
  const errors: unknown[] = [];
  const log = { ...silentLog, error: (facts: object) => errors.push(facts) };
  const own = await startWorld({
    log,
    authenticate: async (token) => JSON.parse(token) as Identity,
  });
  for (const identity of [
    { userId: 'ada bob', name: 'Ada' },
    { userId: '', name: 'Ada' },
    { userId: 'jörg', name: 'Jörg' },
    { name: 'Ada' },
    { userId: 'ada', name: 'x'.repeat(121) },
    { userId: 'ada', name: '' },
  ]) {
    const socket = await own.connect();
    const token = JSON.stringify({ ...identity, expiresAt: null });
    expect(await socket.refusal('hello', { token })).toMatchObject({ code: 'internal' });
  }
  expect(errors).toHaveLength(6);
  await own.close();
});

test('[EVENT1] half a character in a name is told as the database has it, and naming it again changes nothing', async () => {
  const conversationId = await world.group('ada', 'bob');
  const [ada, bob] = [await world.open('ada'), await world.open('bob')];
  const rename = () => ada.call('updateConversation', { conversationId, name: 'x\ud800' });
  await rename();
  await rename();
  expect(await bob.event('conversationUpdated')).toMatchObject({
    data: { conversation: { name: 'x\ufffd' } },
  });
  await bob.settled();
  expect(bob.events('conversationUpdated')).toHaveLength(1);
});

test('the host makes people known who have not signed in, and calls for them', async () => {
  const [shop, eve] = ['shop', 'eve'] as UserId[] as [UserId, UserId];
  const id = newConversationId();
  const begin = () =>
    world.natter.call(shop, 'createConversation', {
      id,
      kind: 'group',
      name: 'Order 7',
      userIds: [eve],
    });
  await expect(begin()).rejects.toMatchObject({ code: 'notFound' });
  await world.natter.saveUser({ userId: shop, name: 'The shop' });
  await expect(begin()).rejects.toMatchObject({ code: 'notFound' });
  await world.natter.saveUser({ userId: eve, name: 'Eve' });
  await begin();
  await world.natter.saveUser({ userId: shop, name: 'The other shop' });
  const content = 'On its way';
  await world.natter.call(shop, 'sendMessage', { id: newId(), conversationId: id, content });

  const socket = await world.open('eve');
  const { messages } = await socket.call<{ messages: { senderName: string }[] }>('getMessages', {
    conversationId: id,
  });
  expect(messages.map(({ senderName }) => senderName)).toEqual(['The other shop']);
  for (const user of [
    { userId: 'a b' as UserId, name: 'A' },
    { userId: eve, name: ' ' },
  ])
    await expect(world.natter.saveUser(user)).rejects.toThrow(TypeError);
});
