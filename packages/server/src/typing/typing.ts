/**
 * Owns the typing signal on its way through the server: never stored, told only to watching members. The receivers
 * forget by themselves; here a typist counts as stopped at once when they say so, send, or lose their socket.
 */
import type { ConversationId, SendTypingParams, UserId } from '@natter/protocol';
import { limits, timings } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { refusal } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { namedInLargeMax } from '../delivery/watching.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Storage } from '../storage/contract.ts';

/** Honest clients repeat every 3 s; what comes faster is taken and not told again. */
const repeatMsMin = 1_000;
const typistsMax = 10_000;

/** Long ago, when the clock was set back meanwhile. */
function since(at: number, now: number): number {
  return now < at ? Number.POSITIVE_INFINITY : now - at;
}

export interface Typing {
  sendTyping(caller: Caller, params: SendTypingParams): Promise<Answer<Record<never, never>>>;
  sent(caller: Caller, conversationId: ConversationId): void;
  disconnected(connectionId: string): void;
}

interface Typist {
  conversationId: ConversationId;
  userId: UserId;
  name: string;
  /** The sockets this person types on; HTTP calls count as one. */
  connections: Set<string>;
  toldAt: number;
}

export function createTyping(deps: {
  storage: Storage;
  delivery: Delivery;
  clock: Clock;
  /** What the caller is called now. */
  nameOf: (caller: Caller) => string;
}): Typing {
  const { storage, delivery, clock, nameOf } = deps;
  /** Oldest news first: told again means moved to the end. */
  const typists = new Map<string, Typist>();
  const key = (conversationId: string, userId: string) => `${conversationId} ${userId}`;

  function started(caller: Caller, conversationId: ConversationId): void {
    const now = clock.now();
    for (const [at, typist] of typists) {
      if (since(typist.toldAt, now) < timings.typingExpiryMs && typists.size <= typistsMax) break;
      typists.delete(at);
    }
    const at = key(conversationId, caller.userId);
    const known = typists.get(at);
    known?.connections.add(caller.connectionId ?? '');
    if (known !== undefined && since(known.toldAt, now) < repeatMsMin) return;
    if (known === undefined && isCrowded(conversationId)) return;
    const connections = known?.connections ?? new Set([caller.connectionId ?? '']);
    typists.delete(at);
    const { userId } = caller;
    const name = nameOf(caller);
    typists.set(at, { conversationId, userId, name, connections, toldAt: now });
    tell('typingStarted', conversationId, userId, name);
  }

  function isCrowded(conversationId: ConversationId): boolean {
    if ((delivery.memberCount(conversationId) ?? 0) <= limits.largeConversationMembers)
      return false;
    let named = 0;
    for (const typist of typists.values()) if (typist.conversationId === conversationId) named += 1;
    return named >= namedInLargeMax;
  }

  function stopped(conversationId: ConversationId, userId: UserId): void {
    const at = key(conversationId, userId);
    const typist = typists.get(at);
    if (typist === undefined) return;
    typists.delete(at);
    tell('typingStopped', conversationId, userId, typist.name);
  }

  function tell(
    type: 'typingStarted' | 'typingStopped',
    conversationId: ConversationId,
    userId: UserId,
    name: string,
  ): void {
    delivery.tellTyping({ type, conversationId, userId, data: { name } });
  }

  return {
    async sendTyping(caller, { conversationId, typing }) {
      const isMember =
        delivery.isMember(conversationId, caller.userId) ||
        (await storage.getMembership(conversationId, caller.userId)) !== null;
      if (!isMember) throw refusal('show that you are typing', 'notMember');
      if (typing) started(caller, conversationId);
      else stopped(conversationId, caller.userId);
      return { result: {} };
    },
    sent: (caller, conversationId) => stopped(conversationId, caller.userId),
    disconnected(connectionId) {
      for (const typist of [...typists.values()]) {
        if (!typist.connections.delete(connectionId) || typist.connections.size > 0) continue;
        stopped(typist.conversationId, typist.userId);
      }
    },
  };
}
