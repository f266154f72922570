/** Owns who has read a message, who has got it, and who has not: from the others' cursors. Pure. */
import type { ReceiptsSnapshot } from '@natter/client';
import type { FileId, UserId } from '@natter/protocol';

export interface Reader {
  userId: UserId;
  name: string;
  picture: FileId | null;
}

export interface SeenBy {
  read: Reader[];
  delivered: Reader[];
  waiting: Reader[];
}

export function seenBy(receipts: ReceiptsSnapshot, seq: number): SeenBy {
  const seen: SeenBy = { read: [], delivered: [], waiting: [] };
  for (const [userId, { name, picture, readSeq, deliveredSeq }] of receipts) {
    const has = readSeq >= seq ? 'read' : deliveredSeq >= seq ? 'delivered' : 'waiting';
    seen[has].push({ userId, name, picture });
  }
  for (const readers of Object.values(seen)) {
    readers.sort((a: Reader, b: Reader) => a.name.localeCompare(b.name));
  }
  return seen;
}
