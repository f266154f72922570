import { afterEach, describe, expect, test, vi } from 'vitest';

type Answer = (event: {
  request: { url: string; method: string; mode: string };
  respondWith(response: Promise<Response>): void;
}) => void;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** The worker itself, with a network and caches that are told what to answer. */
async function listen(network: typeof fetch, kept: Record<string, Record<string, string>>) {
  const listeners = new Map<string, Answer>();
  vi.stubGlobal('addEventListener', (type: string, listener: Answer) =>
    listeners.set(type, listener),
  );
  vi.stubGlobal('location', { origin: 'https://chat.example' });
  vi.stubGlobal('appFiles', ['/icon.svg']);
  vi.stubGlobal('appVersion', 'new');
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('caches', {
    match: async (path: string, { cacheName }: { cacheName?: string } = {}) => {
      const names = cacheName === undefined ? Object.keys(kept) : [cacheName];
      const text = names.map((name) => kept[name]?.[path]).find((found) => found !== undefined);
      return text === undefined ? undefined : new Response(text);
    },
  });
  await import('./serviceWorker.ts');
  return { listeners };
}

test('the app is fetched when the page that asked for it has shown something', async () => {
  const shown = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(shown.signal);
  const { listeners } = await listen(fetch, {});
  const asked: string[][] = [];
  vi.stubGlobal('caches', {
    open: async () => ({ addAll: async (paths: string[]) => void asked.push(paths) }),
  });
  vi.stubGlobal('skipWaiting', async () => {});
  const installed = new Promise((resolve) => {
    const install = listeners.get('install') as unknown as (event: object) => void;
    install({ waitUntil: (work: Promise<unknown>) => resolve(Promise.resolve(work)) });
    expect(asked).toEqual([]);
    shown.abort();
  });
  await installed;
  expect(asked).toEqual([['/', '/icon.svg']]);
});

async function start(...world: Parameters<typeof listen>) {
  const { listeners } = await listen(...world);
  return (path: string, mode: string): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = { url: `https://chat.example${path}`, method: 'GET', mode };
      const respondWith = (response: Promise<Response>) => void response.then(resolve, reject);
      listeners.get('fetch')?.({ request, respondWith });
    });
}

test('a page that has begun to come in time is not cut off', async () => {
  const late = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  let finish = () => {};
  const get = await start(
    async (_request, init) =>
      new Response(
        new ReadableStream({
          start(body) {
            init?.signal?.addEventListener('abort', () => body.error(init.signal?.reason));
            finish = () => {
              body.enqueue(new TextEncoder().encode('fresh'));
              body.close();
            };
          },
        }),
      ),
    { 'natter-app-new': { '/': 'kept' } },
  );
  const page = await get('/', 'navigate');
  late.abort();
  finish();
  expect(await page.text()).toBe('fresh');
});

test('a page that does not come in time, or at all, is the one that is kept', async () => {
  const late = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const get = await start(
    (_request, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new TypeError('aborted')));
      }),
    { 'natter-app-new': { '/': 'kept' } },
  );
  const page = get('/', 'navigate');
  await Promise.resolve();
  late.abort();
  expect(await (await page).text()).toBe('kept');
});

test('a file whose name has no hash is that of this build, not of the one before', async () => {
  const get = await start(async () => new Response('fetched'), {
    'natter-app-old': { '/icon.svg': 'old', '/assets/old-1.js': 'of an open tab' },
    'natter-app-new': { '/icon.svg': 'new' },
  });
  expect(await (await get('/icon.svg', 'no-cors')).text()).toBe('new');
  expect(await (await get('/assets/old-1.js', 'cors')).text()).toBe('of an open tab');
  expect(await (await get('/assets/other-2.js', 'cors')).text()).toBe('fetched');
});

describe('a press on a notification', () => {
  const notice = { person: 'ada', conversationId: 'c1' };

  /** Pages, each of the person it is for; null is one that its browser has put away. */
  async function press(...people: (string | null)[]) {
    const focused: number[] = [];
    const opened: string[] = [];
    const heard: unknown[] = [];
    vi.stubGlobal('clients', {
      matchAll: async () =>
        people.map((person, at) => ({
          url: 'https://chat.example/#/',
          focus: async () => void focused.push(at),
          postMessage(message: { conversationId: string }, [port]: [MessagePort]) {
            heard.push(message);
            if (person !== null) port.postMessage(person === notice.person);
          },
        })),
      openWindow: async (url: string) => void opened.push(url),
    });
    const { listeners } = await listen(fetch, {});
    const close = vi.fn();
    await new Promise<void>((resolve, reject) => {
      listeners.get('notificationclick')?.({
        notification: { data: notice, close },
        waitUntil: (work: Promise<unknown>) => void work.then(() => resolve(), reject),
      } as never);
    });
    expect(close).toHaveBeenCalledOnce();
    return { focused, opened, heard };
  }

  test('brings the page of that person to the front, whoever else has one', async () => {
    const { focused, opened, heard } = await press('grace', 'ada');
    expect(focused).toEqual([1]);
    expect(opened).toEqual([]);
    expect(heard[1]).toEqual({ natter: 'press', ...notice });
  });

  test('brings one to the front that is asleep, rather than open another', async () => {
    const late = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
    const pressed = press('grace', null);
    await vi.waitFor(() => expect(AbortSignal.timeout).toHaveBeenCalledTimes(2));
    late.abort();
    expect(await pressed).toMatchObject({ focused: [1], opened: [] });
  });

  test('opens the conversation in a new page when there is none of theirs', async () => {
    expect(await press()).toMatchObject({ opened: ['/#/c/c1'], focused: [] });
    vi.resetModules();
    expect(await press('grace')).toMatchObject({ opened: ['/#/c/c1'], focused: [] });
  });
});
