/** Holds APPLY and CURSOR to their promise: any order of arrival, with repeats, ends the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideOrder, mergeCursor, newerRow } from './ordering.ts';

/** The whole of a client's ordering: the decision, and a place for what is held. */
function receive(arrivals: readonly number[]): number[] {
  const applied: number[] = [];
  const held = new Set<number>();
  let local = 0;
  for (const version of arrivals) {
    if (decideOrder(local, version) === 'hold') held.add(version);
    if (decideOrder(local, version) !== 'apply') continue;
    for (let next = version; next === version || held.delete(next); next++) {
      applied.push(next);
      local = next;
    }
  }
  return applied;
}

/** Versions 1 to n, each at least once, in any order. */
const arrivals = fc
  .integer({ min: 1, max: 40 })
  .chain((n) =>
    fc.tuple(fc.constant(n), fc.array(fc.integer({ min: 1, max: n }), { maxLength: 40 })),
  )
  .chain(([n, repeats]) => {
    const all = [...Array.from({ length: n }, (_, at) => at + 1), ...repeats];
    return fc.tuple(
      fc.constant(n),
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    );
  });

const row = fc.record({ version: fc.nat(), content: fc.string() });
const cursor = fc.nat();

describe('order', () => {
  test('[APPLY1] the next one is applied, an old one ignored, a later one held', () => {
    expect([decideOrder(4, 5), decideOrder(4, 4), decideOrder(4, 1), decideOrder(4, 6)]).toEqual([
      'apply',
      'ignore',
      'ignore',
      'hold',
    ]);
  });

  test('[APPLY1] any order of arrival, with repeats, applies each once and in order', () => {
    fc.assert(
      fc.property(arrivals, ([n, order]) => {
        expect(receive(order)).toEqual(Array.from({ length: n }, (_, at) => at + 1));
      }),
    );
  });

  test('[APPLY1] nothing is applied past a hole', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(), ([n, order], pick) => {
        const missing = (pick % n) + 1;
        expect(receive(order.filter((version) => version !== missing))).toEqual(
          Array.from({ length: missing - 1 }, (_, at) => at + 1),
        );
      }),
    );
  });

  test('[APPLY6] of two copies the later stamped is right, whichever comes first', () => {
    fc.assert(
      fc.property(row, row, (a, b) => {
        fc.pre(a.version !== b.version);
        expect(newerRow(a, b)).toBe(newerRow(b, a));
        expect(newerRow(a, b).version).toBe(Math.max(a.version, b.version));
      }),
    );
  });
});

describe('cursors', () => {
  test('[CURSOR1] merging is commutative, associative and idempotent, and never goes back', () => {
    fc.assert(
      fc.property(cursor, cursor, cursor, (a, b, c) => {
        expect(mergeCursor(a, b)).toBe(mergeCursor(b, a));
        expect(mergeCursor(mergeCursor(a, b), c)).toBe(mergeCursor(a, mergeCursor(b, c)));
        expect(mergeCursor(a, a)).toBe(a);
        expect(mergeCursor(a, b)).toBeGreaterThanOrEqual(a);
      }),
    );
  });

  test('[CURSOR1] moves in any order, with replays, end at the furthest', () => {
    fc.assert(
      fc.property(fc.array(cursor, { minLength: 1 }), (moves) => {
        expect([...moves, ...moves].reduce(mergeCursor, 0)).toBe(Math.max(...moves));
      }),
    );
  });
});
