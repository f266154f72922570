/** Reading back further than a page keeps in memory: the newest end is let go, and the place that is read stays. */
import { createChatClient } from '@natter/client';
import type { Locator } from 'playwright-core';
import { expect, vi } from 'vitest';
import { type PersonId, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup, readHistory } from './calls.ts';
import type { Person } from './person.ts';
import { place } from './reading.ts';
import { soon, soonMs } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const title = 'A long story';
const length = 2_300;
const tellers: readonly [PersonId, ...PersonId[]] = ['ada', 'grace', 'mateo', 'yuki', 'omar'];

story(
  '[PAGE2] going back through more than is kept shows it page after page, and lets nobody fall through',
  async ({ openPerson }) => {
    await tell();
    const ada = await openPerson('ada');
    await ada.open(title);
    await ada.timeline.hover();
    const leaps: string[] = [];
    // It opens at what others wrote since Ada's last line.
    await soon(() => firstShown(ada)).toBeGreaterThan(length - 500);
    let at = await firstShown(ada);
    while (at > 1) {
      const before = at;
      const { above } = await place(ada);
      // A hard fling: about eighty messages.
      await ada.page.mouse.wheel(0, -3_000);
      // It is not taken back, wherever it leads.
      if (above > 200) await soon(() => firstShown(ada)).toBeLessThan(before);
      await soon(() => ada.timeline.getAttribute('aria-busy')).toBe('false');
      at = await firstShown(ada);
      // A page is fifty; one more may have come meanwhile.
      if (before - at > 150) leaps.push(`from ${before} to ${at}`);
    }
    expect(leaps).toEqual([]);
  },
  120_000,
);

/** Writes it from several people at once; each message says where it stands only by its place. */
async function tell(): Promise<void> {
  const conversationId = await createGroup(app, title, tellers);
  const clients = tellers.map((userId) =>
    createChatClient({
      url: app.url,
      async getToken() {
        const answer = await fetch(`${app.url}/demo/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ userId }),
        });
        return ((await answer.json()) as { token: string }).token;
      },
    }),
  );
  for (let at = 0; at < length; at++) {
    clients[at % clients.length]?.messages(conversationId).send({ content: `Line ${at}` });
  }
  const isTold = () =>
    clients.every(({ conversations }) => {
      const last = conversations.get(conversationId)?.conversation.lastSeq;
      return last === length;
    });
  await soon(isTold, 60_000).toBe(true);
  for (const client of clients) client.dispose();
  for (const { id, seq } of await readHistory(app, 'ada', conversationId)) places.set(id, seq);
}

const places = new Map<string, number>();

/** Where in history the topmost message on screen stands, once one is drawn. */
function firstShown({ timeline }: Person): Promise<number> {
  return vi.waitFor(
    async () => {
      const at = places.get((await firstId(timeline)) ?? '');
      if (at === undefined) throw new Error('no message is on screen');
      return at;
    },
    { timeout: soonMs, interval: 40 },
  );
}

function firstId(timeline: Locator): Promise<string | undefined> {
  return timeline.evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect();
    return [...log.querySelectorAll<HTMLElement>('[data-message-id]')]
      .map((each) => ({ id: each.dataset.messageId, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top && box.top < bottom)
      .sort((a, b) => a.box.top - b.box.top)[0]?.id;
  });
}
