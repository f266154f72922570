/** Owns where things are on a page: found by role and by the words of the catalogue, as a person finds them. */
import { english } from '@natter/ui';
import type { Locator, Page } from 'playwright-core';

export interface Screen {
  readonly page: Page;
  readonly list: Locator;
  readonly timeline: Locator;
  readonly composer: Locator;
  readonly banner: Locator;
  readonly jump: Locator;
  /** By its whole name, or by what its name fits. */
  button(name: string | RegExp, within?: Locator): Locator;
  dialog(title: string): Locator;
  /** The line of a conversation in the list. */
  row(title: string): Locator;
  /** What the line says of unread messages; null when it says nothing. */
  unread(title: string): Promise<string | null>;
  /** Opens a conversation from the list, and waits until its messages or its emptiness show. */
  open(title: string): Promise<void>;
  /** Opens the details of the open conversation. */
  details(title: string): Promise<Locator>;
  /** The open conversation. */
  conversation(title: string): Locator;
  message(text: string): Locator;
  /** The texts of the messages on the page, from the top, without the lines that nobody wrote. */
  texts(): Promise<string[]>;
  /** What the tick of my message says; null when there is no such message or no tick. */
  status(text: string): Promise<string | null>;
  write(text: string): Promise<void>;
  send(text: string): Promise<void>;
  /** What the line above the composer says; empty when nobody types. */
  typing(): Promise<string>;
}

const statuses = Object.values(english.timeline.status);

export function createScreen(page: Page): Screen {
  const list = page.getByRole('navigation', { name: english.conversations.label });
  const timeline = page.getByRole('log', { name: english.timeline.label });
  const composer = page.getByRole('textbox', { name: english.composer.label, exact: true });
  const composing = page.getByRole('form', { name: english.composer.form });

  const button: Screen['button'] = (name, within) =>
    (within ?? page).getByRole('button', { name, exact: true });
  const conversation: Screen['conversation'] = (title) =>
    page.getByRole('region', { name: title, exact: true });
  const row: Screen['row'] = (title) =>
    list
      .getByRole('listitem')
      .filter({ has: page.getByText(title, { exact: true }) })
      .getByRole('button');
  const message: Screen['message'] = (text) =>
    timeline.getByRole('article').filter({ has: page.getByText(text, { exact: true }) });

  async function write(text: string): Promise<void> {
    await composer.click();
    await page.keyboard.insertText(text);
  }

  return {
    page,
    list,
    timeline,
    composer,
    banner: page.getByRole('status', { name: english.connection.label }),
    jump: page.getByRole('button', { name: new RegExp(`^${english.timeline.jump}`) }),
    button,
    dialog: (title) => page.getByRole('dialog', { name: title, exact: true }),
    row,
    conversation,
    message,
    write,
    async unread(title) {
      const badge = row(title).getByText(/unread messages?$/);
      // In one look: a second one would wait for what has gone meanwhile.
      return (await badge.allTextContents())[0] ?? null;
    },
    async open(title) {
      await row(title).click();
      const view = conversation(title);
      await view
        .getByRole('article')
        .or(view.getByText(english.timeline.empty, { exact: true }))
        .first()
        .waitFor();
    },
    async details(title) {
      await page.getByTitle(english.conversation.showDetails, { exact: true }).click();
      const shown = page.getByRole('dialog', { name: title, exact: true });
      await shown.waitFor();
      return shown;
    },
    texts: () =>
      timeline
        .getByRole('article')
        .evaluateAll((articles) =>
          articles
            .filter((article) => !article.matches('.natter-system-line'))
            .map((article) => article.querySelector('.natter-message-text')?.textContent ?? ''),
        ),
    async status(text) {
      const tick = message(text).getByRole('img', {
        name: new RegExp(`^(${statuses.join('|')})$`),
      });
      return tick.evaluateAll((all) =>
        all.length === 1 ? (all[0]?.getAttribute('aria-label') ?? null) : null,
      );
    },
    async send(text) {
      await write(text);
      await button(english.composer.send, composing).click();
    },
    typing: async () => (await page.locator('.natter-typing-line').textContent())?.trim() ?? '',
  };
}
