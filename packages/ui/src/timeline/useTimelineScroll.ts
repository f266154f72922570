/** Owns where the timeline stands: at the end it follows new messages, elsewhere it stays on what is being read. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
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
  onScroll: () => void;
  onResize: () => void;
  toEnd: () => void;
}

export interface ScrollNeeds {
  older: (() => void) | null;
  newer: (() => void) | null;
  /** The newest message is here. Otherwise the end is one of a page: following it would run through all of them. */
  endsHere: boolean;
}

export function useTimelineScroll(
  rows: readonly TimelineRow[],
  needs: ScrollNeeds,
): TimelineScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const following = useRef(true);
  const place = useRef<ScrollPlace>({ offset: 0, viewport: 0, content: 0 });
  const shown = useRef<{ first: string | null; last: string | null }>({ first: null, last: null });
  const [atEnd, setAtEnd] = useState(true);

  const first = rows[0]?.message.id ?? null;
  const lastRow = rows.at(-1);
  const last = lastRow?.message.id ?? null;
  const shift =
    shown.current.first !== null && shown.current.first !== first && shown.current.last === last;

  const follow = useCallback((value: boolean) => {
    following.current = value;
    setAtEnd(value);
  }, []);

  const toEnd = useCallback(() => {
    follow(true);
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [follow]);

  const look = useCallback(() => {
    if (scroller.current === null) return;
    place.current = placeOf(scroller.current);
    if (needs.older !== null && wantsOlder(following.current, place.current)) needs.older();
    if (needs.newer !== null && distanceToEnd(place.current) <= endSlack) needs.newer();
  }, [needs]);

  const onScroll = useCallback(() => {
    if (scroller.current === null) return;
    const now = placeOf(scroller.current);
    follow(needs.endsHere && followsEnd(following.current, place.current, now));
    look();
  }, [follow, look, needs]);

  const onResize = useCallback(() => {
    if (following.current) toEnd();
    look();
  }, [toEnd, look]);

  // My own message, wherever I read, brings me to the end; others' do only when I am there.
  const mine = lastRow?.message.isMine === true && lastRow.message.seq === null;
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { first, last };
    if (last === null || last === before.last) return;
    if (before.last === null || following.current || mine) {
      follow(true);
      list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
    }
  }, [first, last, mine, rows.length, follow]);

  useEffect(() => {
    if (rows.length > 0) look();
  }, [rows.length, look]);

  // The window or the composer changed the room there is.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(onResize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onResize]);

  return { scroller, list, shift, atEnd, onScroll, onResize, toEnd };
}

function placeOf(element: HTMLElement): ScrollPlace {
  return {
    offset: element.scrollTop,
    viewport: element.clientHeight,
    content: element.scrollHeight,
  };
}
