/** Owns the stream of events for applications: every event to every listener, in order, none skipped. */
import { NatterError, type ServerEvent } from '@natter/protocol';
import type { Events } from '../contract.ts';
import { createListeners } from '../store/store.ts';

const lagMax = 1_000;

export interface EventStream extends Events {
  emit(events: readonly ServerEvent[]): void;
  dispose(): void;
}

export function createEvents({ reportError }: { reportError(error: unknown): void }): EventStream {
  const listeners = createListeners<[ServerEvent]>(reportError);
  const iterators = new Set<() => void>();
  const waiting: ServerEvent[] = [];
  let newest: ServerEvent | null = null;
  let emitting = false;

  return {
    subscribe: listeners.add,
    latest: () => newest,
    emit(events) {
      // A listener that makes more events arrive does not turn their order around.
      waiting.push(...events);
      if (emitting) return;
      emitting = true;
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        newest = event;
        listeners.call(event);
      }
      emitting = false;
    },
    [Symbol.asyncIterator]() {
      const queue: ServerEvent[] = [];
      /** Those who asked while there was none. */
      const readers: (() => void)[] = [];
      let ended = false;
      let error: NatterError | null = null;
      const wake = (): void => {
        for (const resolve of readers.splice(0)) resolve();
      };
      const end = (): void => {
        ended = true;
        undo();
        iterators.delete(end);
        wake();
      };
      const undo = listeners.add((event) => {
        if (queue.push(event) <= lagMax) return wake();
        error = new NatterError(
          'overloaded',
          `unable to go on: this iterator lags by more than ${lagMax} events`,
        );
        queue.length = 0;
        end();
      });
      iterators.add(end);
      return {
        async next() {
          while (queue.length === 0 && !ended)
            await new Promise<void>((resolve) => readers.push(resolve));
          const value = queue.shift();
          if (value !== undefined) return { done: false, value };
          const failure = error;
          error = null;
          if (failure !== null) throw failure;
          return { done: true, value: undefined };
        },
        async return() {
          queue.length = 0;
          end();
          return { done: true, value: undefined };
        },
      };
    },
    dispose() {
      listeners.clear();
      waiting.length = 0;
      for (const end of iterators) end();
    },
  };
}
