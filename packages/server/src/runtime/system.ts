/** The real clock and random. The only place of the server that touches them. */
import { randomBytes } from 'node:crypto';
import type { Clock, Log, Random } from './contract.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(ms, call) {
    const timer = setInterval(call, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
};

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
