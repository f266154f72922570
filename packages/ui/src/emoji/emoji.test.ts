import { afterEach, describe, expect, test } from 'vitest';
import { english } from '../texts/english.ts';
import { loadEmoji } from './emojiData.ts';
import { readEmojiMemory, usedEmoji, writeEmojiMemory } from './emojiMemory.ts';
import { plainEmoji, toneEmoji } from './skinTone.ts';

afterEach(() => localStorage.clear());

const load = (language: string, draws = (_emoji: string) => true) =>
  loadEmoji(language, english.emoji.groups, draws);

describe('what the picker shows', () => {
  test.each(['en', 'de', 'ar'])('%s names each of them, in nine groups', async (language) => {
    const { emojis, categories } = await load(language);
    expect(emojis.length).toBeGreaterThan(1_900);
    expect(emojis.filter(({ label }) => label === '')).toEqual([]);
    expect(new Set(emojis.map(({ emoji }) => emoji)).size).toBe(emojis.length);
    expect(new Set(emojis.map(({ category }) => category))).toEqual(
      new Set(categories.map(({ index }) => index)),
    );
  });

  test('words belong to their emoji in each language, English where there are none', async () => {
    const nameOf = async (language: string, emoji: string) =>
      (await load(language)).emojis.find((one) => one.emoji === emoji)?.label;
    expect(await nameOf('en', '🐈')).toBe('cat');
    expect(await nameOf('de', '🐈')).toBe('Katze');
    expect(await nameOf('ar', '🐈')).toBe('قطة');
    expect(await nameOf('fi', '🐈')).toBe('cat');
    expect(await nameOf('en', '🇩🇪')).toBe('flag: Germany');
  });

  test('each is written as Unicode recommends it, so that it is known for an emoji elsewhere', async () => {
    const { emojis } = await load('en');
    const known = emojis.filter(({ version }) => version < 16);
    const strange = known.filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(emoji));
    expect(strange.map(({ emoji }) => emoji)).toEqual([]);
  });

  test('accents and vowel signs need not be typed', async () => {
    const { emojis } = await load('de');
    const bear = emojis.find(({ emoji }) => emoji === '🐻');
    expect(bear?.tags.join()).toContain('Bar');
  });

  test('a version that the device does not know is left out, and flags where it has none', async () => {
    const { emojis } = await load('en', (emoji) => emoji !== '🫩');
    expect(emojis.some(({ version }) => version === 16)).toBe(false);
    expect(emojis.some(({ version }) => version === 15)).toBe(true);
    const old = await load('en', () => false);
    expect(old.emojis.some(({ emoji }) => emoji === '🇩🇪')).toBe(false);
    expect(old.emojis.some(({ emoji }) => emoji === '🏁')).toBe(true);
  });
});

describe('skin tones', () => {
  test.each([
    ['👋', '👋🏽'],
    ['☝️', '☝🏽'],
    ['🧑‍🤝‍🧑', '🧑🏽‍🤝‍🧑🏽'],
    ['👩‍🚀', '👩🏽‍🚀'],
    ['😀', '😀'],
  ])('%s becomes %s', (emoji, toned) => {
    expect(toneEmoji(emoji, 'medium')).toBe(toned);
    expect(toneEmoji(emoji, 'none')).toBe(emoji);
    expect(plainEmoji(toned)).toBe(plainEmoji(emoji));
  });
});

describe('what is remembered', () => {
  test('the emoji used last is first, each once, and only of this person', () => {
    let memory = readEmojiMemory(localStorage, 'ada');
    for (const emoji of ['👍', '🎉', '👍']) memory = usedEmoji(memory, emoji);
    writeEmojiMemory(localStorage, 'ada', { ...memory, tone: 'dark' });
    expect(readEmojiMemory(localStorage, 'ada')).toEqual({ recent: ['👍', '🎉'], tone: 'dark' });
    expect(readEmojiMemory(localStorage, 'grace')).toEqual({ recent: [], tone: 'none' });
  });

  test.each(['', 'no JSON', 'null', '{"recent":[1,""],"tone":"green"}', '{"recent":"👍"}'])(
    'somebody else’s writing is nothing: %s',
    (value) => {
      localStorage.setItem('natter.person/ada/emoji', value);
      expect(readEmojiMemory(localStorage, 'ada')).toEqual({ recent: [], tone: 'none' });
    },
  );
});
