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

/** The same for all sockets of a node. */
export interface OutboundDeps {
  runtime: { clock: Pick<Clock, 'now'> };
  flusher: Flusher;
  outboundBytesMax: number;
  counters: Pick<Counters, 'outboundBytes'>;
}

/** Whose socket it is. */
export interface OutboundOwner {
  onDropped(): void;
  onFull(): void;
}

type OutboundSocket = Pick<
  Duplex,
  'write' | 'writableLength' | 'writableNeedDrain' | 'once' | 'destroyed'
>;
type Kind = 'lossy' | 'durable' | 'reply' | 'page';

/** Never pushed to. */
const none: Buffer[] = [];
const nowhere: number[] = [];
const nobody: (() => void)[] = [];

/** A class, for there is one for each socket, and what is one socket's lies together: each event touches all of them. */
export class Outbound {
  private readonly deps: OutboundDeps;
  private readonly socket: OutboundSocket;
  private readonly owner: OutboundOwner;
  private state: 'held' | 'idle' | 'gathering' | 'due' | 'blocked' | 'ended' = 'held';
  private frames: Buffer[] = none;
  /** Which of them may be dropped, ascending. */
  private lossyAt: number[] = nowhere;
  private eventBytes = 0;
  private pageBytes = 0;
  private gatheredUntil = 0;
  private readers: (() => void)[] = nobody;

  constructor(deps: OutboundDeps, socket: OutboundSocket, owner: OutboundOwner) {
    this.deps = deps;
    this.socket = socket;
    this.owner = owner;
  }

  /** An event. `lossy`: may be dropped. */
  write(frame: Buffer, lossy: boolean): void {
    if (this.state === 'ended' || !this.admit(frame, lossy)) return;
    this.push(frame, lossy ? 'lossy' : 'durable');
  }

  /** A small reply, bounded like events. Somebody waits for it: nothing is gathered first. */
  reply(frame: Buffer): void {
    if (this.state !== 'ended' && this.admit(frame, false)) this.push(frame, 'reply');
  }

  /** A page that was asked for, likewise. */
  replyPage(frame: Buffer): void {
    if (this.state !== 'ended') this.push(frame, 'page');
  }

  /** Goes before everything that is held back. */
  replyFirst(frame: Buffer): void {
    if (this.state === 'ended') return;
    this.frames = [frame, ...this.frames];
    this.lossyAt = this.lossyAt.map((at) => at + 1);
    this.pageBytes += frame.length;
  }

  /** Calls when less than the first mark waits, or nothing is written any more. */
  whenRead(call: () => void): void {
    if (this.state === 'ended' || this.waitingBytes() <= this.firstMark) call();
    else if (this.readers.length > 0) this.readers.push(call);
    else {
      this.readers = [call];
      this.waitForReader();
    }
  }

  /** Ends holding back. */
  release(): void {
    if (this.state !== 'held') return;
    this.state = 'idle';
    this.flush();
  }

  /** Writes what waits, whatever the reader does; nothing is taken afterwards. */
  end(): void {
    if (this.state === 'ended') return;
    this.writeQueue();
    this.finish();
  }

  /** For the flusher. While the kernel takes no more, frames wait here, where they can be dropped. */
  flush(): void {
    if (this.state === 'ended' || this.state === 'held') return;
    if (this.socket.writableNeedDrain) {
      if (this.state !== 'blocked') this.socket.once('drain', () => this.unblock());
      this.state = 'blocked';
      return;
    }
    this.state = 'idle';
    this.writeQueue();
  }

  private unblock(): void {
    if (this.state !== 'blocked') return;
    this.state = 'idle';
    this.flush();
  }

  private writeQueue(): void {
    const waiting = this.frames;
    this.empty();
    if (waiting.length === 0 || this.socket.destroyed) return;
    const { runtime, flusher, counters } = this.deps;
    this.gatheredUntil = runtime.clock.now() + gatherMs;
    for (const bytes of flusher.join(waiting)) {
      counters.outboundBytes += bytes.length;
      this.socket.write(bytes);
    }
  }

  private empty(): void {
    this.frames = none;
    this.lossyAt = nowhere;
    this.eventBytes = 0;
    this.pageBytes = 0;
  }

  private push(frame: Buffer, kind: Kind): void {
    // One frame in a list of its own size: made for every socket, a list with room for more costs as much as the rest.
    if (this.frames.length === 0) this.frames = [frame];
    else this.frames.push(frame);
    if (kind === 'lossy') this.noteLossy(this.frames.length - 1);
    if (kind === 'page') this.pageBytes += frame.length;
    else this.eventBytes += frame.length;
    const isAwaited = kind === 'reply' || kind === 'page';
    if (this.state === 'idle') {
      if (isAwaited || this.deps.runtime.clock.now() >= this.gatheredUntil) this.writeAtEndOfTurn();
      else {
        this.state = 'gathering';
        this.deps.flusher.later(this);
      }
    } else if (this.state === 'gathering' && isAwaited) this.writeAtEndOfTurn();
  }

  private noteLossy(at: number): void {
    if (this.lossyAt.length === 0) this.lossyAt = [at];
    else this.lossyAt.push(at);
  }

  private writeAtEndOfTurn(): void {
    this.state = 'due';
    this.deps.flusher.atEndOfTurn(this);
  }

  private get firstMark(): number {
    return this.deps.outboundBytesMax / 2;
  }

  private waitingBytes(): number {
    return this.socket.writableLength + this.eventBytes + this.pageBytes;
  }

  /** Whether the event may wait. A single one may pass the mark, the next one may not. */
  private admit(frame: Buffer, lossy: boolean): boolean {
    if (lossy && this.waitingBytes() + frame.length > this.firstMark) {
      this.owner.onDropped();
      return false;
    }
    const { outboundBytesMax } = this.deps;
    if (this.eventBytes <= outboundBytesMax) return true;
    this.dropLossy();
    if (this.eventBytes <= outboundBytesMax) return true;
    this.empty();
    this.finish();
    this.owner.onFull();
    return false;
  }

  private dropLossy(): void {
    for (const at of this.lossyAt) {
      this.eventBytes -= this.frames[at]?.length ?? 0;
      this.owner.onDropped();
    }
    const dropped = new Set(this.lossyAt);
    this.frames = this.frames.filter((_, at) => !dropped.has(at));
    this.lossyAt = nowhere;
  }

  private finish(): void {
    this.state = 'ended';
    this.wake();
  }

  private wake(): void {
    // Whoever heard of the draining first: what waits here goes before more is read.
    this.unblock();
    if (this.state !== 'ended' && this.waitingBytes() > this.firstMark) {
      this.waitForReader();
      return;
    }
    const due = this.readers;
    this.readers = nobody;
    for (const call of due) call();
  }

  private waitForReader(): void {
    const wake = () => this.wake();
    if (this.socket.writableNeedDrain) this.socket.once('drain', wake);
    else this.deps.flusher.later({ flush: wake });
  }
}
