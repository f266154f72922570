/** Holds the count of unread messages that server and client share. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { countUnread, isUnread, type UnreadCandidate } from './unread.ts';

const people = ['ada', 'bob', 'eve'];
const history = fc
  .array(
    fc.record({
      senderId: fc.constantFrom(...people),
      type: fc.constantFrom('text', 'image', 'file', 'system'),
      deletedAt: fc.option(fc.nat(), { nil: null }),
    }),
    { maxLength: 60 },
  )
  .map((rows): UnreadCandidate[] => rows.map((row, at) => ({ ...row, seq: at + 1 })));

describe('unread', () => {
  test("[CURSOR4] counts others' messages after my cursor that still exist", () => {
    const messages = [
      { seq: 1, senderId: 'bob', type: 'text', deletedAt: null },
      { seq: 2, senderId: 'bob', type: 'text', deletedAt: null },
      { seq: 3, senderId: 'ada', type: 'text', deletedAt: null },
      { seq: 4, senderId: 'bob', type: 'text', deletedAt: 99 },
      { seq: 5, senderId: 'eve', type: 'text', deletedAt: null },
    ] as const;
    expect(messages.map((message) => isUnread(message, 'ada', 1))).toEqual([
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(countUnread(messages, 'ada', 1)).toBe(2);
  });

  test('[CURSOR4] reading further never counts more, and reading all counts none', () => {
    fc.assert(
      fc.property(
        history,
        fc.constantFrom(...people),
        fc.nat({ max: 60 }),
        fc.nat({ max: 60 }),
        (messages, me, a, b) => {
          const [near, far] = [Math.min(a, b), Math.max(a, b)];
          expect(countUnread(messages, me, far)).toBeLessThanOrEqual(
            countUnread(messages, me, near),
          );
          expect(countUnread(messages, me, messages.length)).toBe(0);
        },
      ),
    );
  });

  test('[CURSOR4] the order of rows does not matter', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 60 }), (messages, readSeq) => {
        expect(countUnread(messages.toReversed(), 'ada', readSeq)).toBe(
          countUnread(messages, 'ada', readSeq),
        );
      }),
    );
  });

  test('[CURSOR4] my own message is never unread to me, a deleted one to nobody', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 60 }), (messages, readSeq) => {
        const mineOrGone = messages.filter(
          (message) => message.senderId === 'ada' || message.deletedAt !== null,
        );
        expect(countUnread(mineOrGone, 'ada', readSeq)).toBe(0);
      }),
    );
  });

  test('[SYSTEM5] system lines are unread to nobody, wherever they stand', () => {
    fc.assert(
      fc.property(
        history,
        fc.constantFrom(...people),
        fc.nat({ max: 60 }),
        (messages, me, readSeq) => {
          const written = messages.filter(({ type }) => type !== 'system');
          expect(countUnread(messages, me, readSeq)).toBe(countUnread(written, me, readSeq));
        },
      ),
    );
  });

  test('[CURSOR4] counting stops at the bound, and reads no further', () => {
    let taken = 0;
    const endless = (function* () {
      for (;;) yield { seq: ++taken, senderId: 'bob', type: 'text' as const, deletedAt: null };
    })();
    expect(countUnread(endless, 'ada', 0)).toBe(limits.unreadCountMax);
    expect(taken).toBe(limits.unreadCountMax);
  });
});
