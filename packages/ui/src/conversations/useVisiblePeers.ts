/**
 * Owns watching the people whose rows are in view: as one set, and only when scrolling has come to rest. Rows that each
 * watched their own would ask the server anew at every turn of the wheel.
 */
import type { ConversationItem } from '@natter/client';
import type { UserId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useCallback, useEffect, useSyncExternalStore } from 'react';

export function useVisiblePeers(
  rows: readonly ConversationItem[],
  { from, to }: { from: number; to: number },
): void {
  const { presence } = useChatClient();
  const ids = rows.slice(from, to + 1).flatMap(({ peer }) => (peer === null ? [] : [peer.userId]));
  // User ids hold no spaces, so the joined ids name the set.
  const key = ids.sort().join(' ');
  useEffect(() => {
    if (key === '') return;
    return presence.watch(key.split(' ') as UserId[]);
  }, [presence, key]);
}

/** As far as anybody watches them. */
export function useIsOnline(userId: UserId | null): boolean {
  const { presence } = useChatClient();
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  const getSnapshot = () => userId !== null && presence.getSnapshot().get(userId)?.online === true;
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
