/** Owns time in tests: it moves when told to. */
import type { Clock } from '../src/runtime/clock.ts';

export interface TestClock extends Clock {
  advance(ms: number): void;
  waiting(): number;
}

export function createTestClock(start: number): TestClock {
  const timers = new Set<{ at: number; call: () => void }>();
  let now = start;
  return {
    now: () => now,
    after(ms, call) {
      const timer = { at: now + ms, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = due.at;
        due.call();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}
