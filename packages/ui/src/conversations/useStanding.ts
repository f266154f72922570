/** Owns the rows as they stand, held or live, and keeps what is being read in view when they settle. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useUi } from '../runtime/UiProvider.tsx';
import { meant, moved, type Settled, shiftOf, standStill } from './standing.ts';
import type { Hold } from './useHold.ts';

export interface Standing {
  rows: readonly ConversationItem[];
  /** The conversation that a press on the row at `place` means now. */
  meantAt: (place: number, finger: boolean) => ConversationId | null;
}

export function useStanding(
  live: readonly ConversationItem[],
  /** What was asked for: another question is another list, and is answered at once. */
  question: string,
  { held, isOver }: Hold,
  list: RefObject<VirtualizerHandle | null>,
): Standing {
  const { clock } = useUi();
  const [shown, setShown] = useState({ question, rows: live });
  const stays = held && shown.question === question;
  const rows = stays ? standStill(shown.rows, live) : live;
  if (rows !== shown.rows || shown.question !== question) setShown({ question, rows });

  const before = useRef({ question, rows });
  const settled = useRef<Settled | null>(null);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { question, rows };
    const handle = list.current;
    if (last.question !== question || !moved(last.rows, rows) || handle === null) return;
    const offset = handle.scrollOffset;
    settled.current = { rows: last.rows, offset, at: clock.now(), underHand: isOver() };
    const rowHeight = handle.getItemSize(0);
    // At the top it stays at the top, where what is new shows.
    if (rowHeight <= 0 || offset < rowHeight / 2) return;
    const from = handle.findItemIndex(offset + rowHeight / 2);
    const to = handle.findItemIndex(offset + handle.viewportSize - rowHeight / 2);
    const shift = shiftOf(last.rows, rows, { from, to });
    if (shift !== 0) handle.scrollBy(shift * rowHeight);
  }, [question, rows, list, clock, isOver]);

  const meantAt = useCallback(
    (place: number, finger: boolean) => {
      const offset = list.current?.scrollOffset ?? 0;
      const rowHeight = list.current?.getItemSize(place) ?? 0;
      const at = clock.now();
      return meant(rows, { place, offset, rowHeight, at, finger }, settled.current);
    },
    [rows, list, clock],
  );

  return { rows, meantAt };
}
