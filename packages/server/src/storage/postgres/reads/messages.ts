/** Owns pages of messages. Rows are never removed, so a page is a range of `seq`, and new messages never shift it. */
import type { GetMessagesResult, UserId } from '@natter/protocol';
import { type MessagesPage, pageRange } from '../../pages.ts';
import { type MessageRow, messageColumns, toMessage } from '../../rows.ts';
import type { Session } from '../connection.ts';

/** Of one moment: two statements. */
export async function getMessages(
  db: Session,
  userId: UserId,
  page: MessagesPage,
): Promise<GetMessagesResult | null> {
  const conversation = await db.get<{ version: number; last_seq: number }>(
    `SELECT c.version, c.last_seq
     FROM natter.conversations c JOIN natter.members m ON m.conversation_id = c.id
     WHERE c.id = $1 AND m.user_id = $2 AND m.left_at IS NULL`,
    page.conversationId,
    userId,
  );
  if (conversation === undefined) return null;
  const { first, last } = pageRange(page, conversation.last_seq);
  const rows = await db.all<MessageRow>(
    `SELECT ${messageColumns} FROM natter.messages
     WHERE conversation_id = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq`,
    page.conversationId,
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
}
