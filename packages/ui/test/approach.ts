/** Owns coming near what is seen, for tests without a browser: nothing is near until it is brought there. */
import { vi } from 'vitest';

/** `bring` tells of one element. Undone by `vi.unstubAllGlobals()`. */
export function holdAway(): { bring(element: Element): void; watched(): number } {
  const watched = new Map<Element, IntersectionObserverCallback>();
  class Observer {
    readonly #tell: IntersectionObserverCallback;
    readonly #own = new Set<Element>();
    constructor(tell: IntersectionObserverCallback) {
      this.#tell = tell;
    }
    observe(target: Element): void {
      watched.set(target, this.#tell);
      this.#own.add(target);
    }
    disconnect(): void {
      for (const target of this.#own) watched.delete(target);
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);
  return {
    bring(target) {
      const entry = { target, isIntersecting: true } as unknown as IntersectionObserverEntry;
      watched.get(target)?.([entry], new Observer(() => {}) as unknown as IntersectionObserver);
    },
    watched: () => watched.size,
  };
}
