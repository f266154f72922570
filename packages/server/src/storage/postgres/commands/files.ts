/** Owns what is known of files: recorded once, sent once or shown as one picture, lost with their message or when that is replaced. */
import type { Attachment, FileId, MessageId, UserId } from '@natter/protocol';
import type { Refusal } from '../../contract.ts';
import { type FileRow, fileColumns } from '../../rows.ts';
import type { Session } from '../connection.ts';
import type { World } from './transaction.ts';

/** Neither sent nor a picture; of `files f`. */
const unused = 'f.message_id IS NULL AND f.picture IS NULL';

const clock = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

export async function saveFile(
  { session }: World,
  file: Attachment & { ownerId: UserId },
): Promise<void> {
  await session.run(
    `INSERT INTO natter.files
       (id, owner_id, kind, name, media_type, bytes, width, height, thumbhash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${clock}) ON CONFLICT DO NOTHING`,
    file.fileId,
    file.ownerId,
    file.kind,
    file.name,
    file.mediaType,
    file.bytes,
    file.width,
    file.height,
    file.thumbhash,
  );
}

/** Locks those of the files that nobody has used yet. */
export async function findUnused(
  session: Session,
  ids: readonly FileId[],
): Promise<Map<string, FileRow>> {
  if (ids.length === 0) return new Map();
  const rows = await session.all<FileRow>(
    `SELECT ${fileColumns} FROM natter.files f
     WHERE f.id = ANY ($1::uuid[]) AND ${unused} ORDER BY f.id FOR UPDATE`,
    [...new Set(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of the sender's own, each once; null when one is not. */
export function takeFiles(
  unusedFiles: Map<string, FileRow>,
  senderId: UserId,
  ids: readonly FileId[],
): FileRow[] | null {
  const rows = ids.map((id) => unusedFiles.get(id));
  const mine = rows.filter((row) => row !== undefined && row.owner_id === senderId);
  if (mine.length < ids.length || new Set(ids).size < ids.length) return null;
  for (const id of ids) unusedFiles.delete(id);
  return mine as FileRow[];
}

export interface SentFile {
  fileId: string;
  conversationId: string;
  messageId: string;
}

export function saveSent(session: Session, files: readonly SentFile[]): void {
  if (files.length === 0) return;
  void session.run(
    `UPDATE natter.files f SET conversation_id = sent.conversation_id, message_id = sent.message_id
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS sent (id, conversation_id, message_id) WHERE f.id = sent.id`,
    files.map(({ fileId }) => fileId),
    files.map(({ conversationId }) => conversationId),
    files.map(({ messageId }) => messageId),
  );
}

export function loseFiles(session: Session, messageId: MessageId, now: number): void {
  void session.run('UPDATE natter.files SET gone_at = $1 WHERE message_id = $2', now, messageId);
}

/** Whether this file may become a picture of the actor's; null when it may. */
export function judgePicture(
  unusedFiles: Map<string, FileRow>,
  actorId: UserId,
  picture: FileId | null,
): Refusal | null {
  if (picture === null) return null;
  const row = unusedFiles.get(picture);
  if (row === undefined || row.owner_id !== actorId) return 'badFile';
  return row.kind === 'image' ? null : 'noImage';
}

/** In the place of the one before, which nobody can read from then on. */
export function savePicture(
  session: Session,
  before: string | null,
  after: string | null,
  conversationId: string | null,
): void {
  if (after !== null) {
    void session.run(
      'UPDATE natter.files SET picture = $1, conversation_id = $2 WHERE id = $3',
      conversationId === null ? 'user' : 'group',
      conversationId,
      after,
    );
  }
  if (before !== null) {
    void session.run(`UPDATE natter.files SET gone_at = ${clock} WHERE id = $1`, before);
  }
}

const filesPerCommandMax = 1_000;

/**
 * Those of messages deleted and of pictures replaced before `olderThan` too: nobody can read them any more. One that
 * is sent at this moment is looked at again once that is done, and stays.
 */
export async function deleteUnsentFiles({ session }: World, olderThan: number): Promise<FileId[]> {
  const rows = await session.all<{ id: string }>(
    `WITH old AS MATERIALIZED (
       SELECT f.id FROM natter.files f WHERE ${unused} AND f.created_at < $1
       UNION ALL SELECT f.id FROM natter.files f WHERE f.gone_at IS NOT NULL AND f.gone_at < $1 LIMIT $2)
     DELETE FROM natter.files f USING old
     WHERE f.id = old.id AND ((${unused} AND f.created_at < $1) OR f.gone_at < $1) RETURNING f.id`,
    olderThan,
    filesPerCommandMax,
  );
  return rows.map((row) => row.id as FileId);
}
