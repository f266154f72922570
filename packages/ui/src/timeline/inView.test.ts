import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Geometry, inView, readThrough } from './inView.ts';

function rowsOf(heights: readonly number[], offset: number, viewport: number): Geometry {
  const tops = heights.map((_, at) => heights.slice(0, at).reduce((sum, each) => sum + each, 0));
  return {
    count: heights.length,
    top: (at) => tops[at] ?? 0,
    height: (at) => heights[at] ?? 0,
    find: (place) =>
      Math.max(
        0,
        tops.findLastIndex((top) => top <= place),
      ),
    offset,
    viewport,
  };
}

describe('what is in view', () => {
  test.each<[string, number[], number, number, number[] | null]>([
    ['nothing', [], 0, 500, null],
    ['a list that is not laid out', [50, 50], 0, 0, null],
    ['all, where all of it fits', [50, 50, 50], 0, 500, [0, 2, 0, 2]],
    ['a part, cut at both ends', [100, 100, 100, 100, 100], 50, 300, [0, 3, 1, 2]],
    ['a little cut off counts as whole', [100, 100, 100], 5, 290, [0, 2, 0, 2]],
    ['one that fills the screen', [100, 2_000, 100], 600, 500, [1, 1, 1, 1]],
    ['the end of one that is taller than the screen', [2_000, 100], 1_600, 500, [0, 1, 0, 1]],
    ['the start of one that is taller than the screen', [100, 2_000], 0, 500, [0, 1, 0, 1]],
  ])('%s', (_, heights, offset, viewport, expected) => {
    const found = inView(rowsOf(heights, offset, viewport));
    expect(
      found === null ? null : [found.first, found.last, found.firstWhole, found.lastWhole],
    ).toEqual(expected);
  });

  test('is a run of rows, and what shows whole lies within', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (heights, part, viewport) => {
          const whole = heights.reduce((sum, each) => sum + each, 0);
          const offset = Math.max(0, whole - viewport) * part;
          const found = inView(rowsOf(heights, offset, viewport));
          if (found === null) throw new Error('rows that are laid out are in view');
          const { first, last, firstWhole, lastWhole } = found;
          const order = [0, first, firstWhole, lastWhole, last, heights.length - 1];
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe('reading through', () => {
  test('goes on where what is in view touches what was read', () => {
    expect(readThrough(10, 11, 20)).toBe(20);
    expect(readThrough(10, 5, 12)).toBe(12);
  });

  test('stays where a leap left something out', () => {
    expect(readThrough(10, 12, 40)).toBe(10);
  });

  test('never goes back', () => {
    expect(readThrough(10, 1, 5)).toBe(10);
  });
});
