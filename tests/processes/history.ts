/** Owns what a device writes down: one line for each thing that it observed, in order, so that nobody has to believe its end state. */
import { readFileSync } from 'node:fs';
import type { ConversationId, Message, MessageId, UserId } from '@natter/protocol';

/** A message as shown, and its place; null while it is being sent. */
export type Shown = readonly [MessageId, number | null];

export interface FinalRow {
  id: MessageId;
  seq: number;
  senderId: UserId;
  type: Message['type'];
  content: string;
  editedAt: number | null;
  deletedAt: number | null;
}

export interface FinalConversation {
  version: number;
  readSeq: number;
  unreadCount: number;
  rows: FinalRow[];
  /** By user id. */
  others: Record<string, { readSeq: number; deliveredSeq: number }>;
}

export type Entry =
  /** Given to the SDK, in this order. */
  | { what: 'sent'; conversationId: ConversationId; id: MessageId; content: string }
  /** As the frame came over the wire. */
  | { what: 'acknowledged'; conversationId: ConversationId; id: MessageId; seq: number }
  | { what: 'refused'; id: MessageId; code: string; message: string; retry: string }
  | {
      what: 'event';
      type: string;
      conversationId: ConversationId;
      version: number;
      id?: MessageId;
      seq?: number;
    }
  /** The timeline after a change: the first `keep` rows and the last `tail` rows of before, and `rows` between. */
  | {
      what: 'shown';
      conversationId: ConversationId;
      keep: number;
      rows: Shown[];
      tail: number;
    }
  | { what: 'failed'; id: MessageId; code: string; message: string }
  | { what: 'status'; status: string }
  | { what: 'closed'; code: number }
  | { what: 'fault'; message: string }
  | { what: 'final'; conversations: Record<string, FinalConversation> };

export interface History {
  device: string;
  userId: UserId;
  entries: readonly Entry[];
}

/** What of `after` is not in `before`, at its place. */
export function difference(
  before: readonly Shown[],
  after: readonly Shown[],
): { keep: number; rows: Shown[]; tail: number } {
  const same = (one: Shown | undefined, other: Shown | undefined) =>
    one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1];
  const shorter = Math.min(before.length, after.length);
  let keep = 0;
  while (keep < shorter && same(before[keep], after[keep])) keep += 1;
  let tail = 0;
  while (tail < shorter - keep && same(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  return { keep, rows: after.slice(keep, after.length - tail), tail };
}

export function apply(
  before: readonly Shown[],
  { keep, rows, tail }: { keep: number; rows: readonly Shown[]; tail: number },
): Shown[] {
  return [...before.slice(0, keep), ...rows, ...before.slice(before.length - tail)];
}

/** A last line that was cut short by the end of its process is left out. */
export function readHistory(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Entry);
}
