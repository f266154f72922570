/**
 * Owns the network: byte streams in memory between devices and a node, which delay what they carry, keep its order,
 * stop, break in the middle of a frame, or go dead in one direction without a word to either end.
 */
import { Duplex } from 'node:stream';
import type { Chance } from './random.ts';
import type { Time } from './time.ts';

export type Direction = 'up' | 'down';

/** One connection between a device and a node. */
export interface Line {
  readonly client: Duplex;
  readonly server: Duplex;
  isOver(): boolean;
  /** Both ends hear of it; of what is under way a part may still arrive. */
  cut(): void;
  /** What is written that way is lost from now on, and nobody hears of it. */
  kill(direction: Direction): void;
  /** Nothing gets through that way until `resume`; nothing is lost. */
  stall(direction: Direction): void;
  resume(): void;
  /** The node is gone, with its memory. `told`: its machine still says so to the other end. */
  crash(told: boolean): void;
}

export interface Quality {
  delayMs: number;
  jitterMs: number;
}

/** Bytes that a direction takes before whoever writes must wait. */
const windowBytes = 65_536;

type Parcel = { at: number; data: Buffer } | { at: number; data: 'end' };

class End extends Duplex {
  readonly remoteAddress: string;
  /** Set once both ends exist. */
  out: Way | null = null;
  onGone: () => void = () => {};

  constructor(remoteAddress: string) {
    super({ allowHalfOpen: true });
    this.remoteAddress = remoteAddress;
  }
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.out?.write(chunk, done);
  }
  override _final(done: () => void): void {
    this.out?.end();
    done();
  }
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.onGone();
    done(error);
  }
}

interface Way {
  write(data: Buffer, done: () => void): void;
  end(): void;
  /** `closed`: what is under way still arrives. */
  state: 'open' | 'stalled' | 'closed' | 'dead';
  resume(): void;
  /** Takes nothing more; says when the last of it arrives. */
  close(): number;
  /** Delivers a part of what is under way, and nothing after it. */
  breakOff(): void;
}

function createWay(time: Time, chance: Chance, quality: Quality, to: End): Way {
  let parcels: Parcel[] = [];
  let waiting: { bytes: number; done: () => void }[] = [];
  let underWay = 0;
  let lastAt = 0;
  let timer: (() => void) | null = null;

  const isMoving = () => way.state === 'open' || way.state === 'closed';

  function send(data: Buffer | 'end'): void {
    if (way.state === 'dead' || way.state === 'closed') return;
    const jitter = Math.floor(chance.fraction() * quality.jitterMs);
    lastAt = Math.max(lastAt, time.now() + quality.delayMs + jitter);
    parcels.push({ at: lastAt, data } as Parcel);
    arm();
  }

  function arm(): void {
    const first = parcels[0];
    if (timer !== null || first === undefined || !isMoving()) return;
    timer = time.after(first.at - time.now(), arrive);
  }

  function arrive(): void {
    timer = null;
    if (!isMoving()) return;
    while (parcels[0] !== undefined && parcels[0].at <= time.now()) {
      const { data } = parcels.shift() as Parcel;
      if (to.destroyed) continue;
      if (data === 'end') to.push(null);
      else {
        to.push(data);
        underWay -= data.length;
      }
    }
    release();
    arm();
  }

  function release(): void {
    while (waiting[0] !== undefined && underWay < windowBytes) waiting.shift()?.done();
  }

  const way: Way = {
    state: 'open',
    write(data, done) {
      time.touch();
      if (way.state === 'dead' || way.state === 'closed') {
        // The sender's own buffer fills, as it would with nobody to say that it arrived.
        underWay += data.length;
        if (underWay < windowBytes) done();
        return;
      }
      underWay += data.length;
      send(data);
      if (underWay < windowBytes) done();
      else waiting.push({ bytes: data.length, done });
    },
    end: () => send('end'),
    resume() {
      if (way.state !== 'stalled') return;
      way.state = 'open';
      arm();
    },
    close() {
      // A stalled one keeps what it has for good.
      if (way.state === 'open') way.state = 'closed';
      else way.state = 'dead';
      return Math.max(lastAt, time.now() + quality.delayMs);
    },
    breakOff() {
      const first = parcels[0];
      if (way.state === 'open' && first !== undefined && first.data !== 'end' && !to.destroyed) {
        const part = Math.floor(chance.fraction() * first.data.length);
        if (part > 0) to.push(first.data.subarray(0, part));
      }
      way.state = 'dead';
      parcels = [];
      waiting = [];
    },
  };
  return way;
}

export function createLine(
  time: Time,
  chance: Chance,
  quality: Quality,
  address: string,
  onOver: () => void,
): Line {
  const client = new End('10.0.0.1');
  const server = new End(address);
  const up = createWay(time, chance, quality, server);
  const down = createWay(time, chance, quality, client);
  client.out = up;
  server.out = down;
  // A reset is nobody's surprise.
  client.on('error', () => {});
  server.on('error', () => {});
  const ways = { up, down };
  let over = false;

  const reset = () => new Error('the connection was reset');
  function close(): void {
    if (over) return;
    over = true;
    onOver();
  }
  /** An end that is closed hard tells the other one, unless that direction is dead. */
  function tellOther(end: End, way: Way, other: End): void {
    end.onGone = () => {
      time.touch();
      close();
      if (way.state === 'dead') return;
      // What was written before still arrives.
      const tell = () => {
        if (way.state === 'stalled') time.after(1_000, tell);
        else if (way.state === 'open') other.destroy(reset());
      };
      time.after(quality.delayMs + quality.jitterMs + 1, tell);
    };
  }
  tellOther(client, up, server);
  tellOther(server, down, client);

  return {
    client,
    server,
    isOver: () => over,
    cut() {
      up.breakOff();
      down.breakOff();
      time.soon(() => {
        server.destroy(reset());
        client.destroy(reset());
      });
    },
    kill(direction) {
      ways[direction].state = 'dead';
    },
    stall(direction) {
      if (ways[direction].state === 'open') ways[direction].state = 'stalled';
    },
    resume() {
      up.resume();
      down.resume();
    },
    crash(told) {
      up.state = 'dead';
      const lastAt = down.close();
      if (told) time.after(lastAt - time.now() + 1, () => client.destroy(reset()));
    },
  };
}
