/** Owns reading what is known of files, and who may read one at this moment. */
import type { FileId, UserId } from '@natter/protocol';
import type { Directory, StoredFile } from '../../contract.ts';
import { type FileRow, fileColumns, toStoredFile } from '../../rows.ts';
import type { Connection } from '../connection.ts';
import { sharesConversation } from './conversations.ts';

type Row = FileRow & { conversation_id: string | null };

export function getFile(db: Connection, fileId: FileId): StoredFile | null {
  const row = db.get<Row>(
    `SELECT ${fileColumns}, c.id AS conversation_id
     FROM files f LEFT JOIN conversations c ON c.key = f.conversation WHERE f.id = ?`,
    fileId,
  );
  return row === undefined ? null : toStoredFile(row);
}

export function getReadableFile(
  db: Connection,
  fileId: FileId,
  userId: UserId,
  directory: Directory,
): StoredFile | null {
  return db.read(() => {
    const row = db.get<Row>(
      `SELECT ${fileColumns}, c.id AS conversation_id
       FROM files f
         LEFT JOIN conversations c ON c.key = f.conversation
         LEFT JOIN members m ON m.conversation = f.conversation AND m.user_id = ?2
       WHERE f.id = ?1 AND f.gone_at IS NULL AND iif(f.conversation IS NULL,
         f.owner_id = ?2 OR f.picture = 'user', m.user_id IS NOT NULL AND m.left_at IS NULL)`,
      fileId,
      userId,
    );
    if (row === undefined) return null;
    const owner = row.owner_id as UserId;
    const isFound = row.picture !== 'user' || owner === userId || directory === 'everyone';
    return isFound || sharesConversation(db, userId, owner) ? toStoredFile(row) : null;
  });
}
