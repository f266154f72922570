/** Owns one world: time, database, node, network and devices, all moved by one seed. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryDevice, type MemoryDevice } from '@natter/client/memory';
import {
  type ConversationId,
  type MessageId,
  NatterError,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { type FileStore, type Identity, openDisk } from '@natter/server';
import { createDatabase, type Database } from './database.ts';
import { createDevice, type Device } from './device.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createChance } from './random.ts';
import { type Acknowledged, createTap, type Tap } from './tap.ts';
import { createTime, type Time } from './time.ts';

/** What the tabs of a browser are sending. */
type UnderWay = Map<MessageId, { tap: Tap; at: number }>;

export interface World {
  time: Time;
  database: Database;
  fleet: Fleet;
  userIds: readonly UserId[];
  devices: readonly Device[];
  /** With all its tabs, and without the newest writes of its copy. */
  crashBrowser(device: Device, lost: number): void;
  /** Of all devices, as far as the present database is concerned. */
  acknowledged(): ReadonlyMap<MessageId, Acknowledged>;
  /** Was in a database that was replaced by an older one. */
  isExcused(id: MessageId): boolean;
  /** The first rule that was broken; the run is over then. */
  violation(): string | null;
  violate(what: string): void;
  trace(line: string): void;
  /** Of all that was done and heard so far. */
  hash(): string;
  /** Short for the eye. */
  label(id: ConversationId): string;
  count(): number;
  /** Follows what somebody tried, for the trace. */
  attempt(device: Device, what: string, work: Promise<unknown>): void;
  /** Messages that come from elsewhere: many, and quickly. */
  say(userId: UserId, id: ConversationId, times: number): void;
  /** Changes of this person's own messages, past the client: many, and quickly. */
  edit(userId: UserId, id: ConversationId, times: number): void;
  /** What passed its bound; null: nothing. */
  overflow(): string | null;
  /** An operator puts a backup in the place of the database. */
  restore(): string | null;
  /** From here on nothing fails any more. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** What the SDK keeps at most, over all conversations. */
const outboxMax = 1_000;
const start = Date.UTC(2030, 0, 1);
const names = ['ada', 'ben', 'cyd', 'dot', 'eve'] as UserId[];
/** Uploads are not simulated; the server wants to know where they would go. */
let place: Promise<{ files: FileStore; folder: string }> | null = null;

async function openPlace(): Promise<{ files: FileStore; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'natter-simulation-'));
  return { files: await openDisk(join(folder, 'files')), folder: join(folder, 'uploads') };
}

/** Reads what `getToken` below makes. No signature: nobody here forges. */
async function authenticate(token: string): Promise<Identity> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub: UserId;
    name: string;
    exp?: number;
  };
  return {
    userId: claims.sub,
    name: claims.name,
    expiresAt: claims.exp === undefined ? null : claims.exp * 1_000,
  };
}

export async function createWorld(
  seed: number,
  { print, several }: { print: (line: string) => void; several: boolean },
): Promise<World> {
  place ??= openPlace();
  const { files, folder } = await place;
  const chance = createChance(seed);
  const time = createTime(start);
  const networkChance = chance.fork();
  const tokenChance = chance.fork();
  const sayChance = chance.fork();
  let acknowledged = new Map<MessageId, Acknowledged>();
  const excused = new Set<MessageId>();
  const labels = new Map<ConversationId, string>();
  const userIds = names.slice(0, chance.whole(2, 5));
  const devices: Device[] = [];
  const browsers = new Map<string, MemoryDevice>();
  const sending = new Map<MemoryDevice | undefined, UnderWay>();
  function underWayOf(browser: MemoryDevice | undefined): UnderWay {
    const known: UnderWay = sending.get(browser) ?? new Map();
    sending.set(browser, known);
    return known;
  }
  let counted = 0;
  let healed = false;
  let violation: string | null = null;

  const hash = createHash('sha256');
  function trace(line: string): void {
    const text = `${((time.now() - start) / 1_000).toFixed(3)} ${line}`;
    hash.update(text);
    print(text);
  }
  const hear = (text: string) => void hash.update(text);
  function violate(what: string): void {
    violation ??= what;
    trace(`VIOLATION ${what}`);
  }
  const log = {
    debug() {},
    info() {},
    warn: (facts: object, message: string) => trace(`server warns: ${message} ${inspect(facts)}`),
    error: (facts: object, message: string) =>
      violate(`the server has a fault: ${message} ${inspect(facts)}`),
  };

  const runtime = { clock: time, random: chance.fork(), log };
  // So low that one who was away for a while is too far behind.
  const changesMax = chance.pick([12, 40, 1_000]) ?? 1_000;
  const database = await createDatabase(time, chance.fork(), runtime, changesMax);
  const fleet = createFleet({
    time,
    chance: chance.fork(),
    networkChance,
    database,
    log,
    authenticate,
    files,
    folder,
    several,
    addressOf: (device) => `10.0.1.${userIds.indexOf(device.userId) + 1}`,
    trace,
  });

  /** What the replaced database had and the older one has not. */
  async function replaceDatabase(): Promise<void> {
    const before = database.commits;
    await database.restore();
    const kept = new Set(database.commits.messages());
    for (const id of before.messages()) if (!kept.has(id)) excused.add(id);
    acknowledged = new Map([...acknowledged].filter(([id]) => kept.has(id)));
    for (const device of devices) device.allowAnotherPast();
    trace('a backup is in the place of the database');
  }

  async function getToken(userId: UserId): Promise<string> {
    const lifeMs = healed || tokenChance.happens(0.6) ? null : tokenChance.whole(20_000, 300_000);
    await new Promise<void>((resolve) => time.after(tokenChance.whole(0, 300), resolve));
    counted += 1;
    const claims = {
      sub: userId,
      name: `Name of ${userId}`,
      jti: counted,
      ...(lifeMs === null ? {} : { exp: Math.floor((time.now() + lifeMs) / 1_000) }),
    };
    return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.none`;
  }

  await fleet.bringUp();
  await setUp(database, userIds, chance.fork(), time.now());
  for (const userId of userIds) {
    const count = chance.whole(1, 3);
    let browser = createMemoryDevice({ clock: time });
    for (let at = 1; at <= count; at++) {
      const quality = { delayMs: chance.whole(1, 120), jitterMs: chance.whole(0, 200) };
      // Now and then it is another tab of the same browser.
      if (at > 1 && chance.happens(0.6)) browser = createMemoryDevice({ clock: time });
      browsers.set(`${userId}.${at}`, browser);
      devices.push(
        createDevice({
          time,
          chance: chance.fork(),
          name: `${userId}.${at}`,
          userId,
          others: userIds.filter((it) => it !== userId),
          quality,
          browser,
          connect: fleet.connect,
          isRefusing: fleet.isRefusing,
          createTap: ({ userId: of, name }) =>
            createTap({
              userId: of,
              commits: database.commits,
              acknowledged,
              violate,
              hear,
              underWay: underWayOf(browsers.get(name)),
              now: time.now,
            }),
          getToken,
          violate,
        }),
      );
    }
  }

  /** All its tabs, and what they wrote last of the copy. */
  function crashBrowser(device: Device, lost: number): void {
    const browser = browsers.get(device.name);
    const tabs = devices.filter((it) => browsers.get(it.name) === browser);
    for (const tab of tabs) tab.reload(true);
    browser?.loseCacheWrites(lost);
  }

  return {
    crashBrowser,
    time,
    database,
    fleet,
    userIds,
    devices,
    acknowledged: () => acknowledged,
    isExcused: (id) => excused.has(id),
    hash: () => hash.copy().digest('hex').slice(0, 16),
    violation: () => violation,
    violate,
    trace,
    label(id) {
      const label = labels.get(id) ?? `c${labels.size + 1}`;
      labels.set(id, label);
      return label;
    },
    count: () => ++counted,
    attempt(device, what, work) {
      work.catch((error: unknown) => {
        const reason = error instanceof NatterError ? error.code : String(error);
        trace(`${device.name} could not ${what}: ${reason}`);
        if (!(error instanceof NatterError)) violate(`${device.name} threw ${reason}`);
      });
    },
    say(userId, id, times) {
      for (let at = 0; at < times; at++) {
        counted += 1;
        const messageId = uuidv7(time.now(), sayChance.bytes(10)) as MessageId;
        const params = { id: messageId, conversationId: id, content: `said ${counted}` };
        const into = acknowledged;
        fleet
          .anyNode()
          ?.natter.call(userId, 'sendMessage', params)
          .then(
            ({ seq, version }) => into.set(messageId, { conversationId: id, seq, version }),
            () => {},
          );
      }
    },
    edit(userId, id, times) {
      const own = [...database.commits.sentBy(userId, id)];
      for (let at = 0; at < times; at++) {
        const messageId = sayChance.pick(own);
        if (messageId === null) return;
        counted += 1;
        const params = { conversationId: id, messageId, content: `edited ${counted}` };
        void fleet
          .anyNode()
          ?.natter.call(userId, 'editMessage', params)
          .catch(() => {});
      }
    },
    overflow() {
      for (const device of devices) {
        const waiting = device.pending();
        if (waiting > outboxMax) return `${waiting} messages wait on ${device.name}`;
      }
      return fleet.overflow();
    },
    restore() {
      if (!database.hasBackup) return null;
      fleet.replace(replaceDatabase);
      return '';
    },
    async heal() {
      healed = true;
      for (const device of devices) {
        device.setSkew(0);
        device.setOnline(true, true);
      }
      fleet.heal();
    },
    async close() {
      for (const device of devices) device.dispose();
      fleet.close();
      await time.settle();
      await database.truth.close();
    },
  };
}

/** Everybody knows everybody, so that each may see whether another is there. */
async function setUp(
  { addUser, begin }: Database,
  userIds: readonly UserId[],
  chance: ReturnType<typeof createChance>,
  now: number,
): Promise<void> {
  for (const id of userIds) await addUser({ id, name: `Name of ${id}` });
  const newId = () => uuidv7(now, chance.bytes(10)) as ConversationId;
  for (const [at, creatorId] of userIds.entries())
    for (const other of userIds.slice(at + 1))
      await begin({ id: newId(), kind: 'direct', creatorId, userIds: [other], name: null });
}

function inspect(facts: object): string {
  return JSON.stringify(facts, (_key, value: unknown) =>
    value instanceof Error ? value.stack : value,
  );
}
