/**
 * Owns reading what arrives: answers go to their calls, events to the rooms, each in its place in the order of
 * arrival. Events that come before the answer to `hello` are kept until it is there.
 */
import type { ErrorBody, ServerEvent } from '@natter/protocol';
import { type Outcome, toError } from './calls.ts';

export interface Incoming {
  /** Returns false when this is no frame, or too much came too early: the connection is of no use. */
  take(texts: readonly string[]): boolean;
  /** Keeps events from now on. */
  keep(): void;
  /** Hands over what was kept. */
  release(): void;
  /** Hands over nothing more of what is being read. */
  drop(): void;
}

/** Events that may come before the answer to `hello`. */
const keptMax = 1_000;

export function createIncoming(on: {
  answer(id: number, outcome: Outcome<unknown>): void;
  events(events: ServerEvent[]): void;
}): Incoming {
  let kept: ServerEvent[] | null = null;
  /** Grows with each connection: an answer may end the one whose frames are being read. */
  let round = 0;

  return {
    take(texts) {
      const mine = round;
      let events: ServerEvent[] = [];
      const flush = (): void => {
        const ready = events;
        events = [];
        if (ready.length === 0) return;
        if (kept !== null) kept.push(...ready);
        else on.events(ready);
      };
      for (const text of texts) {
        const frame = parse(text);
        if (frame === null) return false;
        if (typeof frame.event === 'object' && frame.event !== null) {
          events.push(frame.event);
        } else if (typeof frame.id === 'number') {
          // What came before an answer is handed over before it.
          flush();
          const { id, error, result } = frame;
          on.answer(
            id,
            error === undefined ? { ok: true, result } : { ok: false, error: toError(error) },
          );
          if (mine !== round) return true;
        }
      }
      flush();
      return kept === null || kept.length <= keptMax;
    },
    keep() {
      kept = [];
    },
    release() {
      const ready = kept ?? [];
      kept = null;
      if (ready.length > 0) on.events(ready);
    },
    drop() {
      round += 1;
      kept = null;
    },
  };
}

interface AnyFrame {
  id?: unknown;
  result?: unknown;
  error?: ErrorBody;
  event?: ServerEvent;
}

function parse(text: string): AnyFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null ? (frame as AnyFrame) : null;
  } catch {
    return null;
  }
}
