/** Sizes of screens, the keyboard alone, and what stays when the page is loaded again. */
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { type Person, signInAs } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

describe('a phone', () => {
  story('shows one pane at a time, and the way back', async ({ openPerson }) => {
    await createGroup(app, 'Narrow', ['ada', 'grace']);
    const ada = await openPerson('ada', { size: 'phone' });
    expect(await ada.timeline.count()).toBe(0);
    await ada.open('Narrow');
    expect(await ada.list.isVisible()).toBe(false);
    await ada.send('On the train');
    await ada.message('On the train').waitFor();
    await fits(ada);

    await ada.button(english.conversation.back).click();
    await ada.list.waitFor();
    await ada.conversation('Narrow').waitFor({ state: 'hidden' });
    await ada.open('Narrow');
    await ada.page.goBack();
    await ada.list.waitFor();
    await fits(ada);
  });

  story('a desktop shows list and conversation side by side', async ({ openPerson }) => {
    await createGroup(app, 'Wide', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Wide');
    expect(await ada.list.isVisible()).toBe(true);
    expect(await ada.button(english.conversation.back).isVisible()).toBe(false);
    await fits(ada);
  });
});

describe('the keyboard alone', () => {
  story('signs in, opens a conversation, and sends', async ({ openDevice, openPerson }) => {
    await createGroup(app, 'Keys', ['ada', 'grace']);
    const grace = await openPerson('grace');
    await grace.open('Keys');
    const ada = await openDevice();
    const { keyboard } = ada.page;

    await tabTo(ada, ada.button(signInAs(nameOf('ada'))));
    await keyboard.press('Enter');
    await ada.row('Keys').waitFor();
    await tabTo(ada, ada.row('Keys'));
    await keyboard.press('Enter');
    await ada.conversation('Keys').waitFor();
    await tabTo(ada, ada.composer);
    await keyboard.type('Without a mouse');
    await keyboard.press('Enter');
    await soon(() => grace.texts()).toEqual(['Without a mouse']);

    await keyboard.type('two');
    await keyboard.press('Shift+Enter');
    await keyboard.type('lines');
    await keyboard.press('Enter');
    await soon(() => grace.texts()).toEqual(['Without a mouse', 'two\nlines']);
  });

  story(
    'deletes a message: to it by Tab, through its buttons, and the question',
    async ({ openPerson }) => {
      await createGroup(app, 'Keys again', ['ada', 'grace']);
      const ada = await openPerson('ada');
      const { keyboard } = ada.page;
      await ada.open('Keys again');
      await ada.send('Oops');
      await soon(() => ada.status('Oops')).toBe(english.timeline.status.sent);

      await tabTo(ada, ada.message('Oops'), 'Shift+Tab');
      await tabTo(ada, ada.button(english.timeline.delete, ada.message('Oops')));
      await keyboard.press('Enter');
      const question = ada.page.getByRole('alertdialog', { name: english.timeline.deleteTitle });
      await question.waitFor();
      // The harmless answer has the focus.
      expect(await isFocused(ada.button(english.common.cancel, question))).toBe(true);
      await tabTo(ada, ada.button(english.timeline.delete, question));
      await keyboard.press('Enter');
      await ada.message(english.timeline.deleted).waitFor();
    },
  );

  story(
    'a dialog keeps the focus, closes by Escape, and gives the focus back',
    async ({ openPerson }) => {
      const ada = await openPerson('ada');
      const opener = ada.page.getByRole('button', { name: texts.layout.newConversation }).first();
      await tabTo(ada, opener);
      await ada.page.keyboard.press('Enter');
      const dialog = ada.dialog(english.newConversation.title);
      await dialog.waitFor();
      for (let presses = 0; presses < 30; presses++) {
        await ada.page.keyboard.press('Tab');
        const inside = await dialog.evaluate(
          (element) =>
            element.contains(document.activeElement) || document.activeElement === document.body,
        );
        expect(inside).toBe(true);
      }
      await ada.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await isFocused(opener)).toBe(true);
    },
  );
});

describe('the page', () => {
  story(
    'loaded again keeps who is signed in and which conversation is open',
    async ({ openPerson }) => {
      await createGroup(app, 'Kept', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Kept');
      await ada.send('Remember this');
      await soon(() => ada.status('Remember this')).toBe(english.timeline.status.sent);
      await ada.page.reload();
      await ada.conversation('Kept').waitFor();
      await soon(() => ada.texts()).toEqual(['Remember this']);
      expect(await ada.status('Remember this')).toBe(english.timeline.status.sent);
    },
  );

  story('signing out leads back to the beginning, and stays there', async ({ openPerson }) => {
    const ada = await openPerson('ada');
    await ada.button(texts.layout.signOut).click();
    const again = ada.button(signInAs(nameOf('grace')));
    await again.waitFor();
    await ada.page.reload();
    await again.click();
    await ada.page.getByText(nameOf('grace'), { exact: true }).first().waitFor();
  });

  story('opens one socket, whatever is mounted', async ({ openPerson }) => {
    await createGroup(app, 'One', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('One'), grace.open('One')]);
    await ada.send('Still the same line');
    await grace.message('Still the same line').waitFor();
    await ada.open('Saturday hikers');
    await ada.open('One');
    await ada.page.getByRole('button', { name: texts.layout.newConversation }).first().click();
    await ada.dialog(english.newConversation.title).waitFor();
    expect([ada.socketsOpened(), grace.socketsOpened()]).toEqual([1, 1]);
  });
});

/** Nothing sticks out to the side. */
async function fits({ page }: Person): Promise<void> {
  const [content, width] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBe(width);
}

async function tabTo({ page }: Person, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${target}`);
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
