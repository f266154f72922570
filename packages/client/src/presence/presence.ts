/** Owns who is online, of the people somebody here watches. */
import type { Presence, ServerEvent, UserId } from '@natter/protocol';
import type { PresenceSnapshot, PresenceStore } from '../contract.ts';
import { createDerivedStore, type Telling } from '../store/store.ts';

export interface PresenceRoom {
  presence: PresenceStore;
  receive(event: ServerEvent): void;
  /** The answer to `watch` or `hello`. */
  merge(presence: readonly Presence[]): void;
  dispose(): void;
}

const keptMax = 1_000;

export function createPresence({
  telling,
  watch,
}: {
  telling: Telling;
  watch(ids: readonly UserId[]): () => void;
}): PresenceRoom {
  const watchers = new Map<UserId, number>();
  const people = new Map<UserId, Presence>();
  let changed = true;
  const store = createDerivedStore<PresenceSnapshot>(telling, (previous) => {
    if (!changed && previous !== undefined) return previous;
    changed = false;
    return new Map([...people].filter(([id]) => watchers.has(id)));
  });

  function set({ userId, online, lastSeenAt }: Presence): void {
    const before = people.get(userId);
    if (!watchers.has(userId) || (before?.online === online && before.lastSeenAt === lastSeenAt))
      return;
    people.delete(userId);
    people.set(userId, { userId, online, lastSeenAt });
    // Kept for a while unwatched: a component that mounts again is not told anew what the server has told already.
    for (const id of people.keys()) {
      if (people.size <= keptMax) break;
      if (!watchers.has(id)) people.delete(id);
    }
    touch();
  }

  function touch(): void {
    changed = true;
    store.invalidate();
  }

  return {
    presence: {
      getSnapshot: store.getSnapshot,
      subscribe: store.subscribe,
      watch(userIds) {
        const ids = [...new Set(userIds)];
        for (const id of ids) watchers.set(id, (watchers.get(id) ?? 0) + 1);
        if (ids.some((id) => people.has(id))) touch();
        const unwatch = watch(ids);
        let active = true;
        return () => {
          if (!active) return;
          active = false;
          unwatch();
          for (const id of ids) {
            const count = (watchers.get(id) ?? 1) - 1;
            if (count > 0) watchers.set(id, count);
            else watchers.delete(id);
            if (count === 0 && people.has(id)) touch();
          }
        };
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
    dispose: store.dispose,
  };
}
