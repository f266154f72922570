/**
 * Owns what tabs of one person have between them: turns, by Web Locks, and messages, by BroadcastChannel. A tab that
 * holds a turn says so now and then; one that says nothing has been stopped by the browser, and its turn is taken.
 * A page of plain http from another machine has no Web Locks: then every tab has its turn at once, and only the ids of
 * messages keep what is sent from being sent twice.
 */
import type { Clock } from '../../runtime/contract.ts';
import type { Kept, TabMessage } from '../contract.ts';

export interface Tabs extends Pick<Kept, 'hold' | 'post' | 'subscribe'> {
  /** As if another tab had said it. */
  hear(message: TabMessage): void;
  close(): void;
}

interface Beat {
  type: 'beat';
  lock: string;
}

const beatMs = 3_000;
const passByMs = 10_000;

export function createTabs({
  name,
  clock,
  locks = globalThis.navigator?.locks,
  Channel = globalThis.BroadcastChannel,
}: {
  /** The same in all tabs of one person. */
  name: string;
  clock: Clock;
  locks?: Pick<LockManager, 'request'>;
  Channel?: typeof BroadcastChannel;
}): Tabs {
  const listeners = new Set<(message: TabMessage) => void>();
  const beatListeners = new Set<(lock: string) => void>();
  const channel = Channel === undefined ? null : new Channel(name);
  if (channel !== null)
    channel.onmessage = ({ data }: MessageEvent<TabMessage | Beat>) => {
      if (data.type === 'beat') for (const listener of [...beatListeners]) listener(data.lock);
      else hear(data);
    };
  const closing = new AbortController();
  let isWiped = false;

  function hear(message: TabMessage): void {
    // The browser tells of it too.
    if (isWiped) return;
    isWiped = message.type === 'wiped';
    for (const listener of [...listeners]) listener(message);
  }

  function say(message: TabMessage | Beat): void {
    if (!closing.signal.aborted) channel?.postMessage(message);
  }

  /** Says that this tab lives, for as long as it holds `lock`. */
  function beat(lock: string): () => void {
    say({ type: 'beat', lock });
    let cancel = clock.after(beatMs, again);
    function again(): void {
      say({ type: 'beat', lock });
      cancel = clock.after(beatMs, again);
    }
    return () => cancel();
  }

  /** Calls when nobody has said for a while that they hold `lock`. */
  function whenSilent(lock: string, call: () => void): () => void {
    let cancel = clock.after(passByMs, call);
    const heard = (of: string): void => {
      if (of !== lock) return;
      cancel();
      cancel = clock.after(passByMs, call);
    };
    beatListeners.add(heard);
    return () => {
      cancel();
      beatListeners.delete(heard);
    };
  }

  async function turn(
    lock: string,
    options: LockOptions,
    mayPassBy: boolean,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (locks === undefined) return work(closing.signal);
    const robbed = new AbortController();
    const rob = (): void => robbed.abort();
    closing.signal.addEventListener('abort', rob);
    let working: Promise<void> | null = null;
    try {
      await locks.request(lock, options, () => {
        const stop = mayPassBy ? beat(lock) : () => {};
        working = work(robbed.signal).finally(stop);
        return working;
      });
    } catch (cause) {
      if (working === null) throw cause;
      // Taken from this tab, or its own failure: either way it comes to its end.
      rob();
      await working;
    } finally {
      closing.signal.removeEventListener('abort', rob);
    }
  }

  return {
    async hold(of, { mayPassBy, wait }, work) {
      const lock = `${name} ${of}`;
      if (wait?.aborted) return;
      const waiting = new AbortController();
      const giveUp = (): void => waiting.abort();
      const ends = [wait, closing.signal];
      for (const end of ends) end?.addEventListener('abort', giveUp);
      let isSilent = false;
      let isMine = false;
      const stop =
        mayPassBy && channel !== null && locks !== undefined
          ? whenSilent(lock, () => {
              isSilent = true;
              giveUp();
            })
          : () => {};
      const begin = (signal: AbortSignal): Promise<void> => {
        isMine = true;
        stop();
        for (const end of ends) end?.removeEventListener('abort', giveUp);
        return work(signal);
      };
      try {
        await turn(lock, { signal: waiting.signal }, mayPassBy, begin);
      } catch (cause) {
        if (isMine || !waiting.signal.aborted) throw cause;
        if (isSilent && !ends.some((end) => end?.aborted))
          await turn(lock, { steal: true }, mayPassBy, begin);
      } finally {
        stop();
        for (const end of ends) end?.removeEventListener('abort', giveUp);
      }
    },
    post: say,
    hear,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing.abort();
      channel?.close();
      listeners.clear();
      beatListeners.clear();
    },
  };
}
