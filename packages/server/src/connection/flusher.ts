/** Owns when the sockets of a node are written to: all of them together. */
import type { Clock } from '../runtime/contract.ts';

export const gatherMs = 8;

export interface Flushable {
  flush(): void;
}

export interface Flusher {
  /** Flushes when whatever runs now has run: all events of one commit are told by then. */
  atEndOfTurn(flushable: Flushable): void;
  /** Flushes within `gatherMs`. */
  later(flushable: Flushable): void;
}

export function createFlusher(clock: Clock): Flusher {
  return {
    atEndOfTurn: together((flushAll) => void Promise.resolve().then(flushAll)),
    later: together((flushAll) => clock.after(gatherMs, flushAll)),
  };
}

/** What is asked for until `start` runs what it is given runs then, in order. */
function together(start: (run: () => void) => void): (flushable: Flushable) => void {
  let waiting: Flushable[] = [];
  function run(): void {
    const due = waiting;
    waiting = [];
    for (const flushable of due) flushable.flush();
  }
  return (flushable) => {
    if (waiting.push(flushable) === 1) start(run);
  };
}
