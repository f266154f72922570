/** Owns what changed: heads since a time, and in one conversation the rows stamped after a version. */
import {
  type ConversationId,
  type GetChangesResult,
  type Head,
  limits,
  type Role,
  type UserId,
} from '@natter/protocol';
import { changedMemberColumns, toChangesPage, tooFar } from '../../changes.ts';
import type { Snapshot } from '../../contract.ts';
import {
  type EntryRow,
  messageColumns,
  rowsOf,
  toUser,
  type UserRow,
  userColumns,
} from '../../rows.ts';
import type { Connection } from '../connection.ts';
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

const stampedAt = 'iif(m.left_at IS NULL, max(c.changed_at, m.changed_at), m.changed_at)';
/** Of one who left: where it stood then. What came later is no business of theirs. */
const headsFrom = (changed: string) => `
  SELECT c.id,
    iif(m.left_at IS NULL, c.version, m.version) AS version,
    iif(m.left_at IS NULL, c.last_seq, m.left_seq) AS last_seq,
    m.read_seq,
    iif(m.left_at IS NULL, ${unreadCount}, 0) AS unread,
    iif(m.left_at IS NULL, m.role, 'left') AS membership,
    iif(m.left_at IS NULL, c.cursor_version, 0) AS cursor_version,
    ${stampedAt} AS at
  FROM ${changed}`;
const newestFirst = 'ORDER BY at DESC, id';

/** Walks what changed anywhere, told to: for a union in order SQLite would rather walk all there are. Cheap after a short absence, however many conversations the user is in. */
const byChange = headsFrom(`(
    SELECT conversation AS key FROM members WHERE user_id = ?1 AND changed_at >= ?2
    UNION
    SELECT c.key FROM conversations c INDEXED BY conversations_by_change
      CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1
    WHERE c.changed_at >= ?2 AND m.left_at IS NULL
  ) changed
  CROSS JOIN conversations c ON c.key = changed.key
  CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1`);

/** Walks the user's own conversations, those that they left too. */
const byMembership = headsFrom(`members m INDEXED BY members_by_change
  CROSS JOIN conversations c ON c.key = m.conversation
  WHERE m.user_id = ?1 AND ${stampedAt} >= ?2`);

const headColumns = 'id, version, last_seq, read_seq, unread, membership, cursor_version';
const fewMax = 100;
const walkedChangesMax = 1_000;
/** The person, with all heads of somebody in few conversations; of others it is counted which way to them is shorter. */
const snapshot = `
  SELECT ${userColumns},
    iif(own.count > ${fewMax}, NULL,
      (SELECT json_group_array(json_array(${headColumns}) ${newestFirst}) FROM (${byMembership}))) AS heads,
    iif(own.count > ${fewMax},
      (SELECT count(*) FROM (SELECT 1 FROM conversations WHERE changed_at >= ?2 LIMIT ${walkedChangesMax + 1})),
      NULL) AS changes
  FROM (SELECT count(*) AS count FROM (
      SELECT 1 FROM members INDEXED BY members_by_change WHERE user_id = ?1 LIMIT ${fewMax + 1})) own
    LEFT JOIN users u ON u.id = ?1`;

/** The way that is chosen finds the same as the other: nothing depends on the moment of the choice. */
export function getSnapshot(
  db: Connection,
  userId: UserId,
  since: number,
  limit: number,
): Snapshot {
  const row = db.get<
    { [Name in keyof UserRow]: UserRow[Name] | null } & {
      heads: string | null;
      changes: number | null;
    }
  >(snapshot, userId, since);
  if (row === undefined) throw new Error('the database gives no snapshot');
  const isShortAbsence = (row.changes ?? 0) <= walkedChangesMax;
  const rows =
    row.heads === null
      ? db.all<HeadRow>(
          `${isShortAbsence ? byChange : byMembership} ${newestFirst} LIMIT ?3`,
          userId,
          since,
          limit,
        )
      : rowsOf<HeadRow>(headColumns, JSON.parse(row.heads)).slice(0, limit);
  return { user: row.id === null ? null : toUser(row as UserRow), heads: rows.map(toHead) };
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

const inArray = (columns: string) => `json_array(${columns.replaceAll(/\b[mu]\./g, '')})`;
const changes = selectEntry([
  `(SELECT json_group_array(${inArray(messageColumns)}) FROM (
      SELECT ${messageColumns} FROM messages
      WHERE conversation = c.key AND version > ?3 ORDER BY version LIMIT ${limits.changesPerPageMax + 1})) AS messages`,
  `(SELECT json_group_array(${inArray(changedMemberColumns)}) FROM (
      SELECT ${changedMemberColumns} FROM members m CROSS JOIN users u ON u.id = m.user_id
      WHERE m.conversation = c.key AND m.version > ?3 ORDER BY m.version LIMIT ${limits.changesPerPageMax + 1})) AS members`,
]);

export function getChanges(
  db: Connection,
  userId: UserId,
  conversationId: ConversationId,
  from: number,
): GetChangesResult | null {
  const row = db.get<EntryRow & { messages: string; members: string }>(
    changes,
    userId,
    conversationId,
    from,
  );
  if (row === undefined) return null;
  const { messages, members } = row;
  const page = toChangesPage({
    ...row,
    messages: JSON.parse(messages),
    members: JSON.parse(members),
  });
  // What is added before it is counted only makes it further.
  const isFar = page.more && countChanges(db, conversationId, from) > limits.changesMax;
  return isFar ? tooFar(page) : page;
}

function countChanges(db: Connection, conversationId: ConversationId, from: number): number {
  const row = db.get<{ count: number }>(
    `SELECT (SELECT count(*) FROM (SELECT 1 FROM messages WHERE conversation = c.key AND version > ?2 LIMIT ?3))
       + (SELECT count(*) FROM (SELECT 1 FROM members WHERE conversation = c.key AND version > ?2 LIMIT ?3)) AS count
     FROM conversations c WHERE c.id = ?1`,
    conversationId,
    from,
    limits.changesMax + 1,
  );
  return row?.count ?? 0;
}
