/**
 * Owns the app's own files on the device: page, scripts, styles. The page comes from the network whenever there is
 * one, so nobody is left with an old app; its files carry their hash in their names, so a kept one is the right one.
 * What people write and read is not here: that is the SDK's. And where a press on a notification leads: to the page of
 * the person it was for, else to a new one.
 */
import type { NoticeData, Press } from './press.ts';

interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Pressed) => void): void;
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
interface Page {
  url: string;
  postMessage(message: Press, transfer: Transferable[]): void;
  focus(): Promise<unknown>;
}
interface Pressed extends Lasting {
  notification: { data: NoticeData | null; close(): void };
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

/** The files of this build; put here when it is built. */
declare const appFiles: readonly string[];
/** Changes with them. */
declare const appVersion: string;

const worker = globalThis as unknown as WorkerScope;
const prefix = 'natter-app-';
const cacheName = prefix + appVersion;
/** Longer than this, and the page that is kept is better than none. */
const pageMs = 4_000;
/** A page that is there, and awake, answers at once. */
const answerMs = 500;
/** The page that asks for this worker needs the network and the processor first, for what it shows. */
const firstViewMs = 2_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    passed(firstViewMs)
      .then(() => caches.open(cacheName))
      .then((cache) => cache.addAll(['/', ...appFiles]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && !/^\/(v1|demo|docs)\b|\.\w+$/.test(pathname))
    event.respondWith(answerPage(request));
  else if (appFiles.includes(pathname) || pathname.startsWith('/assets/'))
    event.respondWith(answerFile(request, pathname));
});

worker.addEventListener('notificationclick', (event) => {
  const { data } = event.notification;
  event.notification.close();
  if (data !== null) event.waitUntil(lead(data));
});

async function lead(data: NoticeData): Promise<void> {
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = all.filter(({ url }) => new URL(url).pathname === '/');
  const answers = await Promise.all(pages.map((page) => ask(page, data)));
  // One that says nothing is put away by its browser: it hears of it when it comes to the front.
  const at = answers.includes(true) ? answers.indexOf(true) : answers.indexOf(null);
  const page = pages[at];
  if (page === undefined) await worker.clients.openWindow(`/#/c/${data.conversationId}`);
  // Refused where the press is too long ago; the page shows the conversation all the same.
  else await page.focus().catch(() => {});
}

/** Whether the page is that person's; null when it does not say. */
function ask(page: Page, data: NoticeData): Promise<boolean | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: isMine }) => resolve(isMine === true);
    void passed(answerMs).then(() => resolve(null));
    page.postMessage({ natter: 'press', ...data }, [port2]);
  });
}

/** Of this build, else of the one before, for a tab that still runs it. */
async function answerFile(request: Request, pathname: string): Promise<Response> {
  return (
    (await caches.match(pathname, { cacheName })) ??
    (await caches.match(pathname)) ??
    fetch(request)
  );
}

async function answerPage(request: Request): Promise<Response> {
  const kept = await caches.match('/', { cacheName });
  if (kept === undefined) return fetch(request);
  try {
    // Not the request's own signal: a page that has begun to come is not cut off.
    const fresh = await Promise.race([fetch(request), passed(pageMs)]);
    // A proxy's word that the server is away is no page of ours.
    return fresh === undefined || fresh.status >= 500 ? kept : fresh;
  } catch {
    return kept;
  }
}

function passed(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    AbortSignal.timeout(ms).addEventListener('abort', () => resolve(undefined));
  });
}

/** The one before stays: a tab that still runs it may ask for its files. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const old = names.filter((name) => name !== cacheName);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}
