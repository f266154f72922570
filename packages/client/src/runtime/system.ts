/** The real clock, random and device. The only place of the SDK that touches them; nothing of a browser is taken for granted. */
import type { Clock, Environment, Random } from './contract.ts';

/** A longer timeout overflows 32 bits and fires at once. */
const timeoutMsMax = 2_147_483_647;

interface Globals {
  setImmediate?: (call: () => void) => void;
  MessageChannel?: typeof MessageChannel;
  document?: Document;
  navigator?: { onLine?: boolean; product?: string };
  location?: { origin?: string };
  addEventListener?: (type: string, listener: () => void, until: { signal: AbortSignal }) => void;
  reportError?: (error: unknown) => void;
}
const globals = globalThis as unknown as Globals;

function createSoon(): (call: () => void) => void {
  const { setImmediate: immediate, MessageChannel: Channel, document } = globals;
  if (immediate !== undefined) return (call) => void immediate(call);
  // A message, unlike a timeout, is not held back for a second while the tab is hidden.
  if (Channel !== undefined && document !== undefined) {
    const waiting: (() => void)[] = [];
    const { port1, port2 } = new Channel();
    port1.onmessage = () => waiting.shift()?.();
    return (call) => {
      waiting.push(call);
      port2.postMessage(null);
    };
  }
  return (call) => void setTimeout(call, 0);
}

export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, call) {
      const timer = setTimeout(call, Math.min(ms, timeoutMsMax));
      return () => clearTimeout(timer);
    },
    soon: createSoon(),
  };
}

export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  fraction: () => Math.random(),
};

export function createSystemEnvironment(): Environment {
  const { document, navigator, location } = globals;
  const environment: Environment = {
    isOnline: () => navigator?.onLine !== false,
    onSignal(listener) {
      const online = () => listener('online');
      const offline = () => listener('offline');
      const visible = () => listener(document?.visibilityState === 'hidden' ? 'hidden' : 'visible');
      const hidden = () => listener('hidden');
      const ending = new AbortController();
      globals.addEventListener?.('online', online, ending);
      globals.addEventListener?.('offline', offline, ending);
      globals.addEventListener?.('pageshow', visible, ending);
      globals.addEventListener?.('pagehide', hidden, ending);
      document?.addEventListener?.('visibilitychange', visible, ending);
      return () => ending.abort();
    },
    reportError(error) {
      if (globals.reportError !== undefined) globals.reportError(error);
      else
        queueMicrotask(() => {
          throw error;
        });
    },
  };
  if (typeof URL.createObjectURL === 'function' && document !== undefined) {
    environment.createObjectUrl = (data) => URL.createObjectURL(data);
    environment.revokeObjectUrl = (url) => URL.revokeObjectURL(url);
  }
  if (location?.origin !== undefined && location.origin !== 'null')
    environment.origin = location.origin;
  return environment;
}
