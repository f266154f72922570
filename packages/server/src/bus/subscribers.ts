/**
 * Owns who on this node is told what, for every adapter: each subscriber of a topic, in order. What a subscriber
 * publishes while it is called waits until the message before it has been told; too much of that is lost, as a gap.
 */
import type { Topic } from './contract.ts';

type Receive = (payload: Uint8Array) => void;

const pendingMax = 10_000;

export interface Subscribers {
  add(topic: Topic, receive: Receive): () => void;
  has(topic: Topic): boolean;
  topics(): Iterable<Topic>;
  tell(topic: Topic, payload: Uint8Array): void;
  onGap(listener: () => void): () => void;
  gap(): void;
  clear(): void;
}

export function createSubscribers(deps: {
  /** Told when a subscriber throws: one must not keep the others from their message. */
  onError: (error: unknown) => void;
  onFirst?: (topic: Topic) => void;
  onLast?: (topic: Topic) => void;
}): Subscribers {
  const topics = new Map<Topic, Set<{ receive: Receive }>>();
  const gapListeners = new Set<{ listener: () => void }>();
  const pending: { topic: Topic; payload: Uint8Array }[] = [];
  let telling = false;
  let lost = false;

  function tellNow(topic: Topic, payload: Uint8Array): void {
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
      deps.onError(error);
    }
  }

  function gap(): void {
    for (const { listener } of [...gapListeners]) guarded(listener);
  }

  return {
    add(topic, receive) {
      const subscription = { receive };
      let subscriptions = topics.get(topic);
      if (subscriptions === undefined) {
        subscriptions = new Set();
        topics.set(topic, subscriptions);
        deps.onFirst?.(topic);
      }
      subscriptions.add(subscription);
      const mine = subscriptions;
      return () => {
        mine.delete(subscription);
        if (mine.size > 0 || topics.get(topic) !== mine) return;
        topics.delete(topic);
        deps.onLast?.(topic);
      };
    },

    has: (topic) => topics.has(topic),
    topics: () => topics.keys(),

    tell(topic, payload) {
      if (pending.length >= pendingMax) {
        lost = true;
        return;
      }
      pending.push({ topic, payload });
      if (telling) return;
      telling = true;
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        tellNow(next.topic, next.payload);
      }
      telling = false;
      if (!lost) return;
      lost = false;
      gap();
    },

    onGap(listener) {
      const entry = { listener };
      gapListeners.add(entry);
      return () => void gapListeners.delete(entry);
    },
    gap,

    clear() {
      topics.clear();
      gapListeners.clear();
      pending.length = 0;
    },
  };
}
