/** Owns the event that the peers send: the fields and bytes of Natter's own. */
import type { Message } from '@natter/protocol';
import { conversationIdOf, messageIdOf } from './names.ts';

/** `seq`: which message of its conversation it is. */
export function eventOf(seq: number, senderId: string, content: string): object {
  const conversationId = conversationIdOf(0);
  const message: Omit<Message, 'senderId'> & { senderId: string } = {
    id: messageIdOf(seq),
    conversationId,
    seq,
    version: seq,
    senderId,
    senderName: senderId,
    type: 'text',
    content,
    attachments: [],
    createdAt: Date.now(),
    editedAt: null,
    deletedAt: null,
  };
  return { type: 'newMessage', conversationId, version: seq, message };
}
