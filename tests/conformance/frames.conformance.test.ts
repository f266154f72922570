/** Holds what bad input gets: FRAME, LIMITS, and the socket that stays or goes. */
import { limits } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';
import { socketUrl } from './wire.ts';

let cluster: Cluster;
let ada: Person;

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
});
afterEach(leave);
afterAll(() => cluster.stop());

describe('frames', () => {
  test('[FRAME2] a server sends one JSON object a frame: reply, refusal or event', async () => {
    const group = await newGroup(ada, []);
    const wire = await ada.connect();
    await wire.refused('nothingLikeIt');
    await ada.say(group, 'hello');
    await wire.next('newMessage');
    const shapes = wire.frames.map((text) => Object.keys(JSON.parse(text)).sort().join());
    expect([...new Set(shapes)].sort()).toEqual(['error,id', 'event', 'id,result']);
  });

  test('[FRAME3] every one of many calls at once gets its own reply', async () => {
    const group = await newGroup(ada, []);
    const wire = await ada.connect();
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const id = newId<never>();
        const reply = await wire.call('sendMessage', {
          id,
          conversationId: group,
          content: `${at}`,
        });
        return reply.id === id;
      }),
    );
    expect(ids).toEqual(Array.from({ length: 20 }, () => true));
  });

  test('[FRAME4] bad JSON is refused without an id, and closes the socket', async () => {
    const wire = await ada.connect();
    wire.sendRaw('{"id": 1, "method": ');
    expect(await wire.nextFault()).toMatchObject({ code: 'badFrame', retry: 'never' });
    expect((await wire.closed).code).toBe(4300);
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a string', '"hello"'],
    ['no id', '{"method":"getConversations"}'],
    ['an id of text', '{"id":"1","method":"getConversations"}'],
    ['a negative id', '{"id":-1,"method":"getConversations"}'],
    ['an id beyond integers', '{"id":1e300,"method":"getConversations"}'],
  ])('[FRAME4] JSON that is no call is refused: %s', async (_what, text) => {
    const wire = await ada.connect();
    wire.sendRaw(text);
    expect((await wire.nextFault()).code).toBe('badFrame');
    expect((await wire.call('getConversations', {})).next).toBeNull();
  });

  test('[FRAME4] a call without a method is refused with its id', async () => {
    const wire = await ada.connect();
    const reply = wire.refused('', {});
    expect((await reply).code).toBe('badFrame');
  });

  test('[FRAME5] a binary frame closes the socket', async () => {
    const wire = await ada.connect();
    wire.sendRaw(Buffer.from('{"id":1,"method":"getConversations"}'));
    expect((await wire.closed).code).toBe(4300);
  });

  test('[FRAME6] an oversized frame closes the socket', async () => {
    const wire = await ada.connect();
    wire.sendRaw('x'.repeat(limits.frameBytesMax + 1));
    expect((await wire.closed).code).toBe(1009);
  });

  test('[FRAME6] the bound is in bytes, and holds across fragments', async () => {
    const socket = new WebSocket(socketUrl(cluster.url()), ['natter.v1'], {
      perMessageDeflate: false,
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    for (let part = 0; part < 20; part++) socket.send('é'.repeat(2_000), { fin: false });
    expect(await closed).toBe(1009);
  });

  test('[LIMITS2] a frame of exactly the bound is read', async () => {
    const wire = await ada.connect();
    const call = { id: 1_000_000, method: 'getConversations', params: { pad: '' } };
    call.params.pad = 'x'.repeat(limits.frameBytesMax - JSON.stringify(call).length);
    wire.sendRaw(JSON.stringify(call));
    await expect.poll(() => wire.frames.some((text) => text.includes('"id":1000000'))).toBe(true);
    expect(wire.isOpen).toBe(true);
  });

  test('[FRAME7] an unknown method is refused, and the socket stays', async () => {
    const wire = await ada.connect();
    for (const method of ['nothingLikeIt', 'toString', '__proto__', 'constructor']) {
      expect((await wire.refused(method, {})).code, method).toBe('unknownMethod');
    }
    expect(wire.isOpen).toBe(true);
  });

  test('[FRAME7] an object where a string is due is refused, and names the place', async () => {
    const group = await newGroup(ada, []);
    const wire = await ada.connect();
    const error = await wire.refused('sendMessage', {
      id: newId(),
      conversationId: group,
      content: { $gt: '' },
    });
    expect(error.code).toBe('badRequest');
    expect(error.message).toContain('content');
    expect((await wire.refused('getMessages', { conversationId: { $ne: null } })).code).toBe(
      'badRequest',
    );
    expect((await wire.refused('getUsers', { query: ['a'] })).code).toBe('badRequest');
    expect((await wire.refused('hello', { token: {} })).code).not.toBe('internal');
  });

  test.each([
    ['getUsers', (ids: string[]) => ({ ids })],
    ['getConversations', (ids: string[]) => ({ ids })],
    ['watch', (ids: string[]) => ({ conversationIds: [], userIds: ids })],
  ])('[LIMITS1] a list of ten thousand is refused by %s', async (method, params) => {
    const wire = await ada.connect();
    const error = await wire.refused(method, params(Array.from({ length: 10_000 }, () => 'a')));
    expect(error.code).toBe('badRequest');
    expect(error.message.length).toBeLessThan(1_000);
  });

  test('[LIMITS2] one character or one attachment too many is refused', async () => {
    const group = await newGroup(ada, []);
    const wire = await ada.connect();
    const message = (change: object) => ({
      id: newId(),
      conversationId: group,
      content: 'x',
      ...change,
    });
    expect((await wire.refused('sendMessage', message({ content: 'x'.repeat(16_385) }))).code).toBe(
      'badRequest',
    );
    const fileIds = Array.from({ length: 11 }, () => newId());
    expect((await wire.refused('sendMessage', message({ fileIds }))).code).toBe('badRequest');
    const sent = await wire.call('sendMessage', message({ content: 'x'.repeat(16_384) }) as never);
    expect(sent.seq).toBe(1);
  });

  test('[LIMITS5] more people than one call may name are refused', async () => {
    const userIds = Array.from(
      { length: limits.membersPerRequestMax + 1 },
      (_, at) => `user-${at}`,
    );
    const params = { id: newId(), kind: 'group', name: 'many', userIds };
    expect((await ada.refused('createConversation', params)).code).toBe('badRequest');
  });

  test('[FRAME8] unknown properties are ignored', async () => {
    const wire = await ada.connect();
    const result = await wire.call('getConversations', { later: true } as never);
    expect(result.entries).toBeInstanceOf(Array);
  });
});

describe('rates', () => {
  test('[LIMITS3] a flood is answered with rateLimited, a wait, and in the end a close', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const wire = await eve.connect();
    const group = await newGroup(ada, [eve]);
    const call = (id: number) =>
      JSON.stringify({ id, method: 'sendTyping', params: { conversationId: group, typing: true } });
    let id = 1_000;
    // In waves: what is still unread when the server closes may cost the answers that are on their way.
    const isSeenWhileFlooding = (isSeen: () => boolean) =>
      expect.poll(
        () => {
          for (let count = 0; count < 500 && wire.isOpen; count++) wire.sendRaw(call(id++));
          return isSeen();
        },
        { timeout: 20_000 },
      );
    await isSeenWhileFlooding(() =>
      wire.frames.some((text) => text.includes('"rateLimited"')),
    ).toBe(true);
    const refusal = wire.frames
      .map((text) => JSON.parse(text))
      .find((frame) => frame.error?.code === 'rateLimited');
    expect(refusal.error.retry).toBe('later');
    expect(refusal.error.retryAfterMs).toBeGreaterThan(0);
    await isSeenWhileFlooding(() => !wire.isOpen).toBe(true);
    const { code, reason } = await wire.closed;
    expect(code).toBe(4101);
    expect(reason).toMatch(/^\d+$/);
  });

  test('[LIMITS3] whoever floods does not take from others', async () => {
    const wire = await ada.connect();
    expect((await wire.call('getConversations', {})).entries).toBeInstanceOf(Array);
  });
});
