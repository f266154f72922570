/**
 * Owns the moment of telling. Whatever changes within one batch is told once per listener when the batch ends,
 * so that a listener never sees half of what arrived together.
 */
export interface Batch {
  /** Runs `change`; listeners hear of it when the outermost batch ends. */
  run<Result>(change: () => Result): Result;
  /** Notes that `tell` must be called: at the end of the batch, or now when there is none. */
  notify(tell: () => void): void;
  /** Calls after everybody was told: at the end of the batch, or now. In order. */
  after(call: () => void): void;
  /** Nobody is told anything from now on. */
  close(): void;
}

export function createBatch(): Batch {
  let depth = 0;
  let closed = false;
  const afterwards: (() => void)[] = [];
  const due = new Set<() => void>();

  function flush(): void {
    // What listeners change in turn is told in further rounds, still inside: nobody is told in the middle of another's turn.
    depth += 1;
    try {
      while (due.size > 0) {
        const round = [...due];
        due.clear();
        for (const tell of round) if (!closed) tell();
      }
    } finally {
      depth -= 1;
    }
    for (let call = afterwards.shift(); call !== undefined; call = afterwards.shift()) call();
  }

  return {
    run(change) {
      depth += 1;
      try {
        return change();
      } finally {
        depth -= 1;
        if (depth === 0) flush();
      }
    },
    notify(tell) {
      if (closed) return;
      due.add(tell);
      if (depth === 0) flush();
    },
    after(call) {
      if (closed) return;
      afterwards.push(call);
      if (depth === 0) flush();
    },
    close() {
      closed = true;
      due.clear();
      afterwards.length = 0;
    },
  };
}
