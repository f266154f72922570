/**
 * Owns what every adapter must do, told once. It knows no test runner, since IndexedDB's runs inside a browser: each
 * rule is a function that throws. Times are those of the tabs' own clocks, which stand still but for `pass`.
 */
import type { ConversationEntry, Message, UserId } from '@natter/protocol';
import { conversationId, userId, uuid } from '../../scripted.suite.ts';
import type {
  Account,
  Kept,
  KeptEntry,
  KeptItem,
  KeptTimeline,
  Persistence,
  TabMessage,
} from '../contract.ts';

/** A browser's profile, new for each rule. */
export interface TestDevice {
  tab(): TestTab;
  /** Lets time pass for every tab that is not frozen, and what was said arrive. */
  pass(ms: number): Promise<void>;
}

export interface TestTab extends Persistence {
  freeze(): void;
  thaw(): void;
}

export interface PersistenceRule {
  title: string;
  check(device: TestDevice): Promise<void>;
}

const ada: Account = { origin: 'https://chat.example', person: 'ada' };
const me = { userId: userId('ada'), name: 'Ada', picture: null, nameEditable: false };
const position = { since: '12', epoch: 'one' };
const a = conversationId(1);
const b = conversationId(2);

function entry(n: number, version: number): KeptEntry {
  const whole: ConversationEntry = {
    conversation: {
      id: conversationId(n),
      kind: 'group',
      name: `Group ${n}`,
      picture: null,
      version,
      lastSeq: version,
      memberCount: 2,
      createdAt: 1,
    },
    role: 'member',
    deliveredSeq: 0,
    readSeq: 0,
    cursorVersion: 0,
    unreadCount: 0,
    lastMessage: null,
    peer: null,
    activeAt: version,
  };
  return { entry: whole, said: { deliveredSeq: 0, readSeq: 0 } };
}

function timeline(n: number, version: number, epoch = 'one'): KeptTimeline {
  const row = {
    id: uuid(version),
    seq: version,
    content: `as of ${version}`,
  } as unknown as Message;
  return {
    conversationId: conversationId(n),
    epoch,
    version,
    rows: [row],
    hasBefore: true,
    cursors: [['ben' as UserId, { name: 'Ben', picture: null, deliveredSeq: version, readSeq: 0 }]],
    complete: true,
  };
}

function item(key: string, over: Partial<KeptItem> = {}): KeptItem {
  return {
    key,
    kind: 'send',
    conversationId: a,
    messageId: uuid(900) as KeptItem['messageId'],
    content: key,
    files: [],
    createdAt: 5,
    tried: false,
    error: null,
    ...over,
  };
}

function file(localId: string): KeptItem['files'][number] {
  const mediaType = 'text/plain';
  return { localId, name: 'notes.txt', mediaType, bytes: 3, url: null, fileId: null };
}

function list(keeper: string, entries: readonly KeptEntry[], replace: boolean) {
  return { keeper, position, me, next: null, entries, replace };
}

const keys = async (kept: Kept): Promise<string[]> =>
  (await kept.readItems()).map(({ key }) => key);
const none = new Map<string, Blob>();

export const persistenceRules: readonly PersistenceRule[] = [
  rule(
    '[KEEP1] what was saved is there for the next page; nothing is, the first time',
    async (device) => {
      const first = await device.tab().open(ada);
      same(await first.readList(), null);
      same(await first.readTimeline(a), null);
      same(await first.readItems(), []);
      same(
        await first.saveCache({
          list: { ...list('one', [entry(1, 3), entry(2, 4)], true), next: 'older' },
          timelines: [timeline(1, 3)],
        }),
        true,
      );
      first.close();
      const second = await device.tab().open(ada);
      same(await second.readList(), {
        position,
        me,
        next: 'older',
        entries: [entry(1, 3), entry(2, 4)],
      });
      same(await second.readTimeline(a), timeline(1, 3));
      same(await second.readTimeline(b), null);
    },
  ),

  rule(
    '[KEEP1] a change names what changes of the list; a replacement leaves nothing else',
    async (device) => {
      const kept = await device.tab().open(ada);
      await kept.saveCache({ list: list('one', [entry(1, 3), entry(2, 4)], true) });
      await kept.saveCache({ list: list('one', [entry(1, 5)], false) });
      same((await kept.readList())?.entries, [entry(1, 5), entry(2, 4)]);
      await kept.saveCache({ list: list('two', [entry(3, 6)], true) });
      same((await kept.readList())?.entries, [entry(3, 6)]);
    },
  ),

  rule(
    '[KEEP4] only the keeper writes the list: what another says is not done, nor anything with it',
    async (device) => {
      const [first, second] = [await device.tab().open(ada), await device.tab().open(ada)];
      same(await first.saveCache({ list: list('one', [entry(1, 3)], false) }), false);
      same(await first.readList(), null);
      await first.saveCache({ list: list('one', [entry(1, 3)], true) });
      await second.saveCache({ list: list('two', [entry(1, 4)], true) });
      same(
        await first.saveCache({
          list: list('one', [entry(1, 5)], false),
          timelines: [timeline(1, 5)],
          removed: [a],
        }),
        false,
      );
      same((await first.readList())?.entries, [entry(1, 4)]);
      same(await first.readTimeline(a), null);
      same(await first.saveCache({ timelines: [timeline(1, 5)] }), true);
      same(await second.readTimeline(a), timeline(1, 5));
    },
  ),

  rule(
    '[KEEP1] an older timeline never replaces a newer one, but that of another database does',
    async (device) => {
      const kept = await device.tab().open(ada);
      await kept.saveCache({ timelines: [timeline(1, 5)] });
      await kept.saveCache({ timelines: [timeline(1, 4), timeline(2, 1)] });
      same(await kept.readTimeline(a), timeline(1, 5));
      same(await kept.readTimeline(b), timeline(2, 1));
      await kept.saveCache({ timelines: [timeline(1, 2, 'two')] });
      same(await kept.readTimeline(a), timeline(1, 2, 'two'));
    },
  ),

  rule('[KEEP8] what is no longer mine goes', async (device) => {
    const kept = await device.tab().open(ada);
    const timelines = [timeline(1, 3), timeline(2, 3)];
    await kept.saveCache({ list: list('one', [entry(1, 3), entry(2, 3)], true), timelines });
    await kept.saveCache({ removed: [a] });
    same((await kept.readList())?.entries, [entry(2, 3)]);
    same(await kept.readTimeline(a), null);
    same(await kept.readTimeline(b), timeline(2, 3));
  }),

  rule('a hundred timelines are kept, those written last', async (device) => {
    const kept = await device.tab().open(ada);
    for (let n = 1; n <= 100; n++) {
      await kept.saveCache({ timelines: [timeline(n, 1)] });
      await device.pass(1);
    }
    await kept.saveCache({ timelines: [timeline(1, 2)] });
    await device.pass(1);
    await kept.saveCache({ timelines: [timeline(101, 1), timeline(102, 1)] });
    const left: number[] = [];
    for (const n of [1, 2, 3, 4, 100, 101, 102])
      if ((await kept.readTimeline(conversationId(n))) !== null) left.push(n);
    same(left, [1, 4, 100, 101, 102]);
  }),

  rule(
    '[KEEP3] items are in the order in which they were written, whichever tab wrote them',
    async (device) => {
      const [first, second] = [await device.tab().open(ada), await device.tab().open(ada)];
      await first.addItem(item('z'), none);
      await second.addItem(item('m'), none);
      await first.addItem(item('a'), none);
      same(await keys(second), ['z', 'm', 'a']);
      same(await second.updateItem(item('z', { tried: true })), true);
      same(await keys(first), ['z', 'm', 'a']);
      same((await first.readItems())[0], item('z', { tried: true }));
      await second.addItem(item('z', { content: 'again' }), none);
      same(await keys(first), ['m', 'a', 'z']);
      same((await first.readItems())[2]?.content, 'again');
    },
  ),

  rule('[KEEP3] an item that is gone stays gone', async (device) => {
    const kept = await device.tab().open(ada);
    await kept.addItem(item('x'), none);
    await kept.removeItem('x');
    await kept.removeItem('x');
    same(await kept.updateItem(item('x', { tried: true })), false);
    same(await kept.readItems(), []);
  }),

  rule('[KEEP2] the bytes of files come with their item and go with it', async (device) => {
    const kept = await device.tab().open(ada);
    const bytes = new Blob(['abc'], { type: 'text/plain' });
    await kept.addItem(item('x', { files: [file('f1'), file('f2')] }), new Map([['f1', bytes]]));
    await kept.addItem(item('y', { files: [file('f3')] }), new Map([['f3', bytes]]));
    kept.close();
    const again = await device.tab().open(ada);
    const found = await again.readFile('f1');
    same([found?.size, found?.type, await found?.text()], [3, 'text/plain', 'abc']);
    same(await again.readFile('f2'), null);
    await again.removeItem('x');
    same(await again.readFile('f1'), null);
    same(await (await again.readFile('f3'))?.text(), 'abc');
  }),

  rule('what goes in and comes out is a copy, as it was when it was given', async (device) => {
    const kept = await device.tab().open(ada);
    const given = item('x');
    const adding = kept.addItem(given, none);
    given.content = 'changed after';
    await adding;
    const [read] = await kept.readItems();
    same(read?.content, 'x');
    if (read !== undefined) read.content = 'changed too';
    same((await kept.readItems())[0]?.content, 'x');
  }),

  rule('[KEEP7] clearing the cache leaves what waits to be sent', async (device) => {
    const kept = await device.tab().open(ada);
    const timelines = [timeline(1, 3)];
    await kept.saveCache({ list: list('one', [entry(1, 3)], true), timelines });
    await kept.addItem(item('x', { files: [file('f')] }), new Map([['f', new Blob(['abc'])]]));
    await kept.clearCache();
    same(await kept.readList(), null);
    same(await kept.readTimeline(a), null);
    same(await keys(kept), ['x']);
    same((await kept.readFile('f'))?.size, 3);
    same(await kept.saveCache({ list: list('one', [entry(1, 4)], false) }), false);
  }),

  rule('[KEEP8] another person, or another server, has none of it', async (device) => {
    const kept = await device.tab().open(ada);
    await kept.addItem(item('x'), none);
    await kept.saveCache({ list: list('one', [entry(1, 3)], true), timelines: [timeline(1, 3)] });
    for (const other of [
      { ...ada, person: 'ben' },
      { ...ada, origin: 'https://other.example' },
    ]) {
      const theirs = await device.tab().open(other);
      const heard = hear(kept);
      same(await theirs.readItems(), []);
      same(await theirs.readList(), null);
      same(await theirs.readTimeline(a), null);
      theirs.post({ type: 'read', conversationId: a, seq: 1 });
      await theirs.wipe();
      await device.pass(10);
      same(heard, []);
    }
    same(await keys(kept), ['x']);
  }),

  rule('[KEEP5] a wipe leaves nothing, tells the other tabs, and ends them', async (device) => {
    const [first, second] = [await device.tab().open(ada), await device.tab().open(ada)];
    await first.saveCache({ list: list('one', [entry(1, 3)], true), timelines: [timeline(1, 3)] });
    await first.addItem(item('x', { files: [file('f')] }), new Map([['f', new Blob(['abc'])]]));
    const [own, others] = [hear(first), hear(second)];
    await first.wipe();
    await device.pass(10);
    same(own, []);
    same(others, [{ type: 'wiped' }]);
    for (const kept of [first, second]) await everyCallRejects(kept);
    const next = await device.tab().open(ada);
    same(await next.readList(), null);
    same(await next.readTimeline(a), null);
    same(await next.readItems(), []);
    same(await next.readFile('f'), null);
    await next.addItem(item('y'), none);
    same(await keys(next), ['y']);
  }),

  rule('what is closed rejects every call, and is closed twice without harm', async (device) => {
    const kept = await device.tab().open(ada);
    kept.close();
    kept.close();
    await everyCallRejects(kept);
    kept.post({ type: 'wiped' });
  }),

  rule('[KEEP4] what a tab says, the others hear, and not itself', async (device) => {
    const tabs = [
      await device.tab().open(ada),
      await device.tab().open(ada),
      await device.tab().open(ada),
    ];
    const heard = tabs.map(hear);
    const [first, , third] = tabs;
    const said: TabMessage[] = [
      { type: 'outbox', keys: ['x'] },
      { type: 'read', conversationId: a, seq: 3 },
    ];
    for (const message of said) first?.post(message);
    await device.pass(10);
    same(heard, [[], said, said]);
    const undone: TabMessage[] = [];
    third?.subscribe((message) => undone.push(message))();
    first?.post({ type: 'outbox', keys: ['y'] });
    await device.pass(10);
    same([heard[2]?.length, undone.length], [3, 0]);
  }),

  rule(
    '[KEEP3] one at a time has a turn, first come first served, whether it ends well or not',
    async (device) => {
      const log: string[] = [];
      const [first, second, third] = [
        await device.tab().open(ada),
        await device.tab().open(ada),
        await device.tab().open(ada),
      ];
      const turn = openTurn();
      const mine = first.hold('outbox', { mayPassBy: false }, () => turn.work('first', log));
      await device.pass(10);
      const failing = second.hold('outbox', { mayPassBy: false }, async () => {
        log.push('second');
        throw new Error('failed');
      });
      await device.pass(10);
      const last = third.hold('outbox', { mayPassBy: false }, async () => void log.push('third'));
      const elsewhere = third.hold(
        'other',
        { mayPassBy: false },
        async () => void log.push('other'),
      );
      await device.pass(10);
      await elsewhere;
      same(log, ['first begins', 'other']);
      turn.end();
      await mine;
      same(await failing.catch((error: Error) => error.message), 'failed');
      await last;
      same(log, ['first begins', 'other', 'first ends', 'second', 'third']);
    },
  ),

  rule('[KEEP3] who no longer wants to wait does not get a turn', async (device) => {
    const [first, second] = [await device.tab().open(ada), await device.tab().open(ada)];
    const log: string[] = [];
    const turn = openTurn();
    const mine = first.hold('outbox', { mayPassBy: true }, () => turn.work('first', log));
    await device.pass(10);
    const wait = new AbortController();
    const never = async () => void log.push('must not run');
    const waiting = second.hold('outbox', { mayPassBy: true, wait: wait.signal }, never);
    await device.pass(10);
    wait.abort();
    await waiting;
    await second.hold('outbox', { mayPassBy: true, wait: wait.signal }, never);
    await device.pass(30_000);
    turn.end();
    await mine;
    await device.pass(30_000);
    same(log, ['first begins', 'first ends']);
  }),

  rule(
    '[KEEP3] a frozen tab is passed by and told so; one that only takes long is not',
    async (device) => {
      const slow = device.tab();
      const [first, second] = [await slow.open(ada), await device.tab().open(ada)];
      const log: string[] = [];
      const turn = openTurn();
      const mine = first.hold('outbox', { mayPassBy: true }, (signal) => {
        signal.addEventListener('abort', () => log.push('passed by'));
        return turn.work('first', log);
      });
      await device.pass(10);
      const next = second.hold('outbox', { mayPassBy: true }, async () => void log.push('second'));
      await device.pass(60_000);
      same(log, ['first begins']);
      slow.freeze();
      await device.pass(60_000);
      await next;
      slow.thaw();
      await device.pass(10);
      turn.end();
      await mine;
      same(log.toSorted(), ['first begins', 'first ends', 'passed by', 'second']);
      same(log.at(-1), 'first ends');
    },
  ),

  rule(
    '[KEEP4] a turn that must not be passed by waits for its holder, frozen or not',
    async (device) => {
      const frozen = device.tab();
      const [first, second] = [await frozen.open(ada), await device.tab().open(ada)];
      const log: string[] = [];
      const turn = openTurn();
      const mine = first.hold('keeper', { mayPassBy: false }, () => turn.work('first', log));
      await device.pass(10);
      const next = second.hold('keeper', { mayPassBy: false }, async () => void log.push('second'));
      frozen.freeze();
      await device.pass(60_000);
      same(log, ['first begins']);
      frozen.thaw();
      turn.end();
      await Promise.all([mine, next]);
      same(log, ['first begins', 'first ends', 'second']);
    },
  ),

  rule(
    '[KEEP3] who closes while waiting gets no turn, and who closes with one is told to stop',
    async (device) => {
      const [first, second] = [await device.tab().open(ada), await device.tab().open(ada)];
      const log: string[] = [];
      const turn = openTurn();
      const mine = first.hold('outbox', { mayPassBy: true }, (signal) => {
        signal.addEventListener('abort', () => {
          log.push('stops');
          turn.end();
        });
        return turn.work('first', log);
      });
      await device.pass(10);
      const never = async () => void log.push('must not run');
      const waiting = second.hold('outbox', { mayPassBy: true }, never);
      await device.pass(10);
      second.close();
      await waiting;
      first.close();
      await mine;
      await device.pass(30_000);
      same(log, ['first begins', 'stops', 'first ends']);
    },
  ),
];

function rule(title: string, check: PersistenceRule['check']): PersistenceRule {
  return { title, check };
}

function hear(kept: Kept): TabMessage[] {
  const heard: TabMessage[] = [];
  kept.subscribe((message) => heard.push(message));
  return heard;
}

/** Work that lasts until it is told to end. */
function openTurn() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    end: resolve,
    async work(name: string, log: string[]): Promise<void> {
      log.push(`${name} begins`);
      await promise;
      log.push(`${name} ends`);
    },
  };
}

async function everyCallRejects(kept: Kept): Promise<void> {
  const calls: Record<string, () => Promise<unknown>> = {
    readList: () => kept.readList(),
    readTimeline: () => kept.readTimeline(a),
    saveCache: () => kept.saveCache({}),
    clearCache: () => kept.clearCache(),
    readItems: () => kept.readItems(),
    addItem: () => kept.addItem(item('x'), none),
    updateItem: () => kept.updateItem(item('x')),
    removeItem: () => kept.removeItem('x'),
    readFile: () => kept.readFile('f'),
    hold: () => kept.hold('outbox', { mayPassBy: true }, async () => {}),
    wipe: () => kept.wipe(),
  };
  for (const [name, call] of Object.entries(calls))
    same([name, await call().then(() => 'resolved', outcome)], [name, 'rejected']);
}

const outcome = (): string => 'rejected';

/** By value; what is kept is plain data. */
function same(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right}\nbut it is ${left}`);
}
