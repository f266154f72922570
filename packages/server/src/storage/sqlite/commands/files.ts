/** Owns what is known of files: recorded once, sent once or shown as one picture, lost with their message or when that is replaced. */
import type { Attachment, FileId, MessageId, UserId } from '@natter/protocol';
import type { AppendMessage, Refusal } from '../../contract.ts';
import { type FileRow, fileColumns, toAttachment } from '../../rows.ts';
import type { Transaction } from './transaction.ts';

/** Neither sent nor a picture; of `files f`. */
const unused = 'f.message_id IS NULL AND f.picture IS NULL';

export function saveFile(tx: Transaction, file: Attachment & { ownerId: UserId }): void {
  tx.db.run(
    `INSERT INTO files
       (id, owner_id, kind, name, media_type, bytes, width, height, thumbhash, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    file.fileId,
    file.ownerId,
    file.kind,
    file.name,
    file.mediaType,
    file.bytes,
    file.width,
    file.height,
    file.thumbhash,
    tx.now,
  );
}

/** Null when one is not the sender's, does not exist, was sent before, is a picture, or is named twice. */
export function findUnused(
  tx: Transaction,
  senderId: UserId,
  fileIds: readonly FileId[],
): Attachment[] | null {
  if (new Set(fileIds).size < fileIds.length) return null;
  const attachments: Attachment[] = [];
  for (const fileId of fileIds) {
    const row = tx.db.get<FileRow>(
      `SELECT ${fileColumns} FROM files f WHERE f.id = ? AND f.owner_id = ? AND ${unused}`,
      fileId,
      senderId,
    );
    if (row === undefined) return null;
    attachments.push(toAttachment(row));
  }
  return attachments;
}

export function attachFiles(
  tx: Transaction,
  { id, fileIds }: Pick<AppendMessage, 'id' | 'fileIds'>,
  conversation: number,
): void {
  for (const fileId of fileIds) {
    tx.db.run(
      'UPDATE files SET conversation = ?, message_id = ? WHERE id = ?',
      conversation,
      id,
      fileId,
    );
  }
}

export function loseFiles(tx: Transaction, messageId: MessageId): void {
  tx.db.run('UPDATE files SET gone_at = ? WHERE message_id = ?', tx.now, messageId);
}

/**
 * Takes an unused image of the actor's as picture, of themselves or of a conversation, in the place of the one before,
 * which nobody can read from then on. Null, or why not.
 */
export function changePicture(
  tx: Transaction,
  actorId: UserId,
  before: FileId | null,
  after: FileId | null,
  conversation: number | null,
): Refusal | null {
  if (after !== null) {
    const row = tx.db.get<FileRow>(
      `SELECT ${fileColumns} FROM files f WHERE f.id = ? AND f.owner_id = ? AND ${unused}`,
      after,
      actorId,
    );
    if (row === undefined) return 'badFile';
    if (row.kind !== 'image') return 'noImage';
    tx.db.run(
      'UPDATE files SET picture = ?, conversation = ? WHERE id = ?',
      conversation === null ? 'user' : 'group',
      conversation,
      after,
    );
  }
  if (before !== null) tx.db.run('UPDATE files SET gone_at = ? WHERE id = ?', tx.now, before);
  return null;
}

const filesPerCommandMax = 1_000;

/** Those of messages deleted and of pictures replaced before `olderThan` too: nobody can read them any more. */
export function deleteUnsentFiles(tx: Transaction, olderThan: number): FileId[] {
  const rows = tx.db.all<{ id: string }>(
    `SELECT id FROM files f WHERE ${unused} AND created_at < ?1
     UNION ALL SELECT id FROM files WHERE gone_at IS NOT NULL AND gone_at < ?1 LIMIT ?2`,
    olderThan,
    filesPerCommandMax,
  );
  for (const row of rows) tx.db.run('DELETE FROM files WHERE id = ?', row.id);
  return rows.map((row) => row.id as FileId);
}
