/** A tab that the browser has put to sleep: what it missed is there when it wakes, once and in order. */
import { english } from '@natter/ui';
import { expect, onTestFinished, test } from 'vitest';
import { nameOf, useApp } from './app.ts';
import { openBarePage } from './barePage.ts';
import { createGroup, readHistory, sendMany, sendText } from './calls.ts';
import { soon } from './soon.ts';

const app = useApp();
/** Longer for a figure: `NATTER_TEST_FROZEN_MS=600000 npm test -- browser`. */
const frozenMs = Number(process.env.NATTER_TEST_FROZEN_MS ?? 0);
const missed = 2_000;

test(
  '[KEEP1] a frozen tab that missed 2,000 messages is right again when it wakes',
  async () => {
    const id = await createGroup(app, 'Asleep', ['ada', 'grace', 'mateo', 'yuki', 'priya']);
    await sendText(app, 'grace', id, 'Good night');
    const page = await openBarePage(`${app.url}/#/c/${id}`);
    onTestFinished(page.close);
    const button = `[...document.querySelectorAll('button')].find((each) => each.querySelector('strong')?.textContent === '${nameOf('ada')}')`;
    await soon(() => page.read(`${button} !== undefined`)).toBe(true);
    await page.read(`${button}.click()`);
    const shown = () => page.read<string[]>(texts);
    await soon(shown).toEqual(['Good night']);
    await page.read(measurePauses);

    await page.freeze();
    const frozenAt = performance.now();
    await sendMany(app, ['grace', 'mateo', 'yuki', 'priya'], id, missed);
    await new Promise((resolve) => setTimeout(resolve, frozenMs));
    const wokenAt = performance.now();
    await page.wake();
    const history = (await readHistory(app, 'ada', id)).map(({ content }) => content);
    await soon(async () => (await shown()).at(-1), 60_000).toBe(history.at(-1));
    const rightMs = performance.now() - wokenAt;

    expect(new Set(history).size).toBe(missed + 1);
    await soon(shown).toSatisfy(
      (rows: string[]) => rows.join() === history.slice(-rows.length).join(),
    );
    // It was asleep for all of it, so that this is no live connection in disguise.
    const asleepMs = await page.read<number>('window.longestPause');
    expect(asleepMs).toBeGreaterThan((wokenAt - frozenAt) * 0.9);
    console.info(
      `${missed} messages missed in ${Math.round(asleepMs / 1_000)} s asleep: right again after ${Math.round(rightMs)} ms`,
    );
  },
  120_000 + frozenMs,
);

const texts = `[...document.querySelectorAll('[role=log][aria-label="${english.timeline.label}"] article')]
  .map((each) => each.querySelector('.natter-message-text')?.textContent ?? '')`;

/** The longest time in which the page ran nothing. */
const measurePauses = `{
  let last = performance.now();
  window.longestPause = 0;
  setInterval(() => {
    window.longestPause = Math.max(window.longestPause, performance.now() - last);
    last = performance.now();
  }, 50);
}`;
