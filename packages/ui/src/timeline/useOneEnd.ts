/**
 * Owns changing the list at one end at a time. The virtual list keeps its place from its start or from its end, never
 * from both: when older messages come and the newest ones go, or new ones arrive, in one moment, it would jump.
 */
import { useLayoutEffect, useReducer, useRef } from 'react';
import type { TimelineRow } from './rows.ts';

/** The rows to show now: all of them, or first only what changed at the start. Nothing of the step is ever painted. */
export function useOneEnd(rows: readonly TimelineRow[]): readonly TimelineRow[] {
  const before = useRef(rows);
  const [, again] = useReducer((count: number) => count + 1, 0);
  const now = firstStep(before.current, rows);
  useLayoutEffect(() => {
    before.current = now;
    if (now !== rows) again();
  }, [now, rows]);
  return now;
}

export function firstStep(
  before: readonly TimelineRow[],
  after: readonly TimelineRow[],
): readonly TimelineRow[] {
  const oldFirst = idAt(before, 0);
  const newFirst = idAt(after, 0);
  if (oldFirst === null || newFirst === null || oldFirst === newFirst) return after;
  const added = after.findIndex(({ message }) => message.id === oldFirst);
  const gone = before.findIndex(({ message }) => message.id === newFirst);
  // Another window: there is no place to keep.
  if (added === -1 && gone === -1) return after;
  const step = added > 0 ? [...after.slice(0, added), ...before] : before.slice(gone);
  const onlyStart = step.length === after.length && idAt(step, -1) === idAt(after, -1);
  return onlyStart ? after : step;
}

function idAt(rows: readonly TimelineRow[], at: number): string | null {
  return rows.at(at)?.message.id ?? null;
}
