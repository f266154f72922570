/**
 * Owns changing the list at one end at a time. The virtual list keeps its place from its start or from its end, never
 * from both: when older messages come and the newest ones go, or new ones arrive, in one moment, it would jump. Nor may
 * its start change while it has moved and does not know it yet: it would draw others in place of the rows on screen.
 */
import { useCallback, useLayoutEffect, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { TimelineRow } from './rows.ts';

export interface OneEnd {
  /** The rows to show now: all of them, those of before, or first only what changed at the start. */
  rows: readonly TimelineRow[];
  /** The list has heard where it is. */
  onPlace: () => void;
}

/** `isPlaced`: the list knows where it is; else it hears of it with the next frame. No step but that wait is ever painted. */
export function useOneEnd(rows: readonly TimelineRow[], isPlaced: () => boolean): OneEnd {
  const before = useRef(rows);
  /** Rows whose start may show. */
  const allowed = useRef<readonly TimelineRow[] | null>(null);
  const waiting = useRef<readonly TimelineRow[] | null>(null);
  const [, again] = useReducer((count: number) => count + 1, 0);

  const isHeld = movesStart(before.current, rows) && allowed.current !== rows;
  const now = isHeld ? before.current : firstStep(before.current, rows);
  useLayoutEffect(() => {
    before.current = now;
    waiting.current = null;
    if (now === rows) return;
    if (isHeld && !isPlaced()) {
      waiting.current = rows;
      return;
    }
    allowed.current = rows;
    again();
  }, [now, rows, isHeld, isPlaced]);

  const onPlace = useCallback(() => {
    if (waiting.current === null) return;
    // Not within what told it, and before the list moves again.
    void Promise.resolve().then(() => {
      if (waiting.current === null || !isPlaced()) return;
      allowed.current = waiting.current;
      flushSync(again);
    });
  }, [isPlaced]);
  return { rows: now, onPlace };
}

/** Of one run of history: another one has no place to keep. */
function movesStart(before: readonly TimelineRow[], after: readonly TimelineRow[]): boolean {
  const [oldFirst, newFirst] = [idAt(before, 0), idAt(after, 0)];
  if (oldFirst === newFirst) return false;
  const has = (rows: readonly TimelineRow[], id: string | null) =>
    rows.some(({ message }) => message.id === id);
  return has(after, oldFirst) || has(before, newFirst);
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
