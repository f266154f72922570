/** Owns one device's process as the checker sees it: what it is told to do, and what it says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Person, signToken } from '../conformance/people.ts';
import type { Look, Order, Report, Setup } from './orders.ts';

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
  kill(): void;
}

export interface DeviceProcessOptions {
  /** What the device's process is run by, as `ip netns exec …`. */
  through?: readonly string[];
  /** Arguments of Node. */
  execArgv?: readonly string[];
  env?: Record<string, string>;
  tokenMs?: number;
}

/** `onWord` is called after everything that the device says. */
export function startDevice(
  person: Person,
  setup: Setup,
  how: DeviceProcessOptions,
  onWord: () => void,
): Device {
  const child = spawnDevice(setup, how);
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
    ended(new Error(`${setup.name} has ended`));
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
    onWord();
  });
  return {
    name: setup.name,
    person,
    historyPath: setup.history,
    acknowledged: () => acknowledged,
    statuses: () => statuses,
    tokens: () => tokens,
    refusals: () => refusals,
    tell,
    look: () =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error(`${setup.name} has ended`));
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
    kill: () => void child.kill('SIGKILL'),
  };
}

function spawnDevice(setup: Setup, how: DeviceProcessOptions): ChildProcess {
  const [program = process.execPath, ...args] = [
    ...(how.through ?? []),
    process.execPath,
    '--conditions=source',
    ...(how.execArgv ?? []),
    deviceFile,
    JSON.stringify(setup),
  ];
  return spawn(program, args, {
    env: { PATH: process.env.PATH, ...how.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
