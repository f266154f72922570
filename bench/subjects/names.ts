/** Owns the names that servers and generator share, so that nothing of them has to be told. */
import { type ConversationId, type MessageId, type UserId, uuidv7 } from '@natter/protocol';

export function userIdOf(conversation: number, member: number): UserId {
  return `u${conversation}-${member}` as UserId;
}

const firstMs = Date.UTC(2026, 0, 1);

export function conversationIdOf(conversation: number): ConversationId {
  return numbered(conversation, 1) as ConversationId;
}

export function messageIdOf(message: number): MessageId {
  return numbered(message, 2) as MessageId;
}

/** As spread as ids are, for the indexes' sake. */
function numbered(at: number, kind: number): string {
  const bytes = new Uint8Array(10);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.imul(at + 1, 0x9e3779b1) >>> 0);
  view.setUint32(4, at);
  bytes[9] = kind;
  return uuidv7(firstMs + at, bytes);
}

/** What is sent: its number, then letters up to the length. ASCII, so that characters are bytes. */
export function contentOf(at: number, bytes: number): string {
  return `#${String(at).padStart(8, '0')}#`.padEnd(bytes, 'the quick brown fox ');
}

const mark = '#'.charCodeAt(0);

/** The number in a text with such a content; -1 where there is none. */
export function numberIn(text: Uint8Array): number {
  const at = text.indexOf(mark);
  if (at < 0 || text[at + 9] !== mark) return -1;
  let number = 0;
  for (let digit = at + 1; digit < at + 9; digit++) number = number * 10 + (text[digit] ?? 48) - 48;
  return number;
}
