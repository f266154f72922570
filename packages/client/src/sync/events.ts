/** Owns the stream of events for applications: every event to every listener, in order, none skipped. */
import { NatterError, type ServerEvent } from '@natter/protocol';
import type { Events } from '../contract.ts';

const lagMax = 1_000;

export interface EventStream extends Events {
  emit(events: readonly ServerEvent[]): void;
  dispose(): void;
}

export function createEvents({ reportError }: { reportError(error: unknown): void }): EventStream {
  const listeners = new Map<object, (event: ServerEvent) => void>();
  const iterators = new Set<() => void>();
  const waiting: ServerEvent[] = [];
  let newest: ServerEvent | null = null;
  let emitting = false;

  function subscribe(listener: (event: ServerEvent) => void): () => void {
    const key = {};
    listeners.set(key, listener);
    return () => void listeners.delete(key);
  }

  return {
    subscribe,
    latest: () => newest,
    emit(events) {
      // A listener that makes more events arrive does not turn their order around.
      waiting.push(...events);
      if (emitting) return;
      emitting = true;
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        newest = event;
        for (const [key, listener] of [...listeners]) {
          if (!listeners.has(key)) continue;
          try {
            listener(event);
          } catch (error) {
            reportError(error);
          }
        }
      }
      emitting = false;
    },
    [Symbol.asyncIterator]() {
      type Step = IteratorResult<ServerEvent, undefined>;
      const queue: ServerEvent[] = [];
      const readers: { resolve(step: Step): void; reject(error: unknown): void }[] = [];
      let ended = false;
      let error: NatterError | null = null;
      const end = (): void => {
        if (ended) return;
        ended = true;
        undo();
        iterators.delete(end);
        for (const reader of readers.splice(0)) reader.resolve({ done: true, value: undefined });
      };
      const undo = subscribe((event) => {
        const reader = readers.shift();
        if (reader !== undefined) return reader.resolve({ done: false, value: event });
        if (queue.length >= lagMax) {
          error = new NatterError(
            'overloaded',
            `unable to go on: this iterator lags by more than ${lagMax} events`,
          );
          queue.length = 0;
          return end();
        }
        queue.push(event);
      });
      iterators.add(end);
      return {
        next(): Promise<Step> {
          const event = queue.shift();
          if (event !== undefined) return Promise.resolve({ done: false, value: event });
          if (error !== null) {
            const failure = error;
            error = null;
            return Promise.reject(failure);
          }
          if (ended) return Promise.resolve({ done: true, value: undefined });
          return new Promise<Step>((resolve, reject) => readers.push({ resolve, reject }));
        },
        return(): Promise<Step> {
          queue.length = 0;
          end();
          return Promise.resolve({ done: true, value: undefined });
        },
      };
    },
    dispose() {
      listeners.clear();
      waiting.length = 0;
      for (const end of [...iterators]) end();
    },
  };
}
