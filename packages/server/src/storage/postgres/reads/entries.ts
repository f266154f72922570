/** Owns a conversation as one member sees it, with its last message and, in a direct one, the other person. */
import type { ConversationEntry, Role } from '@natter/protocol';
import {
  type ConversationRow,
  conversationColumns,
  type MemberRow,
  type MessageRow,
  memberColumns,
  messageColumns,
  toConversation,
  toMember,
  toMessage,
} from '../../rows.ts';
import { unreadCount } from '../unread.ts';

type LastRow = { [Name in keyof MessageRow as `l_${Name}`]: MessageRow[Name] | null };
type PeerRow = { [Name in keyof MemberRow as `p_${Name}`]: MemberRow[Name] | null };

export type EntryRow = ConversationRow & {
  role: Role;
  delivered_seq: number;
  read_seq: number;
  unread: number;
} & LastRow &
  PeerRow;

const lastColumns = messageColumns
  .split(', ')
  .map((column) => `l.${column} AS l_${column}`)
  .join(', ');
const peerColumns = memberColumns
  .split(', ')
  .map((column) => `peer.${column.slice(2)} AS p_${column.slice(2)}`)
  .join(', ');

/**
 * Of what `from` names: `c`, the conversation, and `m`, the member's own row of it; `$1` is the member. Two people make
 * a direct conversation, so the other one is found by walking both.
 */
export const selectEntries = (from: string, order = '') => `
  SELECT ${conversationColumns}, m.role, m.delivered_seq, m.read_seq, ${unreadCount} AS unread, ${lastColumns},
    ${peerColumns}
  FROM ${from}
    LEFT JOIN natter.messages l ON l.conversation_id = c.id AND l.seq = c.last_seq
    LEFT JOIN LATERAL (
      SELECT ${memberColumns.replaceAll('m.', 'o.')}
      FROM natter.members o JOIN natter.users u ON u.id = o.user_id
      WHERE c.kind = 'direct' AND o.conversation_id = c.id AND o.user_id <> $1 LIMIT 1) peer ON true
  ${order}`;

export const selectEntry = `${selectEntries(
  'natter.conversations c JOIN natter.members m ON m.conversation_id = c.id',
)} WHERE c.id = $2 AND m.user_id = $1 AND m.left_at IS NULL`;

export function toEntry(row: EntryRow): ConversationEntry {
  return {
    conversation: toConversation(row),
    role: row.role,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
    unreadCount: row.unread,
    lastMessage: row.l_seq === null ? null : toMessage(row.id, unprefixed(row, 'l_')),
    peer: row.p_user_id === null ? null : toMember(unprefixed(row, 'p_')),
    activeAt: row.active_at,
    cursorVersion: row.cursor_version,
  };
}

function unprefixed<Row>(row: object, prefix: string): Row {
  const own = Object.entries(row).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])) as Row;
}
