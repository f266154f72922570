/** Owns what changed: heads since a time, and in one conversation the rows stamped after a version. */
import {
  type ConversationId,
  type GetChangesResult,
  type Head,
  limits,
  type Member,
  type Message,
  type Role,
  type UserId,
} from '@natter/protocol';
import {
  type MemberRow,
  type MessageRow,
  memberColumns,
  messageColumns,
  toMember,
  toMessage,
} from '../../rows.ts';
import type { Session } from '../connection.ts';
import { unreadCount } from '../unread.ts';
import { type EntryRow, selectEntry, toEntry } from './entries.ts';

interface HeadRow {
  id: string;
  version: number;
  last_seq: number;
  read_seq: number;
  unread: number;
  membership: Role | 'left';
  cursor_version: number;
}

/** Of one who left: where it stood then. What came later is no business of theirs. */
const headsFrom = (changed: string) => `
  WITH changed AS MATERIALIZED (
    SELECT conversation_id AS id FROM natter.members WHERE user_id = $1 AND changed_at >= $2
    UNION ${changed}
  )
  SELECT c.id, m.read_seq,
    CASE WHEN m.left_at IS NULL THEN c.version ELSE m.version END AS version,
    CASE WHEN m.left_at IS NULL THEN c.last_seq ELSE m.left_seq END AS last_seq,
    CASE WHEN m.left_at IS NULL THEN ${unreadCount} ELSE 0 END AS unread,
    CASE WHEN m.left_at IS NULL THEN m.role ELSE 'left' END AS membership,
    CASE WHEN m.left_at IS NULL THEN c.cursor_version ELSE 0 END AS cursor_version
  FROM changed
    JOIN natter.conversations c ON c.id = changed.id
    JOIN natter.members m ON m.conversation_id = c.id AND m.user_id = $1
  ORDER BY CASE WHEN m.left_at IS NULL THEN greatest(c.changed_at, m.changed_at) ELSE m.changed_at END DESC, c.id
  LIMIT $3`;

const walkedChangesMax = 1_000;

/** Walks what changed anywhere. Cheap after a short absence, however many conversations the user is in. */
const byChange = headsFrom(`
  SELECT m.conversation_id
  FROM (SELECT id FROM natter.conversations WHERE changed_at >= $2
    ORDER BY changed_at DESC LIMIT ${walkedChangesMax + 1}) recent
    CROSS JOIN LATERAL (
      SELECT conversation_id FROM natter.members
      WHERE conversation_id = recent.id AND user_id = $1 AND left_at IS NULL OFFSET 0) m`);

/** Walks the user's own conversations. */
const byMembership = headsFrom(`
  SELECT m.conversation_id
  FROM natter.members m CROSS JOIN LATERAL (
    SELECT changed_at FROM natter.conversations WHERE id = m.conversation_id OFFSET 0) c
  WHERE m.user_id = $1 AND m.left_at IS NULL AND c.changed_at >= $2`);

/** Of one moment: two statements. */
export async function listHeads(
  db: Session,
  userId: UserId,
  since: number,
  limit: number,
): Promise<Head[]> {
  const changed = await db.get<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM natter.conversations WHERE changed_at >= $1
       ORDER BY changed_at DESC LIMIT ${walkedChangesMax + 1}) recent`,
    since,
  );
  const sql = (changed?.count ?? 0) <= walkedChangesMax ? byChange : byMembership;
  const rows = await db.all<HeadRow>(sql, userId, since, limit);
  return rows.map((row) => ({
    conversationId: row.id as ConversationId,
    version: row.version,
    lastSeq: row.last_seq,
    readSeq: row.read_seq,
    unreadCount: row.unread,
    membership: row.membership,
    cursorVersion: row.cursor_version,
  }));
}

type Change =
  | { version: number; message: Message }
  | { version: number; joined: Member }
  | { version: number; left: UserId };

/** Of one moment: statements that travel together. */
export async function getChanges(
  db: Session,
  userId: UserId,
  conversationId: ConversationId,
  from: number,
): Promise<GetChangesResult | null> {
  const [row, count, messages, members] = await Promise.all([
    db.get<EntryRow>(selectEntry, userId, conversationId),
    countChanges(db, conversationId, from),
    changedMessages(db, conversationId, from),
    changedMembers(db, conversationId, from),
  ]);
  if (row === undefined) return null;
  const page = { entry: toEntry(row), messages: [], joined: [], left: [] };
  if (count > limits.changesMax) {
    return { ...page, version: row.version, more: false, tooFar: true };
  }
  const changes = [...messages, ...members].sort((a, b) => a.version - b.version);
  const shown = changes.slice(0, limits.changesPerPageMax);
  const more = changes.length > shown.length;
  return {
    ...page,
    messages: shown.flatMap((change) => ('message' in change ? [change.message] : [])),
    joined: shown.flatMap((change) => ('joined' in change ? [change.joined] : [])),
    left: shown.flatMap((change) => ('left' in change ? [change.left] : [])),
    version: more ? (shown.at(-1)?.version ?? row.version) : row.version,
    more,
    tooFar: false,
  };
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

async function changedMessages(
  db: Session,
  conversationId: ConversationId,
  from: number,
): Promise<Change[]> {
  const rows = await db.all<MessageRow>(
    `SELECT ${messageColumns} FROM natter.messages
     WHERE conversation_id = $1 AND version > $2 ORDER BY version LIMIT $3`,
    conversationId,
    from,
    limits.changesPerPageMax + 1,
  );
  return rows.map((row) => ({ version: row.version, message: toMessage(conversationId, row) }));
}

async function changedMembers(
  db: Session,
  conversationId: ConversationId,
  from: number,
): Promise<Change[]> {
  const rows = await db.all<MemberRow & { left_at: number | null }>(
    `SELECT ${memberColumns}, m.left_at FROM natter.members m JOIN natter.users u ON u.id = m.user_id
     WHERE m.conversation_id = $1 AND m.version > $2 ORDER BY m.version LIMIT $3`,
    conversationId,
    from,
    limits.changesPerPageMax + 1,
  );
  return rows.map((row) =>
    row.left_at === null
      ? { version: row.version, joined: toMember(row) }
      : { version: row.version, left: row.user_id as UserId },
  );
}
