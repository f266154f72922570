/** Owns finding people, by id or by the start of any word of their name. */
import type { User, UserId } from '@natter/protocol';
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

/** Everybody, in order of name. */
const directory = `
  SELECT n.part, ${userColumns} FROM natter.user_names n JOIN natter.users u ON u.id = n.user_id
  WHERE n.whole AND (n.part, n.user_id) > ($1, $2)
  ORDER BY n.part, n.user_id LIMIT $3`;

/** In order of the word that matches; somebody of whom several match comes with the first only. */
const matching = `
  SELECT n.part, ${userColumns} FROM natter.user_names n JOIN natter.users u ON u.id = n.user_id
  WHERE n.part >= $4 AND n.part < $5 AND (n.part, n.user_id) > ($1, $2)
    AND NOT EXISTS (
      SELECT 1 FROM natter.user_names other
      WHERE other.user_id = n.user_id AND other.part >= $4 AND other.part < n.part)
  ORDER BY n.part, n.user_id LIMIT $3`;

/** Sorts after everything that begins with the text before it. */
const lastCharacter = '\u{10ffff}';

export async function searchUsers(
  db: Session,
  page: { query: string; after: { key: string; id: string } | null; limit: number },
): Promise<{ users: User[]; next: string | null }> {
  const after = page.after ?? { key: '', id: '' };
  const query = nameQuery(page.query);
  const count = page.limit + 1;
  const rows =
    query === ''
      ? await db.all<FoundRow>(directory, after.key, after.id, count)
      : await db.all<FoundRow>(
          matching,
          after.key,
          after.id,
          count,
          query,
          `${query}${lastCharacter}`,
        );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    users: shown.map(toUser),
    next: rows.length > page.limit && last !== undefined ? encodeCursor(last.part, last.id) : null,
  };
}
