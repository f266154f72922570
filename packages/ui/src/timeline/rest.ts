/**
 * Owns whether the timeline moves. What a row needs only when somebody stops at it is drawn at rest, piece by piece and
 * giving way to what the reader does next; while the timeline moves, rows come and go with the least they can have.
 */
import { createContext, startTransition, use, useEffect, useState } from 'react';

export interface Rest {
  moves(): void;
  stops(): void;
  /** Calls once when it rests, at once where it does; returns its undo. */
  whenAtRest(call: () => void): () => void;
}

export function createRest({ isMoving = false } = {}): Rest {
  const waiting = new Set<() => void>();
  return {
    moves() {
      isMoving = true;
    },
    stops() {
      isMoving = false;
      const all = [...waiting];
      waiting.clear();
      for (const call of all) call();
    },
    whenAtRest(call) {
      if (!isMoving) call();
      else waiting.add(call);
      return () => void waiting.delete(call);
    },
  };
}

/** A row that stands alone moves nowhere. */
export const RestContext = /* @__PURE__ */ createContext<Rest>(/* @__PURE__ */ createRest());

/** Whether it has been at rest since this was drawn: what came then stays. */
export function useRested(): boolean {
  const rest = use(RestContext);
  const [rested, setRested] = useState(false);
  useEffect(() => rest.whenAtRest(() => startTransition(() => setRested(true))), [rest]);
  return rested;
}
