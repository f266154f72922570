/** Owns one run: the program on one node or several, its people and groups, their devices as processes, and the way to the verdict. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationId } from '@natter/protocol';
import { newGroup, newPerson, type Person } from '../conformance/people.ts';
import { temporaryFolder } from '../conformance/program.ts';
import { type Device, type DeviceProcessOptions, startDevice } from './deviceProcess.ts';
import { readHistory } from './history.ts';
import { finalOf, judge, type Verdict } from './judge.ts';
import type { Look, Setup } from './orders.ts';
import { launch, type NodePlace, type Server } from './server.ts';
import { askHeads, askProgram, checkFile, readFile, type Truth } from './truth.ts';

export interface DeviceOptions extends DeviceProcessOptions {
  /** Which node it talks to; the first when left out. */
  node?: number;
  /** Instead of the node's own. */
  url?: string;
  everyMs?: number;
  waitingMax?: number;
}

/** Where the program runs, and what it stores, read without it. */
export interface Site {
  readonly nodes: readonly NodePlace[];
  readStored(): Truth;
  /** What the database itself finds wrong with what is stored; empty when nothing. */
  check(): string[];
}

export interface World extends AsyncDisposable {
  /** The first node's. */
  readonly data: string;
  readonly people: readonly Person[];
  readonly groups: readonly ConversationId[];
  readonly devices: readonly Device[];
  /** How many. */
  readonly nodes: number;
  server(node?: number): Server;
  /** Starts the program, on the same port and folder each time. */
  launch(node?: number): Promise<Server>;
  start(node?: number): Promise<Server>;
  addDevice(person: Person, options?: DeviceOptions): Device;
  acknowledged(): number;
  /** Looks after every word of a device until it holds. */
  until(what: string, holds: () => boolean, withinMs?: number): Promise<void>;
  /**
   * Tells the devices to write no more, and waits until every one shows what the database says. Resolves to what was
   * waited for last.
   */
  settle(withinMs?: number): Promise<string>;
  /** Waits likewise, then reads all histories. */
  verdict(withinMs?: number): Promise<Verdict>;
}

const settleMs = 60_000;

export async function createWorld(options: {
  people: number;
  seed: number;
  /** One node on a file of its own when left out. */
  site?: Site;
  /** The data folder of that one node; one under the system's temporary folder when left out. */
  data?: string;
  /** Of that one node. */
  settings?: Record<string, string>;
}): Promise<World> {
  const folder = await temporaryFolder();
  const site =
    options.site ?? onOneFile(options.data ?? join(folder.path, 'data'), options.settings ?? {});
  const histories = join(folder.path, 'histories');
  await mkdir(histories);
  const devices: Device[] = [];
  const watchers = new Set<() => void>();
  const words = () => {
    for (const look of [...watchers]) look();
  };
  const servers: Server[] = [];
  /** The node that people call over HTTP. */
  let asked = 0;

  async function launchAgain(node = 0): Promise<Server> {
    const place = site.nodes[node];
    if (place === undefined) throw new Error(`there is no node ${node}`);
    const before = servers[node];
    const server = await launch(place, before?.port);
    servers[node] = server;
    return server;
  }
  const serverOf = (node = 0) => {
    const server = servers[node];
    if (server === undefined) throw new Error('the program was not started');
    return server;
  };
  const outputs = () => servers.map((server) => server.output().slice(-3_000)).join('\n\n');

  for (const node of site.nodes.keys()) await (await launchAgain(node)).ready;
  const people: Person[] = [];
  for (let at = 0; at < options.people; at++)
    people.push(await newPerson(() => serverOf(asked).url, `Person ${at + 1}`));
  const [first, ...others] = people as [Person, ...Person[]];
  const groups = [await newGroup(first, others, 'One'), await newGroup(first, others, 'Two')];

  function addDevice(person: Person, how: DeviceOptions = {}): Device {
    const name = `device-${devices.length + 1}`;
    const setup: Setup = {
      name,
      url: how.url ?? serverOf(how.node).url,
      history: join(histories, `${name}.jsonl`),
      seed: options.seed + devices.length * 7_919,
      conversationIds: groups,
      everyMs: how.everyMs ?? 40,
      waitingMax: how.waitingMax ?? 4,
    };
    const device = startDevice(person, setup, how, words);
    devices.push(device);
    return device;
  }

  function until(what: string, holds: () => boolean, withinMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        done();
        resolve();
      };
      const done = () => {
        watchers.delete(look);
        clearTimeout(timer);
        clearInterval(again);
      };
      const timer = setTimeout(() => {
        done();
        const seen = devices.map(
          (it) => `${it.name}: ${it.acknowledged()} ${it.statuses().at(-1)}`,
        );
        reject(new Error(`not within ${withinMs} ms: ${what}; ${seen.join(', ')}\n${outputs()}`));
      }, withinMs);
      const again = setInterval(look, 100);
      watchers.add(look);
      look();
    });
  }

  /** Of one node: each keeps things of its own, which others may have changed. */
  async function ask(node: number): Promise<Truth> {
    asked = node;
    return await askProgram(people, groups);
  }

  async function settle(withinMs = settleMs): Promise<string> {
    for (const device of devices) device.tell({ do: 'hush' });
    const deadline = Date.now() + withinMs;
    let awaited = 'nothing';
    for (;;) {
      const looks = await Promise.all(devices.map((device) => device.look()));
      const isQuiet = looks.every(({ synced, sending }) => synced && sending === 0);
      asked = (asked + 1) % site.nodes.length;
      const truth = isQuiet ? await askHeads(people, groups) : null;
      const behind =
        truth === null
          ? looks.findIndex(({ synced, sending }) => !synced || sending > 0)
          : looks.findIndex(
              (look, at) =>
                !isEqual(look, truth, devices[at] as Device) ||
                !isDelivered(truth, devices[at] as Device),
            );
      if (truth !== null && behind < 0) return awaited;
      awaited = `${devices[behind]?.name} ${describe(looks[behind])}`;
      if (Date.now() > deadline) {
        const unlike = truth?.get(groups[0] as ConversationId);
        const should = unlike && finalOf(unlike, (devices[behind] as Device).person.id);
        throw new Error(
          `${devices[behind]?.name} does not show what the database says within ${withinMs} ms: ${JSON.stringify(looks[behind])} for ${JSON.stringify(should)}\n${outputs()}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  return {
    data: site.nodes[0]?.data ?? '',
    people,
    groups,
    devices,
    nodes: site.nodes.length,
    server: serverOf,
    launch: launchAgain,
    async start(node) {
      const started = await launchAgain(node);
      await started.ready;
      return started;
    },
    addDevice,
    acknowledged: () => devices.reduce((sum, device) => sum + device.acknowledged(), 0),
    until,
    settle,
    async verdict(withinMs) {
      await settle(withinMs);
      await Promise.all(devices.map((device) => device.finish()));
      const told: Truth[] = [];
      for (const node of site.nodes.keys()) told.push(await ask(node));
      const stored = site.readStored();
      const histories = devices.map(({ name, person, historyPath }) => ({
        device: name,
        userId: person.id,
        entries: readHistory(historyPath),
      }));
      const verdict = judge(histories, stored);
      for (const [node, truth] of told.entries())
        for (const id of groups)
          if (JSON.stringify(truth.get(id)) !== JSON.stringify(stored.get(id)))
            verdict.different.push(`node ${node + 1} and its database differ about ${id}`);
      for (const line of site.check()) verdict.different.push(`the database: ${line}`);
      return verdict;
    },
    async [Symbol.asyncDispose]() {
      for (const device of devices) device.kill();
      await Promise.all(servers.map((server) => server.kill()));
      await folder.remove();
    },
  };
}

function onOneFile(data: string, settings: Record<string, string>): Site {
  return {
    nodes: [{ data, settings }],
    readStored: () => readFile(data),
    check: () => checkFile(data),
  };
}

function describe(look: Look | undefined): string {
  if (!look?.synced) return 'to be synced';
  return look.sending > 0 ? `to send ${look.sending}` : 'to show what is stored';
}

/** Cursors are gathered before they are told: until all are, they may still move. */
function isDelivered(truth: Truth, { person }: Device): boolean {
  return [...truth.values()].every(
    ({ members, lastSeq }) => members[person.id]?.deliveredSeq === lastSeq,
  );
}

function isEqual(look: Look, truth: Truth, device: Device): boolean {
  return [...truth].every(([id, stored]) => {
    const mine = look.conversations[id];
    if (mine === undefined) return false;
    const { rows: _rows, ...theirs } = finalOf(stored, device.person.id);
    const { lastSeq, ...rest } = mine;
    const ordered = {
      version: rest.version,
      readSeq: rest.readSeq,
      unreadCount: rest.unreadCount,
      others: rest.others,
    };
    return lastSeq === stored.lastSeq && JSON.stringify(ordered) === JSON.stringify(theirs);
  });
}
