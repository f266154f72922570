import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from './demo/people.ts';
import { registerDemo } from './demo/routes.ts';
import { createWeb } from './web.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const html = { accept: 'text/html,application/xhtml+xml' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Natter</title>');
  await writeFile(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  await writeFile(join(folder, '.secret'), 'hidden');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (options: { publicUrl?: string; filesOrigin?: string; folder?: string } = {}) =>
  createWeb({
    folder,
    publicUrl: null,
    filesOrigin: null,
    trustProxy: 0,
    log,
    register: () => {},
    ...options,
  });

describe('the web app', () => {
  it('is served, and asked for anew at every visit', async () => {
    const page = await (await open()).inject('/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.body).toContain('<title>Natter</title>');
  });

  it('has files that a browser keeps for ever, since their names change with them', async () => {
    const script = await (await open()).inject('/assets/index-abc123.js');
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('answers every path of the app with its page, and a missing file with 404', async () => {
    const web = await open();
    const page = await web.inject({ url: '/c/some-conversation', headers: html });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<title>Natter</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    for (const request of [
      { url: '/assets/gone-123.js', headers: html },
      { url: '/robots.txt', headers: html },
      { url: '/c/x', headers: { accept: 'application/json' } },
      { url: '/c/x', headers: html, method: 'POST' as const },
    ]) {
      const missing = await web.inject(request);
      expect(missing.statusCode).toBe(404);
      expect(missing.json()).toMatchObject({ error: { code: 'notFound', retry: 'never' } });
    }
  });

  it('gives away nothing outside its folder and nothing hidden', async () => {
    const web = await open();
    for (const url of [
      '/.secret',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f.secret',
    ]) {
      expect((await web.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });

  it('may load and run only what is served here', async () => {
    const { headers } = await (await open()).inject('/');
    const policy = String(headers['content-security-policy']);
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split(';')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('behind https says so for good, and may open its socket there', async () => {
    const { headers } = await (await open({ publicUrl: 'https://chat.example.com' })).inject('/');
    expect(headers['strict-transport-security']).toContain('max-age=');
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' wss://chat.example.com",
    );
  });

  it('may fetch files from the bucket where links lead there', async () => {
    const filesOrigin = 'https://files.example.com';
    const { headers } = await (await open({ filesOrigin })).inject('/');
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${filesOrigin};`);
  });

  it('that is not built yet says how to build it', async () => {
    const web = await open({ folder: join(folder, 'missing') });
    const page = await web.inject({ url: '/', headers: html });
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run build');
  });
});

describe('the demo', () => {
  const secret = 'x'.repeat(43);
  const nowMs = Math.floor(Date.now() / 1_000) * 1_000;
  const clock = { now: () => nowMs, after: () => () => {}, every: () => () => {} };
  const openDemo = () =>
    createWeb({
      folder,
      publicUrl: null,
      filesOrigin: null,
      trustProxy: 0,
      log,
      register: (app) => registerDemo(app, { secret, clock }),
    });

  it('lists its people, Ada and Grace among them', async () => {
    const answer = await (await openDemo()).inject('/demo/people');
    expect(answer.json()).toEqual(people);
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining(['ada', 'grace']));
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
  });

  it('gives a token of one hour for one of them', async () => {
    const web = await openDemo();
    const answer = await web.inject({
      method: 'POST',
      url: '/demo/sign-in',
      body: { userId: 'ada' },
    });
    const { token, expiresAt } = answer.json() as { token: string; expiresAt: number };
    expect(expiresAt).toBe(nowMs + 3_600_000);
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(secret));
    expect(protectedHeader.alg).toBe('HS256');
    expect(payload).toEqual({
      sub: 'ada',
      name: 'Ada Okafor',
      iat: nowMs / 1_000,
      exp: expiresAt / 1_000,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(decodeJwt(token).exp).toBe(expiresAt / 1_000);
  });

  it('signs in from one address only so often', async () => {
    const web = await openDemo();
    const signIn = (remoteAddress: string) =>
      web.inject({
        method: 'POST',
        url: '/demo/sign-in',
        body: { userId: 'ada' },
        remoteAddress,
      });
    for (let count = 0; count < 100; count++)
      expect((await signIn('192.0.2.1')).statusCode).toBe(200);
    const refused = await signIn('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ error: { code: 'rateLimited', retry: 'later' } });
    expect((await signIn('192.0.2.2')).statusCode).toBe(200);
  });

  it('refuses strangers and requests of another form', async () => {
    const web = await openDemo();
    const post = (body: string, type = 'application/json') =>
      web.inject({ method: 'POST', url: '/demo/sign-in', headers: { 'content-type': type }, body });
    expect((await post('{"userId":"mallory"}')).json()).toMatchObject({
      error: { code: 'notFound' },
    });
    expect((await post(`{"userId":"${'x'.repeat(2_000)}"}`)).json()).toMatchObject({
      error: { code: 'tooLarge' },
    });
    for (const body of [
      '{"userId":{"$ne":null}}',
      '{"userId":["ada"]}',
      '[]',
      'null',
      '{',
      '{"userId":',
    ]) {
      expect((await post(body)).json()).toMatchObject({ error: { code: 'badRequest' } });
    }
    // A form of another site can send this type without asking; it is not taken.
    expect((await post('{"userId":"ada"}', 'text/plain')).statusCode).toBe(400);
  });

  it('is not there when it is off', async () => {
    const web = await open();
    expect((await web.inject('/demo/people')).statusCode).toBe(404);
    const answer = await web.inject({
      method: 'POST',
      url: '/demo/sign-in',
      body: { userId: 'ada' },
    });
    expect(answer.statusCode).toBe(404);
  });
});
