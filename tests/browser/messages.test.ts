/** What can be done with messages besides writing them: pictures, files, editing, deleting, sending again. */
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { uploadPicture } from './album.ts';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { createGroup, sendText } from './calls.ts';
import { type Fingers, middleOf, type Place, touch } from './fingers.ts';
import type { Person } from './person.ts';
import { hugePicture, pick, picture, textFile } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const { status } = english.timeline;
const grace = nameOf('grace');

describe('pictures and files', () => {
  story(
    '[FILES3] a picture: chosen, previewed, uploading with progress, and seen by the other',
    async ({ openPerson }) => {
      await createGroup(app, 'Pictures', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Pictures'), grace.open('Pictures')]);

      await pick(ada, await picture());
      const preview = ada.page
        .getByRole('list', { name: english.composer.attached })
        .locator('img');
      await soon(() => widthOf(preview)).toBe(1_600);

      const upload = await holdUploads(ada);
      await ada.send('The view');
      await soon(() => ada.status('The view')).toBe(status.sending);
      const own = ada.message('The view');
      await own.getByRole('progressbar', { name: /^Uploading hills\.jpg/ }).waitFor();
      await soon(() =>
        widthOf(own.getByRole('img', { name: english.files.image('hills.jpg') })),
      ).toBe(1_600);
      await preview.waitFor({ state: 'detached' });
      expect(await grace.texts()).toEqual([]);

      await upload.release();
      await soon(() => ada.status('The view')).toBe(status.read);
      const received = grace
        .message('The view')
        .getByRole('img', { name: english.files.image('hills.jpg') });
      await soon(() => widthOf(received)).toBeGreaterThan(0);

      await grace.button(english.files.openImage('hills.jpg')).click();
      const name = english.files.imageFrom('hills.jpg', nameOf('ada'));
      const whole = grace.dialog(name).getByRole('img', { name });
      await soon(() => widthOf(whole)).toBe(1_600);
      await grace.page.keyboard.press('Escape');
      await grace.dialog(name).waitFor({ state: 'detached' });
    },
  );

  story('a chosen file can be put back before it is sent', async ({ openPerson }) => {
    await createGroup(app, 'Second thoughts', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Second thoughts');
    await pick(ada, await picture());
    await ada.button(english.composer.remove('hills.jpg')).click();
    await ada.page
      .getByRole('list', { name: english.composer.attached })
      .waitFor({ state: 'detached' });
    expect(await ada.button(english.composer.send).isDisabled()).toBe(true);
  });

  story(
    '[FILES4] what is no picture can be downloaded, and is what was sent',
    async ({ openPerson }) => {
      await createGroup(app, 'Files', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Files'), grace.open('Files')]);
      await pick(ada, textFile());
      await ada.button(english.composer.send).click();

      const download = grace.page.waitForEvent('download');
      await grace.button(english.files.download('notes.txt')).click();
      const saved = await download;
      expect(saved.suggestedFilename()).toBe('notes.txt');
      const chunks: Buffer[] = [];
      for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).toString()).toBe('Bring water.\n');
    },
  );
});

describe('a picture in full', () => {
  story(
    'comes closer by keys and by wheel, where the mouse is, and shows whole again',
    async ({ openPerson }) => {
      const ada = await openPerson('ada');
      const viewer = await openPictures(ada, 'By wheel');
      const whole = await viewer.picture();
      await ada.page.keyboard.press('+');
      await soon(async () => (await viewer.picture()).width).toBeGreaterThan(whole.width * 1.3);
      await ada.page.keyboard.press('-');
      await soon(viewer.picture).toEqual(whole);

      const at = { x: whole.x + whole.width / 4, y: whole.y + whole.height / 4 };
      await ada.page.mouse.move(at.x, at.y);
      await ada.page.mouse.wheel(0, -800);
      await soon(async () => (await viewer.picture()).width).toBeGreaterThan(whole.width * 5);
      const closer = await viewer.picture();
      // What is under the mouse stays there.
      expect((at.x - closer.x) / closer.width).toBeCloseTo(1 / 4, 2);
      expect((at.y - closer.y) / closer.height).toBeCloseTo(1 / 4, 2);
      await ada.page.keyboard.press('0');
      await soon(viewer.picture).toEqual(whole);
    },
  );

  story(
    'comes closer between two fingers; one finger goes to the next, or pulls it away',
    async ({ openPerson }) => {
      const ada = await openPerson('ada', { size: 'phone' });
      const viewer = await openPictures(ada, 'By finger');
      const fingers = await touch(ada);
      const { x, y } = await middleOf(viewer.stage);
      const around = (by: number): [Place, Place] => [
        { x: x - by, y },
        { x: x + by, y },
      ];
      const whole = await viewer.picture();
      await fingers.at(...around(40));
      await fingers.at(...around(60));
      await fingers.at(...around(80));
      await fingers.lift();
      await soon(async () => (await viewer.picture()).width / whole.width).toBeCloseTo(2, 1);

      // What is closer than whole is moved, and does not give way to the next.
      await drag(fingers, { x, y }, { x: x - 120, y });
      expect(await viewer.name()).toBe(english.files.imageOf(1, 2, 'picture 1.jpg', grace));
      await ada.page.keyboard.press('0');
      await soon(viewer.picture).toEqual(whole);

      await drag(fingers, { x, y }, { x: x - 120, y });
      await soon(viewer.name).toBe(english.files.imageOf(2, 2, 'picture 2.jpg', grace));
      await drag(fingers, { x, y }, { x: x + 120, y });
      await soon(viewer.name).toBe(english.files.imageOf(1, 2, 'picture 1.jpg', grace));
      await drag(fingers, { x, y }, { x, y: y + 160 });
      await viewer.dialog.waitFor({ state: 'detached' });
    },
  );
});

describe('changing what was written', () => {
  story('[SEND7] an edit is seen by the other, and marked', async ({ openPerson }) => {
    await createGroup(app, 'Edits', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('Edits'), grace.open('Edits')]);
    await ada.send('At eigth');
    await grace.message('At eigth').waitFor();

    await ada.message('At eigth').hover();
    await ada.button(english.timeline.edit, ada.message('At eigth')).click();
    await soon(() => ada.composer.inputValue()).toBe('At eigth');
    await ada.composer.fill('At eight');
    await ada.button(english.composer.save).click();
    await soon(() => grace.texts()).toEqual(['At eight']);
    await grace.message('At eight').getByText(english.timeline.edited, { exact: true }).waitFor();
    expect(await ada.texts()).toEqual(['At eight']);
    // Nobody edits what another has written.
    expect(await grace.button(english.timeline.edit).count()).toBe(0);
  });

  story(
    'arrow up in an empty field edits the last own message, Escape leaves it as it was',
    async ({ openPerson }) => {
      await createGroup(app, 'Arrow up', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Arrow up');
      await ada.send('First');
      await ada.send('Last');
      await soon(() => ada.status('Last')).toBe(status.sent);
      await ada.composer.press('ArrowUp');
      await soon(() => ada.composer.inputValue()).toBe('Last');
      await ada.composer.fill('Something else');
      await ada.composer.press('Escape');
      await soon(() => ada.composer.inputValue()).toBe('');
      expect(await ada.texts()).toEqual(['First', 'Last']);
    },
  );

  story(
    '[SEND8] a deleted message is gone for both, and its place says so',
    async ({ openPerson }) => {
      await createGroup(app, 'Deletions', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Deletions'), grace.open('Deletions')]);
      await ada.send('Never mind');
      await grace.message('Never mind').waitFor();

      await ada.message('Never mind').hover();
      await ada.button(english.timeline.delete, ada.message('Never mind')).click();
      const question = ada.page.getByRole('alertdialog', { name: english.timeline.deleteTitle });
      await ada.button(english.timeline.delete, question).click();
      for (const each of [ada, grace]) {
        await each.message(english.timeline.deleted).waitFor();
        expect(await each.page.getByText('Never mind').count()).toBe(0);
      }
    },
  );
});

describe('what cannot be sent', () => {
  story(
    '[CLIENT7, FILES3] a picture that the server refuses fails with the reason, and can be discarded',
    async ({ openPerson }) => {
      await createGroup(app, 'Too large', ['ada', 'grace']);
      const ada = await openPerson('ada');
      await ada.open('Too large');
      await pick(ada, hugePicture());
      await ada.send('For the wall');
      await soon(() => ada.status('For the wall')).toBe(status.failed);
      const trouble = ada.message('For the wall').getByRole('alert');
      expect(await trouble.textContent()).toMatch(/too large/);

      // Nobody waits for it: what is written next is sent.
      await ada.send('A smaller one follows');
      await soon(() => ada.status('A smaller one follows')).toBe(status.sent);

      await ada.button(english.timeline.discard, ada.message('For the wall')).click();
      await ada.message('For the wall').waitFor({ state: 'detached' });
      expect(await ada.texts()).toEqual(['A smaller one follows']);
    },
  );

  story(
    '[CLIENT7] a picture whose upload was cancelled is sent by Resend, once',
    async ({ openPerson }) => {
      await createGroup(app, 'Resent', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Resent'), grace.open('Resent')]);
      await pick(ada, await picture());
      const upload = await holdUploads(ada);
      await ada.send('Once more');
      await ada.button(english.files.cancelUpload('hills.jpg')).click();
      await soon(() => ada.status('Once more')).toBe(status.failed);
      await upload.release();

      await ada.button(english.timeline.resend, ada.message('Once more')).click();
      await soon(() => ada.status('Once more')).toBe(status.read);
      const received = grace
        .message('Once more')
        .getByRole('img', { name: english.files.image('hills.jpg') });
      await soon(() => widthOf(received)).toBeGreaterThan(0);
      expect(await grace.texts()).toEqual(['Once more']);
    },
  );
});

/** Two pictures that Grace has sent, the first of them in full. */
async function openPictures(reader: Person, title: string) {
  const id = await createGroup(app, title, ['ada', 'grace']);
  const fileIds = [await uploadPicture(app, 'grace', 1), await uploadPicture(app, 'grace', 2)];
  await sendText(app, 'grace', id, '', fileIds);
  await reader.open(title);
  await reader.button(english.files.openImage('picture 1.jpg')).click();
  const dialog = reader.page.locator('dialog.natter-viewer');
  const picture = dialog.locator('.natter-viewer-picture');
  await dialog.locator('img[data-sharp="true"]').waitFor();
  return {
    dialog,
    stage: dialog.locator('.natter-viewer-stage'),
    picture: async () => (await picture.boundingBox()) ?? expect.fail(),
    name: () => dialog.getAttribute('aria-label'),
  };
}

async function drag(fingers: Fingers, from: Place, to: Place): Promise<void> {
  await fingers.at(from);
  await fingers.at({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  await fingers.at(to);
  await fingers.lift();
}

/** Uploads wait until released; nothing of them is made up. */
async function holdUploads({ page }: Person): Promise<{ release(): Promise<void> }> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  const path = '**/v1/uploads**';
  await page.route(path, async (route) => {
    await released;
    // Cancelled meanwhile: there is nothing to go on with.
    await route.continue().catch(() => {});
  });
  return {
    async release() {
      resolve();
      await page.unroute(path);
    },
  };
}

/** 0 while it is not decoded. */
function widthOf(image: ReturnType<Person['message']>): Promise<number> {
  return image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
}
