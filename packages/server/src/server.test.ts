import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId, startWorld, type World } from '../test/world.ts';

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
