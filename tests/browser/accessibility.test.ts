/** What axe finds on each screen: nothing. */
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup } from './calls.ts';
import { type Device, signIn, signInAs } from './person.ts';
import { hugePicture, pick, picture } from './pictures.ts';
import { createStory } from './story.ts';
import { violations } from './violations.ts';

const app = useApp();
const story = createStory(app, useBrowser());

const devices: readonly Required<Pick<Device, 'size' | 'colorScheme'>>[] = [
  { size: 'desktop', colorScheme: 'light' },
  { size: 'desktop', colorScheme: 'dark' },
  { size: 'phone', colorScheme: 'light' },
  { size: 'phone', colorScheme: 'dark' },
];

describe('axe finds nothing', () => {
  for (const device of devices) {
    const called = `${device.size}, ${device.colorScheme}`;
    story(
      `on signing in, the list, a conversation and the dialogs (${called})`,
      async ({ openDevice, openPerson }) => {
        const name = `Looked at: ${called}`;
        await createGroup(app, name, ['ada', 'grace']);
        const [nobody, grace] = await Promise.all([openDevice(device), openPerson('grace')]);
        await nobody.button(signInAs(nameOf('ada'))).waitFor();
        expect(await violations(nobody)).toEqual([]);
        const ada = await signIn(nobody, 'ada');
        expect(await violations(ada)).toEqual([]);

        await grace.open(name);
        await grace.send('Have a look at https://example.com');
        await grace.write('More');
        await ada.open(name);
        await pick(ada, await picture());
        await ada.button(english.emoji.title).click();
        await ada.page.getByRole('gridcell').first().waitFor();
        expect(await violations(ada)).toEqual([]);
        await ada.page.keyboard.press('Escape');
        await ada.send('With a picture');
        await ada.button(english.files.openImage('hills.jpg')).waitFor();
        await ada.message('With a picture').focus();
        expect(await violations(ada)).toEqual([]);

        const details = await ada.details(english.details.group);
        await details.getByRole('listitem').first().waitFor();
        expect(await violations(ada)).toEqual([]);
        await ada.page.keyboard.press('Escape');

        if (device.size === 'phone') await ada.button(english.conversation.back).click();
        await ada.button(texts.layout.newConversation).first().click();
        const dialog = ada.dialog(english.newConversation.title);
        await dialog.getByRole('option').first().waitFor();
        expect(await violations(ada)).toEqual([]);
        await dialog.getByRole('radio', { name: english.newConversation.group }).check();
        await dialog.getByRole('option').first().click();
        expect(await violations(ada)).toEqual([]);
      },
    );
  }

  story('when something has failed and the server is away', async ({ openPerson }) => {
    await createGroup(app, 'Looked at: trouble', ['ada', 'grace']);
    const people = await Promise.all([
      openPerson('ada'),
      openPerson('ada', { colorScheme: 'dark' }),
    ]);
    for (const ada of people) {
      await ada.open('Looked at: trouble');
      await pick(ada, hugePicture());
      await ada.send('For the wall');
      await ada.button(english.timeline.discard).waitFor();
    }
    await app.kill();
    for (const ada of people) {
      await ada.button(english.connection.tryNow, ada.banner).waitFor();
      await ada.send('Waiting');
      await ada.message('Waiting').waitFor();
      expect(await violations(ada)).toEqual([]);
    }
  });
});

/** Each with the places where it was found. */
