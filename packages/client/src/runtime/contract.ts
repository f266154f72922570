/** Owns the world as the SDK sees it: clock, random, and what the device tells. Injected, so that tests and the simulation can own it. */

export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Calls once after `ms`; returns its undo. */
  after(ms: number, call: () => void): () => void;
  /** Calls once, after what has already arrived was handed over. Not slowed down in hidden tabs. */
  soon(call: () => void): void;
}

export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array;
  /** 0 ≤ x < 1. */
  fraction(): number;
}

export type Signal = 'online' | 'offline' | 'visible' | 'hidden';

/** What the device tells, each left out where it cannot. */
export interface Environment {
  /** Does the device have a network? Left out: taken for yes. */
  isOnline?(): boolean;
  /** Calls at each signal; returns its undo. `visible`: the page is looked at again, or the app is in front again; `hidden`: it may end any moment. */
  onSignal?(listener: (signal: Signal) => void): () => void;
  /** For previews of images not yet uploaded. */
  createObjectUrl?(data: Blob): string;
  revokeObjectUrl?(url: string): void;
  /** Where a relative `url` starts, as `https://chat.example`. */
  origin?: string;
  /** Told of what a listener of the application threw. */
  reportError?(error: unknown): void;
}

export interface Runtime {
  clock: Clock;
  random: Random;
}
