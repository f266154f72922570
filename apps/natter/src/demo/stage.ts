/** Owns the time in which the demo's past happens: a clock that stands where it is put. */
import type { Clock } from '@natter/server';

export interface Stage {
  clock: Clock;
  /** Unix ms. */
  moveTo(ms: number): void;
}

export function createStage(real: Clock): Stage {
  let now = real.now();
  return {
    clock: { ...real, now: () => now },
    moveTo(ms) {
      now = ms;
    },
  };
}
