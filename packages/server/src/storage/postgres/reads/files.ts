/** Owns reading what is known of files, and who may read one at this moment. */
import type { FileId, UserId } from '@natter/protocol';
import type { Directory, StoredFile } from '../../contract.ts';
import { type FileRow, fileColumns, toStoredFile } from '../../rows.ts';
import type { Session } from '../connection.ts';
import { whoSharesConversation } from './conversations.ts';

type Row = FileRow & { conversation_id: string | null };

export async function getFile(db: Session, fileId: FileId): Promise<StoredFile | null> {
  const row = await db.get<Row>(
    `SELECT ${fileColumns}, f.conversation_id FROM natter.files f WHERE f.id = $1`,
    fileId,
  );
  return row === undefined ? null : toStoredFile(row);
}

/** Of one moment: two statements. */
export async function getReadableFile(
  db: Session,
  fileId: FileId,
  userId: UserId,
  directory: Directory,
): Promise<StoredFile | null> {
  const row = await db.get<Row>(
    `SELECT ${fileColumns}, f.conversation_id
     FROM natter.files f
       LEFT JOIN natter.members m ON m.conversation_id = f.conversation_id AND m.user_id = $2
     WHERE f.id = $1 AND f.gone_at IS NULL AND CASE WHEN f.conversation_id IS NULL
       THEN f.owner_id = $2 OR f.picture = 'user' ELSE m.user_id IS NOT NULL AND m.left_at IS NULL END`,
    fileId,
    userId,
  );
  if (row === undefined) return null;
  const owner = row.owner_id as UserId;
  const isFound = row.picture !== 'user' || owner === userId || directory === 'everyone';
  if (isFound) return toStoredFile(row);
  const sharing = await whoSharesConversation(db, userId, [owner]);
  return sharing.length > 0 ? toStoredFile(row) : null;
}
