/** Writing: several files and their order, uploads that stop and go on, drafts, emoji by keys alone, and a phone's Enter. */
import { english } from '@natter/ui';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { openTab, type Person, signOut } from './person.ts';
import { picture } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const say = english.composer;

describe('several files', () => {
  story(
    'pasted and dropped, put in order by keys, and seen by the other in that order',
    async ({ openPerson }) => {
      await createGroup(app, 'Album', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Album'), grace.open('Album')]);
      await give(ada, 'paste', ['one.jpg', 'two.jpg']);
      await give(ada, 'drop', ['three.jpg']);
      await soon(() => chosen(ada)).toEqual(['one.jpg', 'two.jpg', 'three.jpg']);
      const tile = tiles(ada).last();
      const height = (await tile.boundingBox())?.height;
      await soon(() => widthOf(tile.locator('img'))).toBe(1_600);
      expect((await tile.boundingBox())?.height).toBe(height);

      await tile.focus();
      await ada.page.keyboard.press('Shift+ArrowLeft');
      await ada.page.keyboard.press('Shift+ArrowLeft');
      expect(await chosen(ada)).toEqual(['three.jpg', 'one.jpg', 'two.jpg']);
      await tiles(ada).nth(1).dragTo(tiles(ada).nth(2));
      expect(await chosen(ada)).toEqual(['three.jpg', 'two.jpg', 'one.jpg']);
      await ada.button(say.remove('two.jpg')).click();

      await ada.send('Both of them');
      await soon(() => ada.status('Both of them')).toBe(english.timeline.status.read);
      expect(await imagesOf(grace, 'Both of them')).toEqual(['three.jpg', 'one.jpg']);
      expect(await chosen(ada)).toEqual([]);
    },
  );

  story(
    'what is chosen waits while another conversation is open; a page that is left with files asks, and says later what is missing',
    async ({ openPerson }) => {
      await createGroup(app, 'Waiting here', ['ada', 'grace']);
      await createGroup(app, 'Elsewhere', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Waiting here');
      await give(ada, 'paste', ['one.jpg']);
      await soon(() => chosen(ada)).toEqual(['one.jpg']);
      await ada.open('Elsewhere');
      expect(await chosen(ada)).toEqual([]);
      await ada.open('Waiting here');
      expect(await chosen(ada)).toEqual(['one.jpg']);

      let asked = '';
      ada.page.on('dialog', (dialog) => {
        asked = dialog.type();
        void dialog.accept();
      });
      await ada.page.reload();
      await ada.open('Waiting here');
      expect(asked).toBe('beforeunload');
      await ada.page.getByText(say.filesMissing(1)).waitFor();
    },
  );

  story(
    'one of two uploads is cancelled in the message, and goes with a retry there',
    async ({ openPerson }) => {
      await createGroup(app, 'Second try', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Second try'), grace.open('Second try')]);
      const path = '**/v1/uploads**';
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      await ada.page.route(path, async (route) => {
        await released;
        await route.continue().catch(() => {});
      });
      await give(ada, 'paste', ['one.jpg', 'two.jpg']);
      await soon(() => chosen(ada)).toEqual(['one.jpg', 'two.jpg']);
      await ada.send('Two');
      const own = ada.message('Two');
      await own.getByText(english.files.uploadingAll(0, 2, '0%'), { exact: true }).waitFor();
      await ada.button(english.files.cancelUpload('one.jpg'), own).click();
      await own.getByText(english.files.uploadCancelled, { exact: true }).waitFor();
      release();
      await ada.page.unroute(path);
      await ada.button(english.files.retryUpload('one.jpg'), own).click();
      await soon(() => ada.status('Two')).toBe(english.timeline.status.read);
      expect(await imagesOf(grace, 'Two')).toEqual(['one.jpg', 'two.jpg']);
    },
  );

  story('without a network they wait for it, and say so', async ({ openPerson }) => {
    await createGroup(app, 'In the tunnel', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('In the tunnel');
    await ada.context.setOffline(true);
    await soon(() => ada.banner.textContent(), 20_000).toContain(english.connection.offline);
    await give(ada, 'paste', ['one.jpg']);
    await soon(() => chosen(ada)).toEqual(['one.jpg']);
    await ada.send('Later');
    const own = ada.message('Later');
    await own.getByText(english.files.waitingForNetwork, { exact: true }).waitFor();
    await ada.context.setOffline(false);
    await soon(() => ada.status('Later')).toBe(english.timeline.status.sent);
  });
});

describe('drafts', () => {
  story(
    'are there after a reload and in a second tab, go when sent, and are wiped when the person signs out',
    async ({ openPerson }) => {
      await createGroup(app, 'Drafts', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Drafts');
      await ada.write('Half a thought');
      await ada.page.reload();
      await ada.open('Drafts');
      await soon(() => ada.composer.inputValue()).toBe('Half a thought');

      const second = await openTab(ada);
      // The demo's people are signed in to one tab.
      await second.button(/Ada Okafor/).click();
      await second.open('Drafts');
      await soon(() => second.composer.inputValue()).toBe('Half a thought');
      await second.write(', and the rest');
      await soon(() => ada.composer.inputValue()).toBe('Half a thought, and the rest');
      await second.button(say.send).click();
      await soon(() => ada.composer.inputValue()).toBe('');

      await ada.write('Not for others');
      await soon(() => second.composer.inputValue()).toBe('Not for others');
      await signOut(ada);
      await ada.button(/Ada Okafor/).waitFor();
      const kept = () => ada.page.evaluate(() => JSON.stringify({ ...localStorage }));
      await soon(kept).not.toContain('Not for others');
      await second.button(/Ada Okafor/).waitFor();
      expect(await kept()).not.toContain('Not for others');
    },
  );
});

describe('emoji', () => {
  story(
    'by keys alone: searched, chosen at the caret, toned, used last is first, and there without a network',
    async ({ openPerson }) => {
      await createGroup(app, 'Smileys', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Smileys');
      const { keyboard } = ada.page;
      const search = ada.page.getByRole('searchbox', { name: english.emoji.search });
      await ada.composer.focus();
      await keyboard.type('ab');
      await keyboard.press('ArrowLeft');
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      await isFocused(search);
      await keyboard.type('waving hand');
      const hand = ada.page.getByRole('gridcell', { name: 'waving hand', exact: true });
      await soon(() => hand.getAttribute('aria-selected')).toBe('true');
      await keyboard.press('Enter');
      await isFocused(ada.composer);
      await soon(() => ada.composer.inputValue()).toBe('a👋b');
      // As if it had been typed.
      await keyboard.press('Control+z');
      await soon(() => ada.composer.inputValue()).toBe('ab');
      expect(await ada.texts()).toEqual([]);

      await ada.context.setOffline(true);
      const button = ada.button(english.emoji.title);
      await button.focus();
      await keyboard.press('Enter');
      const recent = ada.page.getByRole('toolbar', { name: english.emoji.recent });
      await recent.getByRole('button', { name: 'waving hand' }).waitFor();
      await ada.button(english.emoji.skinTone(english.emoji.tones.none)).focus();
      await keyboard.press('Enter');
      await ada.button(english.emoji.skinTone(english.emoji.tones.light)).waitFor();
      await keyboard.press('Escape');
      await isFocused(button);
      await keyboard.press('Enter');
      await isFocused(search);
      await keyboard.type('thumbs up');
      const thumb = ada.page.getByRole('gridcell', { name: 'thumbs up', exact: true });
      await soon(() => thumb.getAttribute('aria-selected')).toBe('true');
      await keyboard.press('Enter');
      await soon(() => ada.composer.inputValue()).toContain('👍🏻');
      await ada.context.setOffline(false);
    },
  );
});

describe('a phone', () => {
  story(
    'Enter is a new line, the button sends, and emoji come in a sheet',
    async ({ openPerson }) => {
      await createGroup(app, 'On the phone', ['ada', 'grace']);
      const ada = await openPerson('ada', { size: 'phone' });
      await ada.open('On the phone');
      expect(await ada.composer.getAttribute('enterkeyhint')).toBe('enter');
      await ada.composer.tap();
      await ada.page.keyboard.type('two');
      await ada.page.keyboard.press('Enter');
      await ada.page.keyboard.type('lines');
      expect(await ada.texts()).toEqual([]);
      for (const name of [say.attach, english.emoji.title, say.send]) {
        const box = await ada.button(name).boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(40);
      }
      await ada.button(english.emoji.title).tap();
      const sheet = ada.dialog(english.emoji.title);
      await sheet.getByRole('gridcell').first().waitFor();
      const box = await sheet.boundingBox();
      expect([box?.x, box?.width, (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([0, 390, 844]);
      await sheet.getByRole('gridcell', { name: 'grinning face', exact: true }).tap();
      await sheet.waitFor({ state: 'detached' });
      await ada.button(say.send).tap();
      await soon(() => ada.texts()).toEqual(['two\nlines😀']);
    },
  );
});

const tiles = ({ page }: Person): Locator =>
  page.getByRole('list', { name: say.attached }).locator('.natter-chosen-tile');

/** Names of the files that are chosen, in order. */
function chosen(person: Person): Promise<string[]> {
  return tiles(person).evaluateAll((all) => all.map((each) => (each as HTMLElement).title));
}

/** As the browser gives them: a real event with real files. */
async function give(person: Person, way: 'paste' | 'drop', names: readonly string[]) {
  const { buffer } = await picture();
  await person.composer.evaluate(
    async (field, { way, names, base64 }) => {
      const data = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const transfer = new DataTransfer();
      for (const name of names) transfer.items.add(new File([data], name, { type: 'image/jpeg' }));
      const common = { bubbles: true, cancelable: true };
      if (way === 'paste') {
        field.dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: transfer }));
        return;
      }
      for (const type of ['dragover', 'drop']) {
        field.dispatchEvent(new DragEvent(type, { ...common, dataTransfer: transfer }));
        await new Promise(requestAnimationFrame);
      }
    },
    { way, names, base64: buffer.toString('base64') },
  );
}

/** Names of the pictures of a message, in order. */
async function imagesOf(person: Person, text: string): Promise<(string | null)[]> {
  const images = person.message(text).getByRole('button', { name: /^Open image/ });
  await images.nth(1).waitFor();
  const names = await images.evaluateAll((all) =>
    all.map((each) => each.getAttribute('aria-label')),
  );
  return names.map((name) => name?.replace('Open image ', '') ?? null);
}

function isFocused(locator: Locator): Promise<void> {
  return soon(() => locator.evaluate((element) => element === document.activeElement)).toBe(true);
}

/** 0 while it is not decoded. */
function widthOf(image: Locator): Promise<number> {
  return image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
}
