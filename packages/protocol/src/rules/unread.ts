/** Owns what counts as unread, for server and client alike: others' messages after my cursor that still exist. Nobody wrote a system line. */
import { limits } from '../limits.ts';
import type { Message } from '../schemas/messages.ts';

export interface UnreadCandidate {
  seq: number;
  senderId: string;
  type: Message['type'];
  deletedAt: number | null;
}

export function isUnread(message: UnreadCandidate, me: string, readSeq: number): boolean {
  return (
    message.seq > readSeq &&
    message.senderId !== me &&
    message.type !== 'system' &&
    message.deletedAt === null
  );
}

/** Counts no further than `limits.unreadCountMax`; an application shows that many as "1000+". */
export function countUnread(
  messages: Iterable<UnreadCandidate>,
  me: string,
  readSeq: number,
): number {
  let count = 0;
  for (const message of messages) {
    if (!isUnread(message, me, readSeq)) continue;
    count += 1;
    if (count >= limits.unreadCountMax) return limits.unreadCountMax;
  }
  return count;
}
