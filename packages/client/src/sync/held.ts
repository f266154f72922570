/** Owns events that came before their turn: by conversation and version, within a bound. */
import type { ConversationId, DurableEvent } from '@natter/protocol';

export interface Held {
  /** False: full. What is held of this conversation is let go too, since all of it must be fetched now. */
  hold(event: DurableEvent): boolean;
  has(id: ConversationId): boolean;
  isEmpty(): boolean;
  /** Takes out, in order, each that `take` wants; stops at the first it leaves. */
  drain(id: ConversationId, take: (event: DurableEvent) => boolean): void;
  release(id: ConversationId): void;
  clear(): void;
}

const perConversationMax = 200;
const inAllMax = 2_000;

export function createHeld(): Held {
  const all = new Map<ConversationId, Map<number, DurableEvent>>();
  let count = 0;

  function release(id: ConversationId): void {
    count -= all.get(id)?.size ?? 0;
    all.delete(id);
  }

  return {
    hold(event) {
      const id = event.conversationId;
      const events = all.get(id) ?? new Map<number, DurableEvent>();
      if (events.has(event.version)) return true;
      if (events.size >= perConversationMax || count >= inAllMax) {
        release(id);
        return false;
      }
      all.set(id, events.set(event.version, event));
      count += 1;
      return true;
    },
    has: (id) => all.has(id),
    isEmpty: () => all.size === 0,
    drain(id, take) {
      const events = all.get(id);
      if (events === undefined) return;
      for (const [version, event] of [...events].sort(([a], [b]) => a - b)) {
        if (!take(event)) break;
        events.delete(version);
        count -= 1;
      }
      if (events.size === 0) all.delete(id);
    },
    release,
    clear() {
      all.clear();
      count = 0;
    },
  };
}
