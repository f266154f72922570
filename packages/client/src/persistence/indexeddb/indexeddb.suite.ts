/**
 * Runs inside a browser: every rule of the contract on IndexedDB, and those that only it has. A tab is an adapter with
 * a clock of its own; locks, channels and databases treat the tabs of one page as those of several.
 */
import { NatterError, type UserId } from '@natter/protocol';
import { deleteDB, openDB } from 'idb';
import { conversationId, createTestClock, type TestClock } from '../../scripted.suite.ts';
import type { Kept } from '../contract.ts';
import {
  type PersistenceRule,
  persistenceRules,
  type TestDevice,
} from '../suite/persistence.suite.ts';
import { createIndexedDb } from './indexeddb.ts';

const account = { origin: 'https://chat.example', person: 'ada' };
const name = 'natter https://chat.example ada';
const stepMs = 1_000;

export const indexedDbRules: readonly PersistenceRule[] = [
  ...persistenceRules,
  {
    title: 'a database of a newer version says so, and is left as it is',
    async check(device) {
      (
        await openDB(name, 7, { upgrade: (database) => void database.createObjectStore('new') })
      ).close();
      const refusal = await device
        .tab()
        .open(account)
        .catch((error: unknown) => error);
      expectEqual(refusal instanceof NatterError && /newer version/.test(refusal.message), true);
      const left = await openDB(name);
      expectEqual([left.version, [...left.objectStoreNames]], [7, ['new']]);
      left.close();
    },
  },
  {
    title: 'a tab gives way to a newer version in another tab, and says that it keeps nothing now',
    async check(device) {
      const kept = await device.tab().open(account);
      const newer = await openDB(name, 7);
      newer.close();
      await rejects(kept.readItems(), /newer version; reload/);
      await rejects(kept.saveCache({}), /newer version; reload/);
    },
  },
  {
    title: '[KEEP5] a tab that opened while another wiped, and heard of nothing, is ended too',
    async check(device) {
      const kept = await device.tab().open(account);
      const heard: string[] = [];
      kept.subscribe(({ type }) => void heard.push(type));
      await deleteDB(name);
      await device.pass(1_000);
      expectEqual(heard, ['wiped']);
      await rejects(kept.readItems(), /closed/);
    },
  },
  {
    title:
      '[KEEP5] a tab whose storage a newer version has taken wipes it all the same, and ends that one',
    async check(device) {
      const kept = await device.tab().open(account);
      let isEnded = false;
      const newer = await openDB(name, 7, {
        blocking(_from, to) {
          isEnded = to === null;
          newer.close();
        },
      });
      await rejects(kept.readItems(), /newer version/);
      await kept.wipe();
      expectEqual(isEnded, true);
      expectEqual(
        (await indexedDB.databases()).map((each) => each.name),
        [],
      );
    },
  },
  {
    title: '[KEEP6] a storage that does not answer is given up: nobody waits for it for ever',
    async check(device) {
      const kept = await device.tab().open(account);
      const other = await openDB(name);
      const tx = other.transaction(['items', 'files'], 'readwrite');
      let isOver = false;
      const busy = (async () => {
        while (!isOver) await tx.objectStore('items').get(0);
      })();
      const late = rejects(kept.addItem(itemOf('x'), new Map()), /does not answer/);
      await device.pass(20_000);
      await late;
      await rejects(kept.readTimeline(conversationId(1)), /does not answer/);
      isOver = true;
      await busy;
      other.close();
    },
  },
  {
    title: '[KEEP6] records that cannot be read are taken for not kept; the others stay',
    async check(device) {
      const kept = await device.tab().open(account);
      await kept.addItem(itemOf('good'), new Map());
      await kept.saveCache({ timelines: [timelineOf(1), timelineOf(2)] });
      await saveList(kept);
      expectEqual((await kept.readList())?.entries.length, 0);
      const database = await openDB(name);
      await database.put('items', { key: 'bad', kind: 'send' });
      await database.put('items', { key: 3, content: null });
      await database.put(
        'timelines',
        { conversationId: conversationId(1), rows: 'none' },
        conversationId(1),
      );
      await database.put('files', 'no bytes', 'f');
      expectEqual(
        (await kept.readItems()).map(({ key }) => key),
        ['good'],
      );
      expectEqual(await kept.readFile('f'), null);
      expectEqual(await kept.readTimeline(conversationId(1)), null);
      expectEqual((await kept.readTimeline(conversationId(2)))?.version, 1);
      await database.put('entries', { entry: null }, 'x');
      expectEqual(await kept.readList(), null);
      await saveList(kept);
      expectEqual((await kept.readList())?.position.since, '1');
      await database.put('list', { position: null }, 'list');
      expectEqual(await kept.readList(), null);
      await kept.removeItem('bad');
      database.close();
    },
  },
];

/** What a page from plain http on another machine has: no Web Locks. */
export const plainHttpRules: readonly PersistenceRule[] = [
  {
    title: '[KEEP6] without Web Locks everybody has a turn at once, and what is kept is kept',
    async check(device) {
      expectEqual('locks' in navigator, false);
      const [first, second] = [await device.tab().open(account), await device.tab().open(account)];
      const log: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const mine = first.hold('outbox', { mayPassBy: true }, () => promise);
      await second.hold('outbox', { mayPassBy: true }, async () => void log.push('second'));
      resolve();
      await mine;
      expectEqual(log, ['second']);
      await first.addItem(itemOf('x'), new Map());
      expectEqual((await second.readItems()).length, 1);
    },
  },
];

function createDevice(): TestDevice {
  const tabs = new Map<TestClock, { isFrozen: boolean }>();
  return {
    tab() {
      const clock = createTestClock();
      const tab = { isFrozen: false };
      tabs.set(clock, tab);
      return {
        open: createIndexedDb({ clock }).open,
        freeze() {
          tab.isFrozen = true;
        },
        thaw() {
          tab.isFrozen = false;
        },
      };
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= stepMs) {
        for (const [clock, { isFrozen }] of tabs)
          if (!isFrozen) await clock.pass(Math.min(left, stepMs));
        await arrive();
        for (const clock of tabs.keys()) await clock.pass(0);
      }
    },
  };
}

/** What was posted or asked for before has been heard and answered: the browser keeps their order. */
async function arrive(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const [from, to] = [new BroadcastChannel('arrive'), new BroadcastChannel('arrive')];
    await new Promise((resolve) => {
      to.onmessage = resolve;
      from.postMessage(null);
    });
    from.close();
    to.close();
    await navigator.locks?.request('arrive', async () => {});
  }
}

function itemOf(key: string): Parameters<Kept['updateItem']>[0] {
  const [id, messageId] = [conversationId(1), conversationId(2) as string as never];
  const rest = { files: [], createdAt: 1, tried: false, error: null };
  return { key, kind: 'send', conversationId: id, messageId, content: key, ...rest };
}

function timelineOf(n: number) {
  const rest = { rows: [], hasBefore: false, cursors: [], complete: true };
  return { conversationId: conversationId(n), epoch: 'one', version: 1, ...rest };
}

function saveList(kept: Kept): Promise<boolean> {
  const me = { userId: 'ada' as UserId, name: 'Ada', picture: null, nameEditable: false };
  const position = { since: '1', epoch: 'one' };
  return kept.saveCache({
    list: { keeper: 'one', position, me, next: null, entries: [], replace: true },
  });
}

async function rejects(call: Promise<unknown>, saying: RegExp): Promise<void> {
  const rejected = await call.then(
    () => false,
    (error: unknown) => error instanceof NatterError && saying.test(error.message),
  );
  expectEqual(rejected, true);
}

function expectEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right}\nbut it is ${left}`);
}

Object.assign(globalThis, {
  async checkRule(title: string): Promise<void> {
    const rule = [...indexedDbRules, ...plainHttpRules].find((each) => each.title === title);
    if (rule === undefined) throw new Error(`there is no rule "${title}"`);
    await rule.check(createDevice());
  },
});
