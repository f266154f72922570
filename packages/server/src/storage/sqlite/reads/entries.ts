/** Owns a conversation as one member sees it. */
import type { ConversationEntry, Role } from '@natter/protocol';
import {
  type MemberRow,
  type MessageRow,
  memberColumns,
  messageColumns,
  toConversation,
  toMember,
  toMessage,
} from '../../rows.ts';
import type { Connection } from '../connection.ts';
import { type KeyedRow, keyedColumns } from '../keyed.ts';
import { unreadCount } from '../unread.ts';

export type EntryRow = KeyedRow & {
  role: Role;
  delivered_seq: number;
  read_seq: number;
  unread: number;
};

/** From `conversations c` and the member's own row `m`. */
export const entryColumns = `${keyedColumns}, m.role, m.delivered_seq, m.read_seq, ${unreadCount} AS unread`;

export function findEntryRow(
  db: Connection,
  userId: string,
  conversationId: string,
): EntryRow | undefined {
  return db.get<EntryRow>(
    `SELECT ${entryColumns} FROM conversations c JOIN members m ON m.conversation = c.key
     WHERE c.id = ? AND m.user_id = ? AND m.left_at IS NULL`,
    conversationId,
    userId,
  );
}

export function toEntry(db: Connection, userId: string, row: EntryRow): ConversationEntry {
  const lastMessage = db.get<MessageRow>(
    `SELECT ${messageColumns} FROM messages WHERE conversation = ? AND seq = ?`,
    row.key,
    row.last_seq,
  );
  const peer =
    row.kind === 'group'
      ? undefined
      : db.get<MemberRow>(
          `SELECT ${memberColumns} FROM members m JOIN users u ON u.id = m.user_id
           WHERE m.conversation = ? AND m.user_id <> ?`,
          row.key,
          userId,
        );
  return {
    conversation: toConversation(row),
    role: row.role,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
    unreadCount: row.unread,
    lastMessage: lastMessage === undefined ? null : toMessage(row.id, lastMessage),
    peer: peer === undefined ? null : toMember(peer),
    activeAt: row.active_at,
    cursorVersion: row.cursor_version,
  };
}
