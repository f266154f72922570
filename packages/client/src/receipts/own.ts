/**
 * Owns telling how far I have got. Moves are gathered, and kept until the server has them: one that failed is said
 * again, after a while or with the next connection.
 */
import { type ConversationId, type MarkResult, timings } from '@natter/protocol';
import type { Calls } from '../connection/calls.ts';
import type { Clock } from '../runtime/contract.ts';

export interface OwnReceipts {
  delivered(id: ConversationId, seq: number): void;
  read(id: ConversationId, seq: number): void;
  /** The server knows this much already, from here or another device. */
  known(id: ConversationId, cursor: { deliveredSeq: number; readSeq: number }): void;
  /** How far the server is known to be. */
  said(id: ConversationId): { deliveredSeq: number; readSeq: number };
  /** The page may go any moment: what is gathered is said now. */
  flush(): void;
  connected(): void;
  lost(): void;
  forget(id: ConversationId): void;
  clear(): void;
}

interface Mark {
  delivered: number;
  read: number;
  saidDelivered: number;
  saidRead: number;
  saidAt: number;
  flying: boolean;
  cancel: (() => void) | null;
}

/** The first move of a while goes out soon, so that ticks show; those that follow are gathered. */
const firstMs = 100;
const retryMs = 5_000;
/** Answers come after the write, which gathers; marks must not take all the room of other calls meanwhile. */
const atOnceMax = 8;

export function createOwnReceipts({
  request,
  clock,
  onResult,
}: {
  request: Calls['request'];
  clock: Clock;
  /** Hands it to `known`. */
  onResult(id: ConversationId, result: MarkResult): void;
}): OwnReceipts {
  const marks = new Map<ConversationId, Mark>();
  const turn: ConversationId[] = [];
  let active = 0;
  let isConnected = false;

  function open(id: ConversationId): Mark {
    let mark = marks.get(id);
    if (mark === undefined) {
      mark = {
        delivered: 0,
        read: 0,
        saidDelivered: 0,
        saidRead: 0,
        saidAt: Number.NEGATIVE_INFINITY,
        flying: false,
        cancel: null,
      };
      marks.set(id, mark);
    }
    return mark;
  }

  function schedule(
    id: ConversationId,
    mark: Mark,
    // Bounded above too: the device's clock may have been set back.
    ms = Math.min(
      timings.cursorGatherMs,
      Math.max(firstMs, mark.saidAt + timings.cursorGatherMs - clock.now()),
    ),
  ): void {
    if (!isConnected || mark.flying || mark.cancel !== null) return;
    if (mark.read <= mark.saidRead && mark.delivered <= mark.saidDelivered) return;
    mark.cancel = clock.after(ms, () => begin(id, mark));
  }

  function begin(id: ConversationId, mark: Mark): void {
    mark.cancel = null;
    mark.flying = true;
    turn.push(id);
    next();
  }

  function next(): void {
    while (active < atOnceMax) {
      const id = turn.shift();
      if (id === undefined) return;
      const mark = marks.get(id);
      if (mark !== undefined) say(id, mark);
    }
  }

  function say(id: ConversationId, mark: Mark): void {
    const isRead = mark.read > mark.saidRead;
    const seq = isRead ? mark.read : mark.delivered;
    mark.saidAt = clock.now();
    active += 1;
    const params = { conversationId: id, seq };
    // Answers that arrive together change the list once.
    request(isRead ? 'markAsRead' : 'markAsDelivered', params, (outcome) => {
      active -= 1;
      mark.flying = false;
      let againMs: number | undefined;
      if (!outcome.ok && outcome.error.retry !== 'never') {
        againMs = outcome.error.retryAfterMs ?? retryMs;
      } else {
        if (outcome.ok) onResult(id, outcome.result);
        settle(mark, isRead, seq);
      }
      if (marks.get(id) === mark) schedule(id, mark, againMs);
      // Not at once: whoever is refused at once would be followed by all others, each within the one before.
      void Promise.resolve().then(next);
    });
  }

  /** Answered up to `seq`: what the server did not take of it, since it has no such message, is not asked for again. */
  function settle(mark: Mark, isRead: boolean, seq: number): void {
    if (isRead && mark.read <= seq) mark.read = Math.min(mark.read, mark.saidRead);
    if (mark.delivered <= seq) mark.delivered = Math.min(mark.delivered, mark.saidDelivered);
  }

  function forget(id: ConversationId): void {
    marks.get(id)?.cancel?.();
    marks.delete(id);
  }

  return {
    delivered(id, seq) {
      const mark = open(id);
      mark.delivered = Math.max(mark.delivered, seq);
      schedule(id, mark);
    },
    read(id, seq) {
      const mark = open(id);
      mark.read = Math.max(mark.read, seq);
      schedule(id, mark);
    },
    known(id, { deliveredSeq, readSeq }) {
      const mark = open(id);
      mark.saidDelivered = Math.max(mark.saidDelivered, deliveredSeq);
      mark.saidRead = Math.max(mark.saidRead, readSeq);
    },
    said(id) {
      const mark = marks.get(id);
      return { deliveredSeq: mark?.saidDelivered ?? 0, readSeq: mark?.saidRead ?? 0 };
    },
    flush() {
      for (const [id, mark] of marks) {
        if (mark.cancel === null) continue;
        mark.cancel();
        begin(id, mark);
      }
    },
    connected() {
      isConnected = true;
      for (const [id, mark] of marks) schedule(id, mark);
    },
    lost() {
      isConnected = false;
      for (const mark of marks.values()) {
        mark.cancel?.();
        mark.cancel = null;
      }
    },
    forget,
    clear() {
      for (const id of [...marks.keys()]) forget(id);
    },
  };
}
