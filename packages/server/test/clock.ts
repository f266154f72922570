/** Owns a clock that runs by itself and can be moved forward: what is due is then called at once, in order. */
import type { Clock } from '../src/runtime/contract.ts';
import { systemClock } from '../src/runtime/system.ts';

export interface MovableClock extends Clock {
  advance(ms: number): void;
  /** Sets what it shows forward, or back, as when a host's clock is set right: timers do not notice. */
  step(ms: number): void;
}

interface Timer {
  dueAt: number;
  everyMs: number | null;
  call: () => void;
  undo: () => void;
}

export function createMovableClock(): MovableClock {
  let offsetMs = 0;
  let steppedMs = 0;
  const timers = new Set<Timer>();
  const now = () => systemClock.now() + offsetMs;

  function arm(timer: Timer): void {
    timer.undo();
    timer.undo = systemClock.after(Math.max(0, timer.dueAt - now()), () => fire(timer));
  }

  function fire(timer: Timer): void {
    if (!timers.has(timer)) return;
    if (timer.everyMs === null) timers.delete(timer);
    else {
      timer.dueAt += timer.everyMs;
      arm(timer);
    }
    timer.call();
  }

  function add(ms: number, everyMs: number | null, call: () => void): () => void {
    const timer: Timer = { dueAt: now() + ms, everyMs, call, undo: () => {} };
    timers.add(timer);
    arm(timer);
    return () => {
      timers.delete(timer);
      timer.undo();
    };
  }

  return {
    now: () => now() + steppedMs,
    step(ms) {
      steppedMs += ms;
    },
    after: (ms, call) => add(ms, null, call),
    every: (ms, call) => add(ms, ms, call),
    advance(ms) {
      const until = now() + ms;
      for (;;) {
        const due = [...timers]
          .filter((timer) => timer.dueAt <= until)
          .sort((a, b) => a.dueAt - b.dueAt)[0];
        if (due === undefined) break;
        offsetMs += Math.max(0, due.dueAt - now());
        due.undo();
        fire(due);
      }
      offsetMs += Math.max(0, until - now());
      for (const timer of timers) arm(timer);
    },
  };
}
