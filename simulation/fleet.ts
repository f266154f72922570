/** Owns the machines: one to three nodes over one database and one bus, which die and come back each by themselves, and the lines to them. */
import type { Authenticate, FileStore, Log } from '@natter/server';
import { type BusQuality, createHub, type Hub } from './bus.ts';
import type { CrashPoint, Database } from './database.ts';
import type { Device } from './device.ts';
import { createLine, type Line } from './network.ts';
import { type Node, outboundBytesMax, startNode } from './node.ts';
import type { Chance } from './random.ts';
import type { Time } from './time.ts';

export interface Fleet {
  readonly hub: Hub;
  /** Null where a node is down. */
  nodes(): readonly (Node | null)[];
  /** People with a socket to this node. */
  peopleOn(slot: number): Set<string>;
  connect(device: Device): Line;
  /** One that is up, at random. */
  anyNode(): Node | null;
  arm(slot: number, point: CrashPoint): string | null;
  crash(slot: number, why: string): string | null;
  restart(slot: number): string | null;
  /** For `ms`, every connection is cut as soon as it is open. */
  refuse(ms: number): void;
  isRefusing(): boolean;
  /** All nodes die; `work` is done; they come back. */
  replace(work: () => Promise<void>): void;
  /** What passed its bound; null: nothing. */
  overflow(): string | null;
  bringUp(): Promise<void>;
  heal(): void;
  close(): void;
}

/** A page of messages that was asked for, on top of what waits by itself. */
const pageBytesMax = 262_144;
const busMax = 20_000;

export function createFleet(deps: {
  time: Time;
  chance: Chance;
  networkChance: Chance;
  database: Database;
  log: Log;
  authenticate: Authenticate;
  files: FileStore;
  folder: string;
  addressOf(device: Device): string;
  /** At least two nodes, and a poor bus. */
  several: boolean;
  trace(line: string): void;
}): Fleet {
  const { time, chance, networkChance, trace } = deps;
  const drawn = chance.choose({ one: 3, two: 4, three: 3 });
  const count = drawn === 'one' && deps.several ? 'two' : drawn;
  const slots: (Node | null)[] = Array.from(
    { length: { one: 1, two: 2, three: 3 }[count] },
    () => null,
  );
  const isLossy = chance.happens(0.5);
  const quality: BusQuality = deps.several ? 'poor' : isLossy ? 'lossy' : 'whole';
  const hub = createHub(time, chance.fork(), quality);
  const lines = new Map<Line, { slot: number; device: Device }>();
  let healed = false;
  let refusingUntil = 0;
  let isReplacing = false;

  async function bringUp(slot: number): Promise<void> {
    if (slots[slot] != null || isReplacing) return;
    slots[slot] = await startNode({
      ...deps,
      chance: chance.fork(),
      hub,
      isAlone: slots.length === 1,
      onCrash: (point, command) => void crash(slot, `${point} ${command}`),
    });
    trace(`node ${slot} is up`);
  }
  const comeBack = (slot: number) =>
    void time.after(chance.whole(100, healed ? 1_000 : 15_000), () => time.hold(bringUp(slot)));

  function endLines(slot: number, told: boolean): void {
    for (const [line, at] of lines) if (at.slot === slot) line.crash(told);
  }

  function crash(slot: number, why: string): string | null {
    const node = slots[slot] ?? null;
    if (node === null) return null;
    trace(`node ${slot} dies: ${why}`);
    node.die();
    slots[slot] = null;
    // Not every machine that dies has a neighbour who says so.
    const told = chance.happens(0.7);
    endLines(slot, told);
    comeBack(slot);
    return `${slot} ${told ? 'told' : 'silently'}`;
  }

  function connect(device: Device): Line {
    const slot = networkChance.whole(0, slots.length - 1);
    const lineChance = networkChance.fork();
    const line = createLine(time, lineChance, device.quality, deps.addressOf(device), () =>
      lines.delete(line),
    );
    lines.set(line, { slot, device });
    if (!device.isOnline()) {
      line.stall('up');
      line.stall('down');
      if (lineChance.happens(0.5)) time.soon(() => line.client.destroy(new Error('no network')));
      return line;
    }
    time.after(device.quality.delayMs, () => {
      if (line.client.destroyed) return;
      const node = slots[slot];
      if (node?.isUp()) node.accept(line.server);
      else line.client.destroy(new Error('connection refused'));
    });
    return line;
  }

  return {
    hub,
    nodes: () => slots,
    connect,
    crash,
    peopleOn(slot) {
      const people = new Set<string>();
      for (const at of lines.values()) if (at.slot === slot) people.add(at.device.userId);
      return people;
    },
    anyNode: () => chance.pick(slots.filter((node) => node !== null)),
    arm(slot, point) {
      slots[slot]?.arm(point);
      return slots[slot] == null ? null : `${slot} ${point}`;
    },
    restart(slot) {
      const stopping = slots[slot] ?? null;
      if (stopping === null) return null;
      slots[slot] = null;
      let isGone = false;
      const end = () => {
        if (isGone) return;
        isGone = true;
        stopping.die();
        endLines(slot, true);
        comeBack(slot);
      };
      void stopping.stop().then(end);
      // A crash that was armed may meet it while it stops: then nothing answers any more.
      time.after(15_000, end);
      return String(slot);
    },
    refuse(ms) {
      refusingUntil = time.now() + ms;
    },
    isRefusing: () => !healed && time.now() < refusingUntil,
    replace(work) {
      for (const slot of slots.keys()) crash(slot, 'the database is replaced');
      isReplacing = true;
      time.hold(
        work().finally(() => {
          isReplacing = false;
          for (const slot of slots.keys()) comeBack(slot);
        }),
      );
    },
    overflow() {
      for (const { server } of lines.keys())
        if (server.writableLength > outboundBytesMax + pageBytesMax)
          return `${server.writableLength} bytes wait for one socket`;
      if (hub.underWayMost > busMax) return `${hub.underWayMost} messages are on the bus`;
      return null;
    },
    async bringUp() {
      for (const slot of slots.keys()) await bringUp(slot);
      trace(
        `${slots.length} nodes, a bus that ${{ whole: 'keeps', lossy: 'loses', poor: 'hardly keeps' }[quality]} messages`,
      );
    },
    heal() {
      healed = true;
      hub.heal();
      hub.join(chance.happens(0.5));
      for (const line of lines.keys()) line.resume();
    },
    close() {
      for (const node of slots) node?.die();
      for (const line of lines.keys()) {
        line.client.destroy();
        line.server.destroy();
      }
    },
  };
}
