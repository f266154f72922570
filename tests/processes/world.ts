/** Owns one run: the program, its people and groups, their devices as processes, and the way to the verdict. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConversationId } from '@natter/protocol';
import { newGroup, newPerson, type Person, signToken } from '../conformance/people.ts';
import { temporaryFolder } from '../conformance/program.ts';
import { readHistory } from './history.ts';
import { finalOf, judge, type Verdict } from './judge.ts';
import type { Look, Order, Report, Setup } from './orders.ts';
import { launch, type Server } from './server.ts';
import { askProgram, checkFile, readFile, type Truth } from './truth.ts';

const deviceFile = fileURLToPath(new URL('./device.ts', import.meta.url));

export interface Device {
  readonly name: string;
  readonly person: Person;
  readonly historyPath: string;
  acknowledged(): number;
  /** Every status it has had. */
  statuses(): readonly string[];
  /** How often it has asked for a token. */
  tokens(): number;
  refusals(): readonly { code: string; message: string }[];
  tell(order: Order): void;
  look(): Promise<Look>;
  finish(): Promise<void>;
}

export interface DeviceOptions {
  /** What the device's process is run by, as `ip netns exec …`. */
  through?: readonly string[];
  /** Arguments of Node. */
  execArgv?: readonly string[];
  env?: Record<string, string>;
  url?: string;
  tokenMs?: number;
  everyMs?: number;
  waitingMax?: number;
}

export interface World extends AsyncDisposable {
  readonly data: string;
  readonly people: readonly Person[];
  readonly groups: readonly ConversationId[];
  readonly devices: readonly Device[];
  server(): Server;
  /** Starts the program, on the same port and folder each time. */
  launch(): Promise<Server>;
  start(): Promise<Server>;
  addDevice(person: Person, options?: DeviceOptions): Device;
  acknowledged(): number;
  /** Looks after every word of a device until it holds. */
  until(what: string, holds: () => boolean, withinMs?: number): Promise<void>;
  /** Waits until every device shows what the database says, then reads all histories. */
  verdict(withinMs?: number): Promise<Verdict>;
}

export async function createWorld(options: {
  people: number;
  seed: number;
  /** The data folder; one under the system's temporary folder when left out. */
  data?: string;
  settings?: Record<string, string>;
}): Promise<World> {
  const folder = await temporaryFolder();
  const data = options.data ?? join(folder.path, 'data');
  const histories = join(folder.path, 'histories');
  await mkdir(histories);
  const children: ChildProcess[] = [];
  const devices: Device[] = [];
  const watchers = new Set<() => void>();
  const words = () => {
    for (const look of [...watchers]) look();
  };
  let server: Server | null = null;

  async function launchAgain(): Promise<Server> {
    const settings = options.settings ?? {};
    server = await launch(data, server === null ? { settings } : { settings, port: server.port });
    return server;
  }
  const current = () => {
    if (server === null) throw new Error('the program was not started');
    return server;
  };

  await (await launchAgain()).ready;
  const people: Person[] = [];
  for (let at = 0; at < options.people; at++)
    people.push(await newPerson(() => current().url, `Person ${at + 1}`));
  const [first, ...others] = people as [Person, ...Person[]];
  const groups = [await newGroup(first, others, 'One'), await newGroup(first, others, 'Two')];

  function addDevice(person: Person, how: DeviceOptions = {}): Device {
    const name = `device-${devices.length + 1}`;
    const historyPath = join(histories, `${name}.jsonl`);
    const setup: Setup = {
      name,
      url: how.url ?? current().url,
      history: historyPath,
      seed: options.seed + devices.length * 7_919,
      conversationIds: groups,
      everyMs: how.everyMs ?? 40,
      waitingMax: how.waitingMax ?? 4,
    };
    const command = [
      ...(how.through ?? []),
      process.execPath,
      '--conditions=source',
      ...(how.execArgv ?? []),
      deviceFile,
      JSON.stringify(setup),
    ];
    const child = spawn(command[0] as string, command.slice(1), {
      env: { PATH: process.env.PATH, ...how.env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.push(child);
    const tell = (order: Order) => void (child.connected && child.send(order));
    const statuses: string[] = [];
    const refusals: { code: string; message: string }[] = [];
    let acknowledged = 0;
    let tokens = 0;
    let looked: (look: Look) => void = () => {};
    let finished = () => {};
    let ended: (error: Error) => void = () => {};
    child.once('exit', () => {
      finished();
      ended(new Error(`${name} has ended`));
    });
    child.on('message', (said: Report) => {
      switch (said.say) {
        case 'token': {
          tokens += 1;
          const expiresAt = Math.floor((Date.now() + (how.tokenMs ?? 3_600_000)) / 1_000);
          void signToken({ sub: person.id, name: person.name }, { expiresAt }).then((token) =>
            tell({ do: 'token', token }),
          );
          return;
        }
        case 'acknowledged':
          acknowledged = said.count;
          break;
        case 'refused':
          refusals.push(said);
          break;
        case 'status':
          statuses.push(said.status);
          break;
        case 'look':
          looked(said.look);
          break;
        case 'finished':
          finished();
      }
      words();
    });
    const device: Device = {
      name,
      person,
      historyPath,
      acknowledged: () => acknowledged,
      statuses: () => statuses,
      tokens: () => tokens,
      refusals: () => refusals,
      tell,
      look: () =>
        new Promise((resolve, reject) => {
          if (!child.connected) return reject(new Error(`${name} has ended`));
          looked = resolve;
          ended = reject;
          tell({ do: 'look' });
        }),
      finish: () =>
        new Promise((resolve) => {
          finished = resolve;
          if (!child.connected) resolve();
          tell({ do: 'finish' });
        }),
    };
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
        reject(
          new Error(
            `not within ${withinMs} ms: ${what}; ${seen.join(', ')}\n${server?.output().slice(-3_000)}`,
          ),
        );
      }, withinMs);
      const again = setInterval(look, 100);
      watchers.add(look);
      look();
    });
  }

  async function settle(withinMs: number): Promise<Truth> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const looks = await Promise.all(devices.map((device) => device.look()));
      const isQuiet = looks.every(({ synced, sending }) => synced && sending === 0);
      const truth = isQuiet ? await askProgram(people, groups) : null;
      const behind =
        truth === null
          ? looks.findIndex(({ synced, sending }) => !synced || sending > 0)
          : looks.findIndex(
              (look, at) =>
                !isEqual(look, truth, devices[at] as Device) ||
                !isDelivered(truth, devices[at] as Device),
            );
      if (truth !== null && behind < 0) return truth;
      if (Date.now() > deadline) {
        const unlike = truth?.get(groups[0] as ConversationId);
        const should =
          unlike && finalOf({ ...unlike, rows: [] }, (devices[behind] as Device).person.id);
        throw new Error(
          `${devices[behind]?.name} does not show what the database says within ${withinMs} ms: ${JSON.stringify(looks[behind])} for ${JSON.stringify(should)}\n${server?.output().slice(-3_000)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  return {
    data,
    people,
    groups,
    devices,
    server: current,
    launch: launchAgain,
    async start() {
      const started = await launchAgain();
      await started.ready;
      return started;
    },
    addDevice,
    acknowledged: () => devices.reduce((sum, device) => sum + device.acknowledged(), 0),
    until,
    async verdict(withinMs = 60_000) {
      for (const device of devices) device.tell({ do: 'hush' });
      await settle(withinMs);
      await Promise.all(devices.map((device) => device.finish()));
      const told = await askProgram(people, groups);
      const stored = readFile(data);
      const histories = devices.map(({ name, person, historyPath }) => ({
        device: name,
        userId: person.id,
        entries: readHistory(historyPath),
      }));
      const verdict = judge(histories, stored);
      for (const id of groups)
        if (JSON.stringify(told.get(id)) !== JSON.stringify(stored.get(id)))
          verdict.different.push(`the program and its file differ about ${id}`);
      for (const line of checkFile(data)) verdict.different.push(`the file: ${line}`);
      return verdict;
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL');
      await server?.kill();
      await folder.remove();
    },
  };
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
