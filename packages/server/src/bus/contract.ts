/**
 * Owns what the server asks of the bus between nodes. It is a wake-up call, not a log: a message may be lost or
 * come twice, and the database then heals what was missed (REPAIR). Per publisher and topic, order is kept.
 */

/** `conversation.<id>`, `user.<id>`, `typing.<conversation id>` or `presence. <what>`, for all nodes. */
export type Topic = `${'conversation' | 'user' | 'typing' | 'presence'}.${string}`;

/** With the topic, so that one function can take many. */
export type Receive = (payload: Uint8Array, topic: Topic) => void;

export interface Bus {
  /** Never throws for a lost connection: what cannot be sent is lost, and `onGap` tells when. The publisher's own subscribers get it too, before this returns or later, in order. */
  publish(topic: Topic, payload: Uint8Array): void;
  /** Counted: each subscriber gets each message. Returns its undo; undoing twice is harmless. */
  subscribe(topic: Topic, receive: Receive): () => void;
  /** Resolves when all that is subscribed to gets what any node publishes from then on, or a gap will be told. Null: it does already. */
  subscribed(): Promise<void> | null;
  /** Called after messages may have been missed. Returns its undo. */
  onGap(listener: () => void): () => void;
  /** False while other nodes may not be heard: from when that is noticed until the gap is told. */
  readonly isConnected: boolean;
  close(): Promise<void>;
}
