/** Owns finding conversations as one member sees them, each in one row. */
import { besideColumns, conversationColumns } from '../../rows.ts';
import { unreadCount } from '../unread.ts';

/**
 * Of what `from` names: `c`, the conversation, and `m`, the member's own row of it; `?1` is the member. `more`: further
 * columns. Two people make a direct conversation, so the other one is found by walking both.
 */
export const selectEntries = (from: string, more: readonly string[] = []) => `
  SELECT ${[conversationColumns, 'm.role, m.delivered_seq, m.read_seq', `${unreadCount} AS unread`, besideColumns, ...more].join(', ')}
  FROM ${from}
    LEFT JOIN messages l ON l.conversation = c.key AND l.seq = c.last_seq
    LEFT JOIN members p ON c.kind = 'direct' AND p.conversation = c.key AND p.user_id <> ?1
    LEFT JOIN users u ON u.id = p.user_id`;

/** `?2` is the conversation. */
export const selectEntry = (more: readonly string[] = []) =>
  `${selectEntries('conversations c JOIN members m ON m.conversation = c.key', more)}
   WHERE c.id = ?2 AND m.user_id = ?1 AND m.left_at IS NULL`;
