import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message, mine } from '../../test/fakeClient.ts';
import { countNew, divideTimeline, newestSeq, runPauseMs } from './rows.ts';

const start = new Date(2026, 5, 15, 12).getTime();
const day = 86_400_000;
const whole = { hasBefore: false, newAfterSeq: null };

describe('days', () => {
  test('the first message of history opens its day', () => {
    const [row] = divideTimeline([message({ createdAt: start })], whole);
    expect(row?.opensDay).toBe(true);
  });

  test('the first message of a page does not, since its day may have begun earlier', () => {
    const [row] = divideTimeline([message({ createdAt: start })], { ...whole, hasBefore: true });
    expect(row?.opensDay).toBe(false);
  });

  test('each later day is opened once', () => {
    const rows = divideTimeline(
      [0, 1, day, day + 1, 3 * day].map((after, at) =>
        message({ seq: at + 1, createdAt: start + after }),
      ),
      whole,
    );
    expect(rows.map(({ opensDay }) => opensDay)).toEqual([true, false, true, false, true]);
  });
});

describe('runs', () => {
  test('messages of one sender in quick succession are one run', () => {
    const rows = divideTimeline(
      [0, 1_000, 2_000].map((after, at) => message({ seq: at + 1, createdAt: start + after })),
      whole,
    );
    expect(rows.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  test('another sender, or a pause, ends it', () => {
    const rows = divideTimeline(
      [
        message({ seq: 1, createdAt: start }),
        mine({ seq: 2, createdAt: start + 1 }),
        mine({ seq: 3, createdAt: start + 1 + runPauseMs }),
      ],
      whole,
    );
    expect(rows.every(({ first, last }) => first && last)).toBe(true);
  });

  test('every run that begins ends, whatever the messages', () => {
    const anyMessage = fc.record({
      isMine: fc.boolean(),
      after: fc.integer({ min: 0, max: 2 * day }),
    });
    fc.assert(
      fc.property(
        fc.array(anyMessage),
        fc.nat(30),
        fc.boolean(),
        (each, newAfterSeq, hasBefore) => {
          let at = start;
          const messages = each.map(({ isMine, after }, index) => {
            at += after;
            return (isMine ? mine : message)({ seq: index + 1, createdAt: at });
          });
          const rows = divideTimeline(messages, { hasBefore, newAfterSeq });
          expect(rows.map((row) => row.message)).toEqual(messages);
          for (const [index, row] of rows.entries()) {
            expect(row.last).toBe(rows[index + 1]?.first ?? true);
            if (row.opensDay || row.opensNew) expect(row.first).toBe(true);
          }
          expect(rows.filter(({ opensNew }) => opensNew).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('new messages', () => {
  const messages = [
    message({ seq: 1 }),
    mine({ seq: 2 }),
    message({ seq: 3 }),
    message({ seq: 4 }),
  ];

  test('the line is above the first message of somebody else that I had not read', () => {
    const rows = divideTimeline(messages, { hasBefore: true, newAfterSeq: 1 });
    expect(rows.map(({ opensNew }) => opensNew)).toEqual([false, false, true, false]);
  });

  test('there is none when all is read', () => {
    const rows = divideTimeline(messages, { hasBefore: true, newAfterSeq: 4 });
    expect(rows.some(({ opensNew }) => opensNew)).toBe(false);
  });

  test('the jump counts what others wrote after the place I had seen, deleted ones aside', () => {
    const later = [
      ...messages,
      message({ seq: 5, deletedAt: start }),
      mine({ seq: null, content: 'on its way' }),
    ];
    expect(countNew(later, 2)).toBe(2);
    expect(countNew(later, 5)).toBe(0);
  });

  test('the newest place is that of the last acknowledged message', () => {
    expect(newestSeq([...messages, mine({ seq: null })])).toBe(4);
    expect(newestSeq([])).toBe(0);
  });
});
