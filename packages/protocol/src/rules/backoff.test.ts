/** Holds the waits between attempts to their bounds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoff', () => {
  test('[CLIENT4] the ceilings are 1, 2, 4, 8, 16, then 30 s', () => {
    const nearlyOne = 1 - Number.EPSILON;
    expect(
      [1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) =>
        Math.ceil(backoffMs(attempt, nearlyOne) / 1_000),
      ),
    ).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  test('[CLIENT4] full jitter: any part of the ceiling, from nothing on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const ms = backoffMs(attempt, random);
          const ceilingMs = attempt >= 6 ? 30_000 : 1_000 * 2 ** (attempt - 1);
          expect(Number.isInteger(ms)).toBe(true);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThan(ceilingMs);
          expect(backoffMs(attempt, 0)).toBe(0);
        },
      ),
    );
  });

  test('[CLIENT4] an attempt before the first waits as the first', () => {
    expect(backoffMs(0, 0.5)).toBe(backoffMs(1, 0.5));
    expect(backoffMs(-5, 0.5)).toBe(backoffMs(1, 0.5));
  });
});
