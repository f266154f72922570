/** Owns saving people. A name is the token's, or one that the person chose: each is written where the other may not be. */
import type { FileId, User, UserId } from '@natter/protocol';
import type { ProfileOutcome } from '../../contract.ts';
import { nameParts } from '../../names.ts';
import { toUser, type UserRow, userColumns } from '../../rows.ts';
import { changePicture } from './files.ts';
import { refused, type Transaction } from './transaction.ts';

type Row = UserRow & { name_chosen: number };

function findUser(tx: Transaction, userId: UserId): Row | undefined {
  return tx.db.get<Row>(`SELECT ${userColumns}, u.name_chosen FROM users u WHERE u.id = ?`, userId);
}

export function saveUser(
  tx: Transaction,
  { id, name, keepChosen = false }: { id: UserId; name: string; keepChosen?: boolean },
): User {
  const before = findUser(tx, id);
  const isChosen = before?.name_chosen === 1;
  if (before !== undefined && ((keepChosen && isChosen) || (before.name === name && !isChosen)))
    return toUser(before);
  setName(tx, id, name, false);
  return before === undefined
    ? { id, name, picture: null, lastSeenAt: null }
    : { ...toUser(before), name };
}

export function updateProfile(
  tx: Transaction,
  command: {
    userId: UserId;
    name?: string | undefined;
    picture?: FileId | null | undefined;
  },
): ProfileOutcome {
  const { userId, name, picture } = command;
  const before = findUser(tx, userId);
  if (before === undefined) return refused('unknownUser');
  const user = toUser(before);
  const after = { ...user };
  if (picture !== undefined && picture !== user.picture) {
    const refusal = changePicture(tx, userId, user.picture, picture, null);
    if (refusal !== null) return refused(refusal);
    tx.db.run('UPDATE users SET picture = ? WHERE id = ?', picture, userId);
    after.picture = picture;
  }
  if (name !== undefined && name !== user.name) {
    setName(tx, userId, name, true);
    after.name = name;
  }
  const changed = after.name !== user.name || after.picture !== user.picture;
  return { outcome: 'done', user: after, changed };
}

function setName(tx: Transaction, userId: UserId, name: string, isChosen: boolean): void {
  tx.db.run(
    `INSERT INTO users (id, name, name_chosen) VALUES (?1, ?2, ?3)
     ON CONFLICT (id) DO UPDATE SET name = ?2, name_chosen = ?3`,
    userId,
    name,
    isChosen ? 1 : 0,
  );
  tx.db.run('DELETE FROM user_names WHERE user_id = ?', userId);
  for (const [at, part] of nameParts(name).entries()) {
    tx.db.run(
      'INSERT INTO user_names (part, user_id, whole) VALUES (?, ?, ?)',
      part,
      userId,
      at === 0 ? 1 : 0,
    );
  }
}

/** Moves forward only: two devices may go away in one moment, and their notices come in any order. */
export function setLastSeen(tx: Transaction, userId: UserId, at: number): void {
  tx.db.run(
    'UPDATE users SET last_seen_at = max(coalesce(last_seen_at, 0), ?) WHERE id = ?',
    at,
    userId,
  );
}
