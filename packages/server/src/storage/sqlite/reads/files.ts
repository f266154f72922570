/** Owns reading what is known of files, and who may read one at this moment. */
import type { FileId, UserId } from '@natter/protocol';
import type { StoredFile } from '../../contract.ts';
import type { Connection } from '../connection.ts';
import { type FileRow, fileColumns, toStoredFile } from '../rows.ts';

type Row = FileRow & { conversation_id: string | null };

export function getFile(db: Connection, fileId: FileId): StoredFile | null {
  const row = db.get<Row>(
    `SELECT ${fileColumns}, c.id AS conversation_id
     FROM files f LEFT JOIN conversations c ON c.key = f.conversation WHERE f.id = ?`,
    fileId,
  );
  return row === undefined ? null : toStoredFile(row);
}

export function getReadableFile(db: Connection, fileId: FileId, userId: UserId): StoredFile | null {
  const row = db.get<Row>(
    `SELECT ${fileColumns}, c.id AS conversation_id
     FROM files f
       LEFT JOIN conversations c ON c.key = f.conversation
       LEFT JOIN members m ON m.conversation = f.conversation AND m.user_id = ?2
     WHERE f.id = ?1 AND f.gone_at IS NULL AND iif(f.message_id IS NULL, f.owner_id = ?2,
       m.user_id IS NOT NULL AND m.left_at IS NULL)`,
    fileId,
    userId,
  );
  return row === undefined ? null : toStoredFile(row);
}
