/**
 * Owns whose typing and presence this socket is told. Watchers are counted, and all changes of one moment are one
 * call, since `watch` replaces the whole set. Beyond the wire's bounds the latest watchers win.
 */
import {
  type ConversationId,
  limits,
  type UserId,
  type WatchedPerson,
  type WatchParams,
} from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';
import { once } from '../store/store.ts';
import type { Call } from './calls.ts';

export interface Watching {
  /** Counted; the undo is harmless twice. */
  conversation(id: ConversationId): () => void;
  users(ids: readonly UserId[]): () => void;
  isWatched(id: UserId): boolean;
  /** What to ask for now; `hello` carries it. */
  current(): WatchParams;
  /** Asks again, changed or not. */
  refresh(): void;
  /** `hello` was answered; it had said this. */
  connected(said: WatchParams | undefined): void;
  lost(): void;
}

/** Mounting and unmounting in one breath is no change. */
const gatherMs = 50;
const retryMs = 5_000;

interface Counted<Id> {
  has(id: Id): boolean;
  add(id: Id): void;
  remove(id: Id): void;
  /** The latest `max`, in a stable order. */
  latest(max: number): Id[];
}

function createCounted<Id extends string>(): Counted<Id> {
  const counts = new Map<Id, number>();
  return {
    has: (id) => counts.has(id),
    add(id) {
      const count = counts.get(id) ?? 0;
      counts.delete(id);
      counts.set(id, count + 1);
    },
    remove(id) {
      const count = counts.get(id) ?? 0;
      if (count > 1) counts.set(id, count - 1);
      else counts.delete(id);
    },
    latest: (max) => [...counts.keys()].slice(-max).sort(),
  };
}

export function createWatching({
  call,
  clock,
  onPresence,
}: {
  call: Call;
  clock: Clock;
  onPresence(presence: readonly WatchedPerson[]): void;
}): Watching {
  const conversations = createCounted<ConversationId>();
  const users = createCounted<UserId>();
  let told: string | null = null;
  let isConnected = false;
  let cancel: (() => void) | null = null;

  const current = (): WatchParams => ({
    conversationIds: conversations.latest(limits.watchedConversationsMax),
    userIds: users.latest(limits.watchedUsersMax),
  });

  function schedule(ms: number): void {
    if (isConnected) cancel ??= clock.after(ms, flush);
  }

  function flush(): void {
    cancel = null;
    const params = current();
    const key = JSON.stringify(params);
    if (!isConnected || key === told) return;
    told = key;
    call('watch', params).then(
      ({ presence }) => onPresence(presence),
      () => {
        told = null;
        schedule(retryMs);
      },
    );
  }

  function counted<Id>(counts: Counted<Id>, ids: readonly Id[]): () => void {
    for (const id of ids) counts.add(id);
    schedule(gatherMs);
    return once(() => {
      for (const id of ids) counts.remove(id);
      schedule(gatherMs);
    });
  }

  return {
    conversation: (id) => counted(conversations, [id]),
    users: (ids) => counted(users, [...ids]),
    isWatched: users.has,
    current,
    refresh() {
      cancel?.();
      told = null;
      flush();
    },
    connected(said) {
      isConnected = true;
      told = said === undefined ? null : JSON.stringify(said);
      // What changed since `hello` was written.
      schedule(gatherMs);
    },
    lost() {
      isConnected = false;
      cancel?.();
      cancel = null;
    },
  };
}
