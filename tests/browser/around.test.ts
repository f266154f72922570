/** What is around the open conversation: the list under a hand, the switcher, addresses, attention, installing. */
import { english } from '@natter/ui';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup, sendText } from './calls.ts';
import { openTab, type Person, signIn } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

const titles = ({ list }: Person) => list.locator('.natter-conversation-title').allTextContents();

describe('the list', () => {
  story('rows stand still under the pointer, and settle when it leaves', async ({ openPerson }) => {
    const low = await createGroup(app, 'Low', ['ada', 'grace']);
    await createGroup(app, 'Middle', ['ada', 'grace']);
    await createGroup(app, 'High', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await soon(async () => (await titles(ada)).slice(0, 3)).toEqual(['High', 'Middle', 'Low']);
    await ada.row('High').hover();
    await sendText(app, 'grace', low, 'Up I go');
    await ada.row('Low').getByText('Up I go').waitFor();
    expect((await titles(ada)).slice(0, 3)).toEqual(['High', 'Middle', 'Low']);
    await ada.page.mouse.move(900, 400);
    await soon(async () => (await titles(ada)).slice(0, 3)).toEqual(['Low', 'High', 'Middle']);
  });

  story('typing narrows it, and Enter opens the first', async ({ openPerson }) => {
    await createGroup(app, 'Zürich trip', ['lena', 'grace']);
    const lena = await openPerson('lena');
    await lena.list
      .getByRole('searchbox', { name: english.conversations.filterLabel })
      .fill('zur tr');
    await soon(() => titles(lena)).toEqual(['Zürich trip']);
    await lena.page.keyboard.press('Enter');
    await lena.conversation('Zürich trip').waitFor();
  });
});

story('the switcher finds by parts of words, by keyboard alone', async ({ openPerson }) => {
  await createGroup(app, 'Night watch', ['omar', 'grace']);
  const omar = await openPerson('omar');
  await omar.page.keyboard.press('Control+k');
  const dialog = omar.dialog(english.switcher.title);
  await dialog.getByRole('combobox', { name: english.switcher.label }).waitFor();
  await omar.page.keyboard.type('ni wa');
  await dialog.getByRole('option', { name: /^Night watch/, selected: true }).waitFor();
  await omar.page.keyboard.press('Enter');
  await omar.conversation('Night watch').waitFor();
  await omar.page.keyboard.press('Control+k');
  await dialog.waitFor();
  await omar.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

story(
  'on a phone the address of a message leads to it; back closes dialog and sheet, then leads to the list',
  async ({ openPerson }) => {
    const id = await createGroup(app, 'Addressed', ['priya', 'grace']);
    for (let n = 1; n <= 40; n++) await sendText(app, 'grace', id, `Line ${n}`);
    const priya = await openPerson('priya', { size: 'phone' });
    await priya.page.evaluate((hash) => location.assign(hash), `#/c/${id}/m/10`);
    await priya.conversation('Addressed').waitFor();
    await priya.message('Line 10').or(priya.message('Line 9')).first().waitFor();
    const dialog = await priya.details(english.details.group);
    await priya.page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await priya.button(english.emoji.title).click();
    const sheet = priya.page.getByRole('dialog', { name: english.emoji.title });
    await sheet.getByRole('gridcell').first().waitFor();
    await priya.page.goBack();
    await sheet.waitFor({ state: 'detached' });
    expect(await priya.conversation('Addressed').count()).toBe(1);
    await priya.page.goBack();
    await soon(() => priya.page.evaluate(() => location.hash)).toBe('#/');
    await priya.list.waitFor();
  },
);

story('an address of a conversation one is not in says so', async ({ openPerson }) => {
  const id = await createGroup(app, 'Not for Tunde', ['ada', 'grace']);
  const tunde = await openPerson('tunde');
  await tunde.page.evaluate((hash) => location.assign(hash), `#/c/${id}`);
  await tunde.page.getByText(english.conversations.gone).waitFor();
});

story(
  'while the page is hidden a message is counted in the title, and notified once',
  async ({ openPerson }) => {
    const id = await createGroup(app, 'Calling', ['mateo', 'grace']);
    const mateo = await openPerson('mateo');
    await mateo.context.grantPermissions(['notifications'], { origin: app.url });
    await mateo.row('Calling').waitFor();
    // This tab speaks: what calls for attention is loaded after the list.
    await soon(() =>
      mateo.page.evaluate(async () =>
        ((await navigator.locks.query()).held ?? []).some(({ name }) =>
          name?.startsWith('natter-speaks'),
        ),
      ),
    ).toBe(true);
    const before = await mateo.page.title();
    await mateo.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      // As on a phone: there a page may make none itself.
      const { permission } = Notification;
      class Refusing {
        static permission = permission;
        constructor() {
          throw new TypeError('use the service worker');
        }
      }
      Object.assign(window, { Notification: Refusing });
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await sendText(app, 'grace', id, 'Are *you* there?');
    const shown = () =>
      mateo.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        const notices = await registration.getNotifications();
        return notices.map(({ title, body }) => [title, body]);
      });
    await soon(shown).toEqual([['Calling', `${nameOf('grace')}: Are you there?`]]);
    await soon(() => mateo.page.title()).not.toBe(before);
    expect(await mateo.page.locator('link[rel="icon"]').getAttribute('href')).toMatch(
      /^data:image\/svg/,
    );

    // The press itself is the system's; from there on all is real.
    const [worker] = mateo.context.serviceWorkers();
    await worker?.evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        dispatchEvent: (event: Event) => void;
        NotificationEvent: new (type: string, init: { notification?: unknown }) => Event;
      };
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    });
    await mateo.conversation('Calling').waitFor();
    await mateo.message('Are you there?').waitFor();
    await soon(shown).toEqual([]);
  },
);

story('the app can be installed: its manifest and icons are whole', async ({ openDevice }) => {
  const { page, context } = await openDevice();
  const session = await context.newCDPSession(page);
  const { url, errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = (await (await fetch(url)).json()) as {
    icons: { src: string; sizes: string; purpose?: string }[];
    display: string;
  };
  expect(manifest.display).toBe('standalone');
  const kept = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const requests = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  expect(kept).toEqual(
    expect.arrayContaining(['/manifest.webmanifest', ...manifest.icons.map(({ src }) => src)]),
  );
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src, sizes } of manifest.icons) {
    const bytes = Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer());
    const { width, height, format } = await sharp(bytes).metadata();
    expect([`${width}x${height}`, format]).toEqual([sizes, 'png']);
  }
});

story('its shortcuts lead where they say, once', async ({ openPerson }) => {
  const ada = await openPerson('ada');
  const { shortcuts } = (await (await fetch(`${app.url}/manifest.webmanifest`)).json()) as {
    shortcuts: { url: string }[];
  };
  expect(shortcuts.map(({ url }) => url)).toEqual(['/#/new', '/#/switch']);
  const tab = await signIn(await openTab(ada, '/#/new'), 'ada');
  await tab.dialog(english.newConversation.title).waitFor();
  await tab.page.goto('/#/switch');
  await tab.dialog(english.switcher.title).waitFor();
  await tab.page.keyboard.press('Escape');
  await tab.page.reload();
  await tab.list.waitFor();
  expect(await tab.page.getByRole('dialog').count()).toBe(0);
});
