/** Owns how many calls are under way, so that a stopping server knows when the last one is answered. */
export interface InFlight {
  readonly count: number;
  /** Returns its end; ending twice is harmless. */
  begin(): () => void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    get count() {
      return count;
    },
    begin() {
      count += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= 1;
        if (count > 0) return;
        const due = waiting;
        waiting = [];
        for (const resolve of due) resolve();
      };
    },
    async idle() {
      if (count > 0) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
  };
}
