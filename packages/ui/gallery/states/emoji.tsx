/** Owns the states of the emoji picker. */
import { useState } from 'react';
import { Conversation } from '../../src/conversation/Conversation.tsx';
import { EmojiPopover, type EmojiPopoverProps } from '../../src/emoji/EmojiPopover.tsx';
import { writeEmojiMemory } from '../../src/emoji/emojiMemory.ts';
import { openPersonStorage } from '../../src/runtime/personStorage.ts';
import { me } from '../../test/fakeClient.ts';
import { find, press, type } from '../hands.ts';
import { here, said, stage, wholePhone, wholeWindow } from '../scene.ts';
import type { State } from '../state.ts';

function picker(name: string, over: Partial<State> = {}, recent: readonly string[] = []): State {
  return {
    name: `emoji/${name}`,
    ...(over.phone === true ? wholePhone : wholeWindow),
    above: true,
    given(fake) {
      stage(fake, [said(1, 4, 'Which one?')]);
      writeEmojiMemory(openPersonStorage(), me.userId, { recent, tone: 'none' });
    },
    draw: () => <Conversation id={here} onBack={() => {}} />,
    act: (page) => open(page),
    ...over,
  };
}

async function open(page: HTMLElement): Promise<void> {
  await press(page, '.natter-composer [aria-haspopup="dialog"]');
  await find(page, '.natter-emoji-cell');
}

const search = (text: string) => async (page: HTMLElement) => {
  await open(page);
  await type(page, '.natter-emoji-search input', text);
  await find(page, text === 'pizza' ? '.natter-emoji-cell[data-active]' : '.natter-emoji-empty');
};

function Opened({ load }: { load: NonNullable<EmojiPopoverProps['load']> }) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <span ref={setAnchor} />
      {anchor !== null && (
        <EmojiPopover anchor={anchor} load={load} onPick={() => {}} onClose={() => {}} />
      )}
    </>
  );
}

const never = () => new Promise<never>(() => {});
const refused = () => Promise.reject(new Error('there is no network'));

export const emojiStates: readonly State[] = [
  picker('open'),
  picker('recently used', {}, ['👍', '🎉', '😀']),
  picker('searched', { act: search('pizza') }),
  picker('nothing found', { act: search('qqq') }),
  picker('loading', { draw: () => <Opened load={never} />, act: () => {} }),
  picker('failed', { draw: () => <Opened load={refused} />, act: () => {} }),
  picker('open, phone', { phone: true }, ['👍', '🎉', '😀']),
  picker('right to left', { rightToLeft: true }, ['👍', '🎉', '😀']),
];
