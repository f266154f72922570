/** Owns what is taken when the application says nothing: IndexedDB where there is one, loaded only then. */
import type { Clock } from '../runtime/contract.ts';
import type { Persistence } from './contract.ts';

export function devicePersistence(clock: Clock): Persistence | null {
  const { indexedDB, document } = globalThis as { indexedDB?: unknown; document?: unknown };
  // A page that has none is told so when it is opened; Node has none and expects none.
  if (indexedDB === undefined && document === undefined) return null;
  // Asked for beside the token, which says whose it is.
  const loading = import('./indexeddb/indexeddb.ts');
  loading.catch(() => {});
  return {
    async open(account) {
      const { createIndexedDb } = await loading;
      return createIndexedDb({ clock }).open(account);
    },
  };
}
