/**
 * Owns what waits to be written to one socket. Idle: written at once. Busy: gathered for up to 8 ms and written as
 * one vector. The bytes that wait are bounded: past the first mark what is lossy is dropped, past the second the
 * socket is given up. Frames may be held back until the reply to `hello` is written.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from '../runtime/contract.ts';

export const gatherMs = 8;
/** More than this in the socket's own buffer means that the reader is slow: then frames wait here, where they can be dropped. */
const socketBytesMax = 65_536;

export interface Outbound {
  write(frame: Buffer, lossy: boolean): void;
  /** Goes before everything that is held back. */
  writeFirst(frame: Buffer): void;
  /** Ends holding back. */
  release(): void;
  /** Writes what waits, whatever the reader does; nothing is taken afterwards. */
  end(): void;
  /** Unix ms of the last frame written. */
  readonly writtenAt: number;
  readonly waitingBytes: number;
}

/** One timer for all sockets of a node. */
export interface Flusher {
  schedule(flush: () => void): void;
}

export function createFlusher(clock: Clock): Flusher {
  let waiting: (() => void)[] = [];
  return {
    schedule(flush) {
      if (waiting.push(flush) > 1) return;
      clock.after(gatherMs, () => {
        const due = waiting;
        waiting = [];
        for (const call of due) call();
      });
    },
  };
}

export function createOutbound(deps: {
  socket: Pick<Duplex, 'write' | 'cork' | 'uncork' | 'writableLength' | 'once' | 'destroyed'>;
  clock: Clock;
  flusher: Flusher;
  bytesMax: number;
  onDropped: () => void;
  onFull: () => void;
}): Outbound {
  const { socket, clock, flusher, bytesMax } = deps;
  let state: 'held' | 'idle' | 'gathering' | 'blocked' | 'ended' = 'held';
  let queue: { frame: Buffer; lossy: boolean }[] = [];
  let queuedBytes = 0;
  let writtenAt = clock.now();
  let gatheredUntil = 0;

  function flush(): void {
    if (state === 'ended' || state === 'held') return;
    if (socket.writableLength > socketBytesMax) {
      if (state !== 'blocked') socket.once('drain', unblock);
      state = 'blocked';
      return;
    }
    state = 'idle';
    writeQueue();
  }

  function unblock(): void {
    if (state !== 'blocked') return;
    state = 'idle';
    flush();
  }

  function writeQueue(): void {
    if (queue.length === 0 || socket.destroyed) return;
    const frames = queue;
    queue = [];
    queuedBytes = 0;
    writtenAt = clock.now();
    gatheredUntil = writtenAt + gatherMs;
    if (frames.length > 1) socket.cork();
    for (const { frame } of frames) socket.write(frame);
    if (frames.length > 1) socket.uncork();
  }

  /** Whether the frame may wait: one may pass the mark, since a reply can be larger than it; the next one may not. */
  function admit(frame: Buffer, lossy: boolean): boolean {
    const bytes = () => socket.writableLength + queuedBytes;
    if (lossy && bytes() + frame.length > bytesMax / 2) {
      deps.onDropped();
      return false;
    }
    if (bytes() <= bytesMax) return true;
    const durable = queue.filter((entry) => !entry.lossy);
    for (let dropped = queue.length - durable.length; dropped > 0; dropped--) deps.onDropped();
    queue = durable;
    queuedBytes = durable.reduce((sum, entry) => sum + entry.frame.length, 0);
    if (bytes() <= bytesMax) return true;
    state = 'ended';
    queue = [];
    queuedBytes = 0;
    deps.onFull();
    return false;
  }

  return {
    get writtenAt() {
      return writtenAt;
    },
    get waitingBytes() {
      return queuedBytes + socket.writableLength;
    },
    write(frame, lossy) {
      if (state === 'ended' || !admit(frame, lossy)) return;
      queue.push({ frame, lossy });
      queuedBytes += frame.length;
      if (state !== 'idle') return;
      if (clock.now() >= gatheredUntil) flush();
      else {
        state = 'gathering';
        flusher.schedule(flush);
      }
    },
    writeFirst(frame) {
      if (state === 'ended') return;
      queue.unshift({ frame, lossy: false });
      queuedBytes += frame.length;
    },
    release() {
      if (state !== 'held') return;
      state = 'idle';
      flush();
    },
    end() {
      if (state === 'ended') return;
      writeQueue();
      state = 'ended';
    },
  };
}
