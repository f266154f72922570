/** Owns when what nobody waits for may begin: it takes the processor, and the network, from what is to be seen first. */
import { useChatClient } from '@natter/react';
import { systemClock } from '@natter/ui';
import { startTransition, useEffect, useState } from 'react';

/** What came with the list is drawn by then. */
const drawnMs = 300;
/** A server that has not answered by then is not waited for. */
const patienceMs = 3_000;

/** Whether the first view is there, or does not come for now; it stays so. */
export function useFirstView(): boolean {
  const { connection } = useChatClient();
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    if (isThere) return undefined;
    let cancel = systemClock.after(patienceMs, end);
    function end(): void {
      startTransition(() => setThere(true));
    }
    function look(): void {
      const now = connection.getSnapshot();
      if (now.status !== 'connected' || !now.synced) return;
      undo();
      cancel();
      cancel = systemClock.after(drawnMs, end);
    }
    const undo = connection.subscribe(look);
    look();
    return () => {
      undo();
      cancel();
    };
  }, [connection, isThere]);
  return isThere;
}
