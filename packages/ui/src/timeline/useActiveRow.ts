/**
 * Owns moving through messages by keyboard: one of them is in the Tab order, the one before the reader, and keys pass
 * that on. A row that is to have the focus is mounted for it, and gets it once it is drawn.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { TimelineRow } from './rows.ts';
import type { Align, RowsInView } from './scrollGoal.ts';

export interface ActiveRowPorts {
  scroller: RefObject<HTMLElement | null>;
  view: RowsInView | null;
  atEnd: boolean;
  /** Brings a row onto the screen; `nearest` moves nothing that is there already. */
  show(at: number, align: Align | 'nearest'): void;
  /** The row a screen further up or down; null where that is still the same. */
  pageFrom(at: number, step: 1 | -1): number | null;
  toStart(): void;
  toLatest(): void;
}

export interface ActiveRow {
  activeAt: number;
  /** The row that must stay mounted; -1: none. */
  keptAt: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
  /** Gives a row the focus, now or as soon as it is drawn. */
  focus: (id: string) => void;
  /** To be called when rows were drawn. */
  settle: () => void;
}

export function useActiveRow(rows: readonly TimelineRow[], ports: ActiveRowPorts): ActiveRow {
  const { scroller, view, atEnd } = ports;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [holds, setHolds] = useState(false);
  const heldAt = useRef(-1);
  const wanted = useRef<string | null>(null);
  const indexOf = (id: string | null) =>
    id === null ? -1 : rows.findIndex((row) => row.message.id === id);

  const chosenAt = indexOf(chosenId);
  const viewFrom = indexOf(view?.first.id ?? null);
  const viewTo = indexOf(view?.last.id ?? null);
  const isBeforeReader = chosenAt !== -1 && chosenAt >= viewFrom && chosenAt <= viewTo;
  const lowest = atEnd ? rows.length - 1 : indexOf(view?.lastWhole.id ?? null);
  const activeAt =
    chosenAt !== -1 && (holds || isBeforeReader)
      ? chosenAt
      : lowest === -1
        ? rows.length - 1
        : lowest;

  const settle = useCallback(() => {
    const id = wanted.current;
    if (id === null) return;
    const row = elementOf(scroller.current, id);
    row?.focus({ preventScroll: true });
    if (row !== null && document.activeElement === row) wanted.current = null;
  }, [scroller]);

  const focus = useCallback((id: string) => {
    wanted.current = id;
    setChosenId(id);
    setHolds(true);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || isElsewhere(event)) return;
    const from = indexOf(event.target.dataset.messageId ?? null);
    // In a control of a row, arrows are the control's; on the list itself, keys begin at the row before the reader.
    if (from === -1 && event.target !== scroller.current) return;
    const at = from === -1 ? activeAt : from;
    const go = moves[event.key];
    if (go === undefined) return;
    const next = go(at, ports);
    // The browser's own scrolling goes through a message that is taller than the screen.
    if (next === 'native') return;
    event.preventDefault();
    const row = next === null ? undefined : rows[next.at];
    if (next === null || row === undefined) return;
    ports.show(next.at, next.align);
    focus(row.message.id);
  }

  // A row that is gone takes the focus with it, and says nothing: the one in its place gets it.
  useEffect(() => {
    if (chosenAt !== -1) heldAt.current = chosenAt;
    else if (holds && document.activeElement === document.body) {
      const next = rows[Math.min(heldAt.current, rows.length - 1)];
      if (next !== undefined) focus(next.message.id);
    }
  }, [rows, chosenAt, holds, focus]);

  /** A click or Tab chooses the row it lands in. */
  const onFocus = useCallback((event: FocusEvent) => {
    const id = (event.target as Element).closest<HTMLElement>('[data-message-id]')?.dataset
      .messageId;
    if (id === undefined) return;
    setChosenId(id);
    setHolds(true);
  }, []);

  const onBlur = useCallback((event: FocusEvent) => {
    if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
    // The window lost the focus, not the row.
    if (document.activeElement === event.target) return;
    if (wanted.current === null) setHolds(false);
  }, []);

  return {
    activeAt,
    // Not the newest while one reads further up: measured just after older ones came, it would move what is read.
    keptAt: holds ? chosenAt : atEnd ? activeAt : -1,
    onKeyDown,
    onFocus,
    onBlur,
    focus,
    settle,
  };
}

type Move = (
  at: number,
  ports: ActiveRowPorts,
) => { at: number; align: Align | 'nearest' } | 'native' | null;

const moves: Readonly<Record<string, Move>> = {
  ArrowUp: (at) => ({ at: at - 1, align: 'nearest' }),
  ArrowDown: (at) => ({ at: at + 1, align: 'nearest' }),
  PageUp: (at, ports) => page(at, -1, ports),
  PageDown: (at, ports) => page(at, 1, ports),
  Home(_, { toStart }) {
    toStart();
    return null;
  },
  End(_, { toLatest }) {
    toLatest();
    return null;
  },
};

function page(at: number, step: 1 | -1, { pageFrom }: ActiveRowPorts): ReturnType<Move> {
  const to = pageFrom(at, step);
  return to === null ? 'native' : { at: to, align: 'start' };
}

function isElsewhere({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || shiftKey;
}

function elementOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-message-id="${id}"]`) ?? null;
}
