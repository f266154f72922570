/** Owns a value that changes: one snapshot, listeners, and both told through the batch. */
import type { Store } from '../contract.ts';
import type { Batch } from './batch.ts';

export interface Telling {
  batch: Batch;
  /** Told of what a listener threw, so that one faulty listener stops neither the others nor the SDK. */
  reportError(error: unknown): void;
}

export interface Listeners<Args extends unknown[]> {
  add(listener: (...args: Args) => void): () => void;
  call(...args: Args): void;
  readonly size: number;
  clear(): void;
}

/** In order; one that is gone when its turn comes hears nothing. */
export function createListeners<Args extends unknown[] = []>(
  reportError: Telling['reportError'],
): Listeners<Args> {
  const listeners = new Map<object, (...args: Args) => void>();
  return {
    add(listener) {
      // One key a subscription: the same function subscribed twice is two.
      const key = {};
      listeners.set(key, listener);
      return () => void listeners.delete(key);
    },
    call(...args) {
      for (const [key, listener] of [...listeners]) {
        if (!listeners.has(key)) continue;
        try {
          listener(...args);
        } catch (error) {
          reportError(error);
        }
      }
    },
    get size() {
      return listeners.size;
    },
    clear: () => listeners.clear(),
  };
}

/** An undo that is harmless twice. */
export function once(undo: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    undo();
  };
}

/** The one of before while every field is the same: then nobody is told, and nothing is drawn again. */
export function sameOr<Value extends object>(before: Value | null | undefined, next: Value): Value {
  const keys = Object.keys(next) as (keyof Value)[];
  return before && keys.every((key) => next[key] === before[key]) ? before : next;
}

/** The same of a list. */
export function sameListOr<Item>(before: readonly Item[], next: readonly Item[]): readonly Item[] {
  return next.length === before.length && next.every((one, at) => one === before[at])
    ? before
    : next;
}

export interface WritableStore<Snapshot> extends Store<Snapshot> {
  /** Tells the listeners unless it is the same value. */
  set(next: Snapshot): void;
  /** No listener hears anything from now on. */
  dispose(): void;
}

export function createStore<Snapshot>(
  telling: Telling,
  initial: Snapshot,
): WritableStore<Snapshot> {
  let value = initial;
  const { getSnapshot, subscribe, invalidate, dispose } = createDerivedStore(telling, () => value);
  return {
    getSnapshot,
    subscribe,
    set(next) {
      value = next;
      invalidate();
    },
    dispose,
  };
}

export interface DerivedStore<Snapshot> extends Store<Snapshot> {
  /** What it is derived from has changed: the next `getSnapshot` derives it anew. */
  invalidate(): void;
  readonly listenerCount: number;
  dispose(): void;
}

/**
 * A snapshot made when asked for. `derive` gets the previous one and returns it when nothing changed, in which
 * case nobody is told. `onFirst` and `onLast` tell when somebody begins and when nobody listens any more.
 */
export function createDerivedStore<Snapshot>(
  { batch, reportError }: Telling,
  derive: (previous: Snapshot | undefined) => Snapshot,
  watch: { onFirst?: () => void; onLast?: () => void } = {},
): DerivedStore<Snapshot> {
  let snapshot: Snapshot | undefined;
  let told: Snapshot | undefined;
  let stale = true;
  const listeners = createListeners(reportError);

  const read = (): Snapshot => {
    if (stale) {
      snapshot = derive(snapshot);
      stale = false;
    }
    return snapshot as Snapshot;
  };
  const check = (): void => {
    const next = read();
    if (Object.is(next, told)) return;
    told = next;
    batch.notify(listeners.call);
  };

  return {
    getSnapshot: read,
    subscribe(listener) {
      if (listeners.size === 0) told = read();
      const undo = listeners.add(listener);
      if (listeners.size === 1) watch.onFirst?.();
      return once(() => {
        undo();
        if (listeners.size === 0) watch.onLast?.();
      });
    },
    invalidate() {
      stale = true;
      if (listeners.size > 0) batch.notify(check);
    },
    get listenerCount() {
      return listeners.size;
    },
    dispose: () => listeners.clear(),
  };
}
