/** Owns the shape of what is in IndexedDB: one database a person and server. */
import { NatterError } from '@natter/protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CacheChange, KeptEntry, KeptItem, KeptTimeline } from '../contract.ts';

type List = NonNullable<CacheChange['list']>;

export interface KeptSchema extends DBSchema {
  list: { key: 'list'; value: Omit<List, 'entries' | 'replace'> };
  /** By conversation id. */
  entries: { key: string; value: KeptEntry };
  timelines: {
    key: string;
    value: KeptTimeline & { writtenAt: number };
    indexes: { writtenAt: number };
  };
  /** In order of writing. */
  items: { key: number; value: KeptItem; indexes: { key: string } };
  /** By local id. */
  files: { key: string; value: Blob };
}

export type Database = IDBPDatabase<KeptSchema>;

/** Raised when the shape of anything above changes. The cache is a copy and begins anew then; items are carried over. */
const version = 1;

/** People are told it, so it says what to do. */
const newerVersion = 'another tab runs a newer version; reload this page';

export async function openDatabase(
  name: string,
  onClosed: (reason: string) => void,
  onWiped: () => void,
): Promise<Database> {
  try {
    return await openDB<KeptSchema>(name, version, {
      upgrade(database, from) {
        for (const store of ['list', 'entries', 'timelines'] as const)
          if (database.objectStoreNames.contains(store)) database.deleteObjectStore(store);
        database.createObjectStore('list');
        database.createObjectStore('entries');
        database.createObjectStore('timelines').createIndex('writtenAt', 'writtenAt');
        if (from >= 1) return;
        database
          .createObjectStore('items', { autoIncrement: true })
          .createIndex('key', 'key', { unique: true });
        database.createObjectStore('files');
      },
      blocking(_from, to, event) {
        // A newer app, or a wipe, in another tab must not wait for this one.
        (event.target as IDBDatabase).close();
        if (to === null) onWiped();
        else onClosed(newerVersion);
      },
      terminated: () => onClosed('the browser has closed the storage of this page; reload it'),
    });
  } catch (cause) {
    throw toError(cause);
  }
}

/** What people are told when the device cannot keep. */
export function toError(cause: unknown): NatterError {
  if (cause instanceof NatterError) return cause;
  const { name, message } =
    cause instanceof Error || cause instanceof DOMException ? cause : new Error(String(cause));
  if (name === 'QuotaExceededError')
    return new NatterError('overloaded', 'the storage of this device is full', { cause });
  if (name === 'VersionError') return new NatterError('internal', newerVersion, { cause });
  return new NatterError('internal', `this device cannot keep anything: ${message || name}`, {
    cause,
  });
}
