/** Owns the node: the real server on the virtual network, which dies without a farewell and is started again. */
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type Authenticate,
  createNatter,
  type FileStore,
  type Log,
  type Natter,
  type Runtime,
} from '@natter/server';
import type { BusPort, Hub } from './bus.ts';
import type { CrashPoint, Database, Gate } from './database.ts';
import type { Chance } from './random.ts';
import type { Time } from './time.ts';

export interface Node {
  natter: Natter;
  bus: BusPort;
  isUp(): boolean;
  accept(socket: Duplex): void;
  arm(point: CrashPoint): void;
  /** At once: its timers, its bus, what it was about to write. */
  die(): void;
  /** As an operator would: `draining`, then gone. */
  stop(): Promise<void>;
}

export interface NodeWorld {
  time: Time;
  chance: Chance;
  database: Database;
  hub: Hub;
  /** The only node there is. */
  isAlone: boolean;
  log: Log;
  authenticate: Authenticate;
  files: FileStore;
  folder: string;
  onCrash(point: CrashPoint, command: string): void;
}

/** Small, so that a reader that stalls reaches it. */
export const outboundBytesMax = 32_768;

/** The time of one node: ends with it. */
function createNodeClock(time: Time) {
  const undos = new Set<() => void>();
  let alive = true;
  function keep(make: () => () => void): () => void {
    if (!alive) return () => {};
    const undo = make();
    undos.add(undo);
    return () => {
      undos.delete(undo);
      undo();
    };
  }
  return {
    clock: {
      now: time.now,
      after: (ms: number, call: () => void) =>
        keep(() => {
          const undo = time.after(ms, () => {
            undos.delete(undo);
            call();
          });
          return undo;
        }),
      every: (ms: number, call: () => void) => keep(() => time.every(ms, call)),
    },
    stop() {
      alive = false;
      for (const undo of undos) undo();
      undos.clear();
    },
  };
}

export async function startNode(world: NodeWorld): Promise<Node> {
  const { time, database } = world;
  const { clock, stop } = createNodeClock(time);
  const runtime: Runtime = { clock, random: world.chance.fork(), log: world.log };
  const bus = world.hub.open({
    onError: (error) => world.log.error({ error }, 'the bus failed'),
    onCrash() {
      if (up) world.onCrash('beforePublish', '');
    },
  });
  const server: Server = createServer();
  let up = true;
  const gate: Gate = database.open({
    onCrash(point, command) {
      if (up) world.onCrash(point, command);
    },
    isBlind: world.isAlone,
  });
  const natter = await createNatter({
    server,
    storage: gate.storage,
    bus,
    files: world.files,
    authenticate: world.authenticate,
    uploadsFolder: world.folder,
    runtime,
    outboundBytesMax,
  });

  function die(): void {
    up = false;
    gate.shut();
    stop();
    bus.shut();
  }

  return {
    natter,
    bus,
    isUp: () => up,
    accept: (socket) => void server.emit('connection', socket),
    arm(point) {
      if (point === 'beforePublish') bus.armCrash(world.chance.whole(1, 4));
      else gate.arm(point);
    },
    die,
    async stop() {
      await natter.close({ graceMs: 2_000 });
      die();
    },
  };
}
