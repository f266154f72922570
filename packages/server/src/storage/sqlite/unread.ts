/**
 * Owns counting unread messages by protocol's rule without reading them. Whoever sends reads up to their own message,
 * so none after a read cursor is one's own; what is left to subtract are the deleted ones and the system lines, from an
 * index of their own that SQLite must be told to take: it would read all that are unread.
 */
import { limits } from '@natter/protocol';

/** For `conversations c` and `members m`. */
export const unreadCount = `min(${limits.unreadCountMax}, c.last_seq - m.read_seq - (
  SELECT count(*) FROM messages d INDEXED BY messages_uncounted
  WHERE d.conversation = c.key AND d.seq > m.read_seq AND (d.deleted_at IS NOT NULL OR d.system IS NOT NULL)))`;
