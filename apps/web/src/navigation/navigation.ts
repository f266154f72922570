/**
 * Owns going back. The browser's history holds, from the bottom: the list, conversations, and an entry for each dialog
 * that is open above them; so back closes the topmost dialog first, then leads to the list, and leaves the app only
 * from there. What is closed otherwise takes its entry with it. What shows is decided here at once; the history follows
 * in a queue, since browsers travel in it later than they are told to.
 */
import type { Layers } from '@natter/ui';
import { hashOf, isSameRoute, listRoute, parseRoute, type Route } from './route.ts';

export interface Navigation extends Layers {
  getSnapshot(): Route;
  subscribe(listener: () => void): () => void;
  /** A new route object each time: to go to the same message again is to be led there again. */
  go(route: Route): void;
  /** To the list. */
  close(): void;
  dispose(): void;
}

export interface NavigationWorld {
  history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>;
  location: Pick<Location, 'hash'>;
  /** Where `popstate` is heard. */
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  clock: { after(ms: number, call: () => void): () => void };
  /** Whether list and conversation take turns on the screen: then back from a conversation is the list. */
  onePane: () => boolean;
}

/** What each entry remembers. */
interface Entry {
  /** How many entries below it the list is; 0 in an entry without a list below. */
  depth: number;
  /** How many dialogs are open in it. */
  layers: number;
}

interface Layer {
  close: () => void;
  hasEntry: boolean;
}

/** Browsers keep about fifty entries: whoever is further away is not led back through them. */
const depthMax = 30;
/** A browser that has not travelled by then is not going to. */
const travelMs = 1_000;

export function createNavigation(world: NavigationWorld): Navigation {
  const { history, location, page, clock } = world;
  const listeners = new Set<() => void>();
  const layers: Layer[] = [];
  const queue: (() => void)[] = [];
  let route = parseRoute(location.hash);
  let entry: Entry = readEntry(history.state) ?? { depth: 0, layers: 0 };
  let arrive: (() => void) | null = null;

  function show(next: Route): void {
    route = next;
    for (const listener of [...listeners]) listener();
  }

  function enqueue(step: () => void): void {
    queue.push(step);
    run();
  }

  function run(): void {
    while (arrive === null) {
      const step = queue.shift();
      if (step === undefined) return;
      step();
    }
  }

  function push(next: Route, depth: number, open = 0): void {
    entry = { depth, layers: open };
    history.pushState({ natter: entry }, '', hashOf(next));
  }

  function replace(next: Route, depth: number, open = 0): void {
    entry = { depth, layers: open };
    history.replaceState({ natter: entry }, '', hashOf(next));
  }

  /** The steps that follow wait until the browser is there. */
  function travel(by: number): void {
    if (by === 0) return;
    const cancel = clock.after(travelMs, () => arrive?.());
    arrive = () => {
      cancel();
      arrive = null;
      entry = readEntry(history.state) ?? { depth: 0, layers: 0 };
      run();
    };
    history.go(by);
  }

  function leaveLayers(): void {
    if (entry.layers > 0) travel(-entry.layers);
  }

  function go(next: Route): void {
    const from = route;
    closeLayers(0);
    show(next);
    enqueue(leaveLayers);
    enqueue(() => {
      if (next.conversationId === null) toList();
      else if (isSameRoute(from, next)) replace(next, entry.depth);
      else if (from.conversationId === next.conversationId) replace(next, entry.depth);
      else push(next, from.conversationId === null ? 1 : nextDepth());
    });
  }

  /** Nobody knows the way down from an entry whose own depth is not known. */
  function nextDepth(): number {
    return entry.depth === 0 ? 0 : entry.depth + 1;
  }

  function toList(): void {
    if (entry.depth > 0 && entry.depth <= depthMax) travel(-entry.depth);
    else replace(listRoute, 0);
  }

  /** Those above the lowest `kept` ones that have entries. */
  function closeLayers(kept: number): void {
    const closing = layers.splice(kept).reverse();
    for (const { close } of closing) close();
  }

  function onPopState(): void {
    if (arrive !== null) {
      arrive();
      return;
    }
    const arrived = readEntry(history.state);
    if (arrived === null) {
      // A link, or an address that was typed: the browser has made an entry of its own.
      closeLayers(0);
      replace(parseRoute(location.hash), nextDepth());
      show(parseRoute(location.hash));
      return;
    }
    entry = arrived;
    const open = layers.filter(({ hasEntry }) => hasEntry).length;
    if (open > arrived.layers) closeLayers(arrived.layers);
    // An entry whose dialogs were closed long ago: there is nothing to see in it.
    else if (open < arrived.layers) enqueue(() => travel(open - arrived.layers));
    const next = parseRoute(location.hash);
    if (!isSameRoute(next, route)) show(next);
  }

  function start(): void {
    // Loaded again while dialogs were open: they are not any more.
    if (entry.layers > 0) enqueue(leaveLayers);
    if (readEntry(history.state) !== null) return;
    if (route.conversationId !== null && world.onePane()) {
      replace(listRoute, 0);
      push(route, 1);
    } else replace(route, 0);
  }

  page.addEventListener('popstate', onPopState);
  start();

  return {
    getSnapshot: () => route,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    go,
    close: () => go(listRoute),
    open(close) {
      const layer: Layer = { close, hasEntry: false };
      layers.push(layer);
      enqueue(() => {
        if (!layers.includes(layer)) return;
        layer.hasEntry = true;
        push(
          route,
          entry.depth === 0 && route.conversationId !== null ? 0 : entry.depth + 1,
          entry.layers + 1,
        );
      });
      return () => {
        const at = layers.indexOf(layer);
        if (at === -1) return;
        layers.splice(at, 1);
        enqueue(() => {
          const open = layers.filter(({ hasEntry }) => hasEntry).length;
          if (layer.hasEntry && entry.layers > open) travel(open - entry.layers);
        });
      };
    },
    dispose: () => page.removeEventListener('popstate', onPopState),
  };
}

function readEntry(state: unknown): Entry | null {
  const { natter } = (state ?? {}) as { natter?: Partial<Entry> };
  const { depth, layers } = natter ?? {};
  return typeof depth === 'number' && typeof layers === 'number' ? { depth, layers } : null;
}
