import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type ErrorBody, errors, type UserId } from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId, startWorld, type World } from '../../test/world.ts';
import { pageBounds } from '../dispatch/pages.ts';
import { createOpenApi } from './openapi.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ origins: ['https://chat.example'] });
});
afterEach(() => world.close());

/** Somebody who asks, and reads nothing of the answer. */
function askUnread(userId: string, method: string, params: unknown): Socket {
  const body = JSON.stringify(params);
  const socket = connect(Number(new URL(world.url).port), '127.0.0.1').pause();
  socket.on('error', () => {});
  socket.write(
    [
      `POST /v1/${method} HTTP/1.1`,
      'Host: chat.example',
      `Authorization: Bearer ${userId}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
  return socket;
}

const upgradeStatus = async (headers: Record<string, string>, path = '/v1/socket') =>
  await new Promise<number>((resolve, reject) => {
    const request = httpRequest(world.url + path, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });

describe('calls', () => {
  test('[LIMITS6] pages that one person does not read are few: the next ones wait, too many are refused', async () => {
    const conversationId = await world.group('ada', 'bob');
    // Six bytes each: more than the system takes in before somebody reads.
    const content = '\u0001'.repeat(16_384);
    for (let count = 0; count < 100; count++)
      await world.natter.call('ada' as UserId, 'sendMessage', {
        id: newId(),
        conversationId,
        content,
      });
    const all = { conversationId, limit: 100 };
    const { atOnce, waitingMax } = pageBounds;
    const unread = Array.from({ length: atOnce }, () => askUnread('ada', 'getMessages', all));
    const asked = () => world.natter.counters().calls.getMessages;
    await vi.waitFor(() => expect(asked()).toBe(atOnce), { timeout: 20_000 });
    const one = { conversationId, limit: 1 };
    const others = Array.from({ length: waitingMax + 1 }, () =>
      world.post('ada', 'getMessages', one),
    );
    const { status, body } = await Promise.race(others);
    expect([status, (body.error as ErrorBody).code]).toEqual([503, 'overloaded']);
    expect(asked()).toBe(atOnce);
    expect((await world.post('bob', 'getMessages', one)).status).toBe(200);

    for (const socket of unread) socket.destroy();
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(waitingMax);
  });

  test('[HTTP1] a method is a route with the same handler and answers the same', async () => {
    const conversationId = await world.group('ada', 'bob');
    const params = { id: newId(), conversationId, content: 'hello' };
    const first = await world.post('ada', 'sendMessage', params);
    expect(first).toMatchObject({ status: 200, body: { id: params.id, seq: 1 } });
    const ada = await world.open('ada');
    expect(await ada.call('sendMessage', params)).toEqual(first.body);
    const page = await world.post('bob', 'getMessages', { conversationId });
    expect(page.body).toEqual(await ada.call('getMessages', { conversationId }));
  });

  test('[HTTP2] a refusal has the catalogue’s status and the same body as on the socket', async () => {
    const conversationId = await world.group('ada');
    const mallory = await world.open('mallory');
    for (const [method, params] of [
      ['sendMessage', { id: newId(), conversationId, content: 'x' }],
      ['sendMessage', { id: newId(), conversationId, content: '  ' }],
      ['sendMessage', { id: newId(), conversationId, content: {} }],
      ['getMessages', { conversationId, before: 1, after: 1 }],
      ['removeMember', { conversationId, userId: 'ada' }],
      ['markAsRead', { conversationId, seq: 1 }],
      ['nothing', {}],
    ] as const) {
      const error = await mallory.refusal(method, params);
      const { status, body } = await world.post('mallory', method, params);
      expect(status).toBe(errors[error.code].status);
      expect((body.error as { code: string }).code).toBe(error.code);
      if (method !== 'nothing') expect(body.error).toEqual(error);
    }
  });

  test('[HTTP2] no token, a bad one, a body that is no JSON or too large are refused in the same words', async () => {
    const url = `${world.url}/v1/getConversations`;
    const headers = { 'content-type': 'application/json', authorization: 'Bearer ada' };
    for (const [init, status, code] of [
      [{ headers: { 'content-type': 'application/json' }, body: '{}' }, 401, 'unauthenticated'],
      [
        { headers: { ...headers, authorization: 'Bearer bad' }, body: '{}' },
        401,
        'unauthenticated',
      ],
      [{ headers: { ...headers, authorization: 'Bearer ada!1' }, body: '{}' }, 401, 'tokenExpired'],
      [{ headers, body: '{' }, 400, 'badRequest'],
      [{ headers, body: '[]' }, 400, 'badRequest'],
      [{ headers, body: JSON.stringify({ after: 'x'.repeat(70_000) }) }, 413, 'tooLarge'],
    ] as const) {
      const response = await fetch(url, { method: 'POST', ...init });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { code, retry: errors[code].retry } });
    }
    expect((await fetch(`${url}?token=ada`, { method: 'POST' })).status).toBe(401);
  });

  test('[HTTP1] hello over HTTP tells who I am and what changed, without a socket', async () => {
    const { status, body } = await world.post('', 'hello', { token: 'ada' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ userId: 'ada', connectionId: '', reset: true });
  });

  test('[ROLES2] a conversation that does not exist and one of others are refused to the letter alike', async () => {
    const mine = await world.post('mallory', 'getMessages', {
      conversationId: await world.group('ada'),
    });
    const none = await world.post('mallory', 'getMessages', { conversationId: newId() });
    expect(mine).toEqual(none);
    expect(mine.body).toMatchObject({ error: { code: 'notMember' } });
  });
});

describe('pages', () => {
  test('[HTTP3] the OpenAPI document names every method with its schemas', async () => {
    const response = await fetch(`${world.url}/v1/openapi.json`);
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, unknown>;
      components: { schemas: Record<string, object> };
    };
    expect(document).toEqual(JSON.parse(JSON.stringify(createOpenApi())));
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      Object.keys(methods).map((method) => `/v1/${method}`),
    );
    const references = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g);
    for (const [, name] of references)
      expect(document.components.schemas).toHaveProperty(name ?? '');
  });

  test('[HTTP3] the documents at /docs need no other host, and their scripts come from here alone', async () => {
    const page = await fetch(`${world.url}/docs`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(html).not.toMatch(/(src|href)="https?:/);
    expect(html).not.toMatch(/<script>|<script[^>]*>[^<\s]/);
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, file]) => new URL(file ?? '', `${world.url}/docs`),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect((await fetch(file)).status).toBe(200);
  });

  test('[HTTP5] health is 200 while calls are taken', async () => {
    for (const path of ['/health', '/v1/health']) {
      const response = await fetch(world.url + path);
      expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    }
  });
});

describe('the host’s server', () => {
  test('other paths stay with the host, also for listeners that are added later', async () => {
    const seen: string[] = [];
    world.server.on('request', (request) => void seen.push(request.url ?? ''));
    expect(await (await fetch(`${world.url}/other`)).text()).toBe('host');
    expect((await fetch(`${world.url}/v1/health`)).status).toBe(200);
    expect(seen).toEqual(['/other']);
  });

  test('an upgrade of another path is the host’s, and refused where the host takes none', async () => {
    expect(await upgradeStatus({}, '/other')).toBe(404);
    world.server.on(
      'upgrade',
      (_request, socket) =>
        void socket.end('HTTP/1.1 418 Mine\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(await upgradeStatus({}, '/other')).toBe(418);
    expect(await upgradeStatus({})).toBe(101);
  });

  test('after close the host has its server back', async () => {
    await world.natter.close();
    expect(await (await fetch(`${world.url}/v1/health`)).text()).toBe('host');
  });
});

describe('origins', () => {
  test('[AUTH2] a page of another origin may not open a socket; allowed ones, our own and no browser may', async () => {
    const host = new URL(world.url).host;
    expect(await upgradeStatus({ origin: 'https://evil.example' })).toBe(403);
    expect(await upgradeStatus({ origin: 'null' })).toBe(403);
    expect(await upgradeStatus({ origin: 'https://chat.example.evil.example' })).toBe(403);
    expect(await upgradeStatus({ origin: 'https://chat.example' })).toBe(101);
    expect(await upgradeStatus({ origin: `http://${host}` })).toBe(101);
    expect(await upgradeStatus({})).toBe(101);
    expect(
      await upgradeStatus({ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }),
    ).toBe(403);
  });

  test('[AUTH2] answers are readable for allowed origins only', async () => {
    const allowed = async (origin: string) =>
      (await fetch(`${world.url}/v1/openapi.json`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('https://chat.example')).toBe('https://chat.example');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  test('[FRAME1] the subprotocol is accepted where offered; one that offers only others is refused', async () => {
    const socket = await world.connect();
    expect(socket.raw.protocol).toBe('natter.v1');
    expect((await world.connect({ protocols: [] })).raw.protocol).toBe('');
    expect(await upgradeStatus({ 'sec-websocket-protocol': 'mqtt' })).toBe(400);
  });

  test('[HELLO3] a token in the URL counts for nothing', async () => {
    expect(await upgradeStatus({}, '/v1/socket?token=ada')).toBe(101);
    const socket = await world.connect();
    expect(await socket.refusal('hello', {})).toMatchObject({ code: 'unauthenticated' });
  });
});

test.each([
  { trustProxy: 0, statuses: [101, 429, 429] },
  { trustProxy: 1, statuses: [101, 101, 429] },
])(
  '[LIMITS3] behind $trustProxy proxies, who is who is read there and no further',
  async ({ trustProxy, statuses }) => {
    await world.close();
    world = await startWorld({ trustProxy, rates: { upgrade: { perSecond: 0.001, burst: 1 } } });
    const seen = [];
    for (const forwarded of ['10.0.0.1', '10.0.0.2', '192.0.2.9, 10.0.0.2'])
      seen.push(await upgradeStatus({ 'x-forwarded-for': forwarded }));
    expect(seen).toEqual(statuses);
  },
);

test('[HTTP2] a path that is not well formed is refused in the words of the catalogue', async () => {
  for (const path of ['/v1/%ff', '/v1/files/%c0', '/v1/uploads/%']) {
    const response = await fetch(world.url + path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'badRequest', retry: 'never' } });
  }
});

test('the server’s own calls take the same way', async () => {
  const conversationId = await world.group('ada', 'bob');
  const bob = await world.open('bob');
  await world.natter.call('ada' as UserId, 'sendMessage', {
    id: newId(),
    conversationId,
    content: 'x',
  });
  await bob.event('newMessage');
  await expect(
    world.natter.call('nobody' as UserId, 'sendMessage', {
      id: newId(),
      conversationId,
      content: 'x',
    }),
  ).rejects.toMatchObject({ code: 'notFound' });
  await expect(
    world.natter.call('ada' as UserId, 'getMessages', {
      conversationId: 'x' as typeof conversationId,
    }),
  ).rejects.toMatchObject({ code: 'badRequest' });
});
