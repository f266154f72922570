/**
 * Owns the app's own files on the device: page, scripts, styles. The page comes from the network whenever there is
 * one, so nobody is left with an old app; its files carry their hash in their names, so a kept one is the right one.
 * What people write and read is not here: that is the SDK's.
 */
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
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

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
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
    const late = new Promise<never>((_resolve, reject) => {
      AbortSignal.timeout(pageMs).addEventListener('abort', reject);
    });
    const fresh = await Promise.race([fetch(request), late]);
    // A proxy's word that the server is away is no page of ours.
    return fresh.status >= 500 ? kept : fresh;
  } catch {
    return kept;
  }
}

/** The one before stays: a tab that still runs it may ask for its files. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const old = names.filter((name) => name !== cacheName);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}
