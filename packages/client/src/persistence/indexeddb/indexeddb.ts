/**
 * Owns keeping in a browser: IndexedDB. Items are written through to the disk before a write resolves; the cache is
 * not waited for, since it can be fetched again. Loaded only by applications that keep something.
 */
import { NatterError } from '@natter/protocol';
import { deleteDB } from 'idb';
import type { Clock } from '../../runtime/contract.ts';
import type { CacheChange, Kept, KeptTimeline, Persistence } from '../contract.ts';
import { type Database, openDatabase, toError } from './database.ts';
import { isEntry, isHead, isItem, isTimeline } from './records.ts';
import { createTabs } from './tabs.ts';

const timelinesMax = 100;
/** Half of how long anything may take. A page that slept through the first half gives the device the second. */
const patienceMs = 10_000;
const cacheStores = ['list', 'entries', 'timelines'] as const;
const itemStores = ['items', 'files'] as const;
const toDisk = { durability: 'strict' } as const;
const relaxed = { durability: 'relaxed' } as const;

export function createIndexedDb({ clock }: { clock: Clock }): Persistence {
  return {
    async open({ origin, person }) {
      const name = `natter ${origin} ${person}`;
      const database = await openDatabase(
        name,
        (reason) => kept.end(reason),
        () => tabs.hear({ type: 'wiped' }),
      );
      const tabs = createTabs({ name, clock });
      const kept = createKept(database, tabs, { clock, name });
      tabs.subscribe((message) => {
        // After the others have heard it.
        if (message.type === 'wiped') clock.soon(kept.close);
      });
      return kept;
    },
  };
}

function createKept(
  database: Database,
  tabs: ReturnType<typeof createTabs>,
  { clock, name }: { clock: Clock; name: string },
): Kept & { end(reason: string): void } {
  let isClosed = false;
  /** Why it was closed under this tab. */
  let ended: string | null = null;

  async function run<Value>(work: () => Promise<Value>): Promise<Value> {
    if (isClosed)
      throw new NatterError('internal', ended ?? 'what this device keeps of this person is closed');
    return inTime(work);
  }

  async function inTime<Value>(work: () => Promise<Value>): Promise<Value> {
    let cancel = (): void => {};
    const tooLate = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(patienceMs, () => {
        cancel = clock.after(patienceMs, () => {
          const reason = 'the storage of this device does not answer; reload this page';
          kept.end(reason);
          reject(new NatterError('internal', reason));
        });
      });
    });
    try {
      return await Promise.race([work(), tooLate]);
    } catch (cause) {
      throw toError(cause);
    } finally {
      cancel();
    }
  }

  const kept = {
    readList: () =>
      run(async () => {
        const tx = database.transaction(['list', 'entries']);
        const [list, entries] = await Promise.all([
          tx.objectStore('list').get('list'),
          tx.objectStore('entries').getAll(),
        ]);
        // One that cannot be read leaves a hole, and `position` says that there is none.
        if (list === undefined || !isHead(list) || !entries.every(isEntry)) return null;
        const { position, me, next } = list;
        return { position, me, next, entries };
      }),
    readTimeline: (id) =>
      run(async () => {
        const found = await database.get('timelines', id);
        if (!isTimeline(found)) return null;
        const { writtenAt: _, ...timeline } = found;
        return timeline;
      }),
    saveCache: (change) => run(() => saveCache(database, change, clock.now())),
    clearCache: () =>
      run(async () => {
        const tx = database.transaction(cacheStores, 'readwrite', relaxed);
        await finish(
          tx,
          cacheStores.map((store) => tx.objectStore(store).clear()),
        );
      }),
    readItems: () => run(async () => (await database.getAll('items')).filter(isItem)),
    addItem: (given, data) =>
      run(async () => {
        const item = structuredClone(given);
        const tx = database.transaction(itemStores, 'readwrite', toDisk);
        const items = tx.objectStore('items');
        const files = tx.objectStore('files');
        const place = await items.index('key').getKey(item.key);
        const writes: Promise<unknown>[] = place === undefined ? [] : [items.delete(place)];
        writes.push(items.add(item));
        for (const [localId, bytes] of data) writes.push(files.put(bytes, localId));
        await finish(tx, writes);
      }),
    updateItem: (given) =>
      run(async () => {
        const item = structuredClone(given);
        const tx = database.transaction('items', 'readwrite', toDisk);
        const place = await tx.store.index('key').getKey(item.key);
        await finish(tx, place === undefined ? [] : [tx.store.put(item, place)]);
        return place !== undefined;
      }),
    removeItem: (key) =>
      run(async () => {
        const tx = database.transaction(itemStores, 'readwrite', toDisk);
        const items = tx.objectStore('items');
        const place = await items.index('key').getKey(key);
        const item = place === undefined ? undefined : await items.get(place);
        const writes: Promise<unknown>[] = place === undefined ? [] : [items.delete(place)];
        for (const { localId } of isItem(item) ? item.files : [])
          writes.push(tx.objectStore('files').delete(localId));
        await finish(tx, writes);
      }),
    readFile: (localId) =>
      run(async () => {
        const found = await database.get('files', localId);
        return found instanceof Blob ? found : null;
      }),
    hold: (of, options, work) => (isClosed ? run(async () => {}) : tabs.hold(of, options, work)),
    post: tabs.post,
    subscribe: tabs.subscribe,
    async wipe() {
      // The browser tells the others, and they let it go.
      if (ended !== null) return inTime(() => deleteDB(name));
      return run(async () => {
        const all = [...cacheStores, ...itemStores];
        let isEmpty = false;
        try {
          const tx = database.transaction(all, 'readwrite', toDisk);
          await finish(
            tx,
            all.map((store) => tx.objectStore(store).clear()),
          );
          isEmpty = true;
        } finally {
          tabs.post({ type: 'wiped' });
          kept.close();
          // It goes when the last tab has let it go, which is waited for only if there is something in it.
          const deleting = deleteDB(name);
          if (isEmpty) deleting.catch(() => {});
          else await deleting;
        }
      });
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      tabs.close();
      database.close();
    },
    end(reason: string) {
      if (!isClosed) ended = reason;
      kept.close();
    },
  } satisfies Kept & { end(reason: string): void };
  return kept;
}

async function saveCache(database: Database, change: CacheChange, now: number): Promise<boolean> {
  const { list, timelines = [], removed = [] } = change;
  const tx = database.transaction(cacheStores, 'readwrite', relaxed);
  const [lists, entries, runs] = cacheStores.map((store) => tx.objectStore(store)) as [
    ReturnType<typeof tx.objectStore<'list'>>,
    ReturnType<typeof tx.objectStore<'entries'>>,
    ReturnType<typeof tx.objectStore<'timelines'>>,
  ];
  const writes: Promise<unknown>[] = [];
  if (list !== undefined) {
    const { entries: changed, replace, ...rest } = list;
    if (!replace && (await lists.get('list'))?.keeper !== list.keeper) return false;
    if (replace) writes.push(entries.clear());
    writes.push(lists.put(rest, 'list'));
    for (const kept of changed) writes.push(entries.put(kept, kept.entry.conversation.id));
  }
  for (const timeline of timelines)
    if (isNewer(timeline, await runs.get(timeline.conversationId)))
      writes.push(runs.put({ ...timeline, writtenAt: now }, timeline.conversationId));
  for (const id of removed) {
    writes.push(entries.delete(id), runs.delete(id));
  }
  let over = (await runs.count()) - timelinesMax;
  for (
    let cursor = over > 0 ? await runs.index('writtenAt').openCursor() : null;
    cursor !== null && over > 0;
    cursor = await cursor.continue(), over -= 1
  )
    writes.push(cursor.delete());
  await finish(tx, writes);
  return true;
}

function isNewer(next: KeptTimeline, own: KeptTimeline | undefined): boolean {
  return own === undefined || own.epoch !== next.epoch || own.version <= next.version;
}

/** All of it is on its way, or the transaction says why not. */
async function finish(tx: { done: Promise<void> }, writes: Promise<unknown>[]): Promise<void> {
  await Promise.allSettled([...writes, tx.done]);
  await tx.done;
}
