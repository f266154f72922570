/**
 * Plain http from another machine, as in a home or an office: browsers then keep a part of what they can from the page
 * (Web Locks, the clipboard, service workers, notifications), and everything must work without it.
 */
import { english } from '@natter/ui';
import { expect } from 'vitest';
import { useApp } from './app.ts';
import { args, useBrowser } from './browser.ts';
import { openTab, signIn } from './person.ts';
import { pick, picture } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const host = 'natter.home';
const app = useApp({ NATTER_DEMO: '1' }, host);
const browser = useBrowser([...args, `--host-resolver-rules=MAP ${host} 127.0.0.1`]);
const story = createStory(app, browser);

story('two people talk, with a picture', async ({ openPerson }) => {
  const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
  expect(await ada.page.evaluate(() => isSecureContext)).toBe(false);
  await Promise.all([ada.open('Grace Lindqvist'), grace.open('Ada Okafor')]);
  await pick(ada, await picture());
  await ada.send('The view from here');
  await grace.message('The view from here').getByRole('img').first().waitFor();
  await soon(() => ada.status('The view from here')).toBe(english.timeline.status.read);
});

story('text is copied', async ({ openPerson }) => {
  const ada = await openPerson('ada');
  await ada.open('Grace Lindqvist');
  await ada.send('Copy me whole');
  await ada.message('Copy me whole').getByText('Copy me whole').click({ button: 'right' });
  await ada.page.getByRole('menuitem', { name: english.timeline.copy, exact: true }).click();
  await ada.composer.click();
  await ada.page.keyboard.press('Control+V');
  await soon(() => ada.composer.inputValue()).toBe('Copy me whole');
});

story('[KEEP6] what two tabs wrote without the server leaves once each', async ({ openPerson }) => {
  const ada = await openPerson('ada');
  await ada.open('Saturday hikers');
  const other = await signIn(await openTab(ada), 'ada');
  await other.open('Saturday hikers');
  await ada.context.setOffline(true);
  await ada.send('Written in one');
  await other.send('Written in the other');
  await ada.context.setOffline(false);
  for (const tab of [ada, other])
    await soon(async () =>
      (await tab.texts()).filter((text) => text.startsWith('Written in')).toSorted(),
    ).toEqual(['Written in one', 'Written in the other']);
});
