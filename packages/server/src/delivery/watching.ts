/**
 * Owns which socket watches whom: typing in some conversations, presence of some people. A conversation's
 * topic of the bus is subscribed to only while a local socket watches it. Whether somebody may still see typing is checked at delivery.
 */
import { limits, timings, type UserId } from '@natter/protocol';
import type { Bus, Topic } from '../bus/contract.ts';
import type { Clock } from '../runtime/contract.ts';
import { decodeEnvelope, type Envelope } from './envelope.ts';
import type { Recipient } from './roster.ts';

/** In a large conversation, by all nodes together (LARGE3). */
export const namedInLargeMax = 5;

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
  /** Calls when the first socket here begins to watch a person; what it returns, when the last one ceases to. */
  onWatched(began: (userId: UserId) => () => void): void;
  drop(recipient: Recipient): void;
}

interface Watched {
  recipients: Set<Recipient>;
  /** Whom those who watch were told to be typing, and when, while the conversation is large. */
  named: Map<string, number>;
  unsubscribe: () => void;
}

export function createWatching({
  bus,
  clock,
  isMember,
  memberCount,
}: {
  bus: Bus;
  clock: Clock;
  isMember: (conversationId: string, userId: string) => boolean;
  memberCount: (conversationId: string) => number | null;
}): Watching {
  const topics = new Map<Topic, Watched>();
  const watched = new Map<Recipient, Set<Topic>>();
  let began = (_userId: UserId): (() => void) => {
    return () => {};
  };

  function receive(topic: Topic, payload: Uint8Array): void {
    const envelope = decodeEnvelope(payload);
    const entry = topics.get(topic);
    if (envelope === null || entry === undefined) return;
    const conversationId = topic.slice('typing.'.length);
    if (!mayName(entry, conversationId, envelope)) return;
    for (const recipient of entry.recipients) {
      if (recipient.userId === envelope.exceptUserId) continue;
      if (!isMember(conversationId, recipient.userId)) continue;
      recipient.write(envelope.frame, true);
    }
  }

  /** Each node bounds what it tells the others; several together may be more than five still. */
  function mayName({ named }: Watched, conversationId: string, envelope: Envelope): boolean {
    if ((memberCount(conversationId) ?? 0) <= limits.largeConversationMembers) return true;
    const typist = envelope.exceptUserId;
    // Without a subject somebody stopped.
    if (envelope.subjectId === '') return named.delete(typist);
    const now = clock.now();
    for (const [userId, at] of named) {
      // Set back, the clock would keep them for as long.
      if (now < at || now - at >= timings.typingExpiryMs) named.delete(userId);
    }
    if (!named.has(typist) && named.size >= namedInLargeMax) return false;
    named.set(typist, now);
    return true;
  }

  function add(recipient: Recipient, topic: Topic): void {
    let entry = topics.get(topic);
    if (entry === undefined) {
      entry = { recipients: new Set(), named: new Map(), unsubscribe: () => {} };
      topics.set(topic, entry);
      if (topic.startsWith('typing.'))
        entry.unsubscribe = bus.subscribe(topic, (payload) => receive(topic, payload));
      else entry.unsubscribe = began(topic.slice('presence.'.length) as UserId);
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
    onWatched(listener) {
      began = listener;
    },
    drop: (recipient) => replace(recipient, new Set()),
  };
}
