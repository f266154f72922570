import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Method, Params, Result } from '@natter/protocol';
import { silentLog, systemClock, systemRandom } from '@natter/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Configuration, settingNames, settings } from './configuration/settings.ts';
import { people } from './demo/people.ts';
import { linesOf } from './demo/script.ts';
import { scripts } from './demo/scripts.ts';
import { type Program, startProgram } from './program.ts';
import { StartError } from './startError.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-program-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(changes: Partial<Configuration>): Promise<Program> {
  const fallbacks = Object.fromEntries(settingNames.map((name) => [name, settings[name].fallback]));
  const configuration = { ...fallbacks, port: 0, ...changes } as Configuration;
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  return startProgram(configuration, { runtime, webFolder: join(folder, 'no-web') });
}

async function signIn(url: string, userId: string): Promise<string> {
  const answer = await fetch(`${url}/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  return ((await answer.json()) as { token: string }).token;
}

async function call<M extends Method>(
  url: string,
  token: string,
  method: M,
  params: Params<M>,
): Promise<Result<M>> {
  const answer = await fetch(`${url}/v1/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(params),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Result<M>;
}

describe('the demo', () => {
  let program: Program;
  let ada: string;
  beforeAll(async () => {
    program = await start({ demo: true, data: join(folder, 'demo') });
    ada = await signIn(program.url, 'ada');
  }, 30_000);
  afterAll(() => program.stop(0));

  it('shows each of its people their conversations, with something unread for Ada', async () => {
    for (const { id, name } of people) {
      const mine = scripts.filter((script) => script.members.includes(id));
      const token = await signIn(program.url, id);
      const { entries } = await call(program.url, token, 'getConversations', { limit: 100 });
      expect(entries, name).toHaveLength(mine.length);
      const unread = mine.map((script) => script.unread[id] ?? 0).sort();
      expect(entries.map((entry) => entry.unreadCount).sort(), name).toEqual(unread);
    }
    const { entries } = await call(program.url, ada, 'getConversations', { limit: 100 });
    expect(entries.filter((entry) => entry.unreadCount > 0).length).toBeGreaterThan(2);
    expect(entries.map((entry) => entry.conversation.kind)).toEqual(
      expect.arrayContaining(['direct', 'group']),
    );
  });

  it('has one conversation long enough to page back, in the order it was written', async () => {
    const { entries } = await call(program.url, ada, 'getConversations', { limit: 100 });
    const hikers = entries.find((entry) => entry.conversation.name === 'Saturday hikers');
    const conversationId = hikers?.conversation.id;
    if (conversationId === undefined) throw new Error('no hikers');
    const said: string[] = [];
    for (let before: number | undefined; ; ) {
      const page = await call(program.url, ada, 'getMessages', {
        conversationId,
        limit: 100,
        ...(before === undefined ? {} : { before }),
      });
      said.unshift(...page.messages.map((message) => message.content));
      if (!page.hasBefore) break;
      before = page.messages[0]?.seq;
    }
    const hikersScript = scripts.find((script) => script.key === 'hikers');
    const written = hikersScript === undefined ? [] : linesOf(hikersScript);
    expect(said).toEqual(written.map(([, what]) => (typeof what === 'string' ? what : what.text)));
    expect(said.length).toBeGreaterThanOrEqual(600);
  });

  it('has pictures, which members see and others do not', async () => {
    const { entries } = await call(program.url, ada, 'getConversations', { limit: 100 });
    const release = entries.find((entry) => entry.conversation.name === 'Release 2.0');
    if (release === undefined) throw new Error('no release');
    const conversationId = release.conversation.id;
    const { messages } = await call(program.url, ada, 'getMessages', { conversationId });
    const [picture] = messages.flatMap((message) => message.attachments);
    expect(picture).toMatchObject({ kind: 'image', mediaType: 'image/png', width: 1_000 });
    const read = async (userId: string) => {
      const authorization = `Bearer ${await signIn(program.url, userId)}`;
      const url = `${program.url}/v1/files/${picture?.fileId}/thumbnail`;
      return (await fetch(url, { headers: { authorization } })).status;
    };
    expect(await read('ada')).toBe(200);
    expect(await read('omar')).toBe(404);
  });

  it('keeps what people do in it over a restart, and writes nothing twice', async () => {
    const data = join(folder, 'kept');
    const first = await start({ demo: true, data });
    const grace = await signIn(first.url, 'grace');
    const before = await call(first.url, grace, 'getConversations', { limit: 100 });
    const [entry] = before.entries;
    if (entry === undefined) throw new Error('no conversation');
    await call(first.url, grace, 'sendMessage', {
      id: '0197a000-0000-7000-8000-000000000001' as Params<'sendMessage'>['id'],
      conversationId: entry.conversation.id,
      content: 'still here',
    });
    await first.stop(0);

    const second = await start({ demo: true, data });
    const after = await call(second.url, grace, 'getConversations', { limit: 100 });
    expect(after.entries.map((each) => each.conversation.lastSeq)).toEqual(
      before.entries.map((each, at) => each.conversation.lastSeq + (at === 0 ? 1 : 0)),
    );
    await second.stop(0);
    await second.stop(0);
  }, 30_000);
});

describe('without the demo', () => {
  it('only the tokens of the host application open the door', async () => {
    const secret = 'the host application knows this secret';
    const program = await start({ authSecret: secret, data: join(folder, 'plain') });
    expect((await fetch(`${program.url}/demo/people`)).status).toBe(404);
    const { SignJWT } = await import('jose');
    const sign = (key: string) =>
      new SignJWT({ name: 'Host User' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('user-1')
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(key));
    const { entries } = await call(program.url, await sign(secret), 'getConversations', {});
    expect(entries).toEqual([]);
    const foreign = await fetch(`${program.url}/v1/getConversations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await sign(`another ${secret}`)}`,
      },
      body: '{}',
    });
    expect(foreign.status).toBe(401);
    await program.stop(0);
  });
});

describe('a setting that is well formed and does not work', () => {
  const bucket = settings.filesUrl.read('s3://me:hush@127.0.0.1:1/natter?tls=no');
  const filesUrl = 'value' in bucket ? bucket.value : null;

  it.each<[says: string, Partial<Configuration>]>([
    ['set NATTER_HOST to one of its own', { host: '203.0.113.7' }],
    ['set NATTER_METRICS_HOST to one of its own', { metricsPort: 0, metricsHost: '203.0.113.7' }],
    ['NATTER_DATABASE_URL is right', { databaseUrl: 'postgres://me:hush@127.0.0.1:1/natter' }],
    ['see NATTER_FILES_URL', { filesUrl }],
  ])(
    'is named, without its secrets: %s',
    async (says, changes) => {
      const authSecret = 'the host application knows this secret';
      const starting = start({ authSecret, data: join(folder, 'refused'), ...changes });
      const error = await starting.catch((refusal: unknown) => refusal);
      expect(error).toBeInstanceOf(StartError);
      expect(String(error)).toContain(says);
      expect(String(error)).not.toContain('hush');
    },
    60_000,
  );
});

describe('what cannot go on', () => {
  it('a start that fails leaves the folder free', async () => {
    const data = join(folder, 'free');
    await expect(start({ demo: true, data, host: '192.0.2.1' })).rejects.toThrow(/no address/);
    await (await start({ demo: true, data })).stop(0);
  }, 30_000);

  it('a writer thread that dies is told, and stopping still works', async () => {
    const workers: Worker[] = [];
    const { postMessage } = Worker.prototype;
    const spy = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
      this: Worker,
      ...args
    ) {
      workers.push(this);
      postMessage.apply(this, args);
    });
    const program = await start({ demo: true, data: join(folder, 'dying') });
    const ada = await signIn(program.url, 'ada');
    await call(program.url, ada, 'getConversations', {});
    spy.mockRestore();
    await workers[0]?.terminate();
    expect((await program.failed).message).toMatch(/can no longer be written/);
    await program.stop(0);
  }, 30_000);
});
