import type { ConversationId, ServerEvent, UserId } from '@natter/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestSocket } from '../../test/socket.ts';
import { newConversationId, newId, startWorld, type World } from '../../test/world.ts';
import { encodeEnvelope } from './envelope.ts';
import { encodeFrame } from './frame.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const versions = (socket: TestSocket, conversationId: string) =>
  socket
    .events()
    .flatMap((event) =>
      'version' in event && event.conversationId === conversationId ? [event.version] : [],
    );
const send = (userId: string, conversationId: ConversationId, content = 'x') =>
  world.natter.call(userId as UserId, 'sendMessage', { id: newId(), conversationId, content });

describe('members', () => {
  test('[EVENT4] a new conversation is told to its first members from version 1 on', async () => {
    await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const id = newConversationId();
    await ada.call('createConversation', { id, kind: 'group', name: '  Club  ', userIds: ['bob'] });
    await ada.call('sendMessage', { id: newId(), conversationId: id, content: 'x' });
    await bob.event('newMessage');
    expect(versions(bob, id)).toEqual([1, 2, 3, 4]);
    expect(bob.events()[0]).toMatchObject({
      type: 'conversationUpdated',
      data: { conversation: { name: 'Club' } },
    });
    expect(versions(ada, id)).toEqual([1, 2, 3]);
  });

  test('[EVENT4][ORDER5] what is sent behind the creation, before its answer, is told to the others too', async () => {
    await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const id = newConversationId();
    await Promise.all([
      ada.call('createConversation', { id, kind: 'group', name: 'Club', userIds: ['bob'] }),
      ada.call('sendMessage', { id: newId(), conversationId: id, content: 'x' }),
    ]);
    await bob.settled();
    expect(versions(bob, id)).toEqual([1, 2, 3, 4]);
  });

  test('[EVENT4][PAGE4] the answer to a creation is the entry that a later reading gives', async () => {
    await world.group('ada', 'bob');
    const ada = await world.open('ada');
    for (const params of [
      { id: newConversationId(), kind: 'group', name: 'Club', userIds: ['bob'] },
      { id: newConversationId(), kind: 'direct', userId: 'bob' },
    ]) {
      const { entry } = await ada.call('createConversation', params);
      const { entries } = await ada.call('getConversations', { ids: [params.id] });
      expect([entry]).toEqual(entries);
    }
  });

  test('[EVENT6] one who is taken out gets memberLeft as the last event, and nothing after it', async () => {
    const conversationId = await world.group('ada', 'bob', 'cy');
    const [bob, cy] = [await world.open('bob'), await world.open('cy')];
    await send('ada', conversationId);
    await world.natter.call('ada' as UserId, 'removeMember', {
      conversationId,
      userId: 'bob' as UserId,
    });
    await send('ada', conversationId, 'secret');
    await cy.frame(
      ({ event }) => event?.type === 'newMessage' && event.message.content === 'secret',
    );
    await bob.settled();
    expect(bob.events().at(-1)).toMatchObject({ type: 'memberLeft', userId: 'bob' });
    expect(JSON.stringify(bob.frames)).not.toContain('secret');
    expect(await bob.refusal('getMessages', { conversationId })).toMatchObject({
      code: 'notMember',
    });
  });

  test('[EVENT7] removals and messages at once: whoever is out never gets what came later', async () => {
    const conversationId = await world.group('ada', 'bob');
    const bob = await world.open('bob');
    for (let round = 0; round < 20; round++) {
      await Promise.all([
        send('ada', conversationId),
        world.natter.call('ada' as UserId, 'removeMember', {
          conversationId,
          userId: 'bob' as UserId,
        }),
        send('ada', conversationId, 'secret'),
      ]);
      await world.natter.call('ada' as UserId, 'addMembers', {
        conversationId,
        userIds: ['bob' as UserId],
      });
    }
    await bob.settled();
    expect(JSON.stringify(bob.frames)).not.toContain('secret');
    expect(bob.events('memberLeft')).toHaveLength(20);
    expect(bob.events('memberJoined')).toHaveLength(20);
  });

  test('[EVENT2] one who joins gets memberJoined and everything after it', async () => {
    const conversationId = await world.group('ada');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    await send('ada', conversationId, 'before');
    await ada.call('addMembers', { conversationId, userIds: ['bob'] });
    const { version } = await send('ada', conversationId, 'after');
    await bob.settled();
    // Joining, the line about it, and the message.
    expect(versions(bob, conversationId)).toEqual([version - 2, version - 1, version]);
    expect(bob.events('newMessage')).toMatchObject([
      { message: { system: { kind: 'added', users: [{ userId: 'bob' }] } } },
      { message: { content: 'after' } },
    ]);
    await ada.settled();
    expect(versions(ada, conversationId).at(-1)).toBe(version);
  });

  test('[SYSTEM4] who is taken out or leaves gets memberLeft last, those who stay the line after it', async () => {
    const conversationId = await world.group('ada', 'bob', 'cy');
    const [ada, bob, cy] = [
      await world.open('ada'),
      await world.open('bob'),
      await world.open('cy'),
    ];
    await ada.call('removeMember', { conversationId, userId: 'bob' });
    await cy.call('removeMember', { conversationId, userId: 'cy' });
    for (const socket of [ada, bob, cy]) await socket.settled();
    const told = (socket: TestSocket) =>
      socket
        .events()
        .map((event) => ('message' in event ? event.message.system?.kind : event.type));
    expect(told(bob)).toEqual(['memberLeft']);
    expect(told(cy)).toEqual(['memberLeft', 'removed', 'memberLeft']);
    expect(told(ada)).toEqual(['memberLeft', 'removed', 'memberLeft', 'left']);
  });

  test('[EVENT5] a change of role is told to everybody once', async () => {
    const conversationId = await world.group('ada', 'bob');
    const bob = await world.open('bob');
    await world.natter.call('ada' as UserId, 'addMembers', {
      conversationId,
      userIds: ['bob' as UserId],
      role: 'admin',
    });
    await bob.settled();
    expect(bob.events()).toMatchObject([
      { type: 'memberJoined', userId: 'bob', data: { member: { role: 'admin' } } },
      { type: 'newMessage', message: { system: { kind: 'roleChanged', role: 'admin' } } },
    ]);
  });

  test('[HTTP4] what is sent over HTTP is told to every socket, the sender’s included', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    await world.post('ada', 'sendMessage', { id: newId(), conversationId, content: 'x' });
    for (const socket of [ada, bob])
      expect(await socket.event('newMessage')).toMatchObject({ message: { seq: 1 } });
  });

  test('[SEND2] a repeat is acknowledged as before and told to nobody', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const params = { id: newId(), conversationId, content: 'x' };
    const first = await ada.call('sendMessage', params);
    expect(await ada.call('sendMessage', params)).toEqual(first);
    await bob.settled();
    expect(bob.events('newMessage')).toHaveLength(1);
  });

  test('[HEADS6] whoever comes back after a blink costs no reading of their conversations, and misses nothing', async () => {
    const conversationId = await world.group('ada', 'bob');
    const { listMemberships } = world.storage;
    let read = 0;
    world.storage.listMemberships = (userId) => {
      read += 1;
      return listMemberships(userId);
    };
    const first = await world.connect();
    const { since, epoch } = await first.hello('bob');
    await first.close();
    const call = world.natter.call;
    const say = (content: string) =>
      call('ada' as UserId, 'sendMessage', { id: newId(), conversationId, content });
    await say('while away');
    const other = await world.group('ada');
    await call('ada' as UserId, 'addMembers', {
      conversationId: other,
      userIds: ['bob' as UserId],
    });
    const again = await world.connect();
    const { heads } = await again.hello('bob', { since, epoch });
    expect(heads.find((head) => head.conversationId === conversationId)?.lastSeq).toBe(1);
    expect(heads.map((head) => head.conversationId)).toContain(other);
    await say('back');
    await call('ada' as UserId, 'sendMessage', {
      id: newId(),
      conversationId: other,
      content: 'welcome',
    });
    await again.frame(
      ({ event }) => event?.type === 'newMessage' && event.message.content === 'welcome',
    );
    const told = again.events('newMessage');
    expect(told.flatMap((event) => ('message' in event ? [event.message?.content] : []))).toEqual([
      'back',
      'welcome',
    ]);
    expect(read).toBe(1);
    await again.close();
    // Taken out while away: nothing more is told after coming back.
    await call('ada' as UserId, 'removeMember', { conversationId, userId: 'bob' as UserId });
    const third = await world.open('bob');
    await say('secret');
    await third.settled();
    expect(JSON.stringify(third.frames)).not.toContain('secret');
  });

  test('when nobody has been left on the node for a while, nothing is followed', async () => {
    await world.group('ada', 'bob');
    const sockets = [await world.open('ada'), await world.open('ada'), await world.open('bob')];
    expect(world.natter.stats()).toMatchObject({ users: 2, conversations: 1, connections: 3 });
    for (const socket of sockets) await socket.close();
    const cy = await world.open('cy');
    await cy.settled();
    expect(world.natter.stats()).toMatchObject({ users: 1, connections: 1 });
    for (let at = 0; at < 3; at++) {
      world.clock.advance(25_000);
      await cy.settled();
    }
    expect(world.natter.stats()).toMatchObject({ users: 1, conversations: 0, connections: 1 });
  });
});

/** As another node would publish it. */
function publish(conversationId: string, event: ServerEvent & { version: number }): void {
  const frame = encodeFrame(JSON.stringify({ event }));
  world.bus.publish(
    `conversation.${conversationId}`,
    encodeEnvelope({ kind: 'durable', version: event.version, frame }),
  );
}

describe('a bus that loses or reorders', () => {
  const changed = (conversationId: ConversationId, version: number) =>
    ({
      type: 'conversationUpdated',
      conversationId,
      version,
      data: {},
    }) as unknown as ServerEvent & { version: number };

  test('[ORDER5] what comes too early waits for what comes before it', async () => {
    const conversationId = await world.group('ada');
    const ada = await world.open('ada');
    for (const version of [4, 3, 5, 4]) publish(conversationId, changed(conversationId, version));
    await ada.settled();
    expect(versions(ada, conversationId)).toEqual([3, 4, 5]);
  });

  test('[REPAIR1][HEADS5] after a hole nobody gets anything until the database has said who still is a member', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    // Another node takes Bob out, and its event is lost.
    await world.storage.removeMember({
      conversationId,
      actorId: 'ada' as UserId,
      userId: 'bob' as UserId,
    });
    publish(conversationId, changed(conversationId, 6));
    world.clock.advance(200);
    publish(conversationId, changed(conversationId, 7));
    const heads = await ada.event('heads');
    expect(heads).toMatchObject({
      data: { heads: [{ conversationId, version: 5, membership: 'owner' }] },
    });
    expect(await bob.event('heads')).toMatchObject({
      data: { heads: [{ conversationId, membership: 'left' }] },
    });
    await bob.settled();
    expect(versions(bob, conversationId)).toEqual([]);
    publish(conversationId, changed(conversationId, 8));
    await ada.frame(
      ({ event }) => event !== undefined && 'version' in event && event.version === 8,
    );
    await bob.settled();
    expect(versions(bob, conversationId)).toEqual([]);
  });

  test('[REPAIR1] a late notice of joining does not undo a removal', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [bob, ada] = [await world.open('bob'), await world.open('ada')];
    await world.natter.call('ada' as UserId, 'removeMember', {
      conversationId,
      userId: 'bob' as UserId,
    });
    const frame = encodeFrame('{"event":{}}');
    world.bus.publish(
      'user.bob',
      encodeEnvelope({ kind: 'joined', version: 3, memberCount: 2, conversationId, frame }),
    );
    publish(conversationId, changed(conversationId, 6));
    await ada.event('conversationUpdated');
    await bob.settled();
    expect(bob.events().map(({ type }) => type)).toEqual(['memberLeft']);
  });

  test('[EVENT7] seed 707: whoever was out and hears first of being back gets nothing of the time between', async () => {
    const conversationId = await world.group('ada', 'bob');
    const [ada, bob] = [await world.open('ada'), await world.open('bob')];
    const frameOf = (version: number) =>
      encodeFrame(JSON.stringify({ event: changed(conversationId, version) }));
    const facts = { memberCount: 2, conversationId, subjectId: 'bob' };
    const coming = { ...facts, kind: 'joined', version: 6, frame: frameOf(6) } as const;
    // Two nodes, and what is told to a person overtakes what is told to the conversation.
    world.bus.publish('user.bob', encodeEnvelope(coming));
    world.bus.publish(
      `conversation.${conversationId}`,
      encodeEnvelope({ ...facts, kind: 'left', version: 4, frame: frameOf(4) }),
    );
    publish(conversationId, changed(conversationId, 5));
    world.bus.publish(`conversation.${conversationId}`, encodeEnvelope(coming));
    publish(conversationId, changed(conversationId, 7));
    await ada.settled();
    await bob.settled();
    expect(versions(ada, conversationId)).toEqual([4, 5, 6, 7]);
    expect(versions(bob, conversationId)).toEqual([6, 7]);
  });
});
