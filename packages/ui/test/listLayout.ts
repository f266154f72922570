/** Owns a layout for tests of the conversation list without a browser: each row has one height, its scroller another. */
import { vi } from 'vitest';

/** Returns its undo. What it says comes with the next turn: wait for it inside of `act`. */
export function layOutList({ viewport, row }: { viewport: number; row: number }): () => void {
  const isScroller = (element: Element) =>
    element.classList.contains('natter-conversation-scroller');

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
        const contentRect = { width: 320, height } as DOMRectReadOnly;
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
  const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'offsetParent');
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
    configurable: true,
    get: () => document.body,
  });
  return () => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(HTMLElement.prototype, 'offsetParent');
    if (before !== undefined) Object.defineProperty(HTMLElement.prototype, 'offsetParent', before);
  };
}
