/** The main path in German and Arabic: whole in the language, and nothing wider than the screen. */
import { english, type Texts } from '@natter/ui';
import { describe, expect } from 'vitest';
import { arabic } from '../../apps/web/src/texts/arabic.ts';
import { texts as appEnglish } from '../../apps/web/src/texts/english.ts';
import { german } from '../../apps/web/src/texts/german.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

describe.each([
  ['German', 'de-DE', german],
  ['Arabic', 'ar', arabic],
] as const)('in %s', (called, locale, { language, texts }) => {
  const say = language.texts;

  for (const size of ['desktop', 'phone'] as const) {
    story(
      `a person finds a conversation, reads, writes and sends (${size})`,
      async ({ openDevice, openPerson }) => {
        const title = `Words in ${called}, ${size}`;
        await createGroup(app, title, ['ada', 'grace']);
        const grace = await openPerson('grace');
        await grace.open(title);
        await grace.send('Good morning');
        const ada = await openDevice({ size, locale });
        const { page } = ada;
        const me = page.getByText(nameOf('ada'), { exact: true });
        await me.waitFor();
        await look(ada);
        const html = page.locator('html');
        expect(await html.getAttribute('lang')).toBe(language.code);
        expect(await html.getAttribute('dir')).toBe(language.direction);

        await me.click();
        const list = page.getByRole('navigation', { name: say.conversations.label });
        await list.getByRole('listitem').first().waitFor();
        await look(ada);
        await list.getByRole('listitem').filter({ hasText: title }).getByRole('button').click();
        const timeline = page.getByRole('log', { name: say.timeline.label });
        await timeline.getByText('Good morning', { exact: true }).waitFor();
        await look(ada);

        await page
          .getByRole('textbox', { name: say.composer.label, exact: true })
          .fill('Hallo مرحبا');
        await ada.button(say.composer.send).click();
        const sent = timeline.getByRole('article').filter({ hasText: 'Hallo مرحبا' });
        const tick = sent.getByRole('img', {
          name: new RegExp(`^(${Object.values(say.timeline.status).join('|')})$`, 'u'),
        });
        await soon(() => tick.getAttribute('aria-label')).not.toBe(say.timeline.status.sending);
        await grace.message('Hallo مرحبا').waitFor();
        await look(ada);

        await page.getByTitle(say.conversation.showDetails, { exact: true }).click();
        const details = page.getByRole('dialog', { name: say.details.group });
        await details.getByRole('listitem').first().waitFor();
        await look(ada);
        await page.keyboard.press('Escape');
        if (size === 'phone') await ada.button(say.conversation.back).click();

        await ada.button(texts.layout.newConversation).first().click();
        const dialog = page.getByRole('dialog', { name: say.newConversation.title });
        await dialog.getByRole('option').first().waitFor();
        await look(ada);
        await page.keyboard.press('Escape');
        await ada.button(texts.layout.settings).click();
        await page.getByRole('dialog', { name: texts.settings.title }).waitFor();
        await look(ada);
      },
    );
  }

  /** At 320 px too, which is what a page at 400 % has on a desktop. */
  async function look({ page }: Person): Promise<void> {
    const before = page.viewportSize();
    if (before === null) throw new Error('the page has no size');
    const own = new Set([...sayings(say), ...sayings(texts)]);
    const foreign = [...sayings(english), ...sayings(appEnglish)].filter((each) => !own.has(each));
    expect(await shown(page, new Set(foreign))).toEqual([]);
    for (const width of before.width > 390 ? [before.width] : [before.width, 320]) {
      await page.setViewportSize({ ...before, width });
      expect(await page.evaluate(tooWide)).toEqual([]);
    }
    await page.setViewportSize(before);
  }
});

story(
  'another language is chosen while writing, and what is written stays',
  async ({ openPerson }) => {
    await createGroup(app, 'Turned round', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Turned round');
    await ada.write('half a sen');
    await ada.button(appEnglish.layout.settings).click();
    const dialog = ada.dialog(appEnglish.settings.title);
    await dialog.getByRole('combobox').selectOption('ar');
    await ada.page.getByRole('dialog', { name: arabic.texts.settings.title }).waitFor();
    await ada.page.keyboard.press('Escape');
    const { composer } = arabic.language.texts;
    const field = ada.page.getByRole('textbox', { name: composer.label, exact: true });
    expect(await field.inputValue()).toBe('half a sen');
    await ada.page.reload();
    await field.waitFor();
    expect(await ada.page.locator('html').getAttribute('dir')).toBe('rtl');
  },
);

story(
  'from right to left, the people to be stand beside their pictures',
  async ({ openDevice }) => {
    const { page } = await openDevice({ locale: 'ar' });
    await page.getByText(nameOf('ada'), { exact: true }).waitFor();
    const gaps = await page.locator('.app-person').evaluateAll((people) =>
      people.map((person) => {
        const picture = person.querySelector('.natter-avatar')?.getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(person.querySelector('strong') ?? person);
        return Math.round((picture?.left ?? 0) - words.getBoundingClientRect().right);
      }),
    );
    expect(new Set(gaps)).toEqual(new Set([14]));
  },
);

story('the words of a language are there without a network', async ({ openDevice }) => {
  const { page, context } = await openDevice({ locale: 'de' });
  await page.getByText(german.texts.signIn.title).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.reload();
  await page.getByText(german.texts.signIn.failed).waitFor();
});

/** Whole sentences and labels; what takes a name or an amount is not among them. */
function sayings(part: object): string[] {
  return Object.values(part as Texts).flatMap((each: unknown) => {
    if (typeof each === 'string') return each.length > 2 ? [each] : [];
    return typeof each === 'object' && each !== null ? sayings(each) : [];
  });
}

/** Which of the texts the page says, in words or in a label. What people wrote and are called is theirs. */
async function shown(page: Person['page'], foreign: ReadonlySet<string>): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
          found.push(node.getAttribute(name) ?? '');
      } else if (node.parentElement?.closest('[dir="auto"], [lang="en"], script, style') === null) {
        found.push(node.textContent ?? '');
      }
    }
    return found;
  });
  return said.map((each) => each.trim()).filter((each) => foreign.has(each));
}

/** Runs in the page: what stands out at either side, and is not cut or scrolled by something around it. */
function tooWide(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return left < -1 || right > clientWidth + 1;
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 120));
}
