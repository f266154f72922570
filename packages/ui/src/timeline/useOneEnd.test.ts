import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { message } from '../../test/fakeClient.ts';
import { divideTimeline, type TimelineRow } from './rows.ts';
import { firstStep, useOneEnd } from './useOneEnd.ts';

/** Rows of the messages `from` to `to`. */
function run(from: number, to: number): TimelineRow[] {
  const messages = Array.from({ length: to - from + 1 }, (_, at) =>
    message({ id: String(from + at) as never, seq: from + at }),
  );
  return divideTimeline(messages, { hasBefore: true, newAfterSeq: null });
}

const ids = (rows: readonly TimelineRow[]) => rows.map(({ message: { id } }) => Number(id));

test('what changes at one end is shown at once', () => {
  for (const after of [run(1, 9), run(5, 12), run(6, 9), run(5, 7), run(5, 9)]) {
    expect(firstStep(run(5, 9), after)).toBe(after);
  }
});

test('older messages come first, then what arrived or went at the other end', () => {
  expect(ids(firstStep(run(5, 9), run(3, 11)))).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(ids(firstStep(run(5, 9), run(3, 7)))).toEqual([3, 4, 5, 6, 7, 8, 9]);
});

test('the oldest go first, then what arrived at the other end is added', () => {
  expect(ids(firstStep(run(5, 9), run(7, 11)))).toEqual([7, 8, 9]);
});

test('older messages come first where a new one stands before one that is not yet sent', () => {
  const unsent = run(90, 90);
  const after = [...run(3, 10), ...unsent];
  expect(ids(firstStep([...run(5, 9), ...unsent], after))).toEqual([3, 4, 5, 6, 7, 8, 9, 90]);
});

test('another window is shown at once', () => {
  const after = run(20, 25);
  expect(firstStep(run(5, 9), after)).toBe(after);
  expect(firstStep([], after)).toBe(after);
});

test('what comes at the start waits until the list knows where it is; other rows, or another run, do not', async () => {
  let isPlaced = true;
  const show = (rows: TimelineRow[]) => useOneEnd(rows, () => isPlaced);
  const { result, rerender } = renderHook(show, { initialProps: run(5, 9) });
  const shown = () => ids(result.current.rows);
  rerender(run(4, 9));
  expect(shown()).toEqual(ids(run(4, 9)));

  isPlaced = false;
  rerender(run(2, 9));
  expect(shown()).toEqual(ids(run(4, 9)));
  await act(async () => result.current.onPlace());
  expect(shown()).toEqual(ids(run(4, 9)));
  isPlaced = true;
  await act(async () => result.current.onPlace());
  expect(shown()).toEqual(ids(run(2, 9)));

  isPlaced = false;
  rerender(run(2, 10));
  expect(shown()).toEqual(ids(run(2, 10)));
  rerender(run(20, 24));
  expect(shown()).toEqual(ids(run(20, 24)));
});
