/** Owns finding people, by id or by the start of any word of their name. */
import type { User, UserId } from '@natter/protocol';
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

/** Everybody, in order of name. */
const directory = `
  SELECT n.part, ${userColumns} FROM user_names n CROSS JOIN users u ON u.id = n.user_id
  WHERE n.whole = 1 AND (n.part, n.user_id) > (?1, ?2)
  ORDER BY n.part, n.user_id LIMIT ?3`;

/** In order of the word that matches; somebody of whom several match comes with the first only. */
const matching = `
  SELECT n.part, ${userColumns} FROM user_names n CROSS JOIN users u ON u.id = n.user_id
  WHERE n.part >= ?4 AND n.part < ?5 AND (n.part, n.user_id) > (?1, ?2)
    AND NOT EXISTS (
      SELECT 1 FROM user_names other
      WHERE other.user_id = n.user_id AND other.part >= ?4 AND other.part < n.part)
  ORDER BY n.part, n.user_id LIMIT ?3`;

/** Sorts after everything that begins with the text before it. */
const lastCharacter = '\u{10ffff}';

export function searchUsers(
  db: Connection,
  page: { query: string; after: string | null; limit: number },
): { users: User[]; next: string | null } {
  const after = page.after === null ? { key: '', id: '' } : decodeCursor(page.after);
  const query = nameQuery(page.query);
  const count = page.limit + 1;
  const rows =
    query === ''
      ? db.all<FoundRow>(directory, after.key, after.id, count)
      : db.all<FoundRow>(matching, after.key, after.id, count, query, `${query}${lastCharacter}`);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    users: shown.map(toUser),
    next: rows.length > page.limit && last !== undefined ? encodeCursor(last.part, last.id) : null,
  };
}
