/** Owns what is derived by hashing, alike in every database: an installation may move from one to another. */
import { hash } from 'node:crypto';
import { type ConversationId, type FileId, type MessageId, uuidv7 } from '@natter/protocol';

/** What makes two sends the same send, besides id, sender and conversation. */
export function hashBody(content: string, fileIds: readonly FileId[]): Buffer {
  return sha256(JSON.stringify([content, fileIds]));
}

/** No sender chose one. It follows from the line's place, so that the same commands make the same database. */
export function lineId(conversationId: ConversationId, seq: number, now: number): MessageId {
  return uuidv7(now, sha256(`${conversationId} ${seq}`)) as MessageId;
}

/** By way of text, which is the faster one: a buffer from there is memory of its own. */
function sha256(text: string): Buffer {
  return Buffer.from(hash('sha256', text, 'hex'), 'hex');
}
