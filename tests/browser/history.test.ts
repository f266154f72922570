/** Reading back through a long conversation by scrolling. */
import { english } from '@natter/ui';
import type { JSHandle } from 'playwright-core';
import { describe, expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { findConversation, readHistory, sendText } from './calls.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const title = 'Saturday hikers';
const stepPixels = 600;
const news = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];

interface Place {
  id: string;
  top: number;
  bottom: number;
}

describe('paging back', () => {
  story(
    '[PAGE2] scrolling up from the newest to the first message shows every one, in order, without holes, and nothing jumps',
    async ({ openPerson }) => {
      const conversationId = await findConversation(app, 'priya', title);
      const history = (await readHistory(app, 'priya', conversationId)).map(
        ({ id }) => id as string,
      );
      expect(history.length).toBeGreaterThan(500);

      const priya = await openPerson('priya');
      await priya.open(title);
      const settled = await settle(priya);
      const seen = new Set<string>();
      const jumps: string[] = [];
      let places = await settled();
      expect(places.at(-1)?.id).toBe(history.at(-1));

      for (;;) {
        for (const { id } of places) seen.add(id);
        expectRun(places, history);
        if (places[0]?.id === history[0]) break;
        const anchor = places[0];
        await priya.page.mouse.wheel(0, -stepPixels);
        places = await settled();
        const after = places.find(({ id }) => id === anchor?.id);
        const moved = Math.round((after?.top ?? Number.NaN) - (anchor?.top ?? Number.NaN));
        // The last step may find less to go.
        const atStart = places[0]?.id === history[0];
        const whole = Math.abs(moved - stepPixels) <= 1;
        if (!(whole || (atStart && moved >= 0 && moved <= stepPixels))) {
          jumps.push(`${anchor?.id}: ${moved} px`);
        }
      }
      expect([...seen].toSorted()).toEqual(history.toSorted());
      expect(jumps).toEqual([]);

      await priya.jump.click();
      await soon(async () => (await settled()).at(-1)?.id).toBe(history.at(-1));
      await priya.jump.waitFor({ state: 'detached' });
    },
    90_000,
  );

  story(
    '[PAGE2] what is new does not move what is being read, and is counted on the way down',
    async ({ openPerson }) => {
      const conversationId = await findConversation(app, 'tunde', title);
      const tunde = await openPerson('tunde');
      await tunde.open(title);
      const settled = await settle(tunde);
      await settled();
      // Again and again: it matters where older pages begin, and how soon after the scroll it comes.
      for (const [at, text] of news.entries()) {
        for (let step = 0; step < 4; step++) {
          await tunde.page.mouse.wheel(0, -stepPixels);
          await settled();
        }
        const before = await settled();
        await sendText(app, 'yuki', conversationId, text);
        await tunde.button(english.timeline.jumpWithNew(at + 1)).waitFor();
        expect((await settled()).slice(0, 5)).toEqual(before.slice(0, 5));
      }

      await tunde.button(english.timeline.jumpWithNew(news.length)).click();
      await tunde.message('Eight').waitFor();
      await soon(() => tunde.unread(title)).toBeNull();
    },
  );
});

/** The rows are neighbours in the history, and each ends where the next begins. */
function expectRun(places: readonly Place[], history: readonly string[]): void {
  const from = history.indexOf(places[0]?.id ?? '');
  expect(places.map(({ id }) => id)).toEqual(history.slice(from, from + places.length));
  for (const [at, { bottom }] of places.slice(0, -1).entries()) {
    expect(Math.abs((places[at + 1]?.top ?? 0) - bottom)).toBeLessThan(1);
  }
}

/** Moves the mouse over the timeline; the function waits until nothing moves or loads there, and tells which rows show. */
async function settle({ page, timeline }: Person): Promise<() => Promise<Place[]>> {
  await timeline.hover();
  const look: JSHandle<() => Promise<Place[]>> = await page.evaluateHandle(() => {
    const scroller = document.querySelector('[role="log"]');
    if (scroller === null) throw new Error('there is no timeline');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

    function read(log: Element): Place[] {
      const view = log.getBoundingClientRect();
      return (
        [...log.querySelectorAll<HTMLElement>('[data-message-id]')]
          .map((message) => {
            const box = (
              message.closest('.natter-timeline-row') ?? message
            ).getBoundingClientRect();
            return { id: message.dataset.messageId ?? '', top: box.top, bottom: box.bottom };
          })
          // A row that keeps the focus stays mounted far away; what counts is on screen.
          .filter(({ top, bottom }) => bottom > view.top && top < view.bottom)
          .toSorted((a, b) => a.top - b.top)
      );
    }

    return async () => {
      for (let same = 0, before = ''; ; ) {
        await frame();
        const places = read(scroller);
        const now = JSON.stringify(places);
        same = now === before && scroller.getAttribute('aria-busy') !== 'true' ? same + 1 : 0;
        before = now;
        if (same >= 3) return places;
      }
    };
  });
  return () => look.evaluate((read) => read());
}
