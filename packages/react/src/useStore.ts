/** Owns the one way a store reaches React: one `subscribe`, one `getSnapshot`. Counting and identity are the store's. */
import type { Store } from '@natter/client';
import { useCallback, useSyncExternalStore } from 'react';

export function useStore<Snapshot>(store: Store<Snapshot>): Snapshot {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const getSnapshot = useCallback(() => store.getSnapshot(), [store]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/**
 * The same for a store that the client makes on demand. It is asked for anew at each use, because the client
 * promises one object for an id only while somebody subscribes; a remembered one could be an orphan.
 */
export function useStoreOf<Id, Snapshot>(find: (id: Id) => Store<Snapshot>, id: Id): Snapshot {
  const subscribe = useCallback((listener: () => void) => find(id).subscribe(listener), [find, id]);
  const getSnapshot = useCallback(() => find(id).getSnapshot(), [find, id]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
