/**
 * Owns counting unread messages by protocol's rule without reading them. Whoever sends reads up to their own message,
 * so none after a read cursor is one's own; what is left to subtract are the deleted ones and the system lines, from an
 * index of their own.
 */
import { limits } from '@natter/protocol';

/** For expressions of a conversation's id, its last seq and a read cursor. */
export const unreadAfter = (id: string, lastSeq: string, readSeq: string) =>
  `least(${limits.unreadCountMax}, ${lastSeq} - ${readSeq} - (
  SELECT count(*) FROM natter.messages d
  WHERE d.conversation_id = ${id} AND d.seq > ${readSeq} AND (d.deleted_at IS NOT NULL OR d.system IS NOT NULL)))`;

/** For `conversations c` and `members m`. */
export const unreadCount = unreadAfter('c.id', 'c.last_seq', 'm.read_seq');
