/**
 * Owns the decision where a conversation opens: at the message that was asked for, else at the first unread one, else
 * at its end. What is not here yet is fetched first, and what comes late does not pull away a reader who has begun.
 */
import type { TimelineRow } from './rows.ts';

export interface OpeningView {
  rows: readonly Pick<TimelineRow, 'message'>[];
  /** The first rows are here. */
  ready: boolean;
  hasBefore: boolean;
  hasAfter: boolean;
  /** The message that was asked for; null once it was shown, or turned out not to exist. */
  wantedSeq: number | null;
  /** How far I had read on entering, while anything is new since; null: nothing is, as far as is known. */
  newAfterSeq: number | null;
  /** The reader has scrolled, or was brought somewhere already. */
  settled: boolean;
  /** Already opened at the first unread one. */
  atUnread: boolean;
}

export type Opening =
  | { kind: 'stay' }
  | { kind: 'end' }
  | { kind: 'fetch'; around: number }
  | { kind: 'message'; at: number }
  | { kind: 'unread'; at: number };

export function decideOpening(view: OpeningView): Opening {
  const { rows, ready, hasBefore, hasAfter, wantedSeq, newAfterSeq } = view;
  if (!ready) return { kind: 'stay' };
  if (wantedSeq !== null) {
    const at = rows.findIndex(({ message }) => message.seq === wantedSeq);
    return at === -1 ? { kind: 'fetch', around: wantedSeq } : { kind: 'message', at };
  }
  if (newAfterSeq !== null && !view.atUnread && !view.settled) {
    const at = firstUnread(rows, newAfterSeq);
    const firstSeq = rows[0]?.message.seq ?? null;
    const isWhole = firstSeq === null || firstSeq <= newAfterSeq + 1 || !hasBefore;
    if (!isWhole) return { kind: 'fetch', around: newAfterSeq + 1 };
    if (at !== -1) return { kind: 'unread', at };
    if (hasAfter) return { kind: 'fetch', around: newAfterSeq + 1 };
    // What the device kept ends before it: the rest is on its way.
  }
  return view.settled || rows.length === 0 ? { kind: 'stay' } : { kind: 'end' };
}

/** The first message of others after `newAfterSeq`; -1 where it is not here. */
export function firstUnread(
  rows: readonly Pick<TimelineRow, 'message'>[],
  newAfterSeq: number,
): number {
  return rows.findIndex(
    ({ message }) => !message.isMine && message.seq !== null && message.seq > newAfterSeq,
  );
}
