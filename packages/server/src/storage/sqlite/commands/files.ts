/** Owns what is known of files: recorded once, sent once, lost with their message. */
import type { Attachment, FileId, MessageId, UserId } from '@natter/protocol';
import type { AppendMessage } from '../../contract.ts';
import { type FileRow, fileColumns, toAttachment } from '../rows.ts';
import type { Transaction } from './transaction.ts';

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

/** Null when one is not the sender's, does not exist, or was sent before. */
export function attachFiles(
  tx: Transaction,
  command: AppendMessage,
  conversation: number,
): Attachment[] | null {
  const attachments: Attachment[] = [];
  for (const fileId of command.fileIds) {
    const row = tx.db.get<FileRow>(
      `SELECT ${fileColumns} FROM files f WHERE f.id = ? AND f.owner_id = ? AND f.message_id IS NULL`,
      fileId,
      command.senderId,
    );
    if (row === undefined) return null;
    tx.db.run(
      'UPDATE files SET conversation = ?, message_id = ? WHERE id = ?',
      conversation,
      command.id,
      fileId,
    );
    attachments.push(toAttachment(row));
  }
  return attachments;
}

export function loseFiles(tx: Transaction, messageId: MessageId): void {
  tx.db.run('UPDATE files SET gone_at = ? WHERE message_id = ?', tx.now, messageId);
}

const filesPerCommandMax = 1_000;

/** Those of messages deleted before `olderThan` too: nobody can read them any more. */
export function deleteUnsentFiles(tx: Transaction, olderThan: number): FileId[] {
  const rows = tx.db.all<{ id: string }>(
    `SELECT id FROM files WHERE message_id IS NULL AND created_at < ?1
     UNION ALL SELECT id FROM files WHERE gone_at IS NOT NULL AND gone_at < ?1 LIMIT ?2`,
    olderThan,
    filesPerCommandMax,
  );
  for (const row of rows) tx.db.run('DELETE FROM files WHERE id = ?', row.id);
  return rows.map((row) => row.id as FileId);
}
