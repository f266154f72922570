/**
 * Owns tokens that come with the address: `#token=…`, by which a host's page signs somebody in. What stands after the
 * hash is never sent to a server; it is taken out of the address at once, so that nobody copies, keeps or sees it there.
 */
import { limits } from '@natter/protocol';

export interface BroughtTokens {
  /** The one that has come and was not taken yet; null if none. */
  take(): string | null;
  /** One more has come, into a page that was open already. */
  subscribe(listener: () => void): () => void;
}

export function createBroughtTokens({
  history,
  location,
  page,
}: {
  history: Pick<History, 'state' | 'replaceState'>;
  location: Pick<Location, 'hash'>;
  page: Pick<EventTarget, 'addEventListener'>;
}): BroughtTokens {
  const listeners = new Set<() => void>();
  let brought: string | null = null;

  function look(): void {
    const found = /^#token=(.*)$/su.exec(location.hash)?.[1];
    if (found === undefined) return;
    history.replaceState(history.state, '', '#/');
    // One more than a token may have: what is longer is none, and is told so.
    brought = found.slice(0, limits.tokenCharactersMax + 1);
    for (const listener of [...listeners]) listener();
  }

  look();
  page.addEventListener('popstate', look);
  return {
    take() {
      const token = brought;
      brought = null;
      return token;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
