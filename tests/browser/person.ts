/** Owns a person at a device: a browser context of their own, signed in as somebody who lives in the demo. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { texts } from '../../apps/web/src/texts/english.ts';
import { type App, nameOf, type PersonId } from './app.ts';
import { createScreen, type Screen } from './screen.ts';
import { soonMs } from './soon.ts';
import { type Trouble, watchTrouble } from './trouble.ts';

export interface Device {
  size?: 'phone' | 'desktop';
  colorScheme?: 'light' | 'dark';
  /** What the browser asks for. */
  locale?: string;
  /** The test owns the time of the page: `page.clock` can stop it. */
  ownClock?: boolean;
}

export interface Person extends Screen {
  readonly name: string;
  readonly context: BrowserContext;
  readonly trouble: Trouble;
  /** How many sockets the page has opened so far, the closed ones included. */
  socketsOpened(): number;
}

const sizes = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1_280, height: 800 } },
};

/** A device on which nobody is signed in yet. */
export async function openDevice(
  browser: Browser,
  app: App,
  { size = 'desktop', colorScheme = 'light', locale = 'en-GB', ownClock = false }: Device = {},
): Promise<Person> {
  const context = await browser.newContext({
    ...sizes[size],
    baseURL: app.url,
    colorScheme,
    locale,
    timezoneId: 'UTC',
    // What moves is never half way when it is looked at.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(soonMs);
  const page = await context.newPage();
  const trouble = watchTrouble(page);
  const sockets = countSockets(page);
  if (ownClock) await page.clock.install();
  await page.goto('/');
  return { ...createScreen(page), name: '', context, trouble, socketsOpened: () => sockets.count };
}

/** Another tab of the same browser. */
export async function openTab(person: Person, path = '/'): Promise<Person> {
  const page = await person.context.newPage();
  const trouble = watchTrouble(page, person.trouble);
  const sockets = countSockets(page);
  await page.goto(path);
  return { ...person, ...createScreen(page), trouble, socketsOpened: () => sockets.count };
}

/** The name of the button ends with what they do. */
export const signInAs = (name: string) => new RegExp(`^${texts.signIn.as(name)}`);

export async function signIn(device: Person, id: PersonId): Promise<Person> {
  const name = nameOf(id);
  await device.page.getByRole('button', { name: signInAs(name) }).click();
  await device.list.getByRole('listitem').first().waitFor();
  return { ...device, name };
}

export async function signOut(person: Person): Promise<void> {
  await person.button(texts.layout.signOut).click();
  const question = person.page.getByRole('alertdialog', { name: texts.layout.signOut });
  await person.button(texts.layout.signOut, question).click();
}

function countSockets(page: Page): { count: number } {
  const sockets = { count: 0 };
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).pathname === '/v1/socket') sockets.count += 1;
  });
  return sockets;
}
