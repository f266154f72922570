/**
 * Owns where the timeline stands. It has a goal: its end, a row, or none. What loads, arrives or changes its height
 * does not move it from its goal; what the reader does takes the goal away, and then it stays on what is being read.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { type Geometry, type InView, inView } from './inView.ts';
import type { TimelineRow } from './rows.ts';
import {
  distanceToEnd,
  endSlack,
  followsEnd,
  type ScrollPlace,
  wantsOlder,
} from './scrollIntent.ts';

export interface TimelineScroll {
  scroller: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  /** True while rows were only added at the start: the list then keeps its place from the end. */
  shift: boolean;
  atEnd: boolean;
  /** The rows before the reader, by id; told when scrolling pauses. Null until they are laid out. */
  view: RowsInView | null;
  /** The reader has done something, or was brought to a row: there is no pulling them to the end. */
  isSettled(): boolean;
  onScroll: () => void;
  onScrollEnd: () => void;
  onResize: () => void;
  onReader: () => void;
  toEnd: () => void;
  toRow: (id: string, align: Align) => void;
  /** Brings a row onto the screen; `nearest` moves nothing that is there already. */
  show: (at: number, align: Align | 'nearest') => void;
  /** The row a screen further up or down; null where that is still the same. */
  pageFrom: (at: number, step: 1 | -1) => number | null;
}

export type Align = 'start' | 'center';

export interface RowsInView {
  first: TimelineRow['message'];
  last: TimelineRow['message'];
  firstWhole: TimelineRow['message'];
  lastWhole: TimelineRow['message'];
}

export interface ScrollNeeds {
  older: (() => void) | null;
  newer: (() => void) | null;
  /** The newest message is here. Otherwise the end is one of a page: following it would run through all of them. */
  endsHere: boolean;
}

type Goal = { kind: 'end' } | { kind: 'row'; id: string; align: Align; viewport: number } | null;

/** This much shows above a row that one was brought to. */
const rowMargin = 12;
/** A page is a little less than a screen, so that the eye finds where it was. */
const pagePart = 0.9;

export function useTimelineScroll(
  rows: readonly TimelineRow[],
  needs: ScrollNeeds,
): TimelineScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const goal = useRef<Goal>({ kind: 'end' });
  const touched = useRef(false);
  /** The reader's hand is on it; what they began may go on after they let go. */
  const acting = useRef(false);
  const scrolling = useRef(false);
  const place = useRef<ScrollPlace>({ offset: 0, viewport: 0, content: 0 });
  const shown = useRef<{ first: string | null; last: string | null }>({ first: null, last: null });
  const latest = useRef({ rows, needs });
  const [atEnd, setAtEnd] = useState(true);
  const [view, setView] = useState<RowsInView | null>(null);

  const first = rows[0]?.message.id ?? null;
  const lastRow = rows.at(-1);
  const last = lastRow?.message.id ?? null;
  const shift =
    shown.current.first !== null && shown.current.first !== first && shown.current.last === last;

  const aim = useCallback((next: Goal) => {
    goal.current = next;
    setAtEnd(next?.kind === 'end');
  }, []);

  /** Puts it where its goal is. */
  const hold = useCallback(() => {
    const element = scroller.current;
    const wanted = goal.current;
    if (element === null || wanted === null) return;
    const at = wanted.kind === 'end' ? element.scrollHeight : topFor(wanted, latest.current, list);
    if (at !== null && Math.abs(element.scrollTop - at) > 0.5) element.scrollTop = at;
  }, []);

  const look = useCallback(() => {
    if (scroller.current === null) return;
    place.current = placeOf(scroller.current);
    const { needs } = latest.current;
    const follows = goal.current?.kind === 'end';
    if (needs.older !== null && wantsOlder(follows, place.current)) needs.older();
    if (needs.newer !== null && distanceToEnd(place.current) <= endSlack) needs.newer();
  }, []);

  const see = useCallback(() => {
    if (scroller.current === null || list.current === null) return;
    const { rows } = latest.current;
    const found = inView(geometryOf(scroller.current, list.current, rows.length));
    if (found === null || !areMeasured(list.current, found)) return;
    setView((before) => sameOr(before, messagesOf(rows, found)));
  }, []);

  const onScroll = useCallback(() => {
    if (scroller.current === null) return;
    scrolling.current = true;
    const before = place.current;
    const now = placeOf(scroller.current);
    if (goal.current?.kind === 'row') {
      const wanted = topFor(goal.current, latest.current, list);
      const isStill = now.content === before.content && now.viewport === before.viewport;
      const lowest = Math.max(0, now.content - now.viewport);
      // Moved by something that is no input: a screen reader, or the page's own search.
      if (isStill && wanted !== null && Math.abs(Math.min(wanted, lowest) - now.offset) > 2)
        aim(null);
    } else {
      const follows = goal.current !== null;
      const goesOn =
        latest.current.needs.endsHere && followsEnd(follows, before, now, acting.current);
      if (goesOn !== follows) aim(goesOn ? { kind: 'end' } : null);
    }
    look();
  }, [aim, look]);

  const onScrollEnd = useCallback(() => {
    scrolling.current = acting.current = false;
    see();
  }, [see]);

  const onResize = useCallback(() => {
    hold();
    look();
    if (!scrolling.current) see();
  }, [hold, look, see]);

  /** A wheel, a finger or a key: from here on, the reader decides. */
  const onReader = useCallback(() => {
    touched.current = acting.current = true;
    if (goal.current?.kind === 'row') aim(null);
  }, [aim]);

  const toEnd = useCallback(() => {
    aim({ kind: 'end' });
    hold();
  }, [aim, hold]);

  const toRow = useCallback(
    (id: string, align: Align) => {
      touched.current = true;
      aim({ kind: 'row', id, align, viewport: scroller.current?.clientHeight ?? 0 });
      hold();
    },
    [aim, hold],
  );

  const show = useCallback(
    (at: number, align: Align | 'nearest') => {
      const row = latest.current.rows[at];
      const element = scroller.current;
      if (row === undefined || element === null || list.current === null) return;
      if (align !== 'nearest') return toRow(row.message.id, align);
      const { offset, viewport, top, height } = geometryOf(element, list.current, at + 1);
      const above = offset + rowMargin - top(at);
      const below = top(at) + height(at) + rowMargin - offset - viewport;
      const isHigh = height(at) + 2 * rowMargin > viewport;
      if (above > 0 && !(isHigh && below > 0)) element.scrollTop -= above;
      else if (below > 0) element.scrollTop += isHigh ? Math.max(0, -above) : below;
    },
    [toRow],
  );

  const pageFrom = useCallback((at: number, step: 1 | -1) => {
    const element = scroller.current;
    if (element === null || list.current === null) return null;
    const { viewport, top, find } = geometryOf(element, list.current, latest.current.rows.length);
    const to = find(top(at) + step * viewport * pagePart);
    return to === at ? null : to;
  }, []);

  // My own message, wherever I read, brings me to the end; others' do only when I am there.
  const mine = lastRow?.message.isMine === true && lastRow.message.seq === null;
  useLayoutEffect(() => {
    latest.current = { rows, needs };
    const before = shown.current;
    shown.current = { first, last };
    const isNewer = last !== null && before.last !== null && last !== before.last;
    const sawEnd = needs.endsHere && distanceToEnd(place.current) <= endSlack;
    if (isNewer && (mine || (goal.current?.kind === 'row' && sawEnd))) aim({ kind: 'end' });
    if (last !== before.last || first !== before.first) hold();
  }, [rows, needs, first, last, mine, aim, hold]);

  useEffect(() => {
    if (rows.length === 0) return;
    look();
    see();
  }, [rows, look, see]);
  useEffect(() => {
    if (needs.older !== null || needs.newer !== null) look();
  }, [needs, look]);

  // The window or the composer changed the room there is.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(onResize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onResize]);

  return {
    scroller,
    list,
    shift,
    atEnd,
    view,
    isSettled: useCallback(() => touched.current, []),
    onScroll,
    onScrollEnd,
    onResize,
    onReader,
    toEnd,
    toRow,
    show,
    pageFrom,
  };
}

/** Where a row goal puts the top of the screen; null when the row is not here. */
function topFor(
  { id, align, viewport }: { id: string; align: Align; viewport: number },
  { rows }: { rows: readonly TimelineRow[] },
  list: RefObject<VirtualizerHandle | null>,
): number | null {
  const at = rows.findIndex((row) => row.message.id === id);
  if (at === -1 || list.current === null) return null;
  const room = align === 'center' ? (viewport - list.current.getItemSize(at)) / 2 : rowMargin;
  return Math.max(0, list.current.getItemOffset(at) - Math.max(rowMargin, room));
}

/** A row that was never on screen has a guessed height: what is in view is then guessed too. */
function areMeasured(list: VirtualizerHandle, { first, last }: InView): boolean {
  const [sizes] = list.cache as unknown as readonly [readonly number[]];
  return sizes.slice(first, last + 1).every((size) => size !== -1);
}

function geometryOf(element: HTMLElement, list: VirtualizerHandle, count: number): Geometry {
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

function messagesOf(rows: readonly TimelineRow[], found: InView): RowsInView | null {
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

function sameOr(before: RowsInView | null, now: RowsInView | null): RowsInView | null {
  return before?.first === now?.first &&
    before?.last === now?.last &&
    before?.firstWhole === now?.firstWhole &&
    before?.lastWhole === now?.lastWhole
    ? before
    : now;
}

function placeOf(element: HTMLElement): ScrollPlace {
  return {
    offset: element.scrollTop,
    viewport: element.clientHeight,
    content: element.scrollHeight,
  };
}
