/** Owns what a node compares itself with, to find what the bus has lost: many conversations and people in one query each. */
import type { ConversationId, UserId } from '@natter/protocol';
import type { ConversationVersion, MembershipChange } from '../../contract.ts';
import type { Session } from '../connection.ts';

/** The database's clock, and when a conversation last changed; 0 before the first. It never goes back. */
export async function readTime(db: Session): Promise<{ now: number; newest: number }> {
  const row = await db.get<{ now: number; newest: number }>(
    `SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
       coalesce((SELECT max(changed_at) FROM natter.conversations), 0) AS newest`,
  );
  if (row === undefined) throw new Error('the database does not tell the time');
  return row;
}

/**
 * When the oldest transaction began that writes and is not seen yet; null when none is. Its commit may wait without a
 * bound, for a slow disk or for a second machine, and nothing can hurry it.
 */
export async function readOldestWrite(db: Session): Promise<number | null> {
  const row = await db.get<{ began: number | null }>(
    `SELECT floor(extract(epoch FROM min(xact_start)) * 1000)::bigint AS began
     FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL`,
  );
  return row?.began ?? null;
}

export async function listVersions(
  db: Session,
  ids: readonly ConversationId[],
): Promise<ConversationVersion[]> {
  const rows = await db.all<{ id: string; version: number; cursor_version: number }>(
    `SELECT c.id, c.version, c.cursor_version FROM natter.conversations c WHERE c.id = ANY ($1::uuid[])`,
    ids,
  );
  return rows.map((row) => ({
    conversationId: row.id as ConversationId,
    version: row.version,
    cursorVersion: row.cursor_version,
  }));
}

export async function listMembershipChanges(
  db: Session,
  userIds: readonly UserId[],
  since: number,
  limit: number,
): Promise<MembershipChange[]> {
  const rows = await db.all<{
    user_id: string;
    conversation_id: string;
    version: number;
    is_member: boolean;
  }>(
    `SELECT m.user_id, m.conversation_id, m.version, m.left_at IS NULL AS is_member
     FROM unnest($1::text[]) AS wanted (id)
       JOIN natter.members m ON m.user_id = wanted.id AND m.changed_at >= $2
     LIMIT $3`,
    userIds,
    since,
    limit,
  );
  return rows.map((row) => ({
    userId: row.user_id as UserId,
    conversationId: row.conversation_id as ConversationId,
    version: row.version,
    isMember: row.is_member,
  }));
}
