import type { GetMessagesResult, Message, MessageId, UserId } from '@natter/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationId, uuid } from '../scripted.suite.ts';
import { createWindow } from './window.ts';

function row(seq: number, version = seq): Message {
  return {
    id: uuid(seq) as MessageId,
    conversationId: conversationId(1),
    seq,
    version,
    senderId: 'ben' as UserId,
    senderName: 'Ben',
    type: 'text',
    content: `${seq} at ${version}`,
    attachments: [],
    createdAt: 1,
    editedAt: null,
    deletedAt: null,
  };
}

function page(from: number, to: number, last: number): GetMessagesResult {
  const messages = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => row(from + at));
  return { messages, hasBefore: from > 1, hasAfter: to < last, version: last, lastSeq: last };
}

const seqs = (window: ReturnType<typeof createWindow>) => window.rows.map(({ seq }) => seq);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('the window', () => {
  it('[APPLY6] in whatever order rows come, the window is contiguous, and shows the newest copy of each', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 })),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(rows, (pairs) => {
        const window = createWindow(page(8, 12, 12));
        const newest = new Map(range(8, 12).map((seq) => [seq, seq]));
        for (const [seq, later] of pairs) {
          const version = seq + later * 100;
          window.merge([row(seq, version)]);
          newest.set(seq, Math.max(newest.get(seq) ?? 0, version));
        }
        const shown = seqs(window);
        expect(shown).toEqual(range(8, 7 + shown.length));
        for (const one of window.rows) expect(one.version).toBe(newest.get(one.seq));
        // It ends only where a neighbour is missing.
        expect(newest.has(8 + shown.length)).toBe(false);
      }),
    );
  });

  it('[PAGE2] pages on both sides join, and what is no neighbour is left out', () => {
    const window = createWindow(page(20, 29, 50));
    window.prepend(page(10, 19, 50));
    window.append(page(30, 39, 50));
    expect(seqs(window)).toEqual(range(10, 39));
    window.prepend(page(1, 5, 50));
    window.append(page(45, 50, 50));
    expect(seqs(window)).toEqual(range(10, 39));
    window.append(page(40, 50, 50));
    expect([seqs(window).length, window.hasBefore, window.hasAfter]).toEqual([41, true, false]);
  });

  it('new messages while the window is elsewhere make no hole', () => {
    const window = createWindow(page(20, 29, 50));
    expect(window.merge([row(51)])).toBe(false);
    expect(window.hasAfter).toBe(true);
    expect(seqs(window)).toEqual(range(20, 29));
  });

  it('an empty conversation begins with its first message', () => {
    const window = createWindow(page(1, 0, 0));
    window.merge([row(2)]);
    expect(seqs(window)).toEqual([]);
    window.merge([row(1)]);
    expect(seqs(window)).toEqual([1, 2]);
  });

  it('[CLIENT10] a row that says nothing new changes no identity', () => {
    const window = createWindow(page(1, 5, 5));
    const { rows } = window;
    expect(window.merge([row(3), row(4)])).toBe(false);
    expect(window.rows).toBe(rows);
  });

  it('[LIMITS1] it lets go of the far end beyond 2,000 rows, and says so', () => {
    const live = createWindow(page(1, 100, 100));
    live.merge(range(101, 2_500).map((seq) => row(seq)));
    expect([live.rows.length, live.rows[0]?.seq, live.hasBefore, live.hasAfter]).toEqual([
      2_000,
      501,
      true,
      false,
    ]);
    live.prepend(page(401, 500, 2_500));
    expect([live.rows.length, live.rows[0]?.seq, live.rows.at(-1)?.seq, live.hasAfter]).toEqual([
      2_000,
      401,
      2_400,
      true,
    ]);
    live.append(page(2_401, 2_500, 2_500));
    expect([live.rows.length, live.rows.at(-1)?.seq, live.hasAfter]).toEqual([2_000, 2_500, false]);
  });
});
