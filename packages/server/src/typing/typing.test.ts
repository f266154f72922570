import { type ConversationId, timings, type UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId, startWorld, type World } from '../../test/world.ts';

let world: World;
let conversationId: ConversationId;
beforeEach(async () => {
  world = await startWorld();
  conversationId = await world.group('ada', 'bob', 'cy');
});
afterEach(() => world.close());

const openWatching = (userId: string) =>
  world.open(userId, { watch: { conversationIds: [conversationId], userIds: [] } });

test('[TYPING1] typing is told to sockets that watch the conversation only, and not to the typist', async () => {
  const [ada, bob, cy] = [
    await openWatching('ada'),
    await openWatching('bob'),
    await world.open('cy'),
  ];
  await ada.call('sendTyping', { conversationId, typing: true });
  expect(await bob.event('typingStarted')).toEqual({
    type: 'typingStarted',
    conversationId,
    userId: 'ada',
    data: { name: 'Name of ada' },
  });
  await ada.call('sendTyping', { conversationId, typing: false });
  await bob.event('typingStopped');
  await Promise.all([ada.settled(), cy.settled()]);
  expect([...ada.events(), ...cy.events()]).toEqual([]);
});

test('[TYPING4] a typist who sends or whose socket closes has stopped', async () => {
  const [ada, bob] = [await world.open('ada'), await openWatching('bob')];
  await ada.call('sendTyping', { conversationId, typing: true });
  await ada.call('sendMessage', { id: newId(), conversationId, content: 'x' });
  await bob.settled();
  expect(bob.events().map(({ type }) => type)).toEqual([
    'typingStarted',
    'newMessage',
    'typingStopped',
  ]);
  await ada.call('sendTyping', { conversationId, typing: true });
  await ada.close();
  await bob.frame(() => bob.events('typingStopped').length === 2);
});

test('[TYPING2] repeats that come faster than an honest client’s are told once', async () => {
  const [ada, bob] = [await world.open('ada'), await openWatching('bob')];
  for (let count = 0; count < 20; count++)
    await ada.call('sendTyping', { conversationId, typing: true });
  await bob.settled();
  expect(bob.events('typingStarted')).toHaveLength(1);
  world.clock.advance(timings.typingRepeatMs);
  await ada.call('sendTyping', { conversationId, typing: true });
  await bob.settled();
  expect(bob.events('typingStarted')).toHaveLength(2);
});

test('[TYPING1] it is told also after the clock was set back', async () => {
  const [ada, bob] = [await world.open('ada'), await openWatching('bob')];
  await ada.call('sendTyping', { conversationId, typing: true });
  world.clock.step(-3_600_000);
  await ada.call('sendTyping', { conversationId, typing: true });
  await bob.settled();
  expect(bob.events('typingStarted')).toHaveLength(2);
});

test('[TYPING6] only a member may send it or watch it', async () => {
  const stranger = await openWatching('mallory');
  const bob = await openWatching('bob');
  expect(await stranger.refusal('sendTyping', { conversationId, typing: true })).toMatchObject({
    code: 'notMember',
  });
  const ada = await world.open('ada');
  await ada.call('sendTyping', { conversationId, typing: true });
  await bob.event('typingStarted');
  await stranger.settled();
  expect(stranger.events()).toEqual([]);
});

test('[EVENT7] a watcher who is taken out is told no more', async () => {
  const [ada, bob] = [await world.open('ada'), await openWatching('bob')];
  await ada.call('removeMember', { conversationId, userId: 'bob' as UserId });
  await ada.call('sendTyping', { conversationId, typing: true });
  await bob.settled();
  expect(bob.events('typingStarted')).toEqual([]);
});
