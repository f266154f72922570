/** Owns the time that components see. Injected, so that tests decide what time it is. */
export interface Clock {
  /** Unix ms. */
  now(): number;
  /** Calls once after `ms`; returns its undo. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
