/** Owns what a command gets: the open transaction, its time, and the actor's standing in the conversation. */
import type { ConversationId, Member, Role, UserId } from '@natter/protocol';
import type { Refusal, Refused } from '../../contract.ts';
import { type MemberRow, memberColumns, toMember } from '../../rows.ts';
import type { Connection } from '../connection.ts';
import { type KeyedRow, keyedColumns } from '../keyed.ts';

export interface Transaction {
  db: Connection;
  /** Unix ms by the database's clock. */
  now: number;
  /** The same, but never before what was stamped already: a clock that is set back hides no change (HEADS3). */
  changedAt: number;
  membersMax: number;
}

/** What a command writes is undone when it answers this. */
export function refused(reason: Refusal): Refused {
  return { outcome: 'refused', reason };
}

/** The conversation as it now is, and what the actor is in it. */
export type Standing = KeyedRow & { role: Role; delivered_seq: number; read_seq: number };

/** Undefined for somebody who is no member, whether or not the conversation exists. */
export function findStanding(
  tx: Transaction,
  conversationId: ConversationId,
  userId: UserId,
): Standing | undefined {
  return tx.db.get<Standing>(
    `SELECT ${keyedColumns}, m.role, m.delivered_seq, m.read_seq
     FROM conversations c JOIN members m ON m.conversation = c.key
     WHERE c.id = ? AND m.user_id = ? AND m.left_at IS NULL`,
    conversationId,
    userId,
  );
}

/** Takes the conversation's next version. */
export function nextVersion(tx: Transaction, conversation: KeyedRow): number {
  conversation.version += 1;
  tx.db.run(
    'UPDATE conversations SET version = ?, changed_at = max(changed_at, ?) WHERE key = ?',
    conversation.version,
    tx.changedAt,
    conversation.key,
  );
  return conversation.version;
}

export function findMember(
  tx: Transaction,
  conversation: number,
  userId: string,
): (MemberRow & { left_at: number | null }) | undefined {
  return tx.db.get<MemberRow & { left_at: number | null }>(
    `SELECT ${memberColumns}, m.left_at FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.conversation = ? AND m.user_id = ?`,
    conversation,
    userId,
  );
}

/** Of somebody who was just written as a member. */
export function readMember(tx: Transaction, conversation: number, userId: string): Member {
  const row = findMember(tx, conversation, userId);
  if (row === undefined) throw new Error('unable to read a member that was just saved');
  return toMember(row);
}
