/** Owns waiting: for a condition, never for a time. */
import { expect } from 'vitest';

export const soonMs = 15_000;

/** `await soon(() => read()).toBe(…)`: reads again until it holds. */
export function soon<T>(read: () => T | Promise<T>, withinMs = soonMs) {
  return expect.poll(read, { timeout: withinMs, interval: 40 });
}
