import { describe, expect, test } from 'vitest';
import { followsEnd, type ScrollPlace, wantsOlder } from './scrollIntent.ts';

const at = (offset: number, content = 3_000, viewport = 600): ScrollPlace => ({
  offset,
  viewport,
  content,
});

describe('following the end', () => {
  test('the reader lets go by moving up', () => {
    expect(followsEnd(true, at(2_400), at(2_200))).toBe(false);
  });

  test('content that grows below does not let go', () => {
    expect(followsEnd(true, at(2_400), at(2_400, 3_500))).toBe(true);
  });

  test('a place moved by content that shrank above does not let go', () => {
    expect(followsEnd(true, at(2_400, 3_200), at(2_300, 3_000))).toBe(true);
  });

  test('the reader lets go also while older messages arrive', () => {
    expect(followsEnd(true, at(2_400), at(4_200, 5_000), true)).toBe(false);
    expect(followsEnd(true, at(2_400), at(4_200, 5_000), false)).toBe(true);
  });

  test('coming back to the end takes hold again', () => {
    expect(followsEnd(false, at(2_200), at(2_390))).toBe(true);
  });

  test('moving down somewhere else does not', () => {
    expect(followsEnd(false, at(1_000), at(1_200))).toBe(false);
  });
});

describe('older messages', () => {
  test('are wanted near the beginning', () => {
    expect(wantsOlder(false, at(400))).toBe(true);
    expect(wantsOlder(false, at(2_000, 6_000))).toBe(false);
  });

  test('are wanted at the end only while the window is not full', () => {
    expect(wantsOlder(true, at(0, 600))).toBe(true);
    expect(wantsOlder(true, at(0, 3_000))).toBe(false);
  });

  test('are not wanted by a timeline that is not shown', () => {
    expect(wantsOlder(false, at(0, 0, 0))).toBe(false);
  });
});
