/**
 * Owns when the sockets of a node are written to, all of them together, and joins what is written. Most sockets of a
 * conversation wait for the same events: what was joined for one is the next one's too.
 */
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
  /** The same bytes in as few buffers as is cheap. The list is not changed afterwards. */
  join(frames: readonly Buffer[]): readonly Buffer[];
}

/** Copying more costs more than writing it apart. */
const joinedBytesMax = 65_536;

export function createFlusher(clock: Clock): Flusher {
  let last: { frames: readonly Buffer[]; joined: readonly Buffer[] } = { frames: [], joined: [] };
  return {
    atEndOfTurn: together((flushAll) => void Promise.resolve().then(flushAll)),
    later: together((flushAll) => clock.after(gatherMs, flushAll)),
    join(frames) {
      if (frames.length < 2) return frames;
      if (isSame(frames, last.frames)) return last.joined;
      let bytes = 0;
      for (const frame of frames) bytes += frame.length;
      if (bytes > joinedBytesMax) return frames;
      last = { frames, joined: [Buffer.concat(frames, bytes)] };
      return last.joined;
    },
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

function isSame(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = some.length - 1; at >= 0; at--) if (some[at] !== others[at]) return false;
  return true;
}
