/**
 * Owns virtual time. Nothing waits for a real clock: time stands still until everything that was set off has come to
 * rest, and then jumps to the next timer.
 */

export interface Time {
  now(): number;
  after(ms: number, call: () => void): () => void;
  every(ms: number, call: () => void): () => void;
  /** Calls once, in a turn of its own, before time moves. */
  soon(call: () => void): void;
  /** Something happened, so what follows from it may not be over. */
  touch(): void;
  /** Real work (files, the making of a server) that time waits for. */
  hold(work: Promise<unknown>): void;
  /** Until nothing moves any more. */
  settle(): Promise<void>;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
}

interface Timer {
  at: number;
  order: number;
  everyMs: number | null;
  call: () => void;
  cancelled: boolean;
}

/** Turns of the event loop without a sign of life after which all is at rest. */
const quietTurns = 3;

export function createTime(start: number): Time {
  let now = start;
  let order = 0;
  let signs = 0;
  /** A binary heap, soonest first. */
  const heap: Timer[] = [];
  const held = new Set<Promise<unknown>>();

  const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(timer: Timer): void {
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, heap[parent] as Timer)) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  }

  function shift(): void {
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer))
        child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
  }

  function add(ms: number, everyMs: number | null, call: () => void): () => void {
    signs += 1;
    const timer = { at: now + Math.max(0, ms), order: order++, everyMs, call, cancelled: false };
    push(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet++) {
      if (held.size > 0) await Promise.allSettled(held);
      const before = signs;
      await new Promise(setImmediate);
      if (signs !== before || held.size > 0) quiet = -1;
    }
  }

  async function pass(ms: number): Promise<void> {
    const until = now + ms;
    await settle();
    for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
      shift();
      if (next.cancelled) continue;
      now = Math.max(now, next.at);
      if (next.everyMs !== null) {
        next.at = now + next.everyMs;
        next.order = order++;
        push(next);
      }
      next.call();
      await settle();
    }
    now = until;
  }

  return {
    now: () => now,
    after: (ms, call) => add(ms, null, call),
    every: (ms, call) => add(ms, ms, call),
    soon(call) {
      signs += 1;
      setImmediate(() => {
        signs += 1;
        call();
      });
    },
    touch() {
      signs += 1;
    },
    hold(work) {
      held.add(work);
      const done = () => void held.delete(work);
      work.then(done, done);
    },
    settle,
    pass,
  };
}
