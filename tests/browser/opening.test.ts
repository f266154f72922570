/** What a conversation shows when it is opened: where the new messages begin, or the message that was asked for, in every frame. */
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup, sendText } from './calls.ts';
import { middleOf } from './fingers.ts';
import { expectStill, type Frame, newLine, record } from './frames.ts';
import { holdOlder, holdPictures } from './holding.ts';
import { type Person, signIn } from './person.ts';
import { pick, picture } from './pictures.ts';
import { frameOf, isDrawn, picturesMissing, place, writeHistory } from './reading.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

story(
  'the line before new messages shows too when the page is loaded anew with the conversation open',
  async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'Back again', ['ada', 'grace']);
    for (const text of ['One', 'Two']) await sendText(app, 'grace', conversationId, text);
    const ada = await openPerson('ada');
    await ada.open('Back again');
    await soon(async () => {
      const { entry } = await call(app, 'ada', 'getConversation', { conversationId });
      return entry.readSeq;
    }).toBe(2);
    // What it shows at its next start: one that is older would have all of it new, which no line says.
    await soon(() => keptReadSeq(ada, conversationId)).toBe(2);
    await ada.page.goto('about:blank');
    for (const text of ['Three', 'Four']) await sendText(app, 'grace', conversationId, text);
    await ada.page.goto(`/#/c/${conversationId}`);
    await ada.message('Four').waitFor();
    await soon(() =>
      ada.timeline
        .locator('.natter-timeline-row')
        .filter({ hasText: english.timeline.newMessages })
        .locator('.natter-message-text')
        .allTextContents(),
    ).toEqual(['Three']);
  },
);

story(
  'a picture is as wide as its bubble, whatever is written under it',
  async ({ openPerson }) => {
    await createGroup(app, 'Captions', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Captions');
    const captions = [
      'Short',
      'A caption that is longer than the picture is wide. '.repeat(4).trim(),
    ];
    for (const caption of captions) {
      await pick(ada, await picture());
      await ada.send(caption);
      await soon(() => ada.status(caption)).toBe(english.timeline.status.sent);
    }
    const blank = await ada.timeline.locator('.natter-bubble').evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const image = bubble.querySelector('.natter-image');
        return bubble.getBoundingClientRect().width - (image?.getBoundingClientRect().width ?? 0);
      }),
    );
    expect(blank).toHaveLength(2);
    for (const pixels of blank) expect(pixels).toBeLessThanOrEqual(12);
  },
);

describe('it opens where one left off, and stays there', () => {
  story(
    'at the line above what is new, in every frame, while older ones load above, pictures come and something is said',
    async ({ openDevice }) => {
      const { id, history } = await writeHistory(app, 'Left off', {
        messages: 60,
        pictureEvery: 6,
        unread: 45,
      });
      const device = await openDevice();
      const older = await holdOlder(device.page);
      const pictures = await holdPictures(device.page);
      await device.page.reload();
      const ada = await signIn(device, 'ada');
      await ada.row('Left off').click();
      const recording = await record(ada);
      await soon(() => lineOf(ada)).toBeGreaterThan(0);
      await soon(older.isAsked).toBe(true);

      const { above } = await place(ada);
      await older.release();
      await soon(async () => (await place(ada)).above).toBeGreaterThan(above + 300);
      await pictures.release();
      await soon(() => picturesMissing(ada)).toBe(0);
      const below = await countBelow(ada);
      await sendText(app, 'grace', id, 'News');
      await soon(() => countBelow(ada)).toBe(below + 1);

      const frames = await recording.stop();
      expectStill(frames);
      const last = frames.at(-1) ?? [];
      const [first, line, ...others] = await wholeOf(ada, last);
      expect([first, line]).toEqual([history[15]?.id, newLine]);
      // Those that are whole on the screen are read.
      const seen = [first, ...others];
      expect(below).toBe(45 - seen.length);

      await ada.jump.click();
      await ada.message('News').waitFor();
      await soon(async () => (await place(ada)).below).toBeLessThanOrEqual(1);
      await ada.jump.waitFor({ state: 'detached' });

      // What was passed over begins after what was seen.
      await ada.button(english.timeline.jumpToUnread).click();
      const next = history[15 + seen.length]?.id;
      await soon(() => flashing(ada)).toBe(next);
      expect((await frameOf(ada)).map((row) => row.id)).toContain(next);
    },
    60_000,
  );

  story(
    'at the message that a link names, in every frame, while pictures come',
    async ({ openPerson }) => {
      const { id, history } = await writeHistory(app, 'By link', {
        messages: 130,
        pictureEvery: 8,
      });
      const ada = await openPerson('ada');
      const pictures = await holdPictures(ada.page);
      await ada.row('By link').waitFor();
      await ada.page.evaluate((hash) => location.assign(hash), `#/c/${id}/m/30`);
      const recording = await record(ada);
      const wanted = history[29]?.id;
      await soon(() => flashing(ada)).toBe(wanted);
      await pictures.release();
      await soon(() => picturesMissing(ada)).toBe(0);
      const frames = await recording.stop();
      expectStill(frames);
      const { top, bottom } = frames.at(-1)?.find((row) => row.id === wanted) ?? expect.fail();
      const middle = (await middleOf(ada.timeline)).y;
      expect(Math.abs((top + bottom) / 2 - middle)).toBeLessThan(2);

      await ada.jump.click();
      await soon(() => isDrawn(ada, history.at(-1)?.id)).toBe(true);
      await soon(async () => (await place(ada)).below).toBeLessThanOrEqual(1);
    },
    60_000,
  );
});

/** How far Ada has read, as her device has written it down; 0 while it has nothing. */
function keptReadSeq({ page }: Person, id: string): Promise<number> {
  return page.evaluate(
    (id) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(`natter ${location.origin} ada`);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('entries').objectStore('entries').get(id);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result?.entry.readSeq ?? 0);
          };
        };
      }),
    id,
  );
}

/** How far from the top of the window the line above what is new is; 0 while there is none. */
async function lineOf(person: Person): Promise<number> {
  const line = person.timeline.locator('.natter-new-line');
  return line.evaluateAll(([line]) => line?.getBoundingClientRect().y ?? 0);
}

/** New ones that nobody has seen yet, as the button says; 0 where it says none. */
async function countBelow({ jump }: Person): Promise<number> {
  return Number.parseInt((await jump.textContent()) ?? '', 10) || 0;
}

/** The message that stands out because it was asked for. */
function flashing({ timeline }: Person): Promise<string | undefined> {
  return timeline.evaluate(
    (log) =>
      log.querySelector<HTMLElement>('[data-flash="true"] [data-message-id]')?.dataset.messageId,
  );
}

/** What is whole on the screen, from the top. */
async function wholeOf({ timeline }: Person, frame: Frame): Promise<string[]> {
  const { y, height } = (await timeline.boundingBox()) ?? expect.fail();
  return frame
    .filter(({ top, bottom }) => top >= y - 0.5 && bottom <= y + height + 0.5)
    .map(({ id }) => id);
}
