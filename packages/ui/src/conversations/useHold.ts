/** Owns noticing the hands on the list, and whether it has to hold still for them. What that means is in `standing.ts`. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { calmMs, type Hands, holds } from './standing.ts';

export interface Hold {
  held: boolean;
  /** The hand moved, or something was put on the list or taken off it. */
  touch: (change?: Partial<Hands>) => void;
  isOver: () => boolean;
}

export function useHold(): Hold {
  const { clock } = useUi();
  const hands = useRef<Hands>({ over: false, focus: false, pressed: false });
  const cancel = useRef(() => {});
  const [held, setHeld] = useState(false);

  const touch = useCallback(
    (change: Partial<Hands> = {}) => {
      Object.assign(hands.current, change);
      cancel.current();
      const holdsNow = holds(hands.current, 0);
      setHeld(holdsNow);
      cancel.current = holdsNow
        ? clock.after(calmMs, () => setHeld(holds(hands.current, calmMs)))
        : () => {};
    },
    [clock],
  );
  useEffect(() => () => cancel.current(), []);

  const isOver = useCallback(() => hands.current.over, []);
  return useMemo(() => ({ held, touch, isOver }), [held, touch, isOver]);
}
