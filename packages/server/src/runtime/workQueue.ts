/** Owns how much heavy work runs at once. What finds the queue full is refused, to be tried later. */
import { NatterError } from '@natter/protocol';

export interface WorkQueue {
  /** Rejects with `overloaded` when too many wait. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** For work that ends somewhere else: resolves with what ends it. Calling that twice is harmless. */
  enter(): Promise<() => void>;
  readonly isIdle: boolean;
}

export function createWorkQueue(bounds: {
  atOnce: number;
  waitingMax: number;
  /** What whoever finds it full is told. */
  refusal: string;
}): WorkQueue {
  let running = 0;
  const waiting: (() => void)[] = [];

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  async function enter(): Promise<() => void> {
    if (running >= bounds.atOnce) {
      if (waiting.length >= bounds.waitingMax) {
        throw new NatterError('overloaded', bounds.refusal, { retryAfterMs: 3_000 });
      }
      await new Promise<void>((begin) => waiting.push(begin));
    } else {
      running += 1;
    }
    let left = false;
    return () => {
      if (!left) leave();
      left = true;
    };
  }

  return {
    enter,
    get isIdle() {
      return running === 0;
    },
    async run(work) {
      const end = await enter();
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}
