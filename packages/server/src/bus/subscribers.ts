/**
 * Owns who on this node is told what, for every adapter: each subscriber of a topic, in order. What a subscriber
 * publishes while it is called waits until the message before it has been told; too much of that is lost, as a gap.
 */
import type { Receive, Topic } from './contract.ts';

interface Subscription {
  readonly receive: Receive;
  isOver: boolean;
}

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
  /** Mostly one each, and there are as many as people and conversations: lists are replaced, not changed. */
  const topics = new Map<Topic, readonly Subscription[]>();
  const gapListeners = new Set<{ listener: () => void }>();
  const pending: { topic: Topic; payload: Uint8Array }[] = [];
  let telling = false;
  let lost = false;

  function tellNow(topic: Topic, payload: Uint8Array): void {
    const subscriptions = topics.get(topic);
    if (subscriptions === undefined) return;
    for (const subscription of subscriptions)
      if (!subscription.isOver) guarded(() => subscription.receive(payload, topic));
  }

  function guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      deps.onError(error);
    }
  }

  function remove(topic: Topic, subscription: Subscription): void {
    subscription.isOver = true;
    const left = topics.get(topic)?.filter((other) => other !== subscription);
    if (left === undefined) return;
    if (left.length > 0) topics.set(topic, left);
    else {
      topics.delete(topic);
      deps.onLast?.(topic);
    }
  }

  function gap(): void {
    for (const { listener } of [...gapListeners]) guarded(listener);
  }

  return {
    add(topic, receive) {
      const subscription = { receive, isOver: false };
      const others = topics.get(topic);
      topics.set(topic, others === undefined ? [subscription] : others.concat(subscription));
      if (others === undefined) deps.onFirst?.(topic);
      return () => {
        if (!subscription.isOver) remove(topic, subscription);
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
