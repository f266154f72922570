/** Holds signing in and coming back: HELLO, HEADS, AUTH. */
import type { ConversationId } from '@natter/protocol';
import { limits, protocolVersion } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leave, newDirect, newGroup, newId, newPerson, type Person, signToken } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';
import { openWire } from './wire.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  cluster = await startCluster({ NATTER_ORIGINS: 'https://friend.example' });
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
});
afterEach(leave);
afterAll(() => cluster.stop());

describe('hello', () => {
  test('[FRAME1] the subprotocol is accepted when offered, and not needed', async () => {
    const named = await openWire(cluster.url());
    const plain = await openWire(cluster.url(), { protocols: [] });
    expect([named.protocol, plain.protocol]).toEqual(['natter.v1', '']);
    expect((await plain.call('hello', { token: ada.token })).userId).toBe(ada.id);
    named.cut();
    plain.cut();
  });

  test('[HELLO5] the reply says who I am and what holds here', async () => {
    await newGroup(ada, [bob]);
    const { hello } = await ada.connect({ watch: { conversationIds: [], userIds: [bob.id] } });
    expect(hello).toMatchObject({
      userId: ada.id,
      name: 'Ada',
      protocol: protocolVersion,
      heartbeatMs: 25_000,
    });
    expect(hello.connectionId).not.toBe('');
    expect(hello.presence.map((presence) => presence.userId)).toEqual([bob.id]);
    expect(Object.keys(hello.limits).sort()).toEqual(Object.keys(limits).sort());
  });

  test('[HELLO9] no limit is higher than that of the schemas', async () => {
    const { hello } = await ada.connect();
    for (const [name, most] of Object.entries(limits)) {
      expect(hello.limits[name as keyof typeof limits], name).toBeLessThanOrEqual(most);
    }
  });

  test('[HELLO1] any other call before it is refused, and the socket is closed', async () => {
    const wire = await openWire(cluster.url());
    expect((await wire.refused('getConversations', {})).code).toBe('helloFirst');
    expect((await wire.closed).code).toBe(4300);
  });

  test('[HELLO2] a socket without hello is closed after 10 s', { timeout: 20_000 }, async () => {
    const openedAt = performance.now();
    const wire = await openWire(cluster.url());
    expect((await wire.closed).code).toBe(4003);
    expect(performance.now() - openedAt).toBeGreaterThan(9_000);
  });

  test('[HELLO3] a token in the URL is ignored', async () => {
    const wire = await openWire(cluster.url(), { query: `?token=${ada.token}` });
    expect((await wire.refused('getConversations', {})).code).toBe('helloFirst');
    expect((await wire.closed).code).toBe(4300);
  });

  test('[HELLO4] what happens while somebody says hello is in the heads or comes as an event', async () => {
    const group = await newGroup(ada, [bob]);
    const first = await bob.connect();
    const { epoch, since } = first.hello;
    await first.close();
    for (let round = 0; round < 10; round++) {
      const [{ seq }, wire] = await Promise.all([
        ada.say(group, `round ${round}`),
        bob.connect({ since, epoch }),
      ]);
      const inHeads = wire.hello.heads.some(
        (head) => head.conversationId === group && head.lastSeq >= seq,
      );
      if (!inHeads) await wire.next('newMessage', (event) => event.message.seq === seq);
      await wire.close();
    }
  });

  test('[HELLO7] a bad token is refused and closes the socket with 4201', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const bad = {
      'no JWT': 'not a token',
      'another secret': await signToken(
        { sub: ada.id },
        { secret: 'another-secret-of-more-than-32-bytes!' },
      ),
      'no signature': `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa(JSON.stringify({ sub: ada.id, name: 'Ada', exp: now + 60 })).replaceAll('=', '')}.`,
    };
    for (const [what, token] of Object.entries(bad)) {
      const wire = await openWire(cluster.url());
      expect(await wire.refused('hello', { token }), what).toMatchObject({
        code: 'unauthenticated',
        retry: 'newToken',
      });
      expect((await wire.closed).code, what).toBe(4201);
    }
  });

  test('[HELLO7] an expired token is refused and closes the socket with 4200', async () => {
    const token = await signToken(
      { sub: ada.id },
      { expiresAt: Math.floor(Date.now() / 1_000) - 600 },
    );
    const wire = await openWire(cluster.url());
    expect(await wire.refused('hello', { token })).toMatchObject({
      code: 'tokenExpired',
      retry: 'newToken',
    });
    expect((await wire.closed).code).toBe(4200);
  });

  test('[HELLO8] a protocol of the future closes the socket with 4301', async () => {
    const wire = await openWire(cluster.url());
    await wire.refused('hello', { token: ada.token, protocol: 999 });
    expect((await wire.closed).code).toBe(4301);
  });

  test("[CLOSE3] a token's end closes its socket", async () => {
    const token = await signToken(
      { sub: ada.id },
      { expiresAt: Math.floor(Date.now() / 1_000) + 2 },
    );
    const wire = await openWire(cluster.url());
    await wire.call('hello', { token });
    expect((await wire.closed).code).toBe(4200);
  });
});

describe('coming back', () => {
  test('[HELLO6] without since, with another epoch, or with a since of its own making: reset', async () => {
    const { hello } = await ada.connect();
    expect(hello).toMatchObject({ reset: true, heads: [], moreHeads: false });
    const { since, epoch } = hello;
    for (const [what, params] of Object.entries({
      'no epoch': { since },
      'another epoch': { since, epoch: 'another' },
      'a since nobody issued': { since: 'made up', epoch },
    })) {
      const again = await ada.connect(params);
      expect(again.hello, what).toMatchObject({ reset: true, heads: [] });
    }
    expect((await ada.connect({ since, epoch })).hello.reset).toBe(false);
  });

  test('[HEADS1] the heads of what changed, newest change first, and of what I left', async () => {
    const [first, second, third] = [
      await newGroup(ada, [bob], 'first'),
      await newGroup(ada, [bob], 'second'),
      await newGroup(ada, [bob], 'third'),
    ];
    const wire = await bob.connect();
    const { since, epoch } = wire.hello;
    await wire.close();
    await ada.say(second, 'two');
    await ada.say(first, 'one');
    await ada.call('removeMember', { conversationId: third, userId: bob.id });

    const { heads, reset } = (await bob.connect({ since, epoch })).hello;
    expect(reset).toBe(false);
    const of = (id: ConversationId) => heads.findIndex((head) => head.conversationId === id);
    expect(heads[of(third)]).toMatchObject({ membership: 'left' });
    expect(heads[of(first)]).toMatchObject({
      membership: 'member',
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 1,
    });
    expect(of(third)).toBeLessThan(of(first));
    expect(of(first)).toBeLessThan(of(second));
  });

  test('[HEADS3] since has a constant size, however many conversations there are', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const before = (await eve.connect()).hello.since;
    for (let at = 0; at < 12; at++) await newGroup(eve, [], `group ${at}`);
    const after = (await eve.connect()).hello.since;
    expect(after.length).toBe(before.length);
  });

  test('[HEADS4] a head has the version that getConversation has', async () => {
    const group = await newGroup(ada, [bob]);
    const wire = await ada.connect();
    const { since, epoch } = wire.hello;
    await ada.say(group, 'hello');
    const head = (await ada.connect({ since, epoch })).hello.heads.find(
      (each) => each.conversationId === group,
    );
    const { entry } = await ada.call('getConversation', { conversationId: group });
    expect(head).toEqual({
      conversationId: group,
      version: entry.conversation.version,
      lastSeq: entry.conversation.lastSeq,
      readSeq: entry.readSeq,
      unreadCount: entry.unreadCount,
      membership: 'owner',
      cursorVersion: entry.cursorVersion,
    });
  });

  test('[HEADS2] more heads than fit a page follow as events', { timeout: 60_000 }, async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const { since, epoch } = (await eve.connect()).hello;
    const total = limits.headsPerPageMax + 5;
    const maker = await eve.connect();
    for (let at = 0; at < total; at += 20) {
      await Promise.all(
        Array.from({ length: Math.min(20, total - at) }, (_, n) =>
          maker.call('createConversation', {
            id: newId<ConversationId>(),
            kind: 'group',
            name: `${at + n}`,
            userIds: [],
          }),
        ),
      );
    }
    const wire = await eve.connect({ since, epoch });
    expect(wire.hello.heads).toHaveLength(limits.headsPerPageMax);
    expect(wire.hello.moreHeads).toBe(true);
    const told = new Set(wire.hello.heads.map((head) => head.conversationId));
    // What this node has missed meanwhile comes the same way (HEADS5), and may come before it.
    const last = await wire.next('heads', ({ data }) => {
      for (const head of data.heads) told.add(head.conversationId);
      return told.size === total;
    });
    expect(last.data.more).toBe(false);
  });

  test('[HEADS6] coming back to nothing new brings no heads, beyond the overlap of since', async () => {
    // Conversations older than the overlap are not told again: the one below is too young, so only its own head comes.
    const eve = await newPerson(cluster.url, 'Eve');
    const group = await newDirect(eve, ada);
    const { since, epoch } = (await eve.connect()).hello;
    const { heads } = (await eve.connect({ since, epoch })).hello;
    expect(heads.filter((head) => head.conversationId !== group)).toEqual([]);
  });
});

describe('tokens and origins', () => {
  test('[AUTH1] the name of the token is the name shown, and its sub the id', async () => {
    const token = await signToken({ sub: 'somebody-new', name: 'Grace Hopper' });
    const wire = await openWire(cluster.url());
    expect(await wire.call('hello', { token })).toMatchObject({
      userId: 'somebody-new',
      name: 'Grace Hopper',
    });
    wire.cut();
  });

  test('[AUTH1] a sub that is no user id is refused', async () => {
    for (const sub of ['', 'with space', 'ü', 'a'.repeat(129)]) {
      const wire = await openWire(cluster.url());
      expect(
        (await wire.refused('hello', { token: await signToken({ sub, name: 'X' }) })).code,
      ).toBe('unauthenticated');
      wire.cut();
    }
  });

  test('[AUTH2] a page of a foreign origin gets no socket', async () => {
    await expect(openWire(cluster.url(), { origin: 'https://evil.example' })).rejects.toThrow(
      'upgrade refused with 403',
    );
    await expect(openWire(cluster.url(), { origin: 'null' })).rejects.toThrow(
      'upgrade refused with 403',
    );
  });

  test('[AUTH2] an allowed origin, the own one, and clients that are no browsers pass', async () => {
    for (const origin of ['https://friend.example', cluster.nodes[0]?.url]) {
      const wire = await openWire(
        cluster.nodes[0]?.url ?? '',
        origin === undefined ? {} : { origin },
      );
      expect((await wire.call('hello', { token: ada.token })).userId).toBe(ada.id);
      wire.cut();
    }
  });

  test('[AUTH3] no answer and no log repeats a token', async () => {
    const token = await signToken(
      { sub: ada.id },
      { secret: 'another-secret-of-more-than-32-bytes!' },
    );
    const wire = await openWire(cluster.url(), { query: `?token=${token}` });
    await wire.refused('hello', { token });
    await wire.closed;
    expect(wire.frames.join()).not.toContain(token);
    for (const node of cluster.nodes) expect(node.output()).not.toContain(token);
  });

  test('[AUTH4] who calls is who the token says, whatever params say', async () => {
    const group = await newGroup(ada, [bob]);
    const wire = await bob.connect();
    const params = {
      id: newId(),
      conversationId: group,
      content: 'hi',
      senderId: ada.id,
      userId: ada.id,
    };
    await wire.call('sendMessage', params as never);
    const { messages } = await ada.call('getMessages', { conversationId: group });
    expect(messages.map((message) => message.senderId)).toEqual([bob.id]);
  });
});
