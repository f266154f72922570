/** Owns how far each member has got. Cursors move forward only. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import { ConversationId, Seq, SeqOrZero } from './common.ts';

/** A `seq` beyond the newest message counts as the newest. Reading includes delivery. */
export const MarkParams = Type.Object({ conversationId: ConversationId, seq: Seq });
export type MarkParams = Static<typeof MarkParams>;
/** My cursors as they now stand in the database. */
export const MarkResult = Type.Object({
  deliveredSeq: SeqOrZero,
  readSeq: SeqOrZero,
  unreadCount: Type.Integer({ minimum: 0, maximum: limits.unreadCountMax }),
});
export type MarkResult = Static<typeof MarkResult>;
