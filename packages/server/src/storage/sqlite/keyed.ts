/** Owns the small integer key that stands for a conversation in rows of members and messages, beside its id. */
import { type ConversationRow, conversationColumns } from '../rows.ts';

export const keyedColumns = `c.key, ${conversationColumns}`;

export type KeyedRow = ConversationRow & { key: number };
