/** Owns what changed: heads since a time, and in one conversation the rows stamped after a version. */
import {
  type ConversationId,
  type GetChangesResult,
  type Head,
  limits,
  type Role,
  type UserId,
} from '@natter/protocol';
import { type ChangesRow, changedMemberColumns, toChangesPage, tooFar } from '../../changes.ts';
import type { Snapshot } from '../../contract.ts';
import { messageColumns, toUser, type UserRow } from '../../rows.ts';
import type { Session } from '../connection.ts';
import { unreadCount } from '../unread.ts';
import { selectEntry } from './entries.ts';

interface HeadRow {
  id: string;
  version: number;
  last_seq: number;
  read_seq: number;
  unread: number;
  membership: Role | 'left';
  cursor_version: number;
}

const walkedChangesMax = 1_000;
const isShortAbsence = `(SELECT count(*) FROM recent) <= ${walkedChangesMax}`;

/**
 * The person, beside each of the heads, of which there may be none. After a short absence what changed anywhere is
 * walked, which is cheap however many conversations the user is in; after a long one, the user's own conversations. Of
 * one who left the head says where it stood then: what came later is no business of theirs.
 */
const snapshot = `
  WITH recent AS MATERIALIZED (
    SELECT id FROM natter.conversations WHERE changed_at >= $2
    ORDER BY changed_at DESC LIMIT ${walkedChangesMax + 1}
  ), changed AS MATERIALIZED (
    SELECT conversation_id AS id FROM natter.members WHERE user_id = $1 AND changed_at >= $2
    UNION
    SELECT m.conversation_id
    FROM recent CROSS JOIN LATERAL (
      SELECT conversation_id FROM natter.members
      WHERE conversation_id = recent.id AND user_id = $1 AND left_at IS NULL OFFSET 0) m
    WHERE ${isShortAbsence}
    UNION
    SELECT m.conversation_id
    FROM natter.members m CROSS JOIN LATERAL (
      SELECT changed_at FROM natter.conversations WHERE id = m.conversation_id OFFSET 0) c
    WHERE m.user_id = $1 AND m.left_at IS NULL AND c.changed_at >= $2 AND NOT ${isShortAbsence}
  ), heads AS (
    SELECT c.id, m.read_seq,
      CASE WHEN m.left_at IS NULL THEN c.version ELSE m.version END AS version,
      CASE WHEN m.left_at IS NULL THEN c.last_seq ELSE m.left_seq END AS last_seq,
      CASE WHEN m.left_at IS NULL THEN ${unreadCount} ELSE 0 END AS unread,
      CASE WHEN m.left_at IS NULL THEN m.role ELSE 'left' END AS membership,
      CASE WHEN m.left_at IS NULL THEN c.cursor_version ELSE 0 END AS cursor_version,
      CASE WHEN m.left_at IS NULL THEN greatest(c.changed_at, m.changed_at) ELSE m.changed_at END AS at
    FROM changed
      JOIN natter.conversations c ON c.id = changed.id
      JOIN natter.members m ON m.conversation_id = c.id AND m.user_id = $1
    ORDER BY at DESC, c.id LIMIT $3
  )
  SELECT heads.*, u.id AS user_id, u.name, u.picture, u.last_seen_at
  FROM (VALUES (1)) one LEFT JOIN natter.users u ON u.id = $1 LEFT JOIN heads ON true
  ORDER BY at DESC, heads.id`;

type Maybe<Row> = { [Name in keyof Row]: Row[Name] | null };

export async function getSnapshot(
  db: Session,
  userId: UserId,
  since: number,
  limit: number,
): Promise<Snapshot> {
  const rows = await db.all<
    Maybe<HeadRow> & Maybe<Omit<UserRow, 'id'>> & { user_id: string | null }
  >(snapshot, userId, since, limit);
  const [person] = rows;
  if (person === undefined) throw new Error('the database gives no snapshot');
  return {
    user: person.user_id === null ? null : toUser({ ...person, id: person.user_id } as UserRow),
    heads: rows.flatMap((row) => (row.id === null ? [] : [toHead(row as HeadRow)])),
  };
}

function toHead(row: HeadRow): Head {
  return {
    conversationId: row.id as ConversationId,
    version: row.version,
    lastSeq: row.last_seq,
    readSeq: row.read_seq,
    unreadCount: row.unread,
    membership: row.membership,
    cursorVersion: row.cursor_version,
  };
}

const inArray = (columns: string) => `json_build_array(${columns})`;
const changes = selectEntry([
  `(SELECT coalesce(json_agg(value), '[]') FROM (
      SELECT ${inArray(messageColumns)} AS value FROM natter.messages
      WHERE conversation_id = c.id AND version > $3 ORDER BY version LIMIT ${limits.changesPerPageMax + 1}) changed) AS messages`,
  `(SELECT coalesce(json_agg(value), '[]') FROM (
      SELECT ${inArray(changedMemberColumns)} AS value FROM natter.members m JOIN natter.users u ON u.id = m.user_id
      WHERE m.conversation_id = c.id AND m.version > $3 ORDER BY m.version LIMIT ${limits.changesPerPageMax + 1}) changed) AS members`,
]);

export async function getChanges(
  db: Session,
  userId: UserId,
  conversationId: ConversationId,
  from: number,
): Promise<GetChangesResult | null> {
  const row = await db.get<ChangesRow>(changes, userId, conversationId, from);
  if (row === undefined) return null;
  const page = toChangesPage(row);
  // What is added before it is counted only makes it further.
  const isFar = page.more && (await countChanges(db, conversationId, from)) > limits.changesMax;
  return isFar ? tooFar(page) : page;
}

async function countChanges(
  db: Session,
  conversationId: ConversationId,
  from: number,
): Promise<number> {
  const row = await db.get<{ count: number }>(
    `SELECT count(*) AS count FROM (
       (SELECT 1 FROM natter.messages WHERE conversation_id = $1 AND version > $2 LIMIT $3)
       UNION ALL
       (SELECT 1 FROM natter.members WHERE conversation_id = $1 AND version > $2 LIMIT $3)) changes`,
    conversationId,
    from,
    limits.changesMax + 1,
  );
  return row?.count ?? 0;
}
