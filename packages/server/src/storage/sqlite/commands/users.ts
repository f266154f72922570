/** Owns saving people. */
import type { User, UserId } from '@natter/protocol';
import { nameParts } from '../names.ts';
import { toUser, type UserRow } from '../rows.ts';
import type { Transaction } from './transaction.ts';

export function saveUser(tx: Transaction, user: { id: UserId; name: string }): User {
  const before = tx.db.get<UserRow>(
    'SELECT id, name, last_seen_at FROM users WHERE id = ?',
    user.id,
  );
  if (before?.name === user.name) return toUser(before);
  tx.db.run(
    'INSERT INTO users (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
    user.id,
    user.name,
  );
  tx.db.run('DELETE FROM user_names WHERE user_id = ?', user.id);
  for (const [at, part] of nameParts(user.name).entries()) {
    tx.db.run(
      'INSERT INTO user_names (part, user_id, whole) VALUES (?, ?, ?)',
      part,
      user.id,
      at === 0 ? 1 : 0,
    );
  }
  return { id: user.id, name: user.name, lastSeenAt: before?.last_seen_at ?? null };
}

/** Moves forward only: two devices may go away in one moment, and their notices come in any order. */
export function setLastSeen(tx: Transaction, userId: UserId, at: number): void {
  tx.db.run(
    'UPDATE users SET last_seen_at = max(coalesce(last_seen_at, 0), ?) WHERE id = ?',
    at,
    userId,
  );
}
