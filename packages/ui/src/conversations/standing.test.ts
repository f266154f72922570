import type { ConversationItem } from '@natter/client';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationId, item } from '../../test/fakeClient.ts';
import { calmMs, graceMs, holds, meant, moved, shiftOf, standStill } from './standing.ts';

const known = Array.from({ length: 20 }, (_, n) => item({ n }));
const rowsOf = (...numbers: number[]) => numbers.map((n) => known[n] as ConversationItem);
const idsOf = (rows: readonly ConversationItem[]) => rows.map((row) => row.conversation.id);
const ids = (...numbers: number[]) => numbers.map(conversationId);

describe('holding', () => {
  const none = { over: false, focus: false, pressed: false };
  test.each([
    ['nothing is on it', none, 0, false],
    ['the pointer is over it', { ...none, over: true }, calmMs - 1, true],
    ['the pointer has been calm', { ...none, over: true }, calmMs, false],
    ['a row has the focus', { ...none, focus: true }, calmMs - 1, true],
    ['the keys have been calm', { ...none, focus: true }, calmMs, false],
    ['a button is held down, however long', { ...none, pressed: true }, calmMs * 100, true],
  ])('%s', (_, hands, calmForMs, held) => {
    expect(holds(hands, calmForMs)).toBe(held);
  });
});

describe('standing still', () => {
  test('a row that should move up stays, with its newest content', () => {
    const fresh = item({ n: 3, unreadCount: 1 });
    const rows = standStill(rowsOf(1, 2, 3), [fresh, ...rowsOf(1, 2)]);
    expect(idsOf(rows)).toEqual(ids(1, 2, 3));
    expect(rows[2]).toBe(fresh);
  });

  test('one that is gone keeps its place, so that those below do not move up', () => {
    expect(idsOf(standStill(rowsOf(1, 2, 3), rowsOf(1, 3)))).toEqual(ids(1, 2, 3));
  });

  test('a new one that belongs further up waits', () => {
    expect(idsOf(standStill(rowsOf(1, 2), rowsOf(9, 1, 2)))).toEqual(ids(1, 2));
  });

  test('the next page comes after the others, in its order', () => {
    expect(idsOf(standStill(rowsOf(1, 2), rowsOf(2, 9, 1, 4, 5)))).toEqual(ids(1, 2, 4, 5));
  });

  test('nothing new is the same array', () => {
    const shown = rowsOf(1, 2);
    expect(standStill(shown, rowsOf(1, 2))).toBe(shown);
    expect(standStill(shown, rowsOf(2, 1))).toBe(shown);
  });

  test('whatever comes, no row changes its place, and settled rows stay settled', () => {
    const order = fc.uniqueArray(fc.nat(19), { maxLength: 20 });
    fc.assert(
      fc.property(order, order, (before, after) => {
        const shown = rowsOf(...before);
        const live = rowsOf(...after);
        const rows = standStill(shown, live);
        expect(idsOf(rows).slice(0, shown.length)).toEqual(idsOf(shown));
        expect(new Set(idsOf(rows)).size).toBe(rows.length);
        expect(standStill(rows, live)).toBe(rows);
      }),
    );
  });
});

describe('a press', () => {
  const before = rowsOf(1, 2, 3, 4);
  const after = rowsOf(4, 1, 2, 3);
  const settled = { rows: before, offset: 0, at: 1_000, underHand: true };
  const press = { place: 1, offset: 0, rowHeight: 64, at: 1_000, finger: false };

  test('just after rows moved means what stood there before', () => {
    expect(meant(after, press, settled)).toBe(conversationId(2));
    expect(meant(after, { ...press, at: 1_000 + graceMs - 1 }, settled)).toBe(conversationId(2));
  });

  test('by a pointer that was elsewhere means what stands there, but by a finger what stood there', () => {
    const elsewhere = { ...settled, underHand: false };
    expect(meant(after, press, elsewhere)).toBe(conversationId(1));
    expect(meant(after, { ...press, finger: true }, elsewhere)).toBe(conversationId(2));
  });

  test('later means what stands there', () => {
    expect(meant(after, { ...press, at: 1_000 + graceMs }, settled)).toBe(conversationId(1));
    expect(meant(after, press, null)).toBe(conversationId(1));
  });

  test('when the list scrolled along, the place on the screen counts', () => {
    expect(meant(after, { ...press, place: 2, offset: 64 }, settled)).toBe(conversationId(2));
  });

  test('where nothing stood before means nothing', () => {
    expect(meant(rowsOf(1, 2), press, { ...settled, rows: rowsOf(2) })).toBeNull();
  });
});

test('rows move when another stands in their place, not when some come after them', () => {
  expect(moved(rowsOf(1, 2), rowsOf(1, 2, 3))).toBe(false);
  expect(moved(rowsOf(1, 2), rowsOf(2, 1))).toBe(true);
  expect(moved(rowsOf(1, 2), rowsOf(1))).toBe(true);
});

test('the list scrolls by as many rows as most rows in view moved', () => {
  const before = rowsOf(0, 1, 2, 3, 4, 5, 6);
  expect(shiftOf(before, rowsOf(6, 0, 1, 2, 3, 4, 5), { from: 2, to: 5 })).toBe(1);
  expect(shiftOf(before, rowsOf(4, 0, 1, 2, 3, 5, 6), { from: 2, to: 4 })).toBe(1);
  expect(shiftOf(before, rowsOf(1, 0, 2, 3, 4, 5, 6), { from: 2, to: 5 })).toBe(0);
  expect(shiftOf(before, rowsOf(0, 2, 3, 4, 5, 6), { from: 2, to: 5 })).toBe(-1);
});
