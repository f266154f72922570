/** Beginning conversations, and who is in them. */
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup } from './calls.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const say = english.newConversation;

describe('a new conversation', () => {
  story(
    '[ROLES5] a direct one is found by searching for the person, and is the same for both',
    async ({ openPerson }) => {
      const [lena, omar] = await Promise.all([openPerson('lena'), openPerson('omar')]);
      await lena.page.getByRole('button', { name: say.title }).first().click();
      const dialog = lena.dialog(say.title);
      await dialog.getByRole('combobox', { name: say.search }).fill('had');
      await soon(() =>
        dialog.getByRole('listbox', { name: say.people }).getByRole('option').count(),
      ).toBe(1);
      await dialog.getByRole('option', { name: startOf(omar.name) }).click();
      await lena.conversation(omar.name).waitFor();
      await lena.send('Is the early train running?');

      await soon(() => omar.unread(lena.name)).toBe(english.conversations.unread(1));
      await omar.open(lena.name);
      await omar.send('It is');
      await soon(() => lena.texts()).toEqual(['Is the early train running?', 'It is']);

      // Whoever begins it again is led to it.
      await omar.page.getByRole('button', { name: say.title }).first().click();
      await omar
        .dialog(say.title)
        .getByRole('option', { name: startOf(lena.name) })
        .click();
      await omar.dialog(say.title).waitFor({ state: 'detached' });
      await soon(() => omar.texts()).toEqual(['Is the early train running?', 'It is']);
    },
  );

  story('[ROLES6] a group shows up for everyone in it, at once', async ({ openPerson }) => {
    const [ada, grace, tunde] = await Promise.all([
      openPerson('ada'),
      openPerson('grace'),
      openPerson('tunde'),
    ]);
    await ada.page.getByRole('button', { name: say.title }).first().click();
    const dialog = ada.dialog(say.title);
    await dialog.getByRole('radio', { name: say.group, exact: true }).check();
    await dialog.getByRole('textbox', { name: say.groupName }).fill('Lighthouse');
    for (const { name } of [grace, tunde]) {
      await dialog.getByRole('option', { name: startOf(name) }).click();
    }
    await dialog.getByText(say.chosen(2)).waitFor();
    await ada.button(say.create, dialog).click();
    await ada.conversation('Lighthouse').waitFor();
    await ada.send('Everyone here?');

    for (const each of [grace, tunde]) {
      await soon(() => each.unread('Lighthouse')).toBe(english.conversations.unread(1));
    }
    for (const each of [grace, tunde]) {
      await each.open('Lighthouse');
      await each.message('Everyone here?').waitFor();
      await each.send(`${each.name} is`);
    }
    await soon(() => ada.texts()).toEqual([
      'Everyone here?',
      `${grace.name} is`,
      `${tunde.name} is`,
    ]);
  });
});

describe('members', () => {
  story('[CLOSE4] one who is taken out sees nothing more of the group', async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'Not for long', ['ada', 'grace', 'mateo']);
    const [ada, mateo] = await Promise.all([openPerson('ada'), openPerson('mateo')]);
    await Promise.all([ada.open('Not for long'), mateo.row('Not for long').waitFor()]);

    const dialog = await ada.details(english.details.group);
    await ada.button(english.details.actionsFor(mateo.name), dialog).click();
    await dialog.getByRole('menuitem', { name: english.details.remove }).click();
    const question = ada.page.getByRole('alertdialog');
    await ada.button(english.details.removeConfirm, question).click();
    await dialog.getByText(mateo.name, { exact: true }).waitFor({ state: 'detached' });
    await ada.page.keyboard.press('Escape');
    await mateo.row('Not for long').waitFor({ state: 'detached' });
    await ada
      .conversation('Not for long')
      .getByText(english.conversation.members(2), { exact: true })
      .waitFor();
    const { members } = await call(app, 'ada', 'getConversation', { conversationId });
    expect(members.map(({ name }) => name)).toEqual([ada.name, nameOf('grace')]);
  });

  story(
    '[ROLES8] one who is added gets the group with its whole history',
    async ({ openPerson }) => {
      await createGroup(app, 'Welcome', ['ada', 'grace']);
      const [ada, yuki] = await Promise.all([openPerson('ada'), openPerson('yuki')]);
      await ada.open('Welcome');
      await ada.send('Before you came');
      await ada.button(english.details.add, await ada.details(english.details.group)).click();
      const dialog = ada.dialog(english.details.add);
      await dialog.getByRole('option', { name: startOf(yuki.name) }).click();
      await ada.button(english.details.addChosen(1), dialog).click();
      await yuki.open('Welcome');
      await soon(() => yuki.texts()).toEqual(['Before you came']);
    },
  );

  story('a new name is seen by everyone', async ({ openPerson }) => {
    await createGroup(app, 'Old name', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('Old name'), grace.open('Old name')]);
    const dialog = await ada.details(english.details.group);
    await ada.button(english.identity.changeName, dialog).click();
    await dialog.getByRole('textbox', { name: say.groupName }).fill('New name');
    await ada.button(english.identity.save, dialog).click();
    await dialog.getByText(english.identity.saved, { exact: true }).waitFor();
    await grace.conversation('New name').waitFor();
    await grace.row('New name').waitFor();
  });
});

/** A person's button says after the name whether they are there. */
const startOf = (name: string) => new RegExp(`^${name}`);
