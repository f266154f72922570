/** What must hold on several nodes: whole servers on one database, with a real NATS between them. */
import { type ConversationId, closeCodes, type ServerEvent, type UserId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type NatsServer, natsProgram, startNats } from '../../../tests/services/nats.ts';
import { type Nodes, startNodes } from '../test/nodes.ts';
import type { TestSocket } from '../test/socket.ts';
import { newConversationId, newId, startWorld, type World } from '../test/world.ts';

const patient = { timeout: 20_000, interval: 20 };
const id = (name: string) => name as UserId;
const send = (world: World, who: string, conversationId: ConversationId, content: string) =>
  world.natter.call(id(who), 'sendMessage', { id: newId(), conversationId, content });
const hasGot = (socket: TestSocket, content: string) =>
  socket.frame(({ event }) => event?.type === 'newMessage' && event.message.content === content);

describe.skipIf(natsProgram === undefined)('two nodes on a real NATS', { timeout: 40_000 }, () => {
  let nats: NatsServer;
  let nodes: Nodes;
  let a: World;
  let b: World;
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(() => nats.stop());
  beforeEach(async () => {
    nodes = await startNodes(2, `${nats.url}?prefix=${newId()}`);
    [a, b] = nodes.worlds as [World, World];
  });
  afterEach(() => nodes.close());

  async function cut(): Promise<void> {
    await nats.kill();
    await vi.waitFor(() => expect(nodes.buses.some((bus) => bus.isConnected)).toBe(false), patient);
  }
  async function join(): Promise<void> {
    await nats.start();
    await vi.waitFor(() => expect(nodes.buses.every((bus) => bus.isConnected)).toBe(true), patient);
  }

  test('[ORDER5][SEND4] what is sent on one is told once and in order on both', async () => {
    const conversationId = await a.group('ada', 'bob');
    const [ada, phone, bob] = [await a.open('ada'), await b.open('ada'), await b.open('bob')];
    for (let at = 0; at < 50; at++)
      await ada.call('sendMessage', { id: newId(), conversationId, content: `${at}` });
    await hasGot(phone, '49');
    await hasGot(bob, '49');
    const said = (socket: TestSocket) =>
      socket.events('newMessage').map((event) => 'message' in event && event.message?.content);
    const all = Array.from({ length: 50 }, (_, at) => `${at}`);
    expect([said(phone), said(bob), said(ada)]).toEqual([all, all, []]);
    expect([...phone.events('heads'), ...bob.events('heads')]).toEqual([]);
  });

  test('[HELLO4] what is committed while somebody signs in is in the reply or is told', async () => {
    const conversationId = await a.group('ada', 'bob');
    for (let at = 0; at < 20; at++) {
      const sending = send(a, 'ada', conversationId, `${at}`);
      const bob = await b.connect();
      await bob.hello('bob');
      await sending;
      const { version } = await send(a, 'ada', conversationId, `${at}, afterwards`);
      await bob.frame(
        ({ event }) =>
          (event?.type === 'newMessage' && event.version === version) ||
          (event?.type === 'heads' && event.data.heads.some((head) => head.version >= version)),
      );
      bob.terminate();
    }
  });

  // The rolling check would find it too, but later than a test may last.
  test('[EVENT2][REPAIR3] a conversation that begins with a message is whole on the other node at once', {
    timeout: 5_000,
  }, async () => {
    await a.group('ada', 'bob');
    const [ada, bob] = [await a.open('ada'), await b.open('bob')];
    const conversationId = newConversationId();
    const [, { version }] = await Promise.all([
      ada.call('createConversation', {
        id: conversationId,
        kind: 'group',
        name: 'New',
        userIds: ['bob'],
      }),
      ada.call<{ version: number }>('sendMessage', { id: newId(), conversationId, content: 'x' }),
    ]);
    await bob.frame(
      ({ event }) =>
        (event?.type === 'newMessage' && event.version === version) ||
        (event?.type === 'heads' && event.data.heads.some((head) => head.version >= version)),
    );
  });

  test('[CLOSE4][EVENT7] one who is taken out on one node gets nothing more of it on the other', async () => {
    const conversationId = await a.group('ada', 'bob', 'cy');
    const watch = { watch: { conversationIds: [conversationId], userIds: [] } };
    const [bob, cy] = [await b.open('bob', watch), await b.open('cy', watch)];
    await a.natter.call(id('ada'), 'removeMember', { conversationId, userId: id('bob') });
    await send(a, 'ada', conversationId, 'secret');
    await a.natter.call(id('ada'), 'sendTyping', { conversationId, typing: true });
    await hasGot(cy, 'secret');
    await cy.event('typingStarted');
    await bob.settled();
    expect(bob.events().at(-1)).toMatchObject({ type: 'memberLeft', userId: 'bob' });
    expect(JSON.stringify(bob.frames)).not.toContain('secret');
  });

  test('[CLOSE4][EVENT7] nor while NATS is away, when his node has not heard of it', async () => {
    const conversationId = await a.group('ada', 'bob', 'cy');
    const watch = { watch: { conversationIds: [conversationId], userIds: [] } };
    const [bob, cy] = [await b.open('bob', watch), await b.open('cy', watch)];
    const { entry } = await b.natter.call(id('cy'), 'getConversation', { conversationId });
    await cut();
    await a.natter.call(id('ada'), 'removeMember', { conversationId, userId: id('bob') });
    await cy.call('sendTyping', { conversationId, typing: true });
    const { seq } = await send(b, 'cy', conversationId, 'secret');
    await b.natter.call(id('cy'), 'markAsRead', { conversationId, seq });
    // The hole is seen, and the database asked.
    b.clock.advance(200);
    await bob.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.membership === 'left',
    );
    await bob.settled();
    // How it began may come late over the bus, and he was in it then.
    const isOfBefore = (event: ServerEvent) =>
      'version' in event && event.version <= entry.conversation.version;
    const told = bob.events().filter((event) => event.type !== 'heads' && !isOfBefore(event));
    expect(told).toEqual([]);
    expect(JSON.stringify(bob.frames)).not.toContain('secret');
    await join();
  });

  test('[REPAIR2][REPAIR4] what was sent while NATS was away is told when it is back', async () => {
    const conversationId = await a.group('ada', 'bob');
    const [bob, own] = [await b.open('bob'), await a.open('bob')];
    await cut();
    const { version } = await send(a, 'ada', conversationId, 'missed');
    // On the node where it was sent it is told as ever.
    await hasGot(own, 'missed');
    await join();
    await bob.frame(
      ({ event }) => event?.type === 'heads' && event.data.heads[0]?.version === version,
    );
    await send(a, 'ada', conversationId, 'after');
    b.clock.advance(200);
    await vi.waitFor(
      () => expect(JSON.stringify(bob.frames)).toMatch(/after|"version":5/),
      patient,
    );
  });

  test('[HEADS8] no position is told while NATS is away', async () => {
    const ada = await b.open('ada');
    await cut();
    for (let passed = 0; passed < 30; passed++) {
      b.clock.advance(1_000);
      await new Promise(setImmediate);
    }
    await ada.settled();
    const heartbeats = ada.events('heads');
    expect(heartbeats.length).toBeGreaterThan(0);
    expect(JSON.stringify(heartbeats)).not.toContain('since');
    await join();
  });

  test('[PRESENCE4][PRESENCE7] people of another node are online, and offline 20 s after it died', async () => {
    await a.group('ada', 'bob');
    const watch = { watch: { conversationIds: [], userIds: ['bob'] } };
    const ada = await b.open('ada', watch);
    await a.open('bob');
    expect(await ada.event('userOnline')).toMatchObject({ userId: 'bob' });
    // Killed: it says no farewell.
    await nodes.buses[0]?.close();
    for (let passed = 0; passed < 25; passed++) {
      b.clock.advance(1_000);
      await new Promise(setImmediate);
    }
    expect(await ada.event('userOffline')).toMatchObject({
      userId: 'bob',
      data: { lastSeenAt: expect.any(Number) },
    });
  });

  describe('revoking', () => {
    test('[AUTH5] a person’s sockets are closed on every node, and nobody else’s', async () => {
      const mine = [await a.open('ada'), await b.open('ada')];
      const others = [await a.open('bob'), await b.open('bob')];
      await nodes.settled();
      a.natter.revoke({ userId: id('ada') });
      for (const socket of mine)
        expect(await socket.closed).toMatchObject({ code: closeCodes.tokenInvalid });
      for (const socket of others) await socket.settled();
    });

    test('[AUTH5] a token’s sockets are closed, and not those of the same person by another', async () => {
      const revoked = await b.open('ada#one');
      const [other, none] = [await b.open('ada#two'), await b.open('ada')];
      await nodes.settled();
      a.natter.revoke({ tokenId: 'one' });
      expect(await revoked.closed).toMatchObject({ code: closeCodes.tokenInvalid });
      await other.settled();
      await none.settled();
    });

    test('[AUTH5] one that a node did not hear of at once is repeated, and told after a gap', async () => {
      const ada = await b.open('ada');
      await nodes.settled();
      await cut();
      a.natter.revoke({ userId: id('ada') });
      await ada.settled();
      await join();
      expect(await ada.closed).toMatchObject({ code: closeCodes.tokenInvalid });
      // Whoever has signed in anew is not closed by the repeats.
      const again = await b.open('ada');
      a.clock.advance(5_000);
      await send(a, 'ada', await a.group('ada'), 'fence');
      await nodes.settled();
      await again.settled();
    });
  });
});

test('[AUTH5] a token that is revoked while its socket signs in does not get in', async () => {
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const world = await startWorld({
    authenticate: async () => {
      asked.resolve();
      await answer.promise;
      return { userId: id('ada'), name: 'Ada', expiresAt: null, tokenId: 'one' };
    },
  });
  const socket = await world.connect();
  const refused = socket.refusal('hello', { token: 'x' });
  await asked.promise;
  world.natter.revoke({ tokenId: 'one' });
  answer.resolve();
  expect(await refused).toMatchObject({ code: 'unauthenticated' });
  expect(await socket.closed).toMatchObject({ code: closeCodes.tokenInvalid });
  await world.close();
});
