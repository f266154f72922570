/** Owns cursors. They move forward only, never past the newest message, and reading includes delivery. */
import { limits, mergeCursor } from '@natter/protocol';
import type { CursorMove, CursorOutcome } from '../../contract.ts';
import { unreadCount } from '../unread.ts';
import { findStanding, type Transaction } from './transaction.ts';

export function moveCursors(tx: Transaction, moves: readonly CursorMove[]): CursorOutcome[] {
  const counted = new Set<number>();
  const outcomes = moves.map((move) => moveCursor(tx, move, counted));
  for (const conversation of counted) countMoves(tx, conversation);
  return outcomes;
}

/** Moves of one moment count once. A move that is told to nobody else is no change for them either (LARGE1). */
export function countMoves(tx: Transaction, conversation: number): void {
  tx.db.run(
    `UPDATE conversations SET cursor_version = cursor_version + 1, changed_at = max(changed_at, ?)
     WHERE key = ?`,
    tx.changedAt,
    conversation,
  );
}

function moveCursor(tx: Transaction, move: CursorMove, counted: Set<number>): CursorOutcome {
  const standing = findStanding(tx, move.conversationId, move.userId);
  if (standing === undefined) return null;
  const readSeq = mergeCursor(standing.read_seq, Math.min(move.readSeq ?? 0, standing.last_seq));
  const deliveredSeq = Math.max(
    standing.delivered_seq,
    Math.min(move.deliveredSeq ?? 0, standing.last_seq),
    readSeq,
  );
  const readMoved = readSeq > standing.read_seq;
  const deliveredMoved = deliveredSeq > standing.delivered_seq;
  let cursorVersion = 0;
  if (readMoved || deliveredMoved) {
    // Only reading changes the member's head.
    tx.db.run(
      `UPDATE members SET delivered_seq = ?, read_seq = ?, changed_at = max(changed_at, ?)
       WHERE conversation = ? AND user_id = ?`,
      deliveredSeq,
      readSeq,
      readMoved ? tx.changedAt : 0,
      standing.key,
      move.userId,
    );
    if (standing.member_count <= limits.largeConversationMembers) {
      counted.add(standing.key);
      cursorVersion = standing.cursor_version + 1;
    }
  }
  const unread = tx.db.get<{ unread: number }>(
    `SELECT ${unreadCount} AS unread FROM conversations c JOIN members m ON m.conversation = c.key
     WHERE c.key = ? AND m.user_id = ?`,
    standing.key,
    move.userId,
  );
  const unreadNow = unread?.unread ?? 0;
  return {
    deliveredSeq,
    readSeq,
    unreadCount: unreadNow,
    readMoved,
    deliveredMoved,
    cursorVersion,
  };
}
