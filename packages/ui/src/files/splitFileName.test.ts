import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFileName } from './splitFileName.ts';

test.each([
  ['the minutes of the last meeting.pdf', 'the minutes of the last m', 'eeting.pdf', 'PDF'],
  ['a.txt', '', 'a.txt', 'TXT'],
  ['README', '', 'README', ''],
  ['.gitignore', '.git', 'ignore', ''],
  ['a sentence. with a stop', 'a sentence. with ', 'a stop', ''],
  [
    '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧.png',
    '👩‍👩‍👧',
    '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧.png',
    'PNG',
  ],
])('%s is cut in its middle', (name, start, end, kind) => {
  expect(splitFileName(name)).toEqual({ start, end, kind });
});

test('both parts together are the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const { start, end } = splitFileName(name);
      expect(start + end).toBe(name);
    }),
  );
});
