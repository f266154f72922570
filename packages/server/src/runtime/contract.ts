/** Owns the world as the server sees it: clock, random, log. Injected, so that tests and the simulation can own it. */

export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Calls once after `ms`; returns its undo. Does not keep the process alive. */
  after(ms: number, call: () => void): () => void;
  /** Calls every `ms`; returns its undo. Does not keep the process alive. */
  every(ms: number, call: () => void): () => void;
}

export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array;
  /** 0 ≤ x < 1. */
  fraction(): number;
}

/** Structured; never given message content or tokens. `console` is one, and so is a logger of pino. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface Runtime {
  clock: Clock;
  random: Random;
  log: Log;
}
