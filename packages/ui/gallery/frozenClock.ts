/** Owns the gallery's time: it is always the same moment, so that a picture is the same every day. */
import type { Clock } from '../src/runtime/clock.ts';

export const galleryNow = Date.UTC(2026, 5, 15, 14, 30);

/** What waits for a moment comes; what changes with the minutes never does. */
export const frozenClock: Clock = {
  now: () => galleryNow,
  after(ms, call) {
    if (ms > 1_000) return () => {};
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
