/** Owns what is taken when the application says nothing: IndexedDB where there is one, loaded only then. */
import type { Clock } from '../runtime/contract.ts';
import type { Persistence } from './contract.ts';

export function devicePersistence(clock: Clock): Persistence | null {
  const { indexedDB, document } = globalThis as { indexedDB?: unknown; document?: unknown };
  // A page that has none is told so when it is opened; Node has none and expects none.
  if (indexedDB === undefined && document === undefined) return null;
  return {
    async open(account) {
      const { createIndexedDb } = await import('./indexeddb/indexeddb.ts');
      return createIndexedDb({ clock }).open(account);
    },
  };
}
