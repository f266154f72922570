/** Owns moving through the list by keyboard: one row is in the Tab order, arrows, Home and End pass that on. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { VirtualizerHandle } from 'virtua';

export function useActiveConversation(
  rows: readonly ConversationItem[],
  selectedId: ConversationId | null,
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
) {
  const [chosenId, setChosenId] = useState<ConversationId | null>(null);
  const wanted = useRef<ConversationId | null>(null);
  const placeOf = (id: ConversationId | null) =>
    id === null ? -1 : rows.findIndex(({ conversation }) => conversation.id === id);
  const chosenAt = placeOf(chosenId);
  const selectedAt = chosenAt === -1 ? placeOf(selectedId) : -1;
  const activeAt = Math.max(chosenAt, selectedAt, 0);

  // The row may have to be drawn first.
  useEffect(() => {
    const id = wanted.current;
    if (id === null || rows[activeAt]?.conversation.id !== id) return;
    const row = findRow(scroller.current, id);
    if (row === null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const focusAt = useCallback(
    (at: number) => {
      const next = rows[Math.min(Math.max(at, 0), rows.length - 1)];
      if (next === undefined) return;
      const { id } = next.conversation;
      wanted.current = id;
      setChosenId(id);
      list.current?.scrollToIndex(rows.indexOf(next), { align: 'nearest' });
      // Chosen already, but without the focus: nothing will render.
      findRow(scroller.current, id)?.focus({ preventScroll: true });
    },
    [rows, scroller, list],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const at = nextPlace(event.key, activeAt, rows.length);
      if (at === null) return;
      event.preventDefault();
      focusAt(at);
    },
    [activeAt, rows.length, focusAt],
  );

  /** A click or Tab chooses the row it lands in. */
  const onFocus = useCallback(({ target }: FocusEvent) => {
    const id = target.closest<HTMLElement>('[data-conversation-id]')?.dataset.conversationId;
    if (id !== undefined) setChosenId(id as ConversationId);
  }, []);

  return { activeAt, focusAt, onKeyDown, onFocus };
}

const pageRows = 8;

function nextPlace(key: string, at: number, count: number): number | null {
  const places: Partial<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: count - 1,
  };
  return places[key] ?? null;
}

function findRow(scroller: HTMLElement | null, id: ConversationId): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-conversation-id="${id}"] button`) ?? null;
}
