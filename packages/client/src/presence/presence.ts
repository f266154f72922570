/** Owns who is online, of the people somebody here watches. */
import type { Presence, ServerEvent, UserId } from '@natter/protocol';
import type { PresenceSnapshot, PresenceStore } from '../contract.ts';
import { createDerivedStore, once, sameListOr, sameOr, type Telling } from '../store/store.ts';

export interface PresenceRoom {
  presence: PresenceStore;
  receive(event: ServerEvent): void;
  /** The answer to `watch` or `hello`. */
  merge(presence: readonly Presence[]): void;
}

const keptMax = 1_000;

export function createPresence({
  telling,
  watch,
  isWatched,
}: {
  telling: Telling;
  /** Counted; the undo is harmless twice. */
  watch(ids: readonly UserId[]): () => void;
  isWatched(id: UserId): boolean;
}): PresenceRoom {
  const people = new Map<UserId, Presence>();
  let shown: readonly Presence[] = [];
  const store = createDerivedStore<PresenceSnapshot>(telling, (previous) => {
    const before = shown;
    const watched = [...people.values()].filter(({ userId }) => isWatched(userId));
    shown = sameListOr(before, watched);
    if (previous !== undefined && shown === before) return previous;
    return new Map(shown.map((one) => [one.userId, one]));
  });

  function set({ userId, online, lastSeenAt }: Presence): void {
    const before = people.get(userId);
    const next = sameOr(before, { userId, online, lastSeenAt });
    if (!isWatched(userId) || next === before) return;
    people.delete(userId);
    people.set(userId, next);
    // Kept for a while unwatched: a component that mounts again is not told anew what the server has told already.
    for (const id of people.keys()) {
      if (people.size <= keptMax) break;
      if (!isWatched(id)) people.delete(id);
    }
    store.invalidate();
  }

  return {
    presence: {
      getSnapshot: store.getSnapshot,
      subscribe: store.subscribe,
      watch(userIds) {
        const unwatch = watch([...new Set(userIds)]);
        store.invalidate();
        return once(() => {
          unwatch();
          store.invalidate();
        });
      },
    },
    receive(event) {
      if (event.type === 'userOnline' || event.type === 'userOffline') {
        set({
          userId: event.userId,
          online: event.type === 'userOnline',
          lastSeenAt: event.data.lastSeenAt,
        });
      }
    },
    merge(presence) {
      for (const one of presence) set(one);
    },
  };
}
