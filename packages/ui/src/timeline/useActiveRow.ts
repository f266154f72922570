/** Owns moving through messages by keyboard: one of them is in the Tab order, arrows pass that on. */
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { TimelineRow } from './rows.ts';

export function useActiveRow(
  rows: readonly TimelineRow[],
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const wanted = useRef(false);
  const chosenAt = chosenId === null ? -1 : rows.findIndex((row) => row.message.id === chosenId);
  const activeAt = chosenAt === -1 ? rows.length - 1 : chosenAt;
  const activeId = rows[activeAt]?.message.id ?? null;

  useEffect(() => {
    if (!wanted.current || activeId === null) return;
    wanted.current = false;
    list.current?.scrollToIndex(activeAt, { align: 'nearest' });
    scroller.current
      ?.querySelector<HTMLElement>(`[data-message-id="${activeId}"]`)
      ?.focus({ preventScroll: true });
  }, [activeId, activeAt, scroller, list]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (
        step === 0 ||
        !(event.target instanceof HTMLElement) ||
        event.target.dataset.messageId === undefined
      )
        return;
      const next = rows[activeAt + step];
      if (next === undefined) return;
      event.preventDefault();
      wanted.current = true;
      setChosenId(next.message.id);
    },
    [rows, activeAt],
  );

  /** A click or Tab chooses the row it lands in. */
  const onFocus = useCallback((event: { target: EventTarget }) => {
    if (!(event.target instanceof HTMLElement)) return;
    const id = event.target.closest<HTMLElement>('[data-message-id]')?.dataset.messageId;
    if (id !== undefined) setChosenId(id);
  }, []);

  return { activeAt, chosenAt, onKeyDown, onFocus };
}
