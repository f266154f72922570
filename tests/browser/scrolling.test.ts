/** What moves on screen while somebody reads: what they scroll, and nothing else, in any frame. */
import type { Message } from '@natter/protocol';
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { type PersonId, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, sendText } from './calls.ts';
import { putFinger } from './fingers.ts';
import { expectSteps, expectStill, record, watchRedrawing } from './frames.ts';
import { holdOlder, holdPictures } from './holding.ts';
import { type Person, signIn } from './person.ts';
import { atRest, frameOf, isDrawn, picturesMissing, place, writeHistory } from './reading.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const walkTitle = 'A long walk';
const stepPixels = 120;
const longText = 'It was said at length, and then it was said again. '.repeat(12).trim();

describe('at rest no row on screen moves', () => {
  story(
    '[PAGE2] while a page of fifty with pictures loads above, pictures come, rows change their height, and something new is said',
    async ({ openDevice }) => {
      const { id, history } = await writeHistory(app, 'At rest', { messages: 110 });
      const device = await openDevice();
      const older = await holdOlder(device.page);
      const pictures = await holdPictures(device.page);
      await device.page.reload();
      const ada = await signIn(device, 'ada');
      await ada.open('At rest');
      await ada.timeline.hover();
      // So near to what is held that it is drawn as soon as it comes.
      while ((await place(ada)).above > 400) await ada.page.mouse.wheel(0, -stepPixels);
      expect(older.isAsked()).toBe(true);
      await atRest(ada);

      const during = async (act: () => Promise<unknown>, givingWay?: ReadonlySet<string>) => {
        const recording = await record(ada);
        await act();
        expectStill(await recording.stop(), givingWay);
      };

      await during(async () => {
        await older.release();
        await soon(async () => (await place(ada)).above).toBeGreaterThan(2_000);
        await soon(() => isDrawn(ada, history.at(-51)?.id)).toBe(true);
      });
      await during(async () => {
        await pictures.release();
        await soon(() => picturesMissing(ada)).toBe(0);
      });

      const shown = await frameOf(ada);
      const on = history.findIndex((message) => message.id === shown[0]?.id);
      const [above, second] = [history[on - 1], history[on + 1]];
      await during(() => edit(ada, above));
      // What is below gives way, what is above stays.
      await during(() => edit(ada, second), new Set(shown.slice(2).map((row) => row.id)));
      await during(() => remove(ada, above));
      await during(async () => {
        await sendText(app, 'grace', id, 'News');
        await ada.button(english.timeline.jumpWithNew(1)).waitFor();
      });
    },
    120_000,
  );
});

describe('a hard fling is not taken back', () => {
  story(
    '[PAGE2] where it leads to rows that were never drawn, and older ones are asked for',
    async ({ openDevice }) => {
      const { history } = await writeHistory(app, 'A fling', { messages: 110 });
      const device = await openDevice();
      const older = await holdOlder(device.page);
      await device.page.reload();
      const ada = await signIn(device, 'ada');
      await ada.open('A fling');
      await ada.timeline.hover();
      await ada.page.mouse.wheel(0, -stepPixels);
      await atRest(ada);

      const { above } = await place(ada);
      const oldest = history.at(-50)?.id;
      expect(await isDrawn(ada, oldest)).toBe(false);
      await ada.page.mouse.wheel(0, -above);
      await soon(() => older.isAsked()).toBe(true);
      await atRest(ada);
      const recording = await record(ada);
      expect((await frameOf(ada))[0]?.id).toBe(oldest);

      await older.release();
      await soon(async () => (await place(ada)).above).toBeGreaterThan(2_000);
      await atRest(ada);
      expectStill(await recording.stop());
    },
  );
});

describe('scrolling back moves every frame by what was scrolled', () => {
  story(
    '[PAGE2] by wheel, while pages with pictures load above, pictures come and messages arrive',
    async ({ openPerson }) => {
      const { id, history } = await walk();
      const ada = await openPerson('ada');
      const pictures = await holdPictures(ada.page);
      await ada.open(walkTitle);
      await ada.timeline.hover();

      const recording = await record(ada);
      const redrawn = await watchRedrawing(ada);
      let steps = 0;
      while (await goesOn(ada, history[0]?.id)) {
        await ada.page.mouse.wheel(0, -stepPixels);
        steps += 1;
        // Half of the way they are missing, then they come while it is scrolled.
        if (steps === 60) await pictures.release();
        if (steps % 20 === 0) await sendText(app, 'grace', id, `News after ${steps}`);
      }
      expect(steps).toBeGreaterThan(100);
      expect(expectSteps(await recording.stop(), stepPixels)).toBe(steps);
      expect(await redrawn()).toBe(0);
    },
    120_000,
  );

  story(
    '[PAGE2] by finger, while pages with pictures load above, pictures come and messages arrive',
    async ({ openPerson }) => {
      const { id, history } = await walk();
      const ada = await openPerson('ada', { size: 'phone' });
      const pictures = await holdPictures(ada.page);
      await ada.open(walkTitle);
      const finger = await putFinger(ada);
      // The first of it only tells that it will scroll.
      await finger.move(stepPixels);
      await atRest(ada);

      const recording = await record(ada);
      let steps = 0;
      while (await goesOn(ada, history[0]?.id)) {
        await finger.move(stepPixels);
        steps += 1;
        if (steps === 60) await pictures.release();
        if (steps % 20 === 0) await sendText(app, 'grace', id, `News at ${steps}`);
      }
      expect(steps).toBeGreaterThan(100);
      expect(expectSteps(await recording.stop(), stepPixels)).toBe(steps);
      await finger.lift();
    },
    120_000,
  );
});

/** Written once, and scrolled through in several ways. */
let walked: ReturnType<typeof writeHistory> | undefined;
function walk(): ReturnType<typeof writeHistory> {
  walked ??= writeHistory(app, walkTitle, { messages: 120 });
  return walked;
}

/** By its sender, to a text that takes many lines; waits until it shows. */
async function edit(reader: Person, message: Message | undefined): Promise<void> {
  const { conversationId, id, senderId } = known(message);
  const params = { conversationId, messageId: id, content: longText };
  await call(app, senderId as string as PersonId, 'editMessage', params);
  await soon(() => textOf(reader, id)).toBe(longText);
}

/** By its sender, and waits until it is gone. */
async function remove(reader: Person, message: Message | undefined): Promise<void> {
  const { conversationId, id, senderId } = known(message);
  const params = { conversationId, messageId: id };
  await call(app, senderId as string as PersonId, 'deleteMessage', params);
  await soon(() => textOf(reader, id)).toBeNull();
}

function known(message: Message | undefined): Message {
  if (message === undefined) throw new Error('there is no such message');
  return message;
}

/** Whether there is room for a whole step more, once it has loaded. */
async function goesOn(person: Person, firstId: string | undefined): Promise<boolean> {
  const hasRoom = async () => (await place(person)).above > 2 * stepPixels;
  await soon(async () => (await hasRoom()) || (await isDrawn(person, firstId))).toBe(true);
  return hasRoom();
}

function textOf({ timeline }: Person, id: string): Promise<string | null> {
  return timeline.evaluate((log, id) => {
    const text = log.querySelector(`[data-message-id="${id}"] .natter-message-text`);
    return text?.textContent ?? null;
  }, id);
}
