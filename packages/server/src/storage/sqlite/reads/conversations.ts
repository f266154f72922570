/** Owns reading conversations and who is in them. */
import {
  type ConversationEntry,
  type ConversationId,
  type ConversationKind,
  limits,
  type Member,
  type Role,
  type UserId,
} from '@natter/protocol';
import type { Membership } from '../../contract.ts';
import { badCursor, decodeCursor, encodeCursor } from '../../pages.ts';
import { type EntryRow, type MemberRow, memberColumns, toEntry, toMember } from '../../rows.ts';
import type { Connection } from '../connection.ts';
import { selectEntries } from './entries.ts';

interface MembershipRow {
  id: string;
  kind: ConversationKind;
  role: Role;
  member_count: number;
  version: number;
  cursor_version: number;
}
const membershipColumns = 'c.id, c.kind, m.role, c.member_count, c.version, c.cursor_version';

function toMembership(row: MembershipRow): Membership {
  return {
    conversationId: row.id as ConversationId,
    kind: row.kind,
    role: row.role,
    memberCount: row.member_count,
    version: row.version,
    cursorVersion: row.cursor_version,
  };
}

export function getMembership(
  db: Connection,
  conversationId: ConversationId,
  userId: UserId,
): Membership | null {
  const row = db.get<MembershipRow>(
    `SELECT ${membershipColumns} FROM conversations c JOIN members m ON m.conversation = c.key
     WHERE c.id = ? AND m.user_id = ? AND m.left_at IS NULL`,
    conversationId,
    userId,
  );
  return row === undefined ? null : toMembership(row);
}

export function listMemberships(db: Connection, userId: UserId): Membership[] {
  return db
    .all<MembershipRow>(
      `SELECT ${membershipColumns} FROM members m INDEXED BY members_by_user
         CROSS JOIN conversations c ON c.key = m.conversation
       WHERE m.user_id = ? AND m.left_at IS NULL`,
      userId,
    )
    .map(toMembership);
}

/** Walks the user's own memberships; only the keys of a page are kept while sorting. */
const conversationsPage = `${selectEntries(
  `(SELECT c.key FROM members m INDEXED BY members_by_user
      CROSS JOIN conversations c ON c.key = m.conversation
    WHERE m.user_id = ?1 AND m.left_at IS NULL AND (c.active_at, c.id) < (?2, ?3)
    ORDER BY c.active_at DESC, c.id DESC LIMIT ?4) page
     CROSS JOIN conversations c ON c.key = page.key
     CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1`,
)} ORDER BY c.active_at DESC, c.id DESC`;

export function listConversations(
  db: Connection,
  userId: UserId,
  page: { after: string | null; limit: number },
): { entries: ConversationEntry[]; next: string | null } {
  const after = page.after === null ? null : decodeActiveCursor(page.after);
  const rows = db.all<EntryRow>(
    conversationsPage,
    userId,
    after?.activeAt ?? Number.MAX_SAFE_INTEGER,
    after?.id ?? '',
    page.limit + 1,
  );
  const entries = rows.slice(0, page.limit).map(toEntry);
  const last = entries.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { entries, next: more ? encodeCursor(last.activeAt, last.conversation.id) : null };
}

function decodeActiveCursor(cursor: string): { activeAt: number; id: string } {
  const { key, id } = decodeCursor(cursor);
  const activeAt = Number(key);
  if (!Number.isSafeInteger(activeAt)) throw badCursor();
  return { activeAt, id };
}

const conversationsById = `${selectEntries(
  `json_each(?2) wanted
     CROSS JOIN conversations c ON c.id = wanted.value
     CROSS JOIN members m ON m.conversation = c.key AND m.user_id = ?1 AND m.left_at IS NULL`,
)} ORDER BY wanted.key`;

export function getConversations(
  db: Connection,
  userId: UserId,
  ids: readonly ConversationId[],
): ConversationEntry[] {
  return db.all<EntryRow>(conversationsById, userId, JSON.stringify(ids)).map(toEntry);
}

export function listMembers(
  db: Connection,
  conversationId: ConversationId,
  page: { after: UserId | null; limit: number },
): { members: Member[]; next: UserId | null } {
  const rows = db.all<MemberRow>(
    `SELECT ${memberColumns} FROM conversations c
       CROSS JOIN members m ON m.conversation = c.key
       CROSS JOIN users u ON u.id = m.user_id
     WHERE c.id = ? AND m.user_id > ? AND m.left_at IS NULL
     ORDER BY m.user_id LIMIT ?`,
    conversationId,
    page.after ?? '',
    page.limit + 1,
  );
  const members = rows.slice(0, page.limit).map(toMember);
  return {
    members,
    next: rows.length > page.limit ? (members.at(-1)?.userId ?? null) : null,
  };
}

/** Sharing only conversations that count as large is not sharing (LARGE2). */
export function whoSharesConversation(
  db: Connection,
  userId: UserId,
  others: readonly UserId[],
): UserId[] {
  return db.read(() =>
    others.filter((other) => other !== userId && sharesConversation(db, userId, other)),
  );
}

export function sharesConversation(db: Connection, userId: UserId, other: UserId): boolean {
  const pair = [userId, other].toSorted().join(' ');
  if (db.get('SELECT 1 FROM conversations WHERE pair = ?', pair) !== undefined) return true;
  const row = db.get(
    `SELECT 1 FROM members o
       CROSS JOIN members m ON m.conversation = o.conversation
       CROSS JOIN conversations c ON c.key = o.conversation
     WHERE o.user_id = ? AND o.left_at IS NULL AND m.user_id = ? AND m.left_at IS NULL
       AND c.member_count <= ${limits.largeConversationMembers} LIMIT 1`,
    other,
    userId,
  );
  return row !== undefined;
}
