/**
 * Every component in every state of the gallery, in both schemes: what axe finds (nothing), what sticks out of the
 * picture (nothing), and how it looks, compared with the picture that was accepted. Once more from right to left and in
 * little room, without a picture. `NATTER_ACCEPT_PICTURES=1` accepts what is there now. Drawn with
 * Liberation Sans, whose file `NATTER_TEST_FONT` names.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildGallery } from '../../scripts/buildWeb.ts';
import { useBrowser } from './browser.ts';
import { differenceOf, reduce } from './pixels.ts';

interface Shown {
  name: string;
  /** It opens above the page. */
  above: boolean;
  /** On a phone. */
  phone: boolean;
}

type Device = 'desktop' | 'phone';

declare global {
  interface Window {
    galleryStates: Shown[];
  }
}

const site = 'http://gallery.test';
const accepted = join(import.meta.dirname, 'gallery');
const schemes = ['light', 'dark'] as const;
/** What a page of 1,280 px has left when it is enlarged to 400 %. */
const tightWidth = 320;
const browser = useBrowser();
const pages = {} as Record<Device, Page>;

const sizes = {
  desktop: { viewport: { width: 960, height: 720 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

beforeAll(async () => {
  const folder = buildGallery();
  for (const device of ['desktop', 'phone'] as const) {
    const context = await browser().newContext({
      ...sizes[device],
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.route(`${site}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname === '/' ? '/index.html' : pathname;
      await route.fulfill({
        body: await readFile(join(folder, file)),
        contentType: mediaTypes[extname(file)] ?? 'application/octet-stream',
      });
    });
    await page.goto(site);
    await page.evaluate(axe.source);
    pages[device] = page;
  }
});

afterAll(() => Promise.all(Object.values(pages).map((page) => page.context().close())));

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** `npm test` finds or installs the font that the pictures are drawn with, or says that it is missing. */
const hasFont = (process.env.NATTER_TEST_FONT ?? '') !== '';

for (const scheme of schemes) {
  test.runIf(hasFont)(
    `in ${scheme}, every state looks as it was accepted, nothing sticks out of it, and axe finds nothing`,
    async () => {
      const faults: unknown[] = [];
      for (const state of await states()) {
        const page = await show(state, scheme);
        for (const fault of await faultsOf(page)) faults.push([state.name, fault]);
        const change = await changeOf(page, state, scheme);
        if (change !== null) faults.push([state.name, change]);
      }
      expect(faults).toEqual([]);
    },
    300_000,
  );
}

test('from right to left and in little room, nothing sticks out of any state, and axe finds nothing', async () => {
  const faults: unknown[] = [];
  for (const device of ['desktop', 'phone'] as const)
    await pages[device].setViewportSize({ ...sizes[device].viewport, width: tightWidth });
  for (const state of await states()) {
    const page = await show(state, 'light@tight');
    for (const fault of await faultsOf(page)) faults.push([state.name, fault]);
  }
  expect(faults).toEqual([]);
}, 300_000);

async function changeOf(
  page: Page,
  { name, above }: Shown,
  scheme: string,
): Promise<string | null> {
  const called = `${name.replaceAll(/[^a-z]+/g, '-')}.${scheme}.png`;
  const file = join(accepted, called);
  const full = await picture(page, above);
  const seen = await reduce(full);
  if (process.env.NATTER_ACCEPT_PICTURES === '1') {
    // One that still looks the same stays as it is.
    const before = await readFile(file).catch(() => null);
    if (before === null || (await differenceOf(before, seen)) > 0) await keep(file, seen);
    return null;
  }
  const known = await readFile(file).catch(() => null);
  const share = known === null ? 1 : await differenceOf(known, seen);
  if (share <= shareMax) return null;
  const kept = join(tmpdir(), 'natter-gallery', called);
  await keep(kept, full);
  const change = known === null ? 'no picture was accepted' : `${(share * 100).toFixed(1)}% differ`;
  return `${change}; it now looks like ${kept}`;
}

async function keep(file: string, png: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, png);
}

/** Of the reduced picture's points. Letters are drawn a little otherwise by each browser; a part that moved is far more. */
const shareMax = 0.01;

/** All, or only those that have one of these words in their names: `NATTER_TEST_STATES=details,avatar`. */
const parts = (process.env.NATTER_TEST_STATES ?? '').split(',');

async function states(): Promise<Shown[]> {
  const all = await pages.desktop.evaluate(() => window.galleryStates);
  return all.filter(({ name }) => parts.some((part) => name.includes(part)));
}

async function show({ name, above, phone }: Shown, look: string): Promise<Page> {
  const page = pages[phone ? 'phone' : 'desktop'];
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `${name}@${look}`);
  const state = page.locator(`[data-state="${name}"][data-settled="true"]`);
  await state.waitFor({ state: 'attached' });
  if (above) await state.locator('dialog[open], [popover]:popover-open').first().waitFor();
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // What is loaded on demand, and what is measured before it is placed.
    for (let frames = 0; frames < 4; frames++) await frame();
    await Promise.all([...document.images].map((each) => each.decode().catch(() => {})));
    await frame();
  });
  return page;
}

/** Each machine has its own font of emoji, and some have none. */
const withoutEmoji =
  ':is(.natter-emoji-cell, .natter-emoji-tone, .natter-emoji-name > span) { color: transparent !important; }';

function picture(page: Page, above: boolean): Promise<Buffer> {
  const shot = {
    animations: 'disabled',
    caret: 'hide',
    scale: 'css',
    style: withoutEmoji,
  } as const;
  return above ? page.screenshot(shot) : page.locator('.gallery-state').screenshot(shot);
}

async function faultsOf(page: Page): Promise<unknown[]> {
  return [
    ...(await violations(page)),
    ...(await sticksOut(page)).map((each) => `${each} sticks out`),
  ];
}

function violations(page: Page): Promise<{ id: string; nodes: string[] }[]> {
  return page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(
      document,
      {
        resultTypes: ['violations'],
        // A part is not a page.
        rules: {
          region: { enabled: false },
          'landmark-one-main': { enabled: false },
          'page-has-heading-one': { enabled: false },
        },
      },
    );
    // Only the message that has the focus is in the Tab order, and with it what scrolls inside.
    const isOther = (html: string) => html.startsWith('<pre tabindex="-1"');
    return found
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html }) => html.slice(0, 160)).filter((html) => !isOther(html)),
      }))
      .filter(({ nodes }) => nodes.length > 0);
  });
}

/** Parts that reach over the side of the state, or of the window when they are above it, other than those that scroll. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolled =
      'svg, pre, .natter-chosen-files, .natter-visually-hidden, .natter-viewer-stage';
    function isCutWithDots(element: Element): boolean {
      const around = element.parentElement;
      if (around === null) return false;
      return getComputedStyle(around).textOverflow === 'ellipsis' || isCutWithDots(around);
    }
    const frame = document.querySelector('.gallery-state');
    if (frame === null) return ['nothing is drawn'];
    const state = frame.getBoundingClientRect();
    const page = new DOMRect(0, 0, innerWidth, innerHeight);
    return [...frame.querySelectorAll('*')]
      .filter((element) => {
        if (element.closest(scrolled) !== null || isCutWithDots(element)) return false;
        const isAbove = element.closest('dialog, [popover]') !== null;
        const { left, right } = isAbove ? page : state;
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          return false;
        return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
      })
      .map((element) => `${element.tagName} ${element.className}`)
      .slice(0, 5);
  });
}
