/** Holds the same methods over HTTP: HTTP, and the errors of AUTH there. */
import { errors, limits } from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person, post, signToken } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
});
afterEach(leave);
afterAll(() => cluster.stop());

const raw = (path: string, init: RequestInit) => fetch(`${cluster.url()}${path}`, init);

describe('methods over HTTP', () => {
  test('[HTTP1] hello too: the token is a param, and nothing is subscribed', async () => {
    const { status, body } = await post(cluster.url(), 'hello', { token: ada.token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ userId: ada.id, reset: true, heads: [] });
  });

  test('[HTTP1] every method is there, and takes nobody without a token', async () => {
    for (const method of Object.keys(methods)) {
      const { status, body } = await post(cluster.url(), method, {});
      expect(body, method).toMatchObject({ error: { code: 'unauthenticated', retry: 'newToken' } });
      expect(status, method).toBe(401);
    }
  });

  test('[HTTP1] socket and HTTP give the same results', async () => {
    const group = await newGroup(ada, []);
    await ada.say(group, 'hello');
    const wire = await ada.connect();
    for (const [method, params] of [
      ['getMessages', { conversationId: group }],
      ['getConversation', { conversationId: group }],
      ['getChanges', { conversationId: group, from: 0 }],
      ['getUsers', { ids: [ada.id] }],
      ['watch', { conversationIds: [group], userIds: [] }],
    ] as const) {
      expect(await wire.call(method, params as never), method).toEqual(
        await ada.call(method, params as never),
      );
    }
  });

  test('[HTTP2] socket and HTTP give the same refusals, with the status of the catalogue', async () => {
    const group = await newGroup(ada, []);
    const { id } = await ada.say(group, 'hello');
    const wire = await ada.connect();
    const direct = { id: newId(), kind: 'direct', userId: 'nobody-at-all' };
    for (const [method, params, code] of [
      ['getMessages', { conversationId: newId() }, 'notMember'],
      ['getMessages', {}, 'badRequest'],
      ['getMessages', null, 'badRequest'],
      ['sendMessage', { id, conversationId: group, content: 'another' }, 'conflict'],
      ['createConversation', direct, 'notFound'],
      ['deleteMessage', { conversationId: group, messageId: newId() }, 'notFound'],
    ] as const) {
      const overHttp = await ada.refused(method, params);
      const { status, ...body } = overHttp;
      expect(body, method).toEqual(await wire.refused(method, params));
      expect([body.code, status], method).toEqual([code, errors[code].status]);
    }
  });

  test('[HTTP2] bad bodies are refused in the same form', async () => {
    const headers = { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' };
    for (const [what, init, code] of [
      ['bad JSON', { body: '{"ids":', headers }, 'badRequest'],
      ['a list', { body: '[]', headers }, 'badRequest'],
      ['a string', { body: '"x"', headers }, 'badRequest'],
      [
        'too many bytes',
        { body: JSON.stringify({ query: 'x'.repeat(limits.frameBytesMax) }), headers },
        'tooLarge',
      ],
      ['a prototype', { body: '{"__proto__":{"ids":[]}}', headers }, 'badRequest'],
      [
        'a form',
        {
          body: 'query=x',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        },
        'badRequest',
      ],
    ] as const) {
      const answer = await raw('/v1/getUsers', { method: 'POST', ...init });
      const body = (await answer.json()) as { error: { code: string } };
      expect(body.error?.code, what).toBe(code);
      expect(answer.status, what).toBeLessThan(500);
    }
  });

  test('[HTTP2] an unknown method, and the wrong verb, are refused in the same form', async () => {
    const answer = await post(cluster.url(), 'nothingLikeIt', {}, ada.token);
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknownMethod' } } });
    const get = await raw('/v1/getUsers', { headers: { authorization: `Bearer ${ada.token}` } });
    expect(get.status).toBeGreaterThanOrEqual(400);
    expect(await get.json()).toHaveProperty('error.code');
  });

  test('[AUTH1] bad and expired tokens are refused', async () => {
    const expired = await signToken(
      { sub: ada.id },
      { expiresAt: Math.floor(Date.now() / 1_000) - 600 },
    );
    expect(await post(cluster.url(), 'getUsers', { ids: [] }, expired)).toMatchObject({
      status: 401,
      body: { error: { code: 'tokenExpired', retry: 'newToken' } },
    });
    for (const token of ['', 'x', 'a.b.c', 'x'.repeat(9_000)]) {
      const { status, body } = await post(cluster.url(), 'getUsers', { ids: [] }, token);
      expect([401, 431], token.slice(0, 9)).toContain(status);
      if (status === 401) expect(body).toMatchObject({ error: { code: 'unauthenticated' } });
    }
  });

  test('[AUTH2] a page of a foreign origin is not allowed to read answers', async () => {
    const headers = {
      origin: 'https://evil.example',
      authorization: `Bearer ${ada.token}`,
      'content-type': 'application/json',
    };
    const answer = await raw('/v1/getUsers', { method: 'POST', headers, body: '{"ids":[]}' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const asked = await raw('/v1/getUsers', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('[AUTH3] a token in the URL is ignored', async () => {
    const answer = await raw(`/v1/getUsers?token=${ada.token}&access_token=${ada.token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ids":[]}',
    });
    expect(answer.status).toBe(401);
  });

  test('[LIMITS3] a flood over HTTP is answered with 429 and a wait', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const node = cluster.url();
    let refused: Awaited<ReturnType<typeof post>> | null = null;
    for (let round = 0; round < 60 && refused === null; round++) {
      const answers = await Promise.all(
        Array.from({ length: 25 }, () => post(node, 'getUsers', { ids: [] }, eve.token)),
      );
      refused = answers.find((answer) => answer.status === 429) ?? null;
    }
    expect(refused?.body).toMatchObject({
      error: { code: 'rateLimited', retry: 'later', retryAfterMs: expect.any(Number) },
    });
    expect((await post(node, 'getUsers', { ids: [] }, ada.token)).status).toBe(200);
  });
});

describe('documents', () => {
  test('[HTTP3] the OpenAPI document is whole, and names every method', async () => {
    const answer = await raw('/v1/openapi.json', {});
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const document = (await answer.json()) as OpenApi;
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const [method, { summary }] of Object.entries(methods)) {
      const { post: operation } = document.paths[`/v1/${method}`] ?? {};
      expect(operation, method).toMatchObject({ operationId: method, summary });
      expect(operation?.requestBody.content, method).toHaveProperty('application/json');
      expect(Object.keys(operation?.responses ?? {}), method).toContain('200');
    }
    expect(new Set(operationIds(document)).size).toBe(operationIds(document).length);
    // Every reference leads somewhere.
    for (const [, path = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = path
        .split('/')
        .reduce<unknown>(
          (at, part) => (at as Record<string, unknown> | undefined)?.[part],
          document,
        );
      expect(found, path).toBeDefined();
    }
  });

  test('[HTTP3] readable docs are at /docs', async () => {
    const answer = await raw('/docs', {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('[HTTP5] health answers 200', async () => {
    expect((await raw('/health', {})).status).toBe(200);
  });

  test('[HTTP6] the server lives, and is ready for new clients', async () => {
    expect((await raw('/health/live', {})).status).toBe(200);
    const ready = await raw('/health/ready', {});
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      database: 'ok',
      bus: 'ok',
      draining: false,
    });
  });
});

interface Operation {
  operationId: string;
  summary: string;
  requestBody: { content: object };
  responses: object;
}

interface OpenApi {
  openapi: string;
  info: object;
  paths: Record<string, Record<string, Operation>>;
}

function operationIds(document: OpenApi): string[] {
  return Object.values(document.paths).flatMap((path) =>
    Object.values(path).flatMap((operation) => operation.operationId ?? []),
  );
}
