/** Owns the decision of APPLY: what to do with something stamped `version` when `local` is the newest applied. */
export type OrderDecision = 'apply' | 'ignore' | 'hold';

export function decideOrder(local: number, version: number): OrderDecision {
  if (version <= local) return 'ignore';
  return version === local + 1 ? 'apply' : 'hold';
}

/** Two copies of one row: the one stamped later is the truth; equal stamps are the same row. */
export function newerRow<Row extends { version: number }>(a: Row, b: Row): Row {
  return b.version > a.version ? b : a;
}

/** Cursors move forward only, so replays are harmless. */
export function mergeCursor(current: number, next: number): number {
  return Math.max(current, next);
}
