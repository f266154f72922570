/**
 * Owns what need not be sent, since something later of the same message makes part of it or undoes it. Only who holds
 * the conversation joins: elsewhere another tab may be sending it in that very moment.
 */
import type { Item } from './item.ts';
import type { Items } from './items.ts';

export interface Joining {
  /** For one that was never sent, or was refused: what waits behind it makes part of it, or undoes it. False: nothing is left. */
  fold(send: Item): boolean;
  /** Before it is sent: is it still to be? */
  isDue(item: Item): boolean;
}

export function createJoining(items: Items): Joining {
  /** What waits behind an item for the same message. */
  function behind(item: Item): Item[] {
    const its = items.of(item.conversationId);
    return its
      .slice(its.indexOf(item) + 1)
      .filter(({ messageId, state }) => messageId === item.messageId && state === 'waiting');
  }

  function fold(send: Item): boolean {
    const later = behind(send);
    const last = later.at(-1);
    if (later.some(({ kind }) => kind === 'delete')) void items.remove(send, false);
    else if (last !== undefined) {
      send.content = last.content;
      // First, so that a crash in between loses nothing.
      void items.update(send);
    }
    for (const item of later) void items.remove(item, false);
    return items.all.has(send.key);
  }

  return {
    fold,
    isDue(item) {
      if (item.kind === 'send') return item.tried || fold(item);
      const send = items.all.get(item.messageId);
      if (send?.state === 'failed') {
        fold(send);
        return false;
      }
      if (item.kind === 'delete' || behind(item).length === 0) return true;
      void items.remove(item, false);
      return false;
    },
  };
}
