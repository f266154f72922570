/** Who somebody is, and a group: names, pictures and roles change here and are seen there, with the keyboard too. */
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup } from './calls.ts';
import type { Person } from './person.ts';
import { picture, textFile } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';
import { violations } from './violations.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const { details: say, identity, profile } = english;

describe('my profile', () => {
  story(
    '[PROFILE5] a new name and picture are seen by another as they happen, and stay after a reload',
    async ({ openPerson }) => {
      const lena = await openPerson('lena');
      await call(app, 'lena', 'createConversation', {
        id: '0197c000-0000-7000-8000-00000000d001' as never,
        kind: 'direct',
        userId: 'tunde' as never,
      });
      const tunde = await openPerson('tunde');
      await tunde.row(lena.name).first().waitFor();

      await openProfile(lena);
      const mine = lena.dialog(profile.title);
      await rename(lena, mine, profile.name, 'Lena the Second');
      await tunde.row('Lena the Second').first().waitFor();
      await choosePicture(lena, mine);
      const seen = tunde.row('Lena the Second').first().locator('.natter-avatar-picture');
      await seen.waitFor();

      await lena.page.reload();
      await lena.button(texts.layout.profile('Lena the Second')).waitFor();
      await openProfile(lena, 'Lena the Second');
      await lena.button(identity.changePicture, mine).click();
      await mine.getByRole('menuitem', { name: identity.removePicture }).click();
      await lena.button(identity.choosePicture, mine).waitFor();
      await seen.waitFor({ state: 'detached' });
      await rename(lena, mine, profile.name, lena.name);
      await tunde.row(lena.name).first().waitFor();
    },
  );

  story('what is no image is refused with the reason, and another is chosen', async (stage) => {
    const mateo = await stage.openPerson('mateo');
    await openProfile(mateo);
    const mine = mateo.dialog(profile.title);
    const chooser = mateo.page.waitForEvent('filechooser');
    await mateo.button(identity.choosePicture, mine).click();
    await (await chooser).setFiles({ ...textFile(), name: 'notes.png', mimeType: 'image/png' });
    await mateo.button(identity.usePicture, mine).click();
    await soon(() => mine.getByRole('alert').textContent()).toContain(identity.notAnImage);
    const again = mateo.page.waitForEvent('filechooser');
    await mateo.button(identity.chooseOther, mine).click();
    await (await again).setFiles(await picture());
    await mateo.button(identity.usePicture, mine).click();
    await mine.getByText(identity.saved, { exact: true }).waitFor();
    await mateo.button(identity.changePicture, mine).waitFor();
  });
});

describe('a group', () => {
  story(
    '[ROLES3] it is renamed and gets a picture; who is made admin renames it; who is removed loses it; who leaves too',
    async ({ openPerson }) => {
      await createGroup(app, 'Kite club', ['ada', 'grace', 'omar']);
      const [ada, grace, omar] = await Promise.all([
        openPerson('ada'),
        openPerson('grace'),
        openPerson('omar', { size: 'phone' }),
      ]);
      await Promise.all([ada.open('Kite club'), grace.open('Kite club')]);
      await omar.row('Kite club').waitFor();

      const byAda = await ada.details(say.group);
      await rename(ada, byAda, english.newConversation.groupName, 'Kites and wind');
      await choosePicture(ada, byAda);
      await grace.conversation('Kites and wind').waitFor();
      await grace.row('Kites and wind').locator('.natter-avatar-picture').waitFor();
      await omar.row('Kites and wind').locator('.natter-avatar-picture').waitFor();

      const byGrace = await grace.details(say.group);
      await byGrace.getByText(ada.name, { exact: true }).waitFor();
      expect(await grace.button(identity.changeName, byGrace).count()).toBe(0);
      await choose(ada, byAda, grace.name, say.make.admin);
      await rename(grace, byGrace, english.newConversation.groupName, 'Kites only');
      await ada.conversation('Kites only').waitFor();

      await choose(grace, byGrace, omar.name, say.remove);
      const question = grace.page.getByRole('alertdialog');
      await grace.button(say.removeConfirm, question).click();
      await omar.row('Kites only').waitFor({ state: 'detached' });
      await soon(() => byAda.getByRole('listitem').count()).toBe(2);

      await ada.button(say.leave, byAda).click();
      const leaving = ada.page.getByRole('alertdialog');
      await leaving.getByText(say.leaveHeir(grace.name), { exact: false }).waitFor();
      await ada.button(say.leaveConfirm, leaving).click();
      await ada.row('Kites only').waitFor({ state: 'detached' });
      await byGrace.getByText(say.role.owner, { exact: true }).waitFor();
    },
  );

  story('by keyboard alone: opened, renamed, somebody made admin', async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'By keys', ['priya', 'yuki']);
    const priya = await openPerson('priya');
    await priya.open('By keys');
    const { keyboard } = priya.page;
    await priya.page.getByTitle(english.conversation.showDetails, { exact: true }).focus();
    await keyboard.press('Enter');
    const shown = priya.dialog(say.group);
    await shown.waitFor();
    await tabTo(priya, identity.changeName);
    await keyboard.press('Enter');
    await keyboard.insertText('With keys');
    // Escape leaves the name, not the dialog.
    await keyboard.press('Escape');
    expect(await focused(priya)).toBe(identity.changeName);
    await keyboard.press('Enter');
    await keyboard.insertText('With keys');
    await keyboard.press('Enter');
    await priya.row('With keys').waitFor();
    await soon(() => focused(priya)).toBe(identity.changeName);
    await tabTo(priya, say.actionsFor(nameOf('yuki')));
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await shown.getByText(say.role.admin, { exact: true }).waitFor();
    const { members } = await call(app, 'priya', 'getConversation', { conversationId });
    expect(members.find(({ userId }) => userId === 'yuki')?.role).toBe('admin');
    await keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    expect(await focused(priya)).toBe('With keys');
  });

  story('muted in its details it is muted in the list, after a reload too', async (stage) => {
    await createGroup(app, 'Too loud', ['yuki', 'grace']);
    const yuki = await stage.openPerson('yuki');
    await yuki.open('Too loud');
    await (await yuki.details(say.group)).getByRole('switch', { name: say.mute }).check();
    await yuki.page.keyboard.press('Escape');
    await yuki.page.reload();
    await yuki.row('Too loud').getByText(english.conversations.muted).waitFor();
    const again = await yuki.details(say.group);
    expect(await again.getByRole('switch', { name: say.mute }).isChecked()).toBe(true);
  });
});

describe('settings', () => {
  story(
    'the colours that somebody chooses show at once, whatever the system has',
    async (stage) => {
      const ada = await stage.openPerson('ada', { colorScheme: 'light' });
      const colours = () =>
        ada.page.evaluate(() =>
          [document.body, document.querySelector('.natter') ?? document.body].map(
            (element) => getComputedStyle(element).color,
          ),
        );
      const [dark, light] = ['rgb(236, 236, 242)', 'rgb(26, 26, 32)'];
      await ada.button(texts.layout.settings).click();
      for (const [scheme, colour] of [
        ['dark', dark],
        ['light', light],
        ['system', light],
        ['dark', dark],
      ] as const) {
        await ada
          .dialog(texts.settings.title)
          .getByRole('radio', { name: texts.settings.schemes[scheme] })
          .check();
        await soon(colours).toEqual([colour, colour]);
      }
      await ada.page.reload();
      await soon(colours).toEqual([dark, dark]);
    },
  );
});

describe('axe finds nothing', () => {
  for (const size of ['desktop', 'phone'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      story(`in the profile, settings and details (${size}, ${colorScheme})`, async (stage) => {
        const title = `Seen on ${size}, ${colorScheme}`;
        await createGroup(app, title, ['ada', 'grace', 'yuki']);
        const ada = await stage.openPerson('ada', { size, colorScheme });
        await ada.button(texts.layout.settings).click();
        await ada.dialog(texts.settings.title).waitFor();
        expect(await violations(ada)).toEqual([]);
        await ada.page.keyboard.press('Escape');
        await openProfile(ada);
        expect(await violations(ada)).toEqual([]);
        await ada.button(identity.changeName, ada.dialog(profile.title)).click();
        expect(await violations(ada)).toEqual([]);
        await ada.button(english.common.close, ada.dialog(profile.title)).click();
        await ada.open(title);
        const shown = await ada.details(say.group);
        await shown.getByRole('listitem').first().waitFor();
        expect(await violations(ada)).toEqual([]);
        await ada.button(say.actionsFor(nameOf('grace')), shown).click();
        expect(await violations(ada)).toEqual([]);
        await ada.page.keyboard.press('Escape');
        await ada.page.keyboard.press('Escape');
        if (size === 'phone') await ada.button(english.conversation.back).click();
        await ada.open(nameOf('grace'));
        await ada.details(say.person);
        expect(await violations(ada)).toEqual([]);
      });
    }
  }
});

async function openProfile(person: Person, name = person.name): Promise<void> {
  await person.button(texts.layout.profile(name)).click();
  await person.dialog(profile.title).waitFor();
}

async function rename(person: Person, within: Locator, label: string, to: string): Promise<void> {
  await person.button(identity.changeName, within).click();
  await within.getByRole('textbox', { name: label }).fill(to);
  await person.button(identity.save, within).click();
  await within.getByRole('heading', { name: to, exact: true }).waitFor();
}

async function choosePicture(person: Person, within: Locator): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser');
  await person.button(identity.choosePicture, within).click();
  await (await chooser).setFiles(await picture());
  await within.getByRole('img', { name: identity.preview }).waitFor();
  await person.button(identity.usePicture, within).click();
  await person.button(identity.changePicture, within).waitFor();
}

async function choose(person: Person, within: Locator, name: string, item: string): Promise<void> {
  await person.button(say.actionsFor(name), within).click();
  await within.getByRole('menuitem', { name: item, exact: true }).click();
}

const focused = ({ page }: Person) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? null;
  });

async function tabTo(person: Person, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    if ((await focused(person)) === name) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`the focus does not get to ${name}`);
}
