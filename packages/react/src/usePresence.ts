/** Owns watching people from a component: they are watched while it is mounted, and only their changes render it. */
import type { PresenceSnapshot } from '@natter/client';
import type { Presence, UserId } from '@natter/protocol';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useChatClient } from './ChatProvider.tsx';

/** By user id; somebody not yet known, or whom I may not watch, is missing. The array may be a new one at each render. */
export function usePresence(userIds: readonly UserId[]): PresenceSnapshot {
  const { presence } = useChatClient();
  const known = useRef<PresenceSnapshot>(nobody);
  // User ids hold no spaces, so the joined ids name the set.
  const key = userIds.join(' ');
  const subscribe = useCallback(
    (listener: () => void) => {
      const unsubscribe = presence.subscribe(listener);
      const unwatch = key === '' ? null : presence.watch(split(key));
      return () => {
        unwatch?.();
        unsubscribe();
      };
    },
    [presence, key],
  );
  const getSnapshot = useCallback(() => {
    const next = pick(presence.getSnapshot(), split(key));
    if (!same(known.current, next)) known.current = next;
    return known.current;
  }, [presence, key]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

const nobody: PresenceSnapshot = new Map();

function split(key: string): UserId[] {
  return key === '' ? [] : (key.split(' ') as UserId[]);
}

function pick(all: PresenceSnapshot, userIds: readonly UserId[]): PresenceSnapshot {
  const picked = new Map<UserId, Presence>();
  for (const userId of userIds) {
    const presence = all.get(userId);
    if (presence !== undefined) picked.set(userId, presence);
  }
  return picked;
}

function same(a: PresenceSnapshot, b: PresenceSnapshot): boolean {
  if (a.size !== b.size) return false;
  for (const [userId, presence] of a) {
    const other = b.get(userId);
    if (
      other === undefined ||
      other.online !== presence.online ||
      other.lastSeenAt !== presence.lastSeenAt
    )
      return false;
  }
  return true;
}
