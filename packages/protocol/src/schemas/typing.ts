/** Owns the typing signal. */
import { type Static, Type } from 'typebox';
import { ConversationId } from './common.ts';

export const SendTypingParams = Type.Object({
  conversationId: ConversationId,
  typing: Type.Boolean(),
});
export type SendTypingParams = Static<typeof SendTypingParams>;
