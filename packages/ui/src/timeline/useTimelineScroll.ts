/**
 * Owns where the timeline stands. It has a goal: its end, a row, or none. What loads, arrives or changes its height
 * does not move it from its goal; what the reader does takes the goal away, and then it stays on what is being read.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useUi } from '../runtime/UiProvider.tsx';
import { inView } from './inView.ts';
import { createRest, type Rest } from './rest.ts';
import type { TimelineRow } from './rows.ts';
import {
  type Align,
  anchorOf,
  areMeasured,
  type Goal,
  geometryOf,
  messagesOf,
  placeOf,
  type RowsInView,
  rowMargin,
  sameOr,
  topFor,
} from './scrollGoal.ts';
import {
  distanceToEnd,
  endSlack,
  followsEnd,
  type ScrollPlace,
  wantsOlder,
} from './scrollIntent.ts';
import { useOneEnd } from './useOneEnd.ts';

export interface TimelineScroll {
  /** What of the rows shows now. */
  rows: readonly TimelineRow[];
  scroller: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  /** True while rows were only added at the start: the list then keeps its place from the end. */
  shift: boolean;
  atEnd: boolean;
  /** The rows before the reader, by id; told when scrolling pauses. Null until they are laid out. */
  view: RowsInView | null;
  rest: Rest;
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

export interface ScrollNeeds {
  older: (() => void) | null;
  newer: (() => void) | null;
  /** The newest message is here. Otherwise the end is one of a page: following it would run through all of them. */
  endsHere: boolean;
}

/** So soon after the first rows show, nothing moves them any more. */
const restMs = 200;
/** A page is a little less than a screen, so that the eye finds where it was. */
const pagePart = 0.9;

export function useTimelineScroll(all: readonly TimelineRow[], needs: ScrollNeeds): TimelineScroll {
  const { clock } = useUi();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const goal = useRef<Goal>({ kind: 'end' });
  const touched = useRef(false);
  /** The reader's hand is on it; what they began may go on after they let go. */
  const acting = useRef(false);
  const place = useRef<ScrollPlace>({ offset: 0, viewport: 0, content: 0 });
  const shown = useRef<{ first: string | null; last: string | null }>({ first: null, last: null });
  // What the list does to keep its place, it hears of with the browser's next event.
  const isPlaced = useCallback(
    () =>
      scroller.current === null ||
      list.current === null ||
      scroller.current.scrollTop === list.current.scrollOffset,
    [],
  );
  const { rows, onPlace } = useOneEnd(all, isPlaced);
  const latest = useRef({ rows, needs });
  const [atEnd, setAtEnd] = useState(true);
  const [view, setView] = useState<RowsInView | null>(null);
  // What is opened comes to rest once it shows.
  const [rest] = useState(() => createRest({ isMoving: true }));

  const first = rows[0]?.message.id ?? null;
  const lastRow = rows.at(-1);
  const last = lastRow?.message.id ?? null;
  const shift =
    shown.current.first !== null && shown.current.first !== first && shown.current.last === last;

  const aim = useCallback((next: Goal) => {
    goal.current = next;
    setAtEnd(next.kind === 'end');
  }, []);

  /** Puts it where its goal is, and knows from then on that this was no move of the reader. */
  const hold = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { rows, needs } = latest.current;
    if (goal.current.kind === 'none' && list.current !== null)
      goal.current = anchorOf(element, list.current, rows) ?? goal.current;
    const at = topFor(goal.current, element, list.current, rows);
    if (at !== null && Math.abs(element.scrollTop - at) > 0.5) element.scrollTop = at;
    place.current = placeOf(element);
    // Where there is little to read, a row that was asked for and the end are on the screen together.
    const isAtEnd = needs.endsHere && distanceToEnd(place.current) <= endSlack;
    setAtEnd(goal.current.kind === 'end' || isAtEnd);
  }, []);

  const look = useCallback(() => {
    if (scroller.current === null) return;
    const { needs } = latest.current;
    const follows = goal.current.kind === 'end';
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
    const element = scroller.current;
    if (element === null) return;
    rest.moves();
    const before = place.current;
    const now = placeOf(element);
    place.current = now;
    if (Math.abs(now.offset - before.offset) > 1) {
      const follows = goal.current.kind === 'end';
      const { rows, needs } = latest.current;
      if (needs.endsHere && followsEnd(follows, before, now, acting.current)) aim({ kind: 'end' });
      else {
        const anchor = list.current && anchorOf(element, list.current, rows);
        if (anchor !== null) aim(anchor);
        else if (follows) setAtEnd(false);
      }
    }
    look();
    // While the reader moves it, what flies past is not looked at.
    if (!acting.current) see();
    onPlace();
  }, [rest, aim, look, see, onPlace]);

  const onScrollEnd = useCallback(() => {
    acting.current = false;
    rest.stops();
    see();
  }, [rest, see]);

  const onResize = useCallback(() => {
    hold();
    look();
    if (!acting.current) see();
  }, [hold, look, see]);

  /** A wheel, a finger or a key: from here on, the reader decides. */
  const onReader = useCallback(() => {
    touched.current = acting.current = true;
  }, []);

  const toEnd = useCallback(() => {
    aim({ kind: 'end' });
    hold();
  }, [aim, hold]);

  const toRow = useCallback(
    (id: string, align: Align) => {
      touched.current = true;
      aim({ kind: 'row', id, at: align, viewport: scroller.current?.clientHeight ?? 0 });
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
    if (isNewer && (mine || (goal.current.kind === 'row' && sawEnd))) aim({ kind: 'end' });
    hold();
  }, [rows, needs, first, last, mine, aim, hold]);

  useEffect(() => {
    if (rows.length === 0) return;
    look();
    see();
  }, [rows, look, see]);
  useEffect(() => {
    if (needs.older !== null || needs.newer !== null) look();
  }, [needs, look]);

  const isShown = view !== null;
  useEffect(() => (isShown ? clock.after(restMs, rest.stops) : undefined), [isShown, clock, rest]);

  // The window or the composer changed the room there is.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(onResize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onResize]);

  return {
    rows,
    scroller,
    list,
    shift,
    atEnd,
    view,
    rest,
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
