/** Owns pages of messages. Rows are never removed, so a page is a range of `seq`, and new messages never shift it. */
import type { ConversationId, GetMessagesResult, UserId } from '@natter/protocol';
import type { Connection } from '../connection.ts';
import { type MessageRow, messageColumns, toMessage } from '../rows.ts';

export interface MessagesPage {
  conversationId: ConversationId;
  before?: number;
  after?: number;
  around?: number;
  limit: number;
}

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

/** Both ends included; empty when `last` is `first` − 1. */
export function pageRange(
  page: Omit<MessagesPage, 'conversationId'>,
  lastSeq: number,
): { first: number; last: number } {
  const { limit } = page;
  if (page.before !== undefined) {
    const last = Math.min(page.before - 1, lastSeq);
    return { first: Math.max(1, last - limit + 1), last };
  }
  if (page.after !== undefined) {
    const first = Math.min(page.after, lastSeq) + 1;
    return { first, last: Math.min(first + limit - 1, lastSeq) };
  }
  const centre = page.around ?? lastSeq;
  const newest = Math.max(1, lastSeq - limit + 1);
  const first = Math.min(Math.max(1, centre - Math.floor(limit / 2)), newest);
  return { first, last: Math.min(first + limit - 1, lastSeq) };
}
