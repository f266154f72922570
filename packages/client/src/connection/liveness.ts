/**
 * Owns the doubt whether the other side is still there. Pages do not see pings, so silence is what counts: after a
 * heartbeat without a frame it asks, and without any frame within the grace after that the socket is dead.
 */
import { timings } from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';

export interface Liveness {
  start(heartbeatMs: number): void;
  stop(): void;
  /** Something arrived. */
  heard(): void;
  /** Ask now: a call timed out, the tab woke up, the network changed. Without an answer within `graceMs` it is dead. */
  suspect(graceMs?: number): void;
}

export function createLiveness({
  clock,
  probe,
  onDead,
}: {
  clock: Clock;
  probe(): void;
  onDead(): void;
}): Liveness {
  let heartbeatMs: number | null = null;
  let heardAt = 0;
  let cancel = (): void => {};
  /** Of what was asked; null: nothing is. */
  let asked: { graceMs: number } | null = null;

  function wait(ms: number, then: () => void): void {
    cancel();
    cancel = clock.after(ms, then);
  }

  // One timer that looks when it fires, instead of one restarted at every frame.
  function watch(): void {
    if (heartbeatMs === null) return;
    const silentMs = clock.now() - heardAt;
    // Less than nothing: the device's clock was set back, and how long it was silent is anybody's guess.
    if (silentMs >= 0 && silentMs < heartbeatMs) wait(heartbeatMs - silentMs, watch);
    else suspect();
  }

  function suspect(graceMs: number = timings.heartbeatGraceMs): void {
    if (heartbeatMs === null || (asked !== null && asked.graceMs <= graceMs)) return;
    const wasAsked = asked !== null;
    asked = { graceMs };
    wait(graceMs, () => {
      if (asked !== null) onDead();
    });
    if (!wasAsked) probe();
  }

  return {
    start(ms) {
      heartbeatMs = ms;
      heardAt = clock.now();
      asked = null;
      watch();
    },
    stop() {
      heartbeatMs = null;
      asked = null;
      cancel();
    },
    heard() {
      heardAt = clock.now();
      if (asked === null || heartbeatMs === null) return;
      asked = null;
      watch();
    },
    suspect,
  };
}
