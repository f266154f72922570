/** Owns finding people, by id or by the start of any word of their name. */
import { limits, type User, type UserId } from '@natter/protocol';
import { nameQuery } from '../../names.ts';
import { encodeCursor } from '../../pages.ts';
import { toUser, type UserRow, userColumns } from '../../rows.ts';
import type { Session } from '../connection.ts';

/** Those who exist, in the order of the ids. */
export async function getUsers(db: Session, ids: readonly UserId[]): Promise<User[]> {
  const rows = await db.all<UserRow>(
    `SELECT ${userColumns} FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, place)
       JOIN natter.users u ON u.id = wanted.id ORDER BY wanted.place`,
    ids,
  );
  return rows.map(toUser);
}

type FoundRow = UserRow & { part: string };

/** In order of name. */
const directory = (among: string) => `
  SELECT n.part, ${userColumns} FROM natter.user_names n JOIN natter.users u ON u.id = n.user_id
  WHERE n.whole AND (n.part, n.user_id) > ($1, $2) ${among}
  ORDER BY n.part, n.user_id LIMIT $3`;

/** In order of the word that matches; somebody of whom several match comes with the first only. */
const matching = (among: string) => `
  SELECT n.part, ${userColumns} FROM natter.user_names n JOIN natter.users u ON u.id = n.user_id
  WHERE n.part >= $4 AND n.part < $5 AND (n.part, n.user_id) > ($1, $2)
    AND NOT EXISTS (
      SELECT 1 FROM natter.user_names other
      WHERE other.user_id = n.user_id AND other.part >= $4 AND other.part < n.part) ${among}
  ORDER BY n.part, n.user_id LIMIT $3`;

/** Whom `userId` finds: themselves, and those in conversations of theirs that are not large. */
const amongFound = (userId: string) => `AND n.user_id IN (
  SELECT ${userId} UNION ALL
  SELECT o.user_id FROM natter.members m
    JOIN natter.conversations c ON c.id = m.conversation_id
    JOIN natter.members o ON o.conversation_id = m.conversation_id
  WHERE m.user_id = ${userId} AND m.left_at IS NULL AND o.left_at IS NULL
    AND c.member_count <= ${limits.largeConversationMembers})`;

const everybody = { directory: directory(''), matching: matching('') };
const found = { directory: directory(amongFound('$4')), matching: matching(amongFound('$6')) };

/** Sorts after everything that begins with the text before it. */
const lastCharacter = '\u{10ffff}';

export async function searchUsers(
  db: Session,
  page: {
    query: string;
    after: { key: string; id: string } | null;
    limit: number;
    foundBy?: UserId;
  },
): Promise<{ users: User[]; next: string | null }> {
  const after = page.after ?? { key: '', id: '' };
  const query = nameQuery(page.query);
  const count = page.limit + 1;
  const sql = page.foundBy === undefined ? everybody : found;
  const place = [after.key, after.id, count] as const;
  const by = page.foundBy === undefined ? [] : [page.foundBy];
  const rows =
    query === ''
      ? await db.all<FoundRow>(sql.directory, ...place, ...by)
      : await db.all<FoundRow>(sql.matching, ...place, query, `${query}${lastCharacter}`, ...by);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    users: shown.map(toUser),
    next: rows.length > page.limit && last !== undefined ? encodeCursor(last.part, last.id) : null,
  };
}
