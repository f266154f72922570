/**
 * Owns what waits to be written to one socket. Idle: written at once. Busy: gathered for up to 8 ms and written as
 * one vector. The bytes of events that wait are bounded: past the first mark what is lossy is dropped, past the
 * second the socket is given up. Pages are bounded by whoever asks: the next is read when the last has gone
 * (`whenRead`). Frames are held back until the reply to `hello` is written.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';

export const gatherMs = 8;

export interface Outbound {
  /** An event or a small reply. `lossy`: may be dropped. */
  write(frame: Buffer, lossy: boolean): void;
  /** A page that was asked for. */
  reply(frame: Buffer): void;
  /** Goes before everything that is held back. */
  replyFirst(frame: Buffer): void;
  /** Calls when less than the first mark waits, or nothing is written any more. */
  whenRead(call: () => void): void;
  /** Ends holding back. */
  release(): void;
  /** Writes what waits, whatever the reader does; nothing is taken afterwards. */
  end(): void;
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

type Kind = 'lossy' | 'durable' | 'reply';

export function createOutbound(deps: {
  socket: Pick<
    Duplex,
    'write' | 'cork' | 'uncork' | 'writableLength' | 'writableNeedDrain' | 'once' | 'destroyed'
  >;
  clock: Clock;
  flusher: Flusher;
  bytesMax: number;
  counters: Pick<Counters, 'outboundBytes'>;
  onDropped: () => void;
  onFull: () => void;
}): Outbound {
  const { socket, clock, flusher, bytesMax, counters } = deps;
  const firstMark = bytesMax / 2;
  let state: 'held' | 'idle' | 'gathering' | 'blocked' | 'ended' = 'held';
  let queue: { frame: Buffer; kind: Kind }[] = [];
  let eventBytes = 0;
  let replyBytes = 0;
  let gatheredUntil = 0;
  let readers: (() => void)[] = [];

  /** While the kernel takes no more, frames wait here, where they can be dropped. */
  function flush(): void {
    if (state === 'ended' || state === 'held') return;
    if (socket.writableNeedDrain) {
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
    const frames = queue;
    empty();
    if (frames.length === 0 || socket.destroyed) return;
    gatheredUntil = clock.now() + gatherMs;
    if (frames.length > 1) socket.cork();
    for (const { frame } of frames) {
      counters.outboundBytes += frame.length;
      socket.write(frame);
    }
    if (frames.length > 1) socket.uncork();
  }

  function empty(): void {
    queue = [];
    eventBytes = 0;
    replyBytes = 0;
  }

  function push(frame: Buffer, kind: Kind): void {
    queue.push({ frame, kind });
    if (kind === 'reply') replyBytes += frame.length;
    else eventBytes += frame.length;
    if (state !== 'idle') return;
    if (clock.now() >= gatheredUntil) flush();
    else {
      state = 'gathering';
      flusher.schedule(flush);
    }
  }

  const waitingBytes = () => socket.writableLength + eventBytes + replyBytes;

  /** Whether the event may wait. A single one may pass the mark, the next one may not. */
  function admit(frame: Buffer, lossy: boolean): boolean {
    if (lossy && waitingBytes() + frame.length > firstMark) {
      deps.onDropped();
      return false;
    }
    if (eventBytes <= bytesMax) return true;
    dropLossy();
    if (eventBytes <= bytesMax) return true;
    empty();
    finish();
    deps.onFull();
    return false;
  }

  function dropLossy(): void {
    const kept = queue.filter((entry) => entry.kind !== 'lossy');
    for (const { frame, kind } of queue) {
      if (kind !== 'lossy') continue;
      eventBytes -= frame.length;
      deps.onDropped();
    }
    queue = kept;
  }

  function finish(): void {
    state = 'ended';
    wake();
  }

  function wake(): void {
    if (state !== 'ended' && waitingBytes() > firstMark) {
      waitForReader();
      return;
    }
    const due = readers;
    readers = [];
    for (const call of due) call();
  }

  function waitForReader(): void {
    if (socket.writableNeedDrain) socket.once('drain', wake);
    else flusher.schedule(wake);
  }

  return {
    write(frame, lossy) {
      if (state === 'ended' || !admit(frame, lossy)) return;
      push(frame, lossy ? 'lossy' : 'durable');
    },
    reply(frame) {
      if (state !== 'ended') push(frame, 'reply');
    },
    replyFirst(frame) {
      if (state === 'ended') return;
      queue.unshift({ frame, kind: 'reply' });
      replyBytes += frame.length;
    },
    whenRead(call) {
      if (state === 'ended' || waitingBytes() <= firstMark) call();
      else if (readers.push(call) === 1) waitForReader();
    },
    release() {
      if (state !== 'held') return;
      state = 'idle';
      flush();
    },
    end() {
      if (state === 'ended') return;
      writeQueue();
      finish();
    },
  };
}
