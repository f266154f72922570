/** Holds what a close code makes a client do, for known and for future codes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeAction, closeCodes } from './closeCodes.ts';

const expected = {
  slowConsumer: 'retry',
  silent: 'retry',
  internal: 'retry',
  helloTimeout: 'retry',
  draining: 'retryAfter',
  rateLimited: 'retryAfter',
  tokenExpired: 'newToken',
  tokenInvalid: 'newToken',
  badFrame: 'stop',
  unsupportedVersion: 'stop',
  forbidden: 'stop',
} satisfies Record<keyof typeof closeCodes, string>;

describe('close codes', () => {
  test.each(Object.entries(expected))('[CLOSE1] %s means %s', (name, action) => {
    expect(closeAction(closeCodes[name as keyof typeof closeCodes], '1500').do).toBe(action);
  });

  test('[CLOSE1] codes are unique', () => {
    expect(new Set(Object.values(closeCodes)).size).toBe(Object.keys(closeCodes).length);
  });

  test('[CLOSE1] the hundred decides, so a code that does not exist yet is understood', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4000, max: 4399 }), (code) => {
        const action = ['retry', 'retryAfter', 'newToken', 'stop'][Math.floor(code / 100) - 40];
        expect(closeAction(code, '0').do).toBe(action);
      }),
    );
  });

  test('[CLOSE1] every other code means retry', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1000, max: 3999 }), fc.integer({ min: 4400, max: 4999 })),
        fc.string(),
        (code, reason) => {
          expect(closeAction(code, reason)).toEqual({ do: 'retry' });
        },
      ),
    );
  });

  test('[CLOSE1] the wait is the reason, at most 300 s, and whatever is no wait means retry', () => {
    expect(closeAction(closeCodes.draining, '1500')).toEqual({
      do: 'retryAfter',
      retryAfterMs: 1_500,
    });
    expect(closeAction(closeCodes.draining, '999999999')).toEqual({
      do: 'retryAfter',
      retryAfterMs: 300_000,
    });
    for (const reason of ['', ' ', 'soon', '-1', 'Infinity', 'NaN']) {
      expect(closeAction(closeCodes.draining, reason), JSON.stringify(reason)).toEqual({
        do: 'retry',
      });
    }
  });
});
