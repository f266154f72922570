/**
 * Owns asking the browser not to clear what this device keeps when its disk gets full. Asked when it first matters and can
 * be understood: something was written that cannot be sent yet (decision 24).
 */
import { useConnectionStatus, useConversations, usePersistence } from '@natter/react';
import { useEffect, useRef } from 'react';

export type BrowserStorage = Pick<StorageManager, 'persisted' | 'persist'>;

/** Left out where the browser has none: on plain http from another machine. */
export function useLastingStorage(storage: BrowserStorage | undefined = navigator.storage): void {
  const { status } = useConnectionStatus();
  const { state } = usePersistence();
  const { items } = useConversations();
  const asked = useRef(false);
  const isWaiting =
    state === 'kept' &&
    status !== 'connected' &&
    items.some(({ preview }) => preview?.status === 'sending');
  useEffect(() => {
    if (!isWaiting || asked.current || storage === undefined) return;
    asked.current = true;
    ask(storage).catch(() => {
      // It keeps as before: until the disk is full.
    });
  }, [isWaiting, storage]);
}

async function ask(storage: BrowserStorage): Promise<void> {
  if (!(await storage.persisted())) await storage.persist();
}
