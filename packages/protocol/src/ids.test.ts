/** Holds ids to RFC 9562: shape, order by time, and uniqueness. */
import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUuid, uuidv7 } from './ids.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('uuidv7', () => {
  test("is RFC 9562's own example", () => {
    // RFC 9562, appendix A.6: 2022-02-22 14:22:22.00 GMT-05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    const bytes = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidv7(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('always has the shape that the schemas ask for', () => {
    fc.assert(fc.property(time, random, (at, bytes) => isUuid(uuidv7(at, bytes))));
  });

  test('sorts by time, whatever the random part', () => {
    fc.assert(
      fc.property(time, time, random, random, (a, b, first, second) => {
        fc.pre(a < b);
        expect(uuidv7(a, first) < uuidv7(b, second)).toBe(true);
      }),
    );
  });

  test('keeps every random bit but the six that say version and variant', () => {
    const bits = (value: string) => BigInt(`0x${value.replaceAll('-', '')}`);
    const all = bits(uuidv7(0, new Uint8Array(10).fill(255))) ^ bits(uuidv7(0, new Uint8Array(10)));
    expect(all.toString(2).replaceAll('0', '')).toHaveLength(74);
  });

  test('ten thousand of one millisecond are unique', () => {
    const ids = Array.from({ length: 10_000 }, () =>
      uuidv7(1_700_000_000_000, webcrypto.getRandomValues(new Uint8Array(10))),
    );
    expect(new Set(ids).size).toBe(10_000);
  });

  test('what is no UUIDv7 is not taken for one', () => {
    const good = uuidv7(1, new Uint8Array(10));
    for (const bad of [
      null,
      7,
      {},
      '',
      good.toUpperCase().replace('0', 'A'),
      `${good} `,
      good.replace('-7', '-4'),
      `${good}\n`,
    ]) {
      expect(isUuid(bad), JSON.stringify(bad)).toBe(false);
    }
  });
});
