/** What can be done with a message, by mouse, by finger and by keys alone. */
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { middleOf, touch } from './fingers.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const say = english.timeline;

const menu = ({ page }: Person): Locator => page.getByRole('menu', { name: say.actions });
const item = (person: Person, name: string): Locator =>
  menu(person).getByRole('menuitem', { name, exact: true });
const labels = (person: Person) => menu(person).getByRole('menuitem').allTextContents();

describe('the menu of a message', () => {
  story('opens by the right button, and edits', async ({ openPerson }) => {
    await createGroup(app, 'Mouse', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Mouse');
    await ada.send('At eigth');
    await soon(() => ada.status('At eigth')).toBe(say.status.sent);
    await ada.message('At eigth').getByText('At eigth').click({ button: 'right' });
    await menu(ada).waitFor();
    expect(await labels(ada)).toEqual(
      expect.arrayContaining([say.copy, say.edit, say.details, say.delete]),
    );
    await item(ada, say.edit).click();
    await ada.page.getByText(english.composer.editing).first().waitFor();
    await menu(ada).waitFor({ state: 'detached' });
  });

  story('opens by keys alone, and says who has read it', async ({ openPerson }) => {
    await createGroup(app, 'Keys', ['ada', 'grace', 'omar']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('Keys'), grace.open('Keys')]);
    await ada.send('Who is there?');
    await grace.message('Who is there?').waitFor();
    await ada.message('Who is there?').focus();
    await ada.page.keyboard.press('Shift+F10');
    await menu(ada).waitFor();
    await ada.page.keyboard.press('Escape');
    await menu(ada).waitFor({ state: 'detached' });
    await soon(() =>
      ada.message('Who is there?').evaluate((article) => article === document.activeElement),
    ).toBe(true);

    await ada.page.keyboard.press('Shift+F10');
    await menu(ada).waitFor();
    await ada.page.keyboard.type('det');
    await ada.page.keyboard.press('Enter');
    const details = ada.dialog(say.detailsTitle);
    await details.getByRole('list', { name: say.readBy }).getByText(grace.name).waitFor();
    await ada.page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });

  story('opens when a finger has stayed, and not when it scrolls', async ({ openPerson }) => {
    await createGroup(app, 'Finger', ['ada', 'grace']);
    const ada = await openPerson('ada', { size: 'phone' });
    await ada.open('Finger');
    await ada.send('Hold me');
    await soon(() => ada.status('Hold me')).toBe(say.status.sent);
    const fingers = await touch(ada);
    const at = await middleOf(ada.message('Hold me').locator('.natter-bubble'));

    await fingers.at(at);
    await fingers.at({ x: at.x, y: at.y - 60 });
    await fingers.lift();
    expect(await menu(ada).count()).toBe(0);

    // A list that still moves takes no press.
    await ada.message('Hold me').locator('.natter-bubble').click({ trial: true });
    await fingers.at(at);
    await ada.page.locator('.natter-message[data-held="true"]').waitFor();
    await fingers.lift();
    await menu(ada).waitFor();
    expect(await ada.page.evaluate(() => getSelection()?.toString())).toBe('');
    await item(ada, say.delete).tap();
    await ada.page.getByRole('alertdialog', { name: say.deleteTitle }).waitFor();
  });
});
