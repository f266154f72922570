/**
 * Owns cursors. They only move forward, so moves are gathered for up to a second, merged by maximum and written in
 * one transaction; the reply follows that write, the event the reply. A message moves its sender's cursor too, in
 * storage and without an event: whoever sees `newMessage` knows that its sender has read so far.
 */
import type {
  ConversationId,
  EphemeralEvent,
  MarkParams,
  MarkResult,
  UserId,
} from '@natter/protocol';
import { limits, NatterError, timings } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { refusal } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Part } from '../delivery/cursors.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { CursorMove, CursorOutcome, Storage } from '../storage/contract.ts';

/** A first move after a quiet second waits this long only. */
const firstGatherMs = 50;
const gatheredMax = 5_000;
/** Calls that may wait for one person's move in one conversation. */
const waitersMax = 64;

export interface Receipts {
  markAsRead(caller: Caller, params: MarkParams): Promise<Answer<MarkResult>>;
  markAsDelivered(caller: Caller, params: MarkParams): Promise<Answer<MarkResult>>;
  /** Writes what waits, now. */
  flush(): Promise<void>;
}

interface Gathered {
  move: CursorMove;
  connectionId: string | null;
  waiters: { resolve: (outcome: CursorOutcome) => void; reject: (error: unknown) => void }[];
}

export function createReceipts(deps: {
  storage: Storage;
  delivery: Delivery;
  runtime: Runtime;
}): Receipts {
  const { storage, delivery } = deps;
  const { clock, log } = deps.runtime;
  let gathered = new Map<string, Gathered>();
  let writing: Promise<void> | null = null;
  let undoTimer: (() => void) | null = null;
  let writtenAt = Number.NEGATIVE_INFINITY;

  function gather(
    caller: Caller,
    conversationId: ConversationId,
    seqs: { readSeq?: number; deliveredSeq?: number },
  ): Promise<CursorOutcome> {
    const key = `${conversationId} ${caller.userId}`;
    let entry = gathered.get(key);
    if (entry === undefined) {
      if (gathered.size >= gatheredMax) throw overloaded();
      entry = {
        move: { conversationId, userId: caller.userId },
        connectionId: caller.connectionId,
        waiters: [],
      };
      gathered.set(key, entry);
    }
    if (entry.waiters.length >= waitersMax) throw overloaded();
    const { move, waiters } = entry;
    if (entry.connectionId !== caller.connectionId) entry.connectionId = null;
    if (seqs.readSeq !== undefined) move.readSeq = Math.max(move.readSeq ?? 0, seqs.readSeq);
    if (seqs.deliveredSeq !== undefined)
      move.deliveredSeq = Math.max(move.deliveredSeq ?? 0, seqs.deliveredSeq);
    const outcome = new Promise<CursorOutcome>((resolve, reject) =>
      waiters.push({ resolve, reject }),
    );
    schedule();
    return outcome;
  }

  function schedule(): void {
    if (undoTimer !== null || writing !== null || gathered.size === 0) return;
    const waitMs = Math.max(firstGatherMs, writtenAt + timings.cursorGatherMs - clock.now());
    undoTimer = clock.after(Math.min(waitMs, timings.cursorGatherMs), () => {
      undoTimer = null;
      void write();
    });
  }

  function stopTimer(): void {
    undoTimer?.();
    undoTimer = null;
  }

  async function write(): Promise<void> {
    const batch = [...gathered.values()];
    gathered = new Map();
    writtenAt = clock.now();
    writing = storage.moveCursors(batch.map((entry) => entry.move)).then(
      (outcomes) => {
        const count = countEvents(batch, outcomes);
        const before = new Map<ConversationId, number>();
        for (const [index, entry] of batch.entries()) {
          const outcome = outcomes[index] ?? null;
          const { conversationId } = entry.move;
          const at = before.get(conversationId) ?? 0;
          before.set(conversationId, at + eventsOf(outcome));
          settle(entry, outcome, { at, of: count.get(conversationId) ?? 0 });
        }
      },
      (error: unknown) => {
        for (const entry of batch) for (const waiter of entry.waiters) waiter.reject(error);
      },
    );
    await writing;
    writing = null;
    schedule();
  }

  function settle(entry: Gathered, outcome: CursorOutcome, first: Part): void {
    for (const waiter of entry.waiters) waiter.resolve(outcome);
    if (outcome === null || (!outcome.readMoved && !outcome.deliveredMoved)) return;
    tell(entry, outcome, first).catch((error: unknown) =>
      log.warn({ error }, 'unable to tell a cursor move: others see it on their next read'),
    );
  }

  /** Reading includes delivery, so one move is told as one event unless delivery has got further than reading. */
  async function tell(
    entry: Gathered,
    outcome: NonNullable<CursorOutcome>,
    first: Part,
  ): Promise<void> {
    const { conversationId, userId } = entry.move;
    const { readSeq, deliveredSeq, unreadCount } = outcome;
    const count =
      delivery.memberCount(conversationId) ??
      (await storage.getMembership(conversationId, userId))?.memberCount;
    if (count === undefined) return;
    const to = {
      everyone: count <= limits.largeConversationMembers,
      except: entry.connectionId,
      cursorVersion: outcome.cursorVersion,
    };
    const about = { conversationId, userId };
    const read: EphemeralEvent & { conversationId: ConversationId; userId: UserId } = {
      type: 'messageRead',
      ...about,
      data: { seq: readSeq, unreadCount },
    };
    if (outcome.readMoved) delivery.tellCursor(read, { ...to, part: first });
    if (isDeliveryTold(outcome)) {
      const part = { ...first, at: first.at + Number(outcome.readMoved) };
      const data = { seq: deliveredSeq };
      delivery.tellCursor({ type: 'messageDelivered', ...about, data }, { ...to, part });
    }
  }

  async function mark(
    attempt: string,
    outcome: Promise<CursorOutcome>,
  ): Promise<Answer<MarkResult>> {
    const cursors = await outcome;
    if (cursors === null) throw refusal(attempt, 'notMember');
    const { deliveredSeq, readSeq, unreadCount } = cursors;
    return { result: { deliveredSeq, readSeq, unreadCount } };
  }

  return {
    markAsRead: async (caller, { conversationId, seq }) =>
      mark(
        'mark the conversation as read',
        gather(caller, conversationId, { readSeq: seq, deliveredSeq: seq }),
      ),
    markAsDelivered: async (caller, { conversationId, seq }) =>
      mark('mark messages as delivered', gather(caller, conversationId, { deliveredSeq: seq })),
    async flush() {
      if (writing !== null) await writing;
      stopTimer();
      if (gathered.size > 0) await write();
    },
  };
}

function isDeliveryTold(outcome: NonNullable<CursorOutcome>): boolean {
  const { readMoved, deliveredMoved, readSeq, deliveredSeq } = outcome;
  return deliveredMoved && (!readMoved || deliveredSeq > readSeq);
}

function eventsOf(outcome: CursorOutcome): number {
  if (outcome === null) return 0;
  return Number(outcome.readMoved) + Number(isDeliveryTold(outcome));
}

/** Of each conversation: as how many events this write is told. */
function countEvents(
  batch: readonly Gathered[],
  outcomes: readonly CursorOutcome[],
): Map<ConversationId, number> {
  const count = new Map<ConversationId, number>();
  for (const [index, { move }] of batch.entries()) {
    const before = count.get(move.conversationId) ?? 0;
    count.set(move.conversationId, before + eventsOf(outcomes[index] ?? null));
  }
  return count;
}

function overloaded(): NatterError {
  return new NatterError(
    'overloaded',
    'unable to mark: too many marks are waiting to be written; try again shortly',
    {
      retryAfterMs: timings.cursorGatherMs,
    },
  );
}
