/** Owns parts whose code is loaded after the first paint: fetched once, shown at once when it is here, and again on demand when it could not be had. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

export interface Loader<Part> {
  /** Null until it is here. */
  get(): Part | null;
  /** Rejects when it cannot be fetched; the next call tries again. */
  load(): Promise<Part>;
  subscribe(listener: () => void): () => void;
}

export function createLoader<Part>(fetchPart: () => Promise<Part>): Loader<Part> {
  const listeners = new Set<() => void>();
  let part: Part | null = null;
  let loading: Promise<Part> | null = null;
  return {
    get: () => part,
    load() {
      loading ??= fetchPart().then(
        (found) => {
          part = found;
          for (const listener of [...listeners]) listener();
          return found;
        },
        (error) => {
          loading = null;
          throw error;
        },
      );
      return loading;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type Loaded<Part> =
  | { state: 'loading' }
  | { state: 'failed'; retry: () => void }
  | { state: 'ready'; part: Part };

export function useLoader<Part>(loader: Loader<Part>): Loaded<Part> {
  const part = useSyncExternalStore(loader.subscribe, loader.get, loader.get);
  const [attempt, setAttempt] = useState(0);
  const [failedAt, setFailedAt] = useState<number | null>(null);

  useEffect(() => {
    let gone = false;
    loader.load().catch(() => {
      if (!gone) setFailedAt(attempt);
    });
    return () => {
      gone = true;
    };
  }, [loader, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  if (part !== null) return { state: 'ready', part };
  return failedAt === attempt ? { state: 'failed', retry } : { state: 'loading' };
}
