/**
 * Owns how the browser's own back button meets what is open above the page: each dialog is an entry of the history, so
 * that going back closes the topmost one, and one that closes otherwise takes its entry with it.
 */
import type { Layers } from '@natter/ui';

/** Of the page: what its history is told, and tells. Going back is done when `popstate` says so, never at once. */
export interface LayersWorld {
  history: Pick<History, 'pushState' | 'replaceState' | 'go'> & { readonly state: unknown };
  page: Pick<Window, 'addEventListener'>;
}

export interface AppLayers extends Layers {
  /** Closes all of them, then does `work`: going somewhere else, which must not be on top of their entries. */
  leave(work: () => void): void;
}

interface Layer {
  close: () => void;
  hasEntry: boolean;
}

export function createLayers({ history, page }: LayersWorld): AppLayers {
  let open: Layer[] = [];
  let waiting: (() => void)[] = [];
  let isGoing = false;
  let isScheduled = false;

  // Of before the page was loaded again, when they were open.
  if (depth() > 0) history.replaceState({ ...stateOf(history), layers: 0 }, '');

  page.addEventListener('popstate', () => {
    isGoing = false;
    const left = depth();
    // One that opened on the way has no entry yet that could have been left.
    close(open.filter(({ hasEntry }, at) => hasEntry && at >= left));
    settle();
  });

  function depth(): number {
    const { layers } = stateOf(history);
    return typeof layers === 'number' ? layers : 0;
  }

  function close(closing: readonly Layer[]): void {
    open = open.filter((layer) => !closing.includes(layer));
    for (const layer of closing.toReversed()) layer.close();
  }

  /** Brings the history to what is open, then does what waited for that. */
  function settle(): void {
    if (isGoing) return;
    const surplus = depth() - open.length;
    if (surplus > 0) {
      isGoing = true;
      history.go(-surplus);
      return;
    }
    for (let at = depth() + 1; at <= open.length; at += 1)
      history.pushState({ ...stateOf(history), layers: at }, '');
    for (const layer of open) layer.hasEntry = true;
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  }

  /** What closes and opens together is one change of the history. */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      settle();
    });
  }

  return {
    open(close) {
      const layer = { close, hasEntry: false };
      open = [...open, layer];
      schedule();
      return () => {
        if (!open.includes(layer)) return;
        open = open.filter((each) => each !== layer);
        schedule();
      };
    },
    leave(work) {
      close(open);
      waiting.push(work);
      settle();
    },
  };
}

function stateOf(history: { readonly state: unknown }): Record<string, unknown> {
  const { state } = history;
  return typeof state === 'object' && state !== null ? { ...state } : {};
}
