/**
 * Owns what waits to be written to one socket. Idle: written at the end of the turn, so that all that one commit causes is
 * one write. Busy: gathered for up to 8 ms, unless a reply comes, for which somebody waits. The bytes of events that wait
 * are bounded: past the first mark what is lossy is dropped, past the second the socket is given up. Pages are bounded by
 * whoever asks: the next is read when the last has gone (`whenRead`). Frames are held back until the reply to `hello`
 * is written.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';
import { type Flusher, gatherMs } from './flusher.ts';

export interface Outbound {
  /** An event. `lossy`: may be dropped. */
  write(frame: Buffer, lossy: boolean): void;
  /** A small reply, bounded like events. Somebody waits for it: nothing is gathered first. */
  reply(frame: Buffer): void;
  /** A page that was asked for, likewise. */
  replyPage(frame: Buffer): void;
  /** Goes before everything that is held back. */
  replyFirst(frame: Buffer): void;
  /** Calls when less than the first mark waits, or nothing is written any more. */
  whenRead(call: () => void): void;
  /** Ends holding back. */
  release(): void;
  /** Writes what waits, whatever the reader does; nothing is taken afterwards. */
  end(): void;
}

type Kind = 'lossy' | 'durable' | 'reply' | 'page';

/** Never pushed to. */
const none: Buffer[] = [];

export function createOutbound(deps: {
  socket: Pick<Duplex, 'write' | 'writableLength' | 'writableNeedDrain' | 'once' | 'destroyed'>;
  clock: Clock;
  flusher: Flusher;
  bytesMax: number;
  counters: Pick<Counters, 'outboundBytes'>;
  onDropped: () => void;
  onFull: () => void;
}): Outbound {
  const { socket, clock, flusher, bytesMax, counters } = deps;
  const firstMark = bytesMax / 2;
  let state: 'held' | 'idle' | 'gathering' | 'due' | 'blocked' | 'ended' = 'held';
  let frames: Buffer[] = none;
  /** Which of them may be dropped, ascending. */
  let lossyAt: number[] = [];
  let eventBytes = 0;
  let pageBytes = 0;
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
    const waiting = frames;
    empty();
    if (waiting.length === 0 || socket.destroyed) return;
    gatheredUntil = clock.now() + gatherMs;
    for (const bytes of flusher.join(waiting)) {
      counters.outboundBytes += bytes.length;
      socket.write(bytes);
    }
  }

  function empty(): void {
    frames = none;
    if (lossyAt.length > 0) lossyAt = [];
    eventBytes = 0;
    pageBytes = 0;
  }

  function push(frame: Buffer, kind: Kind): void {
    // One frame in a list of its own size: made for every socket, a list with room for more costs as much as the rest.
    if (frames.length === 0) frames = [frame];
    else frames.push(frame);
    if (kind === 'lossy') lossyAt.push(frames.length - 1);
    if (kind === 'page') pageBytes += frame.length;
    else eventBytes += frame.length;
    const isAwaited = kind === 'reply' || kind === 'page';
    if (state === 'idle' && (isAwaited || clock.now() >= gatheredUntil)) writeAtEndOfTurn();
    else if (state === 'gathering' && isAwaited) writeAtEndOfTurn();
    else if (state === 'idle') {
      state = 'gathering';
      flusher.later(flush);
    }
  }

  function writeAtEndOfTurn(): void {
    state = 'due';
    flusher.atEndOfTurn(flush);
  }

  const waitingBytes = () => socket.writableLength + eventBytes + pageBytes;

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
    for (const at of lossyAt) {
      eventBytes -= frames[at]?.length ?? 0;
      deps.onDropped();
    }
    const dropped = new Set(lossyAt);
    frames = frames.filter((_, at) => !dropped.has(at));
    lossyAt = [];
  }

  function finish(): void {
    state = 'ended';
    wake();
  }

  function wake(): void {
    // Whoever heard of the draining first: what waits here goes before more is read.
    unblock();
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
    else flusher.later(wake);
  }

  return {
    write(frame, lossy) {
      if (state === 'ended' || !admit(frame, lossy)) return;
      push(frame, lossy ? 'lossy' : 'durable');
    },
    reply(frame) {
      if (state !== 'ended' && admit(frame, false)) push(frame, 'reply');
    },
    replyPage(frame) {
      if (state !== 'ended') push(frame, 'page');
    },
    replyFirst(frame) {
      if (state === 'ended') return;
      frames = [frame, ...frames];
      lossyAt = lossyAt.map((at) => at + 1);
      pageBytes += frame.length;
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
