/** Owns saving people. A name is the token's, or one that the person chose: each is written where the other may not be. */
import type { FileId, User, UserId } from '@natter/protocol';
import type { ProfileOutcome } from '../../contract.ts';
import { nameParts } from '../../names.ts';
import { toUser, type UserRow, userColumns } from '../../rows.ts';
import type { Session } from '../connection.ts';
import { findUnused, judgePicture, savePicture } from './files.ts';
import { refused, type World } from './transaction.ts';

type Row = UserRow & { name_chosen: boolean };

export interface SaveUser {
  id: UserId;
  name: string;
  keepChosen?: boolean;
}

/** What is saved already, if this would change nothing. Most of those who connect are known. */
export async function findSaved(session: Session, command: SaveUser): Promise<User | null> {
  const row = await session.get<Row>(
    `SELECT ${userColumns}, u.name_chosen FROM natter.users u WHERE u.id = $1`,
    command.id,
  );
  return row !== undefined && isSaved(row, command) ? toUser(row) : null;
}

function isSaved(row: Row, { name, keepChosen = false }: SaveUser): boolean {
  return row.name_chosen ? keepChosen : row.name === name;
}

export async function saveUser({ session }: World, command: SaveUser): Promise<User> {
  const before = await lockUser(session, command.id);
  if (before !== undefined && isSaved(before, command)) return toUser(before);
  const { id, name } = command;
  setName(session, id, name, false);
  return before === undefined
    ? { id, name, picture: null, lastSeenAt: null }
    : { ...toUser(before), name };
}

export async function updateProfile(
  { session }: World,
  command: {
    userId: UserId;
    name?: string | undefined;
    picture?: FileId | null | undefined;
  },
): Promise<ProfileOutcome> {
  const { userId, name, picture } = command;
  const [before, unusedFiles] = await Promise.all([
    lockUser(session, userId),
    findUnused(session, picture ? [picture] : []),
  ]);
  if (before === undefined) return refused('unknownUser');
  const user = toUser(before);
  const after = { ...user };
  if (picture !== undefined && picture !== user.picture) {
    const refusal = judgePicture(unusedFiles, userId, picture);
    if (refusal !== null) return refused(refusal);
    savePicture(session, user.picture, picture, null);
    void session.run('UPDATE natter.users SET picture = $1 WHERE id = $2', picture, userId);
    after.picture = picture;
  }
  if (name !== undefined && name !== user.name) {
    setName(session, userId, name, true);
    after.name = name;
  }
  const changed = after.name !== user.name || after.picture !== user.picture;
  return { outcome: 'done', user: after, changed };
}

function lockUser(session: Session, userId: UserId): Promise<Row | undefined> {
  return session.get<Row>(
    `SELECT ${userColumns}, u.name_chosen FROM natter.users u WHERE u.id = $1 FOR UPDATE`,
    userId,
  );
}

function setName(session: Session, userId: UserId, name: string, isChosen: boolean): void {
  void session.run(
    `INSERT INTO natter.users (id, name, name_chosen) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_chosen = excluded.name_chosen`,
    userId,
    name,
    isChosen,
  );
  const parts = nameParts(name);
  void session.run('DELETE FROM natter.user_names WHERE user_id = $1', userId);
  void session.run(
    `INSERT INTO natter.user_names (part, user_id, whole)
     SELECT part, $2, whole FROM unnest($1::text[], $3::boolean[]) AS new (part, whole)`,
    parts,
    userId,
    parts.map((_, at) => at === 0),
  );
}

/** Moves forward only: two devices may go away in one moment, and their notices come in any order. */
export async function setLastSeen({ session }: World, userId: UserId, at: number): Promise<void> {
  await session.run(
    'UPDATE natter.users SET last_seen_at = greatest(last_seen_at, $1) WHERE id = $2',
    at,
    userId,
  );
}
