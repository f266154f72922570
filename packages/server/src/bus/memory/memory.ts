/**
 * Owns the bus of a single node: subscribers are called before `publish` returns, in order. Only what a subscriber
 * publishes while it is called waits, until the message before it has been told; too much of that is lost, as a gap.
 */
import type { Bus, Topic } from '../contract.ts';

type Receive = (payload: Uint8Array) => void;

const pendingMax = 10_000;

export interface MemoryBusOptions {
  /** Told when a subscriber throws: one must not keep the others from their message. */
  onError?: (error: unknown) => void;
}

export function createMemoryBus(options: MemoryBusOptions = {}): Bus {
  const topics = new Map<Topic, Set<{ receive: Receive }>>();
  const gapListeners = new Set<{ listener: () => void }>();
  const pending: { topic: Topic; payload: Uint8Array }[] = [];
  let telling = false;
  let lost = false;
  let closed = false;

  function tell(topic: Topic, payload: Uint8Array): void {
    const subscriptions = topics.get(topic);
    if (subscriptions === undefined) return;
    for (const subscription of [...subscriptions]) {
      if (!subscriptions.has(subscription)) continue;
      guarded(() => subscription.receive(payload));
    }
  }

  function guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      options.onError?.(error);
    }
  }

  return {
    publish(topic, payload) {
      if (closed) return;
      if (pending.length >= pendingMax) {
        lost = true;
        return;
      }
      pending.push({ topic, payload });
      if (telling) return;
      telling = true;
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        tell(next.topic, next.payload);
      }
      telling = false;
      if (!lost) return;
      lost = false;
      for (const { listener } of [...gapListeners]) guarded(listener);
    },

    subscribe(topic, receive) {
      const subscription = { receive };
      let subscriptions = topics.get(topic);
      if (subscriptions === undefined) {
        subscriptions = new Set();
        topics.set(topic, subscriptions);
      }
      subscriptions.add(subscription);
      const mine = subscriptions;
      return () => {
        mine.delete(subscription);
        if (mine.size === 0 && topics.get(topic) === mine) topics.delete(topic);
      };
    },

    onGap(listener) {
      const entry = { listener };
      gapListeners.add(entry);
      return () => void gapListeners.delete(entry);
    },

    async close() {
      closed = true;
      topics.clear();
      gapListeners.clear();
      pending.length = 0;
    },
  };
}
