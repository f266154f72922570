/** Owns what a timeline's goal is, and where that puts the screen, from what the virtual list knows of its rows. */
import type { VirtualizerHandle } from 'virtua';
import { type Geometry, type InView, inView } from './inView.ts';
import type { TimelineRow } from './rows.ts';
import type { ScrollPlace } from './scrollIntent.ts';

export type Goal =
  | { kind: 'end' }
  /** A hard fling led to rows that were never drawn. The list finds out their heights, then one of them is held. */
  | { kind: 'none' }
  /** A row and how far below the top of the screen it is: asked for, or just what is being read. */
  | { kind: 'row'; id: string; at: Align | number; viewport: number };

/** This much shows above a row that one was brought to. */
export const rowMargin = 12;
export type Align = 'start' | 'center';

export interface RowsInView {
  first: TimelineRow['message'];
  last: TimelineRow['message'];
  firstWhole: TimelineRow['message'];
  lastWhole: TimelineRow['message'];
}

/** Where a goal puts the top of the screen; null where it stays as it is. */
export function topFor(
  goal: Goal,
  element: HTMLElement,
  list: VirtualizerHandle | null,
  rows: readonly TimelineRow[],
): number | null {
  if (goal.kind === 'end') return element.scrollHeight;
  if (goal.kind === 'none' || list === null) return null;
  const { id, at, viewport } = goal;
  const index = rows.findIndex((row) => row.message.id === id);
  if (index === -1) return null;
  const top = list.getItemOffset(index);
  if (typeof at === 'number') return top - at;
  const room = at === 'center' ? (viewport - list.getItemSize(index)) / 2 : rowMargin;
  return Math.max(0, top - Math.max(rowMargin, room));
}

/**
 * The row that stays where it is: of those whose height is known, the first that begins on the screen. The guessed
 * heights of the others are put right around it. Null while nothing is laid out.
 */
export function anchorOf(
  element: HTMLElement,
  list: VirtualizerHandle,
  rows: readonly TimelineRow[],
): Exclude<Goal, { kind: 'end' }> | null {
  const geometry = geometryOf(element, list, rows.length);
  const found = inView(geometry);
  if (found === null) return null;
  const [sizes] = list.cache as unknown as readonly [readonly number[]];
  let anchor = -1;
  for (let at = found.first; at <= found.last; at++) {
    if (sizes[at] === -1) continue;
    if (anchor === -1 || geometry.top(anchor) < geometry.offset) anchor = at;
    if (geometry.top(at) >= geometry.offset) break;
  }
  const id = rows[anchor]?.message.id;
  if (id === undefined) return { kind: 'none' };
  const { offset, viewport } = geometry;
  return { kind: 'row', id, at: geometry.top(anchor) - offset, viewport };
}

/** A row that was never on screen has a guessed height: what is in view is then guessed too. */
export function areMeasured(list: VirtualizerHandle, { first, last }: InView): boolean {
  const [sizes] = list.cache as unknown as readonly [readonly number[]];
  return sizes.slice(first, last + 1).every((size) => size !== -1);
}

export function geometryOf(element: HTMLElement, list: VirtualizerHandle, count: number): Geometry {
  const last = count - 1;
  const whole = count === 0 ? 0 : list.getItemOffset(last) + list.getItemSize(last);
  return {
    count,
    top: (at) => list.getItemOffset(at),
    height: (at) => list.getItemSize(at),
    find: (offset) => Math.min(last, Math.max(0, list.findItemIndex(offset))),
    // Few rows stand at the bottom.
    offset: element.scrollTop - Math.max(0, element.clientHeight - whole),
    viewport: element.clientHeight,
  };
}

export function messagesOf(rows: readonly TimelineRow[], found: InView): RowsInView | null {
  const [first, last] = [rows[found.first], rows[found.last]];
  const [firstWhole, lastWhole] = [rows[found.firstWhole], rows[found.lastWhole]];
  if (!first || !last || !firstWhole || !lastWhole) return null;
  return {
    first: first.message,
    last: last.message,
    firstWhole: firstWhole.message,
    lastWhole: lastWhole.message,
  };
}

export function sameOr(before: RowsInView | null, now: RowsInView | null): RowsInView | null {
  return before?.first === now?.first &&
    before?.last === now?.last &&
    before?.firstWhole === now?.firstWhole &&
    before?.lastWhole === now?.lastWhole
    ? before
    : now;
}

export function placeOf(element: HTMLElement): ScrollPlace {
  return {
    offset: element.scrollTop,
    viewport: element.clientHeight,
    content: element.scrollHeight,
  };
}
