/**
 * Owns what an address brings besides a place: a token (`#token=…`), by which a host's page signs somebody in, and the
 * shortcuts of the installed app (`#/new`, `#/switch`). It is taken out of the address at once, so that nothing of it is
 * done again by the way back, and nobody copies, keeps or sees a token there. What stands after the hash is never sent
 * to a server.
 */
import { limits } from '@natter/protocol';

export interface Arrivals<Kind extends string = string> {
  /** What has come and was not taken yet; null if nothing has. */
  take(): Kind | null;
  /** More has come, into a page that was open already. */
  subscribe(listener: () => void): () => void;
}

export interface ArrivalsWorld {
  history: Pick<History, 'state' | 'replaceState'>;
  location: Pick<Location, 'hash'>;
  page: Pick<EventTarget, 'addEventListener'>;
}

/** One more than a token may have: what is longer is none, and is told so. */
const charactersMax = limits.tokenCharactersMax + 1;

export const createBroughtTokens = (world: ArrivalsWorld): Arrivals =>
  createArrivals(/^#token=(.*)$/su, world);

export const createShortcuts = (world: ArrivalsWorld): Arrivals<'new' | 'switch'> =>
  createArrivals(/^#\/(new|switch)$/u, world);

function createArrivals<Kind extends string>(
  form: RegExp,
  { history, location, page }: ArrivalsWorld,
): Arrivals<Kind> {
  const listeners = new Set<() => void>();
  let arrived: Kind | null = null;

  function look(): void {
    const found = form.exec(location.hash)?.[1];
    if (found === undefined) return;
    history.replaceState(history.state, '', '#/');
    arrived = found.slice(0, charactersMax) as Kind;
    for (const listener of [...listeners]) listener();
  }

  look();
  page.addEventListener('popstate', look);
  return {
    take() {
      const taken = arrived;
      arrived = null;
      return taken;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
