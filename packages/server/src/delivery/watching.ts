/**
 * Owns which socket watches whom: typing in some conversations, presence of some people. A conversation's
 * topic of the bus is subscribed to only while a local socket watches it. Whether somebody may still see typing is checked at delivery.
 */
import type { Bus, Topic } from '../bus/contract.ts';
import { decodeEnvelope } from './envelope.ts';
import type { Recipient } from './roster.ts';

export interface Watching {
  /** Replaces the whole set of this socket. */
  set(
    recipient: Recipient,
    watch: { conversationIds: Iterable<string>; userIds: Iterable<string> },
  ): void;
  /** What this socket watches now. */
  get(recipient: Recipient): { conversationIds: string[]; userIds: string[] };
  /** The sockets here that watch this person. */
  watchersOf(userId: string): Iterable<Recipient>;
  drop(recipient: Recipient): void;
}

export function createWatching({
  bus,
  isMember,
}: {
  bus: Bus;
  isMember: (conversationId: string, userId: string) => boolean;
}): Watching {
  const topics = new Map<Topic, { recipients: Set<Recipient>; unsubscribe: () => void }>();
  const watched = new Map<Recipient, Set<Topic>>();

  function receive(topic: Topic, payload: Uint8Array): void {
    const envelope = decodeEnvelope(payload);
    const entry = topics.get(topic);
    if (envelope === null || entry === undefined) return;
    const conversationId = topic.slice('typing.'.length);
    for (const recipient of entry.recipients) {
      if (recipient.userId === envelope.exceptUserId) continue;
      if (!isMember(conversationId, recipient.userId)) continue;
      recipient.write(envelope.frame, true);
    }
  }

  function add(recipient: Recipient, topic: Topic): void {
    let entry = topics.get(topic);
    if (entry === undefined) {
      entry = { recipients: new Set(), unsubscribe: () => {} };
      topics.set(topic, entry);
      if (topic.startsWith('typing.'))
        entry.unsubscribe = bus.subscribe(topic, (payload) => receive(topic, payload));
    }
    entry.recipients.add(recipient);
  }

  function remove(recipient: Recipient, topic: Topic): void {
    const entry = topics.get(topic);
    entry?.recipients.delete(recipient);
    if (entry === undefined || entry.recipients.size > 0) return;
    topics.delete(topic);
    entry.unsubscribe();
  }

  function replace(recipient: Recipient, next: Set<Topic>): void {
    const before = watched.get(recipient) ?? new Set<Topic>();
    for (const topic of next) if (!before.has(topic)) add(recipient, topic);
    for (const topic of before) if (!next.has(topic)) remove(recipient, topic);
    if (next.size === 0) watched.delete(recipient);
    else watched.set(recipient, next);
  }

  return {
    set(recipient, { conversationIds, userIds }) {
      const next = new Set<Topic>();
      for (const id of conversationIds) next.add(`typing.${id}`);
      for (const id of userIds) next.add(`presence.${id}`);
      replace(recipient, next);
    },
    get(recipient) {
      const all = [...(watched.get(recipient) ?? [])];
      const named = (prefix: string) =>
        all.filter((topic) => topic.startsWith(prefix)).map((topic) => topic.slice(prefix.length));
      return { conversationIds: named('typing.'), userIds: named('presence.') };
    },
    watchersOf: (userId) => topics.get(`presence.${userId}`)?.recipients ?? [],
    drop: (recipient) => replace(recipient, new Set()),
  };
}
