/** What a device keeps: what people see and write without a network, over reloads and in several tabs. */
import type { ConversationId } from '@natter/protocol';
import { english } from '@natter/ui';
import type { BrowserContext } from 'playwright-core';
import { describe, expect } from 'vitest';
import { texts as appTexts } from '../../apps/web/src/texts/english.ts';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup, readHistory, sendText } from './calls.ts';
import { openTab, type Person, signIn, signOut } from './person.ts';
import { pick, picture, textFile } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const { status } = english.timeline;

describe('without a network', () => {
  story(
    '[KEEP1, KEEP2] five messages, a picture, two edits and a deletion outlive the tab, and leave once, in order',
    async ({ openPerson }) => {
      const id = await createGroup(app, 'Far away', ['ada', 'grace']);
      const grace = await openPerson('grace');
      await grace.open('Far away');
      await grace.send('Where are you?');
      const ada = await openPerson('ada');
      await ada.open('Far away');
      await ada.send('Almost their');
      await ada.send('Never mind');
      await soon(() => ada.status('Never mind')).toBe(status.read);
      await kept(ada, id, 3);

      await ada.context.setOffline(true);
      const lines = [1, 2, 3, 4, 5].map((number) => `Line ${number}`);
      for (const line of lines) await ada.send(line);
      await pick(ada, await picture());
      await ada.send('The view');
      await editMessage(ada, 'Almost their', 'Almost there');
      await editMessage(ada, 'Line 3', 'Line 3, again');
      await deleteMessage(ada, 'Never mind');
      const written = [
        'Where are you?',
        'Almost there',
        // What was deleted says so in other words than a message's.
        '',
        ...lines.with(2, 'Line 3, again'),
        'The view',
      ];
      await soon(() => ada.texts()).toEqual(written);
      await waiting(ada, 9);

      await ada.page.close();
      const again = await openTab(ada, `/#/c/${id}`);
      await again.row('Saturday hikers').waitFor();
      await soon(() => again.texts()).toEqual(written);
      await again.message(english.timeline.deleted).waitFor();
      expect(await again.status('Line 5')).toBe(status.sending);
      expect(await again.status('Almost there')).toBe(status.read);
      await again
        .row('Far away')
        .getByText(/The view/)
        .waitFor();
      await again.message('The view').getByRole('img').first().waitFor();

      await again.context.setOffline(false);
      await soon(() => again.status('The view')).toBe(status.read);
      await soon(() => grace.texts()).toEqual(written);
      await grace.message('The view').locator('img').first().waitFor();
      const history = await readHistory(app, 'ada', id);
      expect(history.map(({ content }) => content)).toEqual(written);
      expect(history[2]?.deletedAt).not.toBeNull();
      expect(history.at(-1)?.attachments).toHaveLength(1);
      expect(await again.texts()).toEqual(written);
      await waiting(again, 0);
    },
    60_000,
  );

  story(
    '[KEEP3, KEEP4] two tabs show what either writes, and it is sent once',
    async ({ openPerson }) => {
      const id = await createGroup(app, 'Two tabs', ['ada', 'grace']);
      await sendText(app, 'grace', id, 'Hello');
      const first = await openPerson('ada');
      await first.open('Two tabs');
      const second = await signIn(await openTab(first), 'ada');
      await second.open('Two tabs');

      await first.context.setOffline(true);
      for (const number of [1, 2, 3]) {
        await first.send(`First ${number}`);
        await second.message(`First ${number}`).waitFor();
        await second.send(`Second ${number}`);
        await first.message(`Second ${number}`).waitFor();
      }
      const written = [
        'Hello',
        ...[1, 2, 3].flatMap((number) => [`First ${number}`, `Second ${number}`]),
      ];
      expect(await first.texts()).toEqual(written);
      expect(await second.texts()).toEqual(written);

      await first.context.setOffline(false);
      for (const tab of [first, second]) await soon(() => tab.status('Second 3')).toBe(status.sent);
      const history = await readHistory(app, 'grace', id);
      expect(history.map(({ content }) => content)).toEqual(written);
      for (const tab of [first, second]) await soon(() => tab.texts()).toEqual(written);
    },
    60_000,
  );
});

describe('what stays on the device', () => {
  story('[KEEP5] signing out leaves nothing, and ends the other tab', async ({ openPerson }) => {
    const id = await createGroup(app, 'Signed out', ['ada', 'grace']);
    await sendText(app, 'grace', id, 'Secret');
    const first = await openPerson('ada');
    await first.open('Signed out');
    await kept(first, id, 1);
    const second = await signIn(await openTab(first), 'ada');
    await second.open('Signed out');
    await signOut(first);
    for (const { page } of [first, second])
      await page
        .getByRole('button', { name: new RegExp(`^${appTexts.signIn.as('')}`) })
        .first()
        .waitFor();
    await soon(() => databases(first.context)).toEqual([]);
    expect(
      await first.page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage })),
    ).toEqual([]);
  });

  story('signing out asks first, and one who stays keeps what is not sent', async (stage) => {
    await createGroup(app, 'Not sent yet', ['ada', 'grace']);
    const ada = await stage.openPerson('ada');
    await ada.open('Not sent yet');
    await ada.context.setOffline(true);
    await ada.send('On its way');
    await ada.button(appTexts.layout.signOut).click();
    const question = ada.page.getByRole('alertdialog', { name: appTexts.layout.signOut });
    await question.getByText(appTexts.layout.signOutBody).waitFor();
    await ada.button(english.common.cancel, question).click();
    await ada.context.setOffline(false);
    await soon(() => ada.status('On its way')).toBe(status.sent);
  });

  story(
    '[KEEP6] a browser without storage says so, and the chat goes on',
    async ({ openDevice }) => {
      const id = await createGroup(app, 'Private window', ['ada', 'grace']);
      await sendText(app, 'grace', id, 'Can you read me?');
      const device = await openDevice();
      await device.context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('the storage is closed', 'InvalidStateError');
        };
      });
      await device.page.reload();
      const ada = await signIn(device, 'ada');
      await ada.page
        .getByRole('status', { name: english.storage.label })
        .getByText(/the storage is closed/)
        .waitFor();
      await ada.open('Private window');
      await ada.send('Loud and clear');
      await soon(() => ada.status('Loud and clear')).toBe(status.sent);
      expect(await ada.texts()).toEqual(['Can you read me?', 'Loud and clear']);
    },
  );

  story('[KEEP6] a full device says so, and the chat goes on', async ({ openDevice }) => {
    const id = await createGroup(app, 'Full', ['ada', 'grace']);
    const device = await openDevice();
    // Before anything is kept: a database that is open is not told of a smaller quota for a minute.
    await leaveRoom(device, app.url, 500_000);
    const ada = await signIn(device, 'ada');
    await ada.open('Full');
    await ada.send('Small enough');
    await kept(ada, id, 1);
    await pick(ada, textFile(2_000_000));
    await ada.send('Too much to keep');
    await soon(() => ada.status('Too much to keep')).toBe(status.sent);
    await ada.page
      .getByRole('status', { name: english.storage.label })
      .getByText(/the storage of this device is full/)
      .waitFor();
    expect((await readHistory(app, 'ada', id)).map(({ content }) => content)).toEqual([
      'Small enough',
      'Too much to keep',
    ]);
  });
});

async function editMessage(person: Person, from: string, to: string): Promise<void> {
  await person.message(from).hover();
  await person.button(english.timeline.edit, person.message(from)).click();
  await soon(() => person.composer.inputValue()).toBe(from);
  await person.composer.fill(to);
  await person.button(english.composer.save).click();
}

async function deleteMessage({ page, button, message }: Person, text: string): Promise<void> {
  await message(text).hover();
  await button(english.timeline.delete, message(text)).click();
  const question = page.getByRole('alertdialog', { name: english.timeline.deleteTitle });
  await button(english.timeline.delete, question).click();
}

/** The browser gives the site this many bytes more than it already uses. */
async function leaveRoom({ page, context }: Person, origin: string, bytes: number): Promise<void> {
  const usage = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await navigator.storage.estimate()).usage ?? 0;
  });
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
}

/** The device has written this much of the conversation, and the app itself. */
async function kept({ page }: Person, id: ConversationId, rows: number): Promise<void> {
  await soon(() =>
    page.evaluate(async (conversationId) => {
      await navigator.serviceWorker.ready;
      const timeline = await new Promise<{ rows: unknown[] } | undefined>((resolve, reject) => {
        const name = `natter ${location.origin} ada`;
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('timelines').objectStore('timelines');
          const reading = store.get(conversationId);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      });
      return timeline?.rows.length ?? 0;
    }, id),
  ).toBe(rows);
}

/** So many items wait in the outbox on the device. */
async function waiting({ page }: Person, count: number): Promise<void> {
  await soon(() =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open(`natter ${location.origin} ada`);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction('items').objectStore('items').count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result);
            };
          };
        }),
    ),
  ).toBe(count);
}

async function databases(context: BrowserContext): Promise<(string | undefined)[]> {
  const page = context.pages()[0];
  if (page === undefined) throw new Error('no tab is open');
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}
