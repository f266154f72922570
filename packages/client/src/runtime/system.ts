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
  addEventListener?: (type: string, listener: () => void) => void;
  removeEventListener?: (type: string, listener: () => void) => void;
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
      const visible = () => {
        if (document === undefined || document.visibilityState === 'visible') listener('visible');
        else listener('hidden');
      };
      const hidden = () => listener('hidden');
      globals.addEventListener?.('online', online);
      globals.addEventListener?.('offline', offline);
      globals.addEventListener?.('pageshow', visible);
      globals.addEventListener?.('pagehide', hidden);
      document?.addEventListener?.('visibilitychange', visible);
      return () => {
        globals.removeEventListener?.('online', online);
        globals.removeEventListener?.('offline', offline);
        globals.removeEventListener?.('pageshow', visible);
        globals.removeEventListener?.('pagehide', hidden);
        document?.removeEventListener?.('visibilitychange', visible);
      };
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
