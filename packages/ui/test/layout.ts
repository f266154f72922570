/** Owns a layout for tests without a browser: every box of a virtual list has one height, what scrolls it another. */
import { vi } from 'vitest';

/** Returns its undo. What it says comes with the next turn: wait for it inside of `act`. */
export function layOut({
  viewport,
  row,
  scroller,
}: {
  viewport: number;
  row: number;
  /** A selector. */
  scroller: string;
}): () => void {
  const isScroller = (element: Element) => element.matches(scroller);
  const undo = [
    define('offsetParent', () => document.body),
    define('clientHeight', (element) => (isScroller(element) ? viewport : 0)),
  ];

  class Observer implements ResizeObserver {
    readonly #tell: ResizeObserverCallback;
    readonly #targets = new Set<Element>();

    constructor(tell: ResizeObserverCallback) {
      this.#tell = tell;
    }

    observe(target: Element): void {
      this.#targets.add(target);
      queueMicrotask(() => {
        if (!this.#targets.has(target)) return;
        const height = isScroller(target) ? viewport : row;
        const contentRect = { width: 800, height } as DOMRectReadOnly;
        this.#tell([{ target, contentRect } as ResizeObserverEntry], this);
      });
    }

    unobserve(target: Element): void {
      this.#targets.delete(target);
    }

    disconnect(): void {
      this.#targets.clear();
    }
  }

  vi.stubGlobal('ResizeObserver', Observer);
  return () => {
    vi.unstubAllGlobals();
    for (const each of undo) each();
  };
}

function define(name: 'offsetParent' | 'clientHeight', read: (element: Element) => unknown) {
  const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, name);
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get(this: Element) {
      return read(this);
    },
  });
  return () => {
    Reflect.deleteProperty(HTMLElement.prototype, name);
    if (before !== undefined) Object.defineProperty(HTMLElement.prototype, name, before);
  };
}
