/**
 * Owns when things are sent: at times fixed beforehand, whatever the server does (an open loop). What is late is sent at once, and
 * its latency counts from the time it was meant for, so that a server that stands still cannot hide it (coordinated omission).
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds from the beginning, ascending. */
export type Schedule = Float64Array;

export function evenly(count: number, perSecond: number): Schedule {
  return Float64Array.from({ length: count }, (_, at) => (at * 1_000) / perSecond);
}

/** Arrivals that know nothing of one another. The seed gives the same ones to everything that is compared. */
export function poisson(count: number, perSecond: number, seed: number): Schedule {
  const fraction = createFractions(seed);
  let at = 0;
  return Float64Array.from({ length: count }, () => {
    at -= (Math.log(1 - fraction()) * 1_000) / perSecond;
    return at;
  });
}

/** Resolves when all was sent, with the time of the beginning: `begunAt + schedule[n]` is what n was meant for. */
export function runOpenLoop(
  schedule: Schedule,
  send: (at: number, intendedAt: number) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const begunAt = performance.now() + tickMs;
    let next = 0;
    const timer = setInterval(() => {
      const now = performance.now() - begunAt;
      for (let at = schedule[next]; at !== undefined && at <= now; at = schedule[next])
        send(next++, begunAt + at);
      if (next < schedule.length) return;
      clearInterval(timer);
      resolve(begunAt);
    }, tickMs);
  });
}

const tickMs = 1;

/** Mulberry32: what chance is the same in every run. */
export function createFractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
