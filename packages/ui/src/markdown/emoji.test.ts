import { describe, expect, test } from 'vitest';
import { countEmoji, emojiFallback } from './emoji.ts';

test.each([
  ['👍', 1],
  [' 🎉 🎉\n🎉 ', 3],
  ['👩‍👩‍👧‍👦', 1],
  ['🏳️‍🌈🇩🇪', 2],
  ['👋🏽❤️', 2],
  ['❤', 1],
  ['1️⃣', 1],
  ['©️', 1],
  ['😀😀😀😀😀😀', 6],
])('%s is %i', (text, count) => {
  expect(countEmoji(text)).toBe(count);
});

test.each([
  '',
  '  ',
  '😀😀😀😀😀😀😀',
  '👍 ok',
  '12',
  '#',
  '*',
  ':)',
  'ß',
  'مرحبا',
  '漢字',
  '👍'.repeat(5_000),
])('%s is a text like others', (text) => {
  expect(countEmoji(text)).toBeNull();
});

describe('in a browser that does not know them by name', () => {
  test.each(['👍', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '👋🏽', '❤', '1️⃣'])('%s is one', (grapheme) => {
    expect(emojiFallback.test(grapheme)).toBe(true);
  });

  test.each(['a', '1', '#', '-', ' '])('%s is none', (grapheme) => {
    expect(emojiFallback.test(grapheme)).toBe(false);
  });
});
