/** What axe finds on each screen: nothing. */
import { english } from '@natter/ui';
import axe from 'axe-core';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { type Device, type Person, signInAs } from './person.ts';
import { picture } from './pictures.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

const devices: readonly Required<Pick<Device, 'size' | 'colorScheme'>>[] = [
  { size: 'desktop', colorScheme: 'light' },
  { size: 'desktop', colorScheme: 'dark' },
  { size: 'phone', colorScheme: 'light' },
  { size: 'phone', colorScheme: 'dark' },
];

describe.each(devices)('axe finds nothing ($size, $colorScheme)', (device) => {
  story('on signing in', async ({ openDevice }) => {
    const nobody = await openDevice(device);
    await nobody.button(signInAs(nameOf('ada'))).waitFor();
    expect(await violations(nobody)).toEqual([]);
  });

  story('on the list, a conversation and the dialogs', async ({ openPerson }) => {
    const name = `Looked at: ${device.size}, ${device.colorScheme}`;
    await createGroup(app, name, ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada', device), openPerson('grace')]);
    expect(await violations(ada)).toEqual([]);

    await grace.open(name);
    await grace.send('Have a look at https://example.com');
    await grace.write('More');
    await ada.open(name);
    await ada.page.locator('input[type=file]').setInputFiles(await picture());
    await ada.send('With a picture');
    await ada.button(english.files.openImage('hills.jpg')).waitFor();
    await ada.message('With a picture').focus();
    expect(await violations(ada)).toEqual([]);

    await ada.button(english.conversation.showMembers).click();
    await ada.dialog(english.conversation.membersTitle).getByRole('listitem').first().waitFor();
    expect(await violations(ada)).toEqual([]);
    await ada.page.keyboard.press('Escape');

    if (device.size === 'phone') await ada.button(english.conversation.back).click();
    await ada.page.getByRole('button', { name: texts.layout.newConversation }).first().click();
    const dialog = ada.dialog(english.newConversation.title);
    await dialog.getByRole('listitem').first().waitFor();
    expect(await violations(ada)).toEqual([]);
    await dialog.getByRole('radio', { name: english.newConversation.group }).check();
    await dialog.getByRole('checkbox').first().click();
    expect(await violations(ada)).toEqual([]);
  });
});

/** Each with the places where it was found. */
async function violations({ page }: Person): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`,
  );
}
