import fc from 'fast-check';
import { expect, test } from 'vitest';
import { avatarColour, avatarColours, initials } from './avatarLook.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Ada King Noel Lovelace', 'AL'],
  ['  Åsa   Öberg ', 'ÅÖ'],
  ['😀 Smile', '😀S'],
  ['', '?'],
])('the initials of "%s" are %s', (name, text) => {
  expect(initials(name)).toBe(text);
});

test('every id has one of the colours, and always the same', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const colour = avatarColour(id);
      expect(colour).toBe(avatarColour(id));
      expect(Number.isInteger(colour) && colour >= 0 && colour < avatarColours).toBe(true);
    }),
  );
});

test('all colours are used, none by more than a quarter of the people', () => {
  const counts = Array.from({ length: avatarColours }, () => 0);
  for (let n = 0; n < 1_000; n++) {
    const colour = avatarColour(`user-${n}`);
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(Math.max(...counts)).toBeLessThan(250);
});
