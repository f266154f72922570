/**
 * Owns how a timeline is divided: which message opens a day, and which continue the one before it. A row is a message,
 * with its day line inside, so that older pages add rows and never change how many there were.
 */
import type { TimelineMessage } from '@natter/client';
import { dayOf } from '../formatting/time.ts';

export interface TimelineRow {
  message: TimelineMessage;
  /** True where a line with the date belongs above. */
  opensDay: boolean;
  /** True where the line "New messages" belongs above. */
  opensNew: boolean;
  /** First and last of a run by one sender. */
  first: boolean;
  last: boolean;
}

/** A pause this long begins a new run. */
export const runPauseMs = 5 * 60_000;

export interface Division {
  /** More history exists before the first message, so its day may have begun earlier. */
  hasBefore: boolean;
  /** How far I had read when the conversation was opened; null shows no line. */
  newAfterSeq: number | null;
}

export function divideTimeline(
  messages: readonly TimelineMessage[],
  { hasBefore, newAfterSeq }: Division,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let newShown = newAfterSeq === null;
  for (const [at, message] of messages.entries()) {
    const before = messages[at - 1];
    const opensDay =
      before === undefined ? !hasBefore : dayOf(before.createdAt) !== dayOf(message.createdAt);
    const isNew = !newShown && isNewFrom(message, newAfterSeq);
    // At the very top it would only say that everything is new, and move when older ones arrive.
    const opensNew = isNew && before !== undefined;
    if (isNew) newShown = true;
    const first = opensDay || opensNew || before === undefined || !continues(before, message);
    const rowBefore = rows.at(-1);
    if (rowBefore !== undefined) rowBefore.last = first;
    rows.push({ message, opensDay, opensNew, first, last: true });
  }
  return rows;
}

function isNewFrom(message: TimelineMessage, newAfterSeq: number | null): boolean {
  return (
    newAfterSeq !== null &&
    !message.isMine &&
    message.type !== 'system' &&
    message.seq !== null &&
    message.seq > newAfterSeq
  );
}

function continues(before: TimelineMessage, message: TimelineMessage): boolean {
  return (
    before.type !== 'system' &&
    message.type !== 'system' &&
    before.senderId === message.senderId &&
    Math.abs(message.createdAt - before.createdAt) < runPauseMs
  );
}

/** Others' messages after `seenSeq`: what "jump to latest" counts. */
export function countNew(messages: readonly TimelineMessage[], seenSeq: number): number {
  let count = 0;
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message === undefined) break;
    if (message.seq === null) continue;
    if (message.seq <= seenSeq) break;
    if (!message.isMine && message.type !== 'system' && message.deletedAt === null) count += 1;
  }
  return count;
}

/** The newest acknowledged place; 0 before the first. */
export function newestSeq(messages: readonly TimelineMessage[]): number {
  for (let at = messages.length - 1; at >= 0; at--) {
    const seq = messages[at]?.seq ?? null;
    if (seq !== null) return seq;
  }
  return 0;
}
