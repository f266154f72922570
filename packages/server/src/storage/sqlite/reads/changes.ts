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
import type { Connection } from '../connection.ts';
import { unreadCount } from '../unread.ts';
import { findEntryRow, toEntry } from './entries.ts';

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
  SELECT c.id,
    iif(m.left_at IS NULL, c.version, m.version) AS version,
    iif(m.left_at IS NULL, c.last_seq, m.left_seq) AS last_seq,
    m.read_seq,
    iif(m.left_at IS NULL, ${unreadCount}, 0) AS unread,
    iif(m.left_at IS NULL, m.role, 'left') AS membership,
    iif(m.left_at IS NULL, c.cursor_version, 0) AS cursor_version
  FROM ${changed}
  ORDER BY iif(m.left_at IS NULL, max(c.changed_at, m.changed_at), m.changed_at) DESC, c.id`;

/** Walks what changed anywhere, told to: for a union in order SQLite would rather walk all there are. Cheap after a short absence, however many conversations the user is in. */
const byChange = `${headsFrom(`(
    SELECT conversation AS key FROM members WHERE user_id = ?1 AND changed_at >= ?2
    UNION
    SELECT c.key FROM conversations c INDEXED BY conversations_by_change
      CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1
    WHERE c.changed_at >= ?2 AND m.left_at IS NULL
  ) changed
  CROSS JOIN conversations c ON c.key = changed.key
  CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1`)} LIMIT ?3`;

/** Walks the user's own conversations, those that they left too. */
const byMembership = headsFrom(`members m INDEXED BY members_by_change
  CROSS JOIN conversations c ON c.key = m.conversation
  WHERE m.user_id = ?1 AND iif(m.left_at IS NULL, max(c.changed_at, m.changed_at), m.changed_at) >= ?2`);

/** Of somebody in so few, SQLite finds all heads in less time than it takes to make ready for a bound. */
const fewMax = 100;
const walkedChangesMax = 1_000;

export function listHeads(db: Connection, userId: UserId, since: number, limit: number): Head[] {
  // Any way finds the same: nothing depends on the moment of the choice.
  const rows = isInFew(db, userId)
    ? db.all<HeadRow>(byMembership, userId, since).slice(0, limit)
    : db.all<HeadRow>(
        isShortAbsence(db, since) ? byChange : `${byMembership} LIMIT ?3`,
        userId,
        since,
        limit,
      );
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

function isInFew(db: Connection, userId: UserId): boolean {
  const own = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM members INDEXED BY members_by_change WHERE user_id = ? LIMIT ?)',
    userId,
    fewMax + 1,
  );
  return (own?.count ?? 0) <= fewMax;
}

function isShortAbsence(db: Connection, since: number): boolean {
  const changed = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM conversations WHERE changed_at >= ? LIMIT ?)',
    since,
    walkedChangesMax + 1,
  );
  return (changed?.count ?? 0) <= walkedChangesMax;
}

type Change =
  | { version: number; message: Message }
  | { version: number; joined: Member }
  | { version: number; left: UserId };

export function getChanges(
  db: Connection,
  userId: UserId,
  conversationId: ConversationId,
  from: number,
): GetChangesResult | null {
  return db.read(() => {
    const row = findEntryRow(db, userId, conversationId);
    if (row === undefined) return null;
    const page = { entry: toEntry(db, userId, row), messages: [], joined: [], left: [] };
    const changes = [
      ...changedMessages(db, row.key, conversationId, from),
      ...changedMembers(db, row.key, from),
    ].sort((a, b) => a.version - b.version);
    const shown = changes.slice(0, limits.changesPerPageMax);
    const more = changes.length > shown.length;
    if (more && countChanges(db, row.key, from) > limits.changesMax) {
      return { ...page, version: row.version, more: false, tooFar: true };
    }
    return {
      ...page,
      messages: shown.flatMap((change) => ('message' in change ? [change.message] : [])),
      joined: shown.flatMap((change) => ('joined' in change ? [change.joined] : [])),
      left: shown.flatMap((change) => ('left' in change ? [change.left] : [])),
      version: more ? (shown.at(-1)?.version ?? row.version) : row.version,
      more,
      tooFar: false,
    };
  });
}

function countChanges(db: Connection, conversation: number, from: number): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM (SELECT 1 FROM messages WHERE conversation = ?1 AND version > ?2 LIMIT ?3)
       UNION ALL
       SELECT 1 FROM (SELECT 1 FROM members WHERE conversation = ?1 AND version > ?2 LIMIT ?3))`,
    conversation,
    from,
    limits.changesMax + 1,
  );
  return row?.count ?? 0;
}

function changedMessages(
  db: Connection,
  conversation: number,
  conversationId: ConversationId,
  from: number,
): Change[] {
  return db
    .all<MessageRow>(
      `SELECT ${messageColumns} FROM messages
       WHERE conversation = ? AND version > ? ORDER BY version LIMIT ?`,
      conversation,
      from,
      limits.changesPerPageMax + 1,
    )
    .map((row) => ({ version: row.version, message: toMessage(conversationId, row) }));
}

function changedMembers(db: Connection, conversation: number, from: number): Change[] {
  return db
    .all<MemberRow & { left_at: number | null }>(
      `SELECT ${memberColumns}, m.left_at FROM members m CROSS JOIN users u ON u.id = m.user_id
       WHERE m.conversation = ? AND m.version > ? ORDER BY m.version LIMIT ?`,
      conversation,
      from,
      limits.changesPerPageMax + 1,
    )
    .map((row) =>
      row.left_at === null
        ? { version: row.version, joined: toMember(row) }
        : { version: row.version, left: row.user_id as UserId },
    );
}
