/** Owns finding people, by id or by the start of any word of their name. */
import { limits, type User, type UserId } from '@natter/protocol';
import { nameQuery } from '../../names.ts';
import { decodeCursor, encodeCursor } from '../../pages.ts';
import { toUser, type UserRow, userColumns } from '../../rows.ts';
import type { Connection } from '../connection.ts';

/** Those who exist, in the order of the ids. */
export function getUsers(db: Connection, ids: readonly UserId[]): User[] {
  const find = () =>
    ids.flatMap((id) => {
      const row = db.get<UserRow>(findUser, id);
      return row === undefined ? [] : [toUser(row)];
    });
  return ids.length > 1 ? db.read(find) : find();
}

const findUser = `SELECT ${userColumns} FROM users u WHERE u.id = ?`;

type FoundRow = UserRow & { part: string };

/** In order of name. */
const directory = (among: string) => `
  SELECT n.part, ${userColumns} FROM user_names n CROSS JOIN users u ON u.id = n.user_id
  WHERE n.whole = 1 AND (n.part, n.user_id) > (?1, ?2) ${among}
  ORDER BY n.part, n.user_id LIMIT ?3`;

/** In order of the word that matches; somebody of whom several match comes with the first only. */
const matching = (among: string) => `
  SELECT n.part, ${userColumns} FROM user_names n CROSS JOIN users u ON u.id = n.user_id
  WHERE n.part >= ?4 AND n.part < ?5 AND (n.part, n.user_id) > (?1, ?2)
    AND NOT EXISTS (
      SELECT 1 FROM user_names other
      WHERE other.user_id = n.user_id AND other.part >= ?4 AND other.part < n.part) ${among}
  ORDER BY n.part, n.user_id LIMIT ?3`;

/** Whom `userId` finds: themselves, and those in conversations of theirs that are not large. */
const amongFound = (userId: string) => `AND n.user_id IN (
  SELECT ${userId} UNION ALL
  SELECT o.user_id FROM members m
    CROSS JOIN conversations c ON c.key = m.conversation
    CROSS JOIN members o ON o.conversation = m.conversation
  WHERE m.user_id = ${userId} AND m.left_at IS NULL AND o.left_at IS NULL
    AND c.member_count <= ${limits.largeConversationMembers})`;

const everybody = { directory: directory(''), matching: matching('') };
const found = { directory: directory(amongFound('?4')), matching: matching(amongFound('?6')) };

/** Sorts after everything that begins with the text before it. */
const lastCharacter = '\u{10ffff}';

export function searchUsers(
  db: Connection,
  page: { query: string; after: string | null; limit: number; foundBy?: UserId },
): { users: User[]; next: string | null } {
  const after = page.after === null ? { key: '', id: '' } : decodeCursor(page.after);
  const query = nameQuery(page.query);
  const count = page.limit + 1;
  const sql = page.foundBy === undefined ? everybody : found;
  const place = [after.key, after.id, count] as const;
  const by = page.foundBy === undefined ? [] : [page.foundBy];
  const rows =
    query === ''
      ? db.all<FoundRow>(sql.directory, ...place, ...by)
      : db.all<FoundRow>(sql.matching, ...place, query, `${query}${lastCharacter}`, ...by);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    users: shown.map(toUser),
    next: rows.length > page.limit && last !== undefined ? encodeCursor(last.part, last.id) : null,
  };
}
