/**
 * Owns token buckets: a burst, refilled at a steady rate. A person who chats never notices them. The number of
 * buckets is bounded; when full, the one used longest ago goes.
 */
import type { Method } from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';

/** `perSecond: Infinity` is no bound. */
export interface Rate {
  perSecond: number;
  burst: number;
}

export interface Rates {
  /** Calls of one socket, of one person, from one address; upgrades from one address. */
  socket: Rate;
  user: Rate;
  address: Rate;
  upgrade: Rate;
  /** Changes that one person makes to their profile. */
  profile: Rate;
}

export const defaultRates: Rates = {
  socket: { perSecond: 50, burst: 300 },
  user: { perSecond: 100, burst: 600 },
  address: { perSecond: 1_000, burst: 5_000 },
  upgrade: { perSecond: 100, burst: 2_000 },
  profile: { perSecond: 0.1, burst: 20 },
};

export interface Buckets {
  /** 0 when it may pass, else the milliseconds after which it may. `cost` counts for as many, at most a burst. */
  take(key: string, cost?: number): number;
}

/** Each person who is to be watched is looked up; each who is added is written down, and told to everybody there. */
const peoplePerCall: ReadonlyMap<string, number> = new Map<Method, number>([
  ['watch', 25],
  ['createConversation', 5],
  ['addMembers', 5],
]);

/** In calls: a long list of people counts as several. */
export function costOf(method: string, params: unknown): number {
  const perCall = peoplePerCall.get(method);
  if (perCall === undefined || typeof params !== 'object' || params === null) return 1;
  const people = 'userIds' in params && Array.isArray(params.userIds) ? params.userIds.length : 0;
  return 1 + Math.floor(people / perCall);
}

const bucketsMax = 50_000;

export function createBuckets({
  clock,
  rate,
  max = bucketsMax,
}: {
  clock: Clock;
  rate: Rate;
  max?: number;
}): Buckets {
  if (!Number.isFinite(rate.perSecond)) return { take: () => 0 };
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, cost = 1) {
      const price = Math.min(cost, rate.burst);
      const now = clock.now();
      const known = buckets.get(key);
      const refilled =
        known === undefined
          ? rate.burst
          : // A clock that is set back takes nothing away.
            known.tokens + (Math.max(0, now - known.at) * rate.perSecond) / 1_000;
      const tokens = Math.min(rate.burst, refilled);
      const passes = tokens >= price;
      buckets.delete(key);
      buckets.set(key, { tokens: passes ? tokens - price : tokens, at: now });
      if (buckets.size > max) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
      return passes ? 0 : Math.ceil(((price - tokens) * 1_000) / rate.perSecond);
    },
  };
}
