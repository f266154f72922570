/** The main paths by the keyboard alone, and what a screen reader says on them. `NATTER_ACCEPT_WORDS=1` writes that down. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserId } from '@natter/protocol';
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup } from './calls.ts';
import { isFocused, tabTo } from './keys.ts';
import { type Person, signInAs } from './person.ts';
import { hugePicture, pick, picture } from './pictures.ts';
import { useScreenReader } from './screenReader.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

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

describe('what a mouse opens', () => {
  story(
    'the menu of a message: opened, gone through, closed, chosen from',
    async ({ openPerson }) => {
      await createGroup(app, 'Keys and menus', ['ada', 'grace']);
      const ada = await openPerson('ada');
      const { keyboard } = ada.page;
      await ada.open('Keys and menus');
      await ada.send('Wiht a mistake');
      await soon(() => ada.status('Wiht a mistake')).toBe(english.timeline.status.sent);
      const mine = ada.message('Wiht a mistake');
      await tabTo(ada, mine, 'Shift+Tab');

      await keyboard.press('Shift+F10');
      const menu = ada.page.getByRole('menu', { name: english.timeline.actions });
      await menu.waitFor();
      await keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      expect(await isFocused(mine)).toBe(true);

      await keyboard.press('Shift+F10');
      const edit = menu.getByRole('menuitem', { name: english.timeline.edit });
      while (!(await isFocused(edit))) await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await soon(() => isFocused(ada.composer)).toBe(true);
      await keyboard.press('ControlOrMeta+A');
      await keyboard.type('Without one');
      await keyboard.press('Enter');
      await ada.message('Without one').getByText(english.timeline.edited).waitFor();
    },
  );

  story('a conversation that is muted, and one that is switched to', async ({ openPerson }) => {
    await createGroup(app, 'Quiet corner', ['ada', 'grace']);
    await createGroup(app, 'Loud corner', ['ada', 'grace']);
    const ada = await openPerson('ada');
    const { keyboard } = ada.page;
    await tabTo(ada, ada.list.getByRole('searchbox'));
    await keyboard.type('quiet');
    await keyboard.press('ArrowDown');
    await soon(() => isFocused(ada.row('Quiet corner'))).toBe(true);
    await keyboard.press('m');
    await ada.row('Quiet corner').getByText(english.conversations.muted).waitFor();
    await keyboard.press('Shift+F10');
    const menu = ada.page.getByRole('menu', { name: 'Quiet corner' });
    await soon(() => isFocused(menu.getByRole('menuitem'))).toBe(true);
    await keyboard.press('Enter');
    await ada.row('Quiet corner').getByText(english.conversations.muted).waitFor({
      state: 'detached',
    });

    await keyboard.press('ControlOrMeta+K');
    await ada.dialog(english.switcher.title).waitFor();
    await keyboard.type('loud');
    await soon(() => ada.page.getByRole('option', { name: 'Loud corner' }).count()).toBe(1);
    await keyboard.press('Enter');
    await ada.conversation('Loud corner').waitFor();
  });

  story('emoji, a picture in full, and who has seen a message', async ({ openPerson }) => {
    await createGroup(app, 'Keys and pictures', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    const { keyboard } = ada.page;
    await Promise.all([ada.open('Keys and pictures'), grace.open('Keys and pictures')]);
    await tabTo(ada, ada.button(english.emoji.title));
    await keyboard.press('Enter');
    await soon(() =>
      isFocused(ada.page.getByRole('searchbox', { name: english.emoji.search })),
    ).toBe(true);
    await keyboard.type('lighthouse');
    await keyboard.press('Escape');
    await soon(() => isFocused(ada.button(english.emoji.title))).toBe(true);
    await keyboard.press('Enter');
    await ada.page.getByRole('gridcell').first().waitFor();
    await keyboard.type('pizza');
    await soon(() => ada.page.getByRole('gridcell').count()).toBe(1);
    await keyboard.press('Enter');
    await soon(() => ada.composer.inputValue()).toBe('🍕');

    await pick(ada, await picture());
    await tabTo(ada, ada.composer);
    await keyboard.press('Enter');
    await soon(() => grace.texts()).toEqual(['🍕']);
    const mine = ada.timeline.getByRole('article').last();
    await soon(() => ada.status('🍕')).toBe(english.timeline.status.read);
    await tabTo(ada, mine, 'Shift+Tab');
    await tabTo(ada, ada.button(english.files.openImage('hills.jpg')));
    await keyboard.press('Enter');
    const viewer = ada.dialog(english.files.imageFrom('hills.jpg', english.timeline.you));
    await soon(() => isFocused(ada.button(english.common.close, viewer))).toBe(true);
    await keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    expect(await isFocused(ada.button(english.files.openImage('hills.jpg')))).toBe(true);

    await tabTo(ada, mine, 'Shift+Tab');
    await keyboard.press('Shift+F10');
    await ada.page.getByRole('menu', { name: english.timeline.actions }).waitFor();
    // The first letters of a name lead to it.
    await keyboard.type('det');
    await keyboard.press('Enter');
    const details = ada.dialog(english.timeline.detailsTitle);
    await details.getByRole('list', { name: english.timeline.readBy }).waitFor();
    await keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    expect(await isFocused(mine)).toBe(true);
  });

  story('discarding what failed leaves the focus among the messages', async ({ openPerson }) => {
    await createGroup(app, 'Discarded', ['ada', 'grace']);
    const ada = await openPerson('ada');
    const { keyboard } = ada.page;
    await ada.open('Discarded');
    await ada.send('Before it');
    await pick(ada, hugePicture());
    await ada.send('For the wall');
    const failed = ada.message('For the wall');
    await tabTo(ada, ada.composer);
    await ada.button(english.timeline.discard, failed).waitFor();
    await tabTo(ada, failed, 'Shift+Tab');
    await tabTo(ada, ada.button(english.timeline.discard, failed));
    await keyboard.press('Enter');
    await failed.waitFor({ state: 'detached' });
    await soon(() => isFocused(ada.message('Before it'))).toBe(true);
  });

  story('nothing that a mouse presses is out of the keyboard’s reach', async ({ openPerson }) => {
    await createGroup(app, 'Within reach', ['ada', 'grace']);
    const ada = await openPerson('ada');
    expect(await onlyForMice(ada)).toEqual([]);
    await ada.open('Within reach');
    await ada.send('See https://example.com and `this`');
    await ada.message('See https://example.com and this').waitFor();
    expect(await onlyForMice(ada)).toEqual([]);
    await ada.button(texts.layout.settings).click();
    await ada.dialog(texts.settings.title).waitFor();
    expect(await onlyForMice(ada)).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('button', { name: texts.layout.newConversation }).first().click();
    await ada.dialog(english.newConversation.title).getByRole('option').first().waitFor();
    expect(await onlyForMice(ada)).toEqual([]);
  });
});

/** What shows the hand of a mouse, and is no control, nor a label or a choice of one. */
function onlyForMice({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const control =
      'a[href], button, input, select, textarea, label, summary, [tabindex], [role="option"]';
    const hasHand = (element: Element | null) =>
      element !== null && getComputedStyle(element).cursor === 'pointer';
    return [...document.querySelectorAll('body *')]
      .filter((element) => hasHand(element) && !hasHand(element.parentElement))
      .filter((element) => element.closest(control) === null)
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  });
}

const page = join(import.meta.dirname, '../../docs/accessibility.md');

describe('a screen reader', () => {
  story(
    'says what docs/accessibility.md has of finding a conversation, reading, replying, and sending again what failed',
    async ({ openPerson }) => {
      const title = 'Lighthouse walk';
      const id = await createGroup(app, title, ['ada', 'mateo']);
      const [ada, mateo] = await Promise.all([openPerson('ada'), openPerson('mateo')]);
      await ada.open(title);
      await ada.send('Who brings the map?');
      await ada.send('The ferry leaves at **nine**');
      await soon(() => mateo.row(title).textContent()).toContain('2 unread messages');
      const { keyboard } = mateo.page;
      const reader = await useScreenReader(mateo.page);
      const heard: string[] = [];

      async function hear(did: string): Promise<void> {
        heard.push(`${did.padEnd(12)} ${await reader.focused()}`);
      }
      async function press(key: string, leadsTo: Locator): Promise<void> {
        await keyboard.press(key);
        await soon(() => isFocused(leadsTo)).toBe(true);
        await hear(key);
      }
      async function announced(text: string): Promise<void> {
        heard.push(`${'(announced)'.padEnd(12)} ${await reader.announced(text)}`);
      }
      const message = (text: string) => mateo.message(text);

      heard.push('Find a conversation');
      await tabTo(mateo, mateo.list.getByRole('searchbox'));
      await hear('Tab');
      await keyboard.type('light');
      await announced('1 conversation');
      await press('ArrowDown', mateo.row(title));
      await press('Enter', mateo.composer);

      heard.push('', 'Read');
      await tabTo(mateo, mateo.timeline.getByRole('article').last(), 'Shift+Tab');
      await hear('Shift+Tab');
      await press('ArrowUp', message('Who brings the map?'));
      await soon(() => mateo.unread(title)).toBe(null);
      const tree = [await reader.tree(mateo.list), await reader.tree(mateo.conversation(title))];
      await press('Tab', mateo.button(english.timeline.copy, message('Who brings the map?')));
      await press('Tab', mateo.button(english.timeline.more, message('Who brings the map?')));

      heard.push('', 'Reply');
      await tabTo(mateo, mateo.composer);
      await hear('Tab');
      await keyboard.type('I do');
      await keyboard.press('Enter');
      await soon(() => mateo.status('I do')).toBe(english.timeline.status.read);
      await ada.send('Wonderful, thank you');
      await announced('Ada Okafor: Wonderful');
      await tabTo(mateo, message('Who brings the map?'), 'Shift+Tab');
      await hear('Shift+Tab');
      await press('End', message('Wonderful, thank you'));
      await press('ArrowUp', message('I do'));

      heard.push('', 'Send again what failed');
      await mateo.context.setOffline(true);
      await announced(english.connection.offline);
      await tabTo(mateo, mateo.composer);
      await keyboard.type('And sandwiches');
      await keyboard.press('Enter');
      await soon(() => mateo.status('And sandwiches')).toBe(english.timeline.status.sending);
      const me = 'mateo' as UserId;
      await call(app, 'ada', 'removeMember', { conversationId: id, userId: me });
      await mateo.context.setOffline(false);
      await announced(english.timeline.notSent);
      await call(app, 'ada', 'addMembers', { conversationId: id, userIds: [me] });
      await mateo.composer.waitFor();
      const failed = message('And sandwiches');
      await tabTo(mateo, mateo.composer);
      await tabTo(mateo, mateo.timeline.locator('article[tabindex="0"]'), 'Shift+Tab');
      await press('End', failed);
      await tabTo(mateo, mateo.button(english.timeline.resend, failed));
      await hear('Tab');
      await keyboard.press('Enter');
      await soon(() => mateo.status('And sandwiches')).toBe(english.timeline.status.read);
      expect(await isFocused(failed)).toBe(true);
      await hear('Enter');
      await soon(() => ada.texts()).toContain('And sandwiches');

      const written = await readFile(page, 'utf8');
      const said = withBlocks(written, [heard.join('\n'), tree.join('\n\n')]);
      if (process.env.NATTER_ACCEPT_WORDS === '1') await writeFile(page, said);
      else expect(written).toBe(said);
    },
    120_000,
  );
});

/** The page with these as its blocks of plain text. */
function withBlocks(written: string, blocks: readonly string[]): string {
  let at = 0;
  return written.replaceAll(/```text\n[\s\S]*?```/g, () => `\`\`\`text\n${blocks[at++]}\n\`\`\``);
}
