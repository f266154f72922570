/** Owns reading conversations and who is in them. */
import {
  type ConversationEntry,
  type ConversationId,
  type ConversationKind,
  isUuid,
  limits,
  type Member,
  type Role,
  type UserId,
} from '@natter/protocol';
import type { Membership } from '../../contract.ts';
import { badCursor, decodeCursor, encodeCursor } from '../../pages.ts';
import { type EntryRow, type MemberRow, memberColumns, toEntry, toMember } from '../../rows.ts';
import type { Session } from '../connection.ts';
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

export async function getMembership(
  db: Session,
  conversationId: ConversationId,
  userId: UserId,
): Promise<Membership | null> {
  const row = await db.get<MembershipRow>(
    `SELECT ${membershipColumns} FROM natter.conversations c JOIN natter.members m ON m.conversation_id = c.id
     WHERE c.id = $1 AND m.user_id = $2 AND m.left_at IS NULL`,
    conversationId,
    userId,
  );
  return row === undefined ? null : toMembership(row);
}

export async function listMemberships(db: Session, userId: UserId): Promise<Membership[]> {
  const rows = await db.all<MembershipRow>(
    `SELECT ${membershipColumns} FROM natter.members m JOIN natter.conversations c ON c.id = m.conversation_id
     WHERE m.user_id = $1 AND m.left_at IS NULL`,
    userId,
  );
  return rows.map(toMembership);
}

export interface ActiveCursor {
  activeAt: number;
  id: string;
}

export function decodeActiveCursor(cursor: string): ActiveCursor {
  const { key, id } = decodeCursor(cursor);
  const activeAt = Number(key);
  if (!Number.isSafeInteger(activeAt) || !isUuid(id)) throw badCursor();
  return { activeAt, id };
}

const start: ActiveCursor = {
  activeAt: Number.MAX_SAFE_INTEGER,
  id: '00000000-0000-0000-0000-000000000000',
};

/** Walks the user's own memberships; only the ids of a page are kept while sorting. */
const conversationsPage = `${selectEntries(
  `(SELECT c.id FROM natter.members m JOIN natter.conversations c ON c.id = m.conversation_id
    WHERE m.user_id = $1 AND m.left_at IS NULL AND (c.active_at, c.id) < ($2, $3::uuid)
    ORDER BY c.active_at DESC, c.id DESC LIMIT $4) page
     JOIN natter.conversations c ON c.id = page.id
     JOIN natter.members m ON m.conversation_id = c.id AND m.user_id = $1`,
)} ORDER BY c.active_at DESC, c.id DESC`;

export async function listConversations(
  db: Session,
  userId: UserId,
  page: { after: ActiveCursor | null; limit: number },
): Promise<{ entries: ConversationEntry[]; next: string | null }> {
  const { activeAt, id } = page.after ?? start;
  const rows = await db.all<EntryRow>(conversationsPage, userId, activeAt, id, page.limit + 1);
  const entries = rows.slice(0, page.limit).map(toEntry);
  const last = entries.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { entries, next: more ? encodeCursor(last.activeAt, last.conversation.id) : null };
}

const conversationsById = `${selectEntries(
  `unnest($2::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN natter.conversations c ON c.id = wanted.id
     JOIN natter.members m ON m.conversation_id = c.id AND m.user_id = $1 AND m.left_at IS NULL`,
)} ORDER BY wanted.place`;

export async function getConversations(
  db: Session,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<ConversationEntry[]> {
  return (await db.all<EntryRow>(conversationsById, userId, ids)).map(toEntry);
}

export async function listMembers(
  db: Session,
  conversationId: ConversationId,
  page: { after: UserId | null; limit: number },
): Promise<{ members: Member[]; next: UserId | null }> {
  const rows = await db.all<MemberRow>(
    `SELECT ${memberColumns} FROM natter.members m JOIN natter.users u ON u.id = m.user_id
     WHERE m.conversation_id = $1 AND m.user_id > $2 AND m.left_at IS NULL
     ORDER BY m.user_id LIMIT $3`,
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
export async function whoSharesConversation(
  db: Session,
  userId: UserId,
  others: readonly UserId[],
): Promise<UserId[]> {
  const asked = others.filter((other) => other !== userId);
  if (asked.length === 0) return [];
  const rows = await db.all<{ id: string }>(
    `SELECT wanted.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS wanted (id, pair, place)
     WHERE EXISTS (SELECT 1 FROM natter.conversations c WHERE c.pair = wanted.pair)
       OR EXISTS (
         SELECT 1 FROM natter.members o
           JOIN natter.members m ON m.conversation_id = o.conversation_id
           JOIN natter.conversations c ON c.id = o.conversation_id
         WHERE o.user_id = wanted.id AND o.left_at IS NULL AND m.user_id = $1 AND m.left_at IS NULL
           AND c.member_count <= ${limits.largeConversationMembers})
     ORDER BY wanted.place`,
    userId,
    asked,
    asked.map((other) => [userId, other].toSorted().join(' ')),
  );
  return rows.map((row) => row.id as UserId);
}
