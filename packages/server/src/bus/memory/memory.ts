/** Owns the bus of a single node: subscribers are called before `publish` returns, in order. */
import type { Bus } from '../contract.ts';
import { createSubscribers } from '../subscribers.ts';

export interface MemoryBusOptions {
  /** Told when a subscriber throws: one must not keep the others from their message. */
  onError?: (error: unknown) => void;
}

export function createMemoryBus({ onError = () => {} }: MemoryBusOptions = {}): Bus {
  const subscribers = createSubscribers({ onError });
  let closed = false;

  return {
    publish(topic, payload) {
      if (!closed) subscribers.tell(topic, payload);
    },
    subscribe: subscribers.add,
    subscribed: () => null,
    onGap: subscribers.onGap,
    get isConnected() {
      return !closed;
    },
    async close() {
      closed = true;
      subscribers.clear();
    },
  };
}
