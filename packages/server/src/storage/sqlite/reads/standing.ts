/** Owns what a node compares itself with, to find what the bus has lost: many conversations and people in one query each. */
import type { ConversationId, UserId } from '@natter/protocol';
import type { ConversationVersion, MembershipChange } from '../../contract.ts';
import type { Connection } from '../connection.ts';

/** When a conversation last changed; 0 before the first. It never goes back. */
export function newestChange(db: Connection): number {
  return (
    db.get<{ at: number }>('SELECT ifnull(max(changed_at), 0) AS at FROM conversations')?.at ?? 0
  );
}

export function listVersions(
  db: Connection,
  ids: readonly ConversationId[],
): ConversationVersion[] {
  return db
    .all<{ id: string; version: number; cursor_version: number }>(
      `SELECT c.id, c.version, c.cursor_version FROM json_each(?) wanted CROSS JOIN conversations c ON c.id = wanted.value`,
      JSON.stringify(ids),
    )
    .map((row) => ({
      conversationId: row.id as ConversationId,
      version: row.version,
      cursorVersion: row.cursor_version,
    }));
}

export function listMembershipChanges(
  db: Connection,
  userIds: readonly UserId[],
  since: number,
  limit: number,
): MembershipChange[] {
  return db
    .all<{ user_id: string; id: string; version: number; is_member: number }>(
      `SELECT m.user_id, c.id, m.version, m.left_at IS NULL AS is_member
       FROM json_each(?) wanted
         CROSS JOIN members m ON m.user_id = wanted.value AND m.changed_at >= ?
         CROSS JOIN conversations c ON c.key = m.conversation
       LIMIT ?`,
      JSON.stringify(userIds),
      since,
      limit,
    )
    .map((row) => ({
      userId: row.user_id as UserId,
      conversationId: row.id as ConversationId,
      version: row.version,
      isMember: row.is_member === 1,
    }));
}
