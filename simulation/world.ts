/** Owns one world: time, database, node, network and devices, all moved by one seed. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConversationId,
  type MessageId,
  NatterError,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { type FileStore, type Identity, openDisk } from '@natter/server';
import { type CrashPoint, createDatabase, type Database } from './database.ts';
import { createDevice, type Device } from './device.ts';
import { createLine, type Line } from './network.ts';
import { type Node, startNode } from './node.ts';
import { createChance } from './random.ts';
import { type Acknowledged, createTap } from './tap.ts';
import { createTime, type Time } from './time.ts';

export interface World {
  time: Time;
  database: Database;
  userIds: readonly UserId[];
  devices: readonly Device[];
  acknowledged: Map<MessageId, Acknowledged>;
  /** The first rule that was broken; the run is over then. */
  violation(): string | null;
  violate(what: string): void;
  trace(line: string): void;
  /** Short for the eye. */
  label(id: ConversationId): string;
  count(): number;
  /** Follows what somebody tried, for the trace. */
  attempt(device: Device, what: string, work: Promise<unknown>): void;
  /** Messages that come from elsewhere: many, and quickly. */
  say(userId: UserId, id: ConversationId, times: number): void;
  armCrash(point: CrashPoint): string | null;
  crash(why: string): string | null;
  restart(): string | null;
  /** From here on nothing fails any more. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

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

export async function createWorld(seed: number, print: (line: string) => void): Promise<World> {
  place ??= openPlace();
  const { files, folder } = await place;
  const chance = createChance(seed);
  const time = createTime(start);
  const networkChance = chance.fork();
  const tokenChance = chance.fork();
  const sayChance = chance.fork();
  const acknowledged = new Map<MessageId, Acknowledged>();
  const lines = new Set<Line>();
  const labels = new Map<ConversationId, string>();
  const userIds = names.slice(0, chance.whole(2, 5));
  let counted = 0;
  let healed = false;
  let violation: string | null = null;
  let node: Node | null = null;

  const trace = (line: string) => print(`${((time.now() - start) / 1_000).toFixed(3)} ${line}`);
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
  const database = await createDatabase(time, chance.fork(), runtime);
  const nodeChance = chance.fork();

  async function bringUp(): Promise<void> {
    node = await startNode({
      time,
      chance: nodeChance,
      database,
      log,
      authenticate,
      files,
      folder,
      onCrash: (point, command) => void crash(`${point} ${command}`),
    });
    trace('the node is up');
  }
  const comeBack = () =>
    void time.after(nodeChance.whole(100, healed ? 1_000 : 15_000), () => time.hold(bringUp()));

  function crash(why: string): string | null {
    if (node === null) return null;
    trace(`the node dies: ${why}`);
    node.die();
    node = null;
    // Not every machine that dies has a neighbour who says so.
    const told = nodeChance.happens(0.7);
    for (const line of lines) line.crash(told);
    comeBack();
    return told ? 'told' : 'silently';
  }

  function restart(): string | null {
    const stopping = node;
    if (stopping === null) return null;
    node = null;
    let isGone = false;
    const end = () => {
      if (isGone) return;
      isGone = true;
      stopping.die();
      for (const line of lines) line.crash(true);
      comeBack();
    };
    void stopping.stop().then(end);
    // A crash that was armed may meet it while it stops: then nothing answers any more.
    time.after(15_000, end);
    return '';
  }

  function connect(device: Device): Line {
    const address = `10.0.1.${userIds.indexOf(device.userId) + 1}`;
    const line = createLine(time, networkChance, device.quality, address, () => lines.delete(line));
    lines.add(line);
    if (!device.isOnline()) {
      line.stall('up');
      line.stall('down');
      if (networkChance.happens(0.5)) time.soon(() => line.client.destroy(new Error('no network')));
      return line;
    }
    time.after(device.quality.delayMs, () => {
      if (line.client.destroyed) return;
      if (node?.isUp()) node.accept(line.server);
      else line.client.destroy(new Error('connection refused'));
    });
    return line;
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

  await bringUp();
  await setUp(database, userIds, chance.fork(), time.now());
  const devices: Device[] = [];
  for (const userId of userIds) {
    const count = chance.whole(1, 3);
    for (let at = 1; at <= count; at++) {
      const quality = { delayMs: chance.whole(1, 120), jitterMs: chance.whole(0, 200) };
      devices.push(
        createDevice({
          time,
          chance: chance.fork(),
          name: `${userId}.${at}`,
          userId,
          others: userIds.filter((it) => it !== userId),
          quality,
          connect,
          createTap: (of) =>
            createTap({ userId: of, commits: database.commits, acknowledged, violate }),
          getToken,
          violate,
        }),
      );
    }
  }

  return {
    time,
    database,
    userIds,
    devices,
    acknowledged,
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
        node?.natter.call(userId, 'sendMessage', params).then(
          ({ seq, version }) => acknowledged.set(messageId, { conversationId: id, seq, version }),
          () => {},
        );
      }
    },
    armCrash(point) {
      node?.arm(point);
      return node === null ? null : point;
    },
    crash,
    restart,
    async heal() {
      healed = true;
      for (const device of devices) {
        device.setSkew(0);
        device.setOnline(true, true);
      }
      for (const line of lines) line.resume();
    },
    async close() {
      for (const device of devices) device.dispose();
      node?.die();
      for (const line of lines) {
        line.client.destroy();
        line.server.destroy();
      }
      await time.settle();
      await database.truth.close();
    },
  };
}

/** Everybody knows everybody, so that each may see whether another is there. */
async function setUp(
  { truth, begin }: Database,
  userIds: readonly UserId[],
  chance: ReturnType<typeof createChance>,
  now: number,
): Promise<void> {
  for (const id of userIds) await truth.saveUser({ id, name: `Name of ${id}` });
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
