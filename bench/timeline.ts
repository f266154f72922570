/**
 * Owns the price of a long past on a slow device: `npm run bench:timeline [-- PART …]`. The real program, the built app in Chromium
 * with its processor slowed down fourfold: a conversation of 10,000 messages and 500 pictures is opened and scrolled
 * back to its first message, a list of 5,000 conversations is opened and scrolled to its end.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { people } from '../apps/natter/src/demo/people.ts';
import { buildWeb } from '../scripts/buildWeb.ts';
import { startProgram } from '../tests/conformance/program.ts';
import { type LongPast, uploadPictures, writePast } from './longPast.ts';
import {
  busyMilliseconds,
  type Frames,
  heapMegabytes,
  type Watching,
  watch,
  watchFrames,
} from './watching.ts';

const slowdown = 4;
const openings = 5;
const speedPixels = 6_000;
/** Longer than this, and it is not getting anywhere. */
const scrollSecondsMax = 600;
const things = {
  conversation: '.natter-conversation-row',
  message: '[role="log"][data-hidden="false"] article',
};

const parts = {
  messages: measureMessages,
  conversations: measureConversations,
  scrollBack: measureScrollBack,
  scrollList: measureScrollList,
};
type Part = keyof typeof parts;

const executablePath = process.env.NATTER_TEST_CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath))
  throw new Error('set NATTER_TEST_CHROMIUM to the path of Chromium');
await main();

async function main(): Promise<void> {
  const wanted = wantedParts();
  buildWeb();
  const folder = await mkdtemp(join(tmpdir(), 'natter-timeline-'));
  const settings = { NATTER_DEMO: '1' };
  try {
    const first = await startProgram(folder, settings);
    const tokens = new Map<string, string>();
    const tokenOf = async (userId: string) => {
      const token = tokens.get(userId) ?? (await signIn(first.url, userId));
      tokens.set(userId, token);
      return token;
    };
    const pictures = await uploadPictures(first.url, tokenOf);
    await first.stop();
    const past = await writePast(join(folder, 'natter.db'), pictures);
    const program = await startProgram(folder, settings);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      for (const part of wanted) await parts[part](browser, program.url, past);
    } finally {
      await browser.close();
      await program.stop();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** All of them, where none is named. */
function wantedParts(): Part[] {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(
      `there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`,
    );
  return named.length > 0 ? (named as Part[]) : (Object.keys(parts) as Part[]);
}

async function measureMessages(browser: Browser, url: string, past: LongPast): Promise<void> {
  const { reader, conversationId } = past;
  const toTimeline = `/#/c/${conversationId}`;
  console.table([
    {
      what: '10,000 messages: first view, first visit',
      ...(await open(browser, url, reader, toTimeline, 'message')),
    },
    {
      what: '10,000 messages: first view, reloaded',
      ...(await reopen(browser, url, reader, toTimeline, 'message')),
    },
    { what: '10,000 messages: first view, from the press', ...(await press(browser, url, past)) },
  ]);
}

async function measureConversations(
  browser: Browser,
  url: string,
  { collector }: LongPast,
): Promise<void> {
  console.table([
    {
      what: '5,000 conversations: first one, first visit',
      ...(await open(browser, url, collector, '/', 'conversation')),
    },
    {
      what: '5,000 conversations: first one, reloaded',
      ...(await reopen(browser, url, collector, '/', 'conversation')),
    },
  ]);
}

async function measureScrollBack(browser: Browser, url: string, past: LongPast): Promise<void> {
  console.table([
    { what: 'back to the first of 10,000 messages', ...(await scrollBack(browser, url, past)) },
  ]);
}

async function measureScrollList(browser: Browser, url: string, past: LongPast): Promise<void> {
  console.table([
    { what: 'down to the last of 5,000 conversations', ...(await scrollList(browser, url, past)) },
  ]);
}

interface Device extends Watching {
  page: Page;
  cdp: CDPSession;
  close(): Promise<void>;
}

/** A device of its own that has nothing but who is signed in. */
async function openDevice(browser: Browser, url: string, userId: string): Promise<Device> {
  const name = people.find(({ id }) => id === userId)?.name ?? userId;
  const session = { name: 'natter.session', value: JSON.stringify({ kind: 'demo', userId, name }) };
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1_280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    storageState: { cookies: [], origins: [{ origin: url, localStorage: [session] }] },
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const watching = await watch(page, cdp, things);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { page, cdp, ...watching, close: () => context.close() };
}

interface Times {
  bestMs: number;
  medianMs: number;
  /** The work of the page's own thread until that was asked, which is a moment later; slowed down, the median. */
  busyMs: number;
}

interface Opening {
  ms: number;
  busyMs: number;
}

async function repeat(once: () => Promise<Opening>): Promise<Times> {
  const all: Opening[] = [];
  for (let at = 0; at < openings; at++) all.push(await once());
  const sorted = (what: keyof Opening) =>
    all.map((each) => Math.round(each[what])).sort((a, b) => a - b);
  const median = (what: keyof Opening) => sorted(what)[Math.floor(openings / 2)] ?? Number.NaN;
  return {
    bestMs: sorted('ms')[0] ?? Number.NaN,
    medianMs: median('ms'),
    busyMs: median('busyMs'),
  };
}

/** What it takes to see `thing` once `begin` has asked for it. */
async function timed(
  { cdp, paintedAfter }: Device,
  thing: Thing,
  from: 'navigation' | 'press',
  begin: () => Promise<unknown>,
): Promise<Opening> {
  // A page that is loaded counts from its beginning.
  const before = from === 'navigation' ? 0 : await busyMilliseconds(cdp);
  await begin();
  const ms = await paintedAfter(thing, from);
  return { ms, busyMs: (await busyMilliseconds(cdp)) - before };
}

type Thing = keyof typeof things;

function open(
  browser: Browser,
  url: string,
  userId: string,
  path: string,
  thing: Thing,
): Promise<Times> {
  return repeat(async () => {
    const device = await openDevice(browser, url, userId);
    const opening = await timed(device, thing, 'navigation', () => device.page.goto(path));
    await device.close();
    return opening;
  });
}

/** With what the device kept. */
async function reopen(
  browser: Browser,
  url: string,
  userId: string,
  path: string,
  thing: Thing,
): Promise<Times> {
  const device = await openDevice(browser, url, userId);
  const { page } = device;
  await page.goto(path);
  await device.paintedAfter(thing, 'navigation');
  // The app itself is kept as well, which begins when it is at rest.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForLoadState('networkidle');
  const times = await repeat(() => timed(device, thing, 'navigation', () => page.reload()));
  await device.close();
  return times;
}

function press(browser: Browser, url: string, { reader, title }: LongPast): Promise<Times> {
  return repeat(async () => {
    const device = await openDevice(browser, url, reader);
    const { page } = device;
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    const row = page.getByRole('listitem').filter({ hasText: title }).getByRole('button');
    const opening = await timed(device, 'message', 'press', () => row.click());
    await device.close();
    return opening;
  });
}

type Scrolled = Frames & {
  /** The work of the page's own thread, in all. */
  busySeconds: number;
  heapBefore: number;
  heapAfter: number;
  heapKept: number;
  seconds: number;
};

async function scrollBack(browser: Browser, url: string, past: LongPast): Promise<Scrolled> {
  const { page, cdp, paintedAfter, close } = await openDevice(browser, url, past.reader);
  await page.goto(`/#/c/${past.conversationId}`);
  await paintedAfter('message', 'navigation');
  const isThere = () =>
    page
      .locator(`[data-message-id="${past.firstId}"]`)
      .count()
      .then((n) => n > 0);
  const scrolled = await scroll(page, cdp, '[role="log"]', 1, isThere);
  await close();
  return scrolled;
}

async function scrollList(
  browser: Browser,
  url: string,
  { collector }: LongPast,
): Promise<Scrolled> {
  const { page, cdp, paintedAfter, close } = await openDevice(browser, url, collector);
  await page.goto('/');
  await paintedAfter('conversation', 'navigation');
  const last = page.locator('.natter-conversation-item[data-place]').last();
  const isThere = async () => {
    const [place, of] = await Promise.all([
      last.getAttribute('aria-posinset'),
      last.getAttribute('aria-setsize'),
    ]);
    return place === of;
  };
  const scrolled = await scroll(page, cdp, '.natter-conversation-scroller', -1, isThere);
  await close();
  return scrolled;
}

/** `direction`: 1 towards the start. */
async function scroll(
  page: Page,
  cdp: CDPSession,
  scroller: string,
  direction: 1 | -1,
  isThere: () => Promise<boolean>,
): Promise<Scrolled> {
  await page.waitForLoadState('networkidle');
  await cdp.send('HeapProfiler.collectGarbage');
  const heapBefore = await heapMegabytes(cdp);
  const box = await page.locator(scroller).boundingBox();
  if (box === null) throw new Error(`${scroller} is not on the page`);
  const stop = await watchFrames(page);
  const busyBefore = await busyMilliseconds(cdp);
  const begun = performance.now();
  const since = () => Math.round((performance.now() - begun) / 1_000);
  do {
    if (since() > scrollSecondsMax)
      throw new Error(`${scroller} was not at its end after ${scrollSecondsMax} s of scrolling`);
    await cdp.send('Input.synthesizeScrollGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      yDistance: direction * 4 * speedPixels,
      speed: speedPixels,
      gestureSourceType: 'mouse',
    });
  } while (!(await isThere()));
  const seconds = since();
  const busySeconds = Math.round(((await busyMilliseconds(cdp)) - busyBefore) / 1_000);
  const frames = await stop();
  const heapAfter = await heapMegabytes(cdp);
  await cdp.send('HeapProfiler.collectGarbage');
  return {
    ...frames,
    seconds,
    busySeconds,
    heapBefore,
    heapAfter,
    heapKept: await heapMegabytes(cdp),
  };
}

async function signIn(url: string, userId: string): Promise<string> {
  const answer = await fetch(`${url}/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  if (!answer.ok) throw new Error(`unable to sign in ${userId}: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}
