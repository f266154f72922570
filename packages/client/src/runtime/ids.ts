/** Owns the making of ids on this side: UUIDv7, from the injected clock and random. */
import { type ConversationId, type MessageId, uuidv7 } from '@natter/protocol';
import type { Runtime } from './contract.ts';

export interface Ids {
  message(): MessageId;
  conversation(): ConversationId;
  /** For what only this device knows: an attachment before it is uploaded. */
  local(): string;
}

export function createIds({ clock, random }: Runtime): Ids {
  const make = (): string => uuidv7(clock.now(), random.bytes(10));
  return {
    message: () => make() as MessageId,
    conversation: () => make() as ConversationId,
    local: make,
  };
}
