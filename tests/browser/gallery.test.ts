/**
 * Every component in every state of the gallery, in both schemes: what axe finds (nothing), what sticks out of the
 * picture (nothing), and how it looks, compared with the picture that was accepted. `NATTER_ACCEPT_PICTURES=1` accepts
 * what is there now.
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
}

declare global {
  interface Window {
    galleryStates: Shown[];
  }
}

const site = 'http://gallery.test';
const accepted = join(import.meta.dirname, 'gallery');
const schemes = ['light', 'dark'] as const;
const browser = useBrowser();
let page: Page;

beforeAll(async () => {
  const folder = buildGallery();
  const context = await browser().newContext({
    viewport: { width: 960, height: 720 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
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
});

afterAll(() => page.context().close());

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

test('the font that the pictures are drawn with is installed', async () => {
  const isThere = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    const widthIn = (font: string) => {
      if (context === null) return 0;
      context.font = `40px ${font}`;
      return context.measureText('Natter, in pictures').width;
    };
    return widthIn('"Liberation Sans", monospace') !== widthIn('monospace');
  });
  expect(
    isThere,
    'install the font Liberation Sans (Debian: apt-get install fonts-liberation)',
  ).toBe(true);
});

for (const scheme of schemes) {
  test(`in ${scheme}, every state looks as it was accepted, nothing sticks out of it, and axe finds nothing`, async () => {
    const faults: unknown[] = [];
    for (const state of await states()) {
      await show(state, scheme);
      for (const violation of await violations()) faults.push([state.name, violation]);
      for (const element of await sticksOut()) faults.push([state.name, 'sticks out', element]);
      const change = await changeOf(state, scheme);
      if (change !== null) faults.push([state.name, change]);
    }
    expect(faults).toEqual([]);
  }, 300_000);
}

async function changeOf({ name, above }: Shown, scheme: string): Promise<string | null> {
  const called = `${name.replaceAll(/[^a-z]+/g, '-')}.${scheme}.png`;
  const file = join(accepted, called);
  const full = await picture(above);
  const seen = await reduce(full);
  if (process.env.NATTER_ACCEPT_PICTURES === '1') {
    await keep(file, seen);
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

const states = () => page.evaluate(() => window.galleryStates);

async function show({ name, above }: Shown, scheme: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `${name}@${scheme}`);
  const state = page.locator(`[data-state="${name}"]`);
  await (above ? state.locator('dialog[open], [popover]:popover-open').first() : state).waitFor();
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // What is loaded on demand, and what is measured before it is placed.
    for (let frames = 0; frames < 4; frames++) await frame();
    await Promise.all([...document.images].map((each) => each.decode().catch(() => {})));
    await frame();
  });
}

function picture(above: boolean): Promise<Buffer> {
  const shot = { animations: 'disabled', caret: 'hide', scale: 'css' } as const;
  return above ? page.screenshot(shot) : page.locator('.gallery-state').screenshot(shot);
}

function violations(): Promise<{ id: string; nodes: string[] }[]> {
  return page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(
      document,
      {
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

/** Parts of the state that reach over its side, other than those that scroll. */
function sticksOut(): Promise<string[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.gallery-state');
    if (frame === null) return ['nothing is drawn'];
    const { left, right } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll('*')]
      .filter((element) => {
        if (element.closest('dialog, [popover], svg, pre, .natter-visually-hidden') !== null)
          return false;
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          return false;
        return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
      })
      .map((element) => `${element.tagName} ${element.className}`)
      .slice(0, 5);
  });
}
