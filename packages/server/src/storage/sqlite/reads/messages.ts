/** Owns pages of messages. Rows are never removed, so a page is a range of `seq`, and new messages never shift it. */
import type { GetMessagesResult, UserId } from '@natter/protocol';
import { type MessagesPage, pageRange } from '../../pages.ts';
import { type MessageRow, messageColumns, toMessage } from '../../rows.ts';
import type { Connection } from '../connection.ts';

export function getMessages(
  db: Connection,
  userId: UserId,
  page: MessagesPage,
): GetMessagesResult | null {
  return db.read(() => {
    const conversation = db.get<{ key: number; version: number; last_seq: number }>(
      `SELECT c.key, c.version, c.last_seq FROM conversations c JOIN members m ON m.conversation = c.key
       WHERE c.id = ? AND m.user_id = ? AND m.left_at IS NULL`,
      page.conversationId,
      userId,
    );
    if (conversation === undefined) return null;
    const { first, last } = pageRange(page, conversation.last_seq);
    const rows = db.all<MessageRow>(
      `SELECT ${messageColumns} FROM messages
       WHERE conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
      conversation.key,
      first,
      last,
    );
    return {
      messages: rows.map((row) => toMessage(page.conversationId, row)),
      hasBefore: first > 1,
      hasAfter: last < conversation.last_seq,
      version: conversation.version,
      lastSeq: conversation.last_seq,
    };
  });
}
