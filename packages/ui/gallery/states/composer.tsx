/** Owns the states of the composer. */

import { limits } from '@natter/protocol';
import { Composer } from '../../src/composer/Composer.tsx';
import { Conversation } from '../../src/conversation/Conversation.tsx';
import { dragOver, find, key } from '../hands.ts';
import { arabicText, here, pictureFile, said, stage, wrote } from '../scene.ts';
import type { State } from '../state.ts';

const empty = () => (
  <Conversation id={here}>
    <Composer />
  </Conversation>
);

const field = '.natter-composer textarea';
const talk = [said(1, 40, 'Good morning!'), wrote(2, 20, 'Good mornig to you')];
const notes = new File(['Bring water.\n'], 'What to bring on Saturday, if it rains (2).txt');
const pictures = [200, 20, 130].map((hue, at) => pictureFile(`beach-${at + 1}.png`, hue));
const talking = () => <Conversation id={here} onBack={() => {}} />;

/** With these chosen already. */
function choosing(name: string, files: readonly File[], over: Partial<State> = {}): State {
  return {
    name: `composer/${name}`,
    given(fake, drafts) {
      stage(fake, []);
      drafts.choose(
        here,
        files.map((file) => drafts.hold(file)),
      );
    },
    draw: empty,
    ...over,
  };
}

/** With this written already. */
function writing(name: string, text: string, over: Partial<State> = {}): State {
  return {
    name: `composer/${name}`,
    given(fake, drafts) {
      stage(fake, []);
      drafts.write(here, text);
    },
    draw: empty,
    ...over,
  };
}

export const composerStates: readonly State[] = [
  { name: 'composer/empty', given: (fake) => stage(fake, []), draw: empty },
  { name: 'composer/narrow', width: 300, given: (fake) => stage(fake, []), draw: empty },
  {
    name: 'composer/right to left',
    rightToLeft: true,
    given: (fake) => stage(fake, []),
    draw: empty,
  },
  {
    name: 'composer/offline, nothing is kept',
    given(fake) {
      stage(fake, []);
      fake.client.persistence.set({ state: 'memory', error: null });
      fake.client.connection.set({
        status: 'reconnecting',
        attempt: 1,
        retryAt: null,
        online: false,
      });
    },
    draw: empty,
  },
  writing('several lines', 'One line\nand another one\nand a third'),
  writing('more than fits on the screen', 'A line of many\n'.repeat(40)),
  writing('nearly full', 'x'.repeat(limits.contentCharactersMax - 12)),
  writing('too long', 'x'.repeat(limits.contentCharactersMax + 3)),
  writing('written in Arabic', arabicText, { rightToLeft: true }),
  choosing('files', [...pictures, notes]),
  choosing('files, narrow', [...pictures, notes], { width: 300 }),
  choosing('files, right to left', [...pictures, notes], { rightToLeft: true }),
  choosing(
    'as many files as fit',
    Array.from({ length: limits.attachmentsMax }, (_, at) => pictureFile(`${at}.png`, at * 36)),
  ),
  {
    name: 'composer/files refused',
    given(fake, drafts) {
      stage(fake, []);
      drafts.choose(here, [drafts.hold(notes)]);
    },
    draw: empty,
    async act(page) {
      const picker = await find(page, '.natter-composer input[type="file"]');
      const chosen = new DataTransfer();
      chosen.items.add(new File([], 'empty.txt'));
      (picker as HTMLInputElement).files = chosen.files;
      picker.dispatchEvent(new Event('change', { bubbles: true }));
      await find(page, '.natter-composer-problem');
    },
  },
  {
    name: 'composer/editing',
    height: 420,
    given: (fake) => stage(fake, talk),
    draw: talking,
    async act(page) {
      await key(page, field, 'ArrowUp');
      await find(page, '.natter-composer-editing');
    },
  },
  {
    name: 'composer/editing, phone',
    height: 420,
    phone: true,
    given: (fake) => stage(fake, talk),
    draw: talking,
    async act(page) {
      await key(page, field, 'ArrowUp');
      await find(page, '.natter-composer-editing');
    },
  },
  {
    name: 'composer/files held over it',
    height: 420,
    given: (fake) => stage(fake, talk),
    draw: talking,
    act: (page) => dragOver(page, '.natter-conversation', notes),
  },
];
