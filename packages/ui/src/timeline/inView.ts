/** Owns which rows a reader has before them, and which of those count as seen. */

/** Where rows stand, in pixels from the start of the list. */
export interface Geometry {
  count: number;
  top(at: number): number;
  height(at: number): number;
  /** The row at this place; rows know their own by bisection. */
  find(offset: number): number;
  /** What of the list is on screen. */
  offset: number;
  viewport: number;
}

export interface InView {
  /** The topmost and the lowest row of which anything shows. */
  first: number;
  last: number;
  /** The topmost and the lowest that show whole, as far as they fit. */
  firstWhole: number;
  lastWhole: number;
}

/** So much of a row may be cut off, and it still shows whole. */
const cutMax = 8;

export function inView(rows: Geometry): InView | null {
  if (rows.count === 0 || rows.viewport <= 0) return null;
  const start = rows.offset;
  const end = start + rows.viewport;
  const first = rows.find(start);
  const last = rows.find(end - 1);
  const bottom = (at: number) => rows.top(at) + rows.height(at);
  const middle = start + rows.viewport / 2;
  let firstWhole = first;
  // A row taller than the screen never shows whole: over the middle is enough.
  if (rows.top(first) < start - cutMax && bottom(first) < middle && first < last) firstWhole += 1;
  let lastWhole = last;
  if (bottom(last) > end + cutMax && rows.top(last) > middle && last > first) lastWhole -= 1;
  return { first, last, firstWhole, lastWhole: Math.max(firstWhole, lastWhole) };
}

/**
 * How far the reader has come without leaving anything out, from the first new message on: a leap to the end reads the
 * end, and what lies between stays to be read.
 */
export function readThrough(through: number, firstSeq: number, lastSeq: number): number {
  return firstSeq <= through + 1 ? Math.max(through, lastSeq) : through;
}
