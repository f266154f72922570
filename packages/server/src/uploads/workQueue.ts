/** Owns how much heavy work runs at once. What finds the queue full is refused, to be tried later. */
import { NatterError } from '@natter/protocol';

export interface WorkQueue {
  /** Rejects with `overloaded` when too many wait. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createWorkQueue(bounds: { atOnce: number; waitingMax: number }): WorkQueue {
  let running = 0;
  const waiting: (() => void)[] = [];

  return {
    async run(work) {
      if (running >= bounds.atOnce) {
        if (waiting.length >= bounds.waitingMax) {
          throw new NatterError(
            'overloaded',
            'unable to finish the upload: the server is busy with others; try again in a few seconds',
            { retryAfterMs: 3_000 },
          );
        }
        await new Promise<void>((begin) => waiting.push(begin));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
