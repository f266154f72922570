/** Sizes of screens, and what stays when the page is loaded again. */
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { type Person, signIn, signInAs, signOut } from './person.ts';
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

describe('the page', () => {
  story(
    'shows what is shown already as before when the styles of a conversation are loaded',
    async ({ openDevice }) => {
      await createGroup(app, 'Dressed', ['ada', 'grace']);
      const device = await openDevice();
      const { promise: released, resolve } = Promise.withResolvers<void>();
      await device.page.route('**/assets/Conversation-*.css', async (route) => {
        await released;
        await route.continue();
      });
      const ada = await signIn(device, 'ada');
      const row = ada.list.getByRole('listitem').filter({ hasText: 'Dressed' });
      const head = ada.page.locator('.app-sidebar > header');
      await row.waitFor();
      const before = [await looks(row), await looks(head)];
      resolve();
      await soon(() => hasStyles(ada, '/Conversation-')).toBe(true);
      expect([await looks(row), await looks(head)]).toEqual(before);
    },
  );

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
    await signOut(ada);
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

function hasStyles({ page }: Person, name: string): Promise<boolean> {
  return page.evaluate(
    (name) => [...document.styleSheets].some(({ href }) => href?.includes(name) === true),
    name,
  );
}

/** Every style of it and of what is in it, as the browser reckons it. */
function looks(locator: Locator): Promise<string[]> {
  return locator.evaluate((element) =>
    [element, ...element.querySelectorAll('*')].flatMap((each) =>
      [null, '::before', '::after'].map((part) => {
        const style = getComputedStyle(each, part);
        return [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
      }),
    ),
  );
}
