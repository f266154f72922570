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
import { type Batch, type Batches, entriesOf, type Kind } from './batches.ts';
import { type Flusher, gatherMs } from './flusher.ts';

/** The same for all sockets of a node. */
export interface OutboundDeps {
  runtime: { clock: Pick<Clock, 'now'> };
  flusher: Flusher;
  batches: Batches;
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
  'write' | 'writableLength' | 'writableNeedDrain' | 'once' | 'writable'
>;

/** Never pushed to. */
const nobody: (() => void)[] = [];

/** A class, for there is one for each socket, and what is one socket's lies together: each event touches all of them. */
export class Outbound {
  private state: 'held' | 'idle' | 'gathering' | 'due' | 'blocked' | 'ended' = 'held';
  private waiting: Batch | null = null;
  private gatheredUntil = 0;
  private readonly deps: OutboundDeps;
  private readonly socket: OutboundSocket;
  private readonly owner: OutboundOwner;
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
    const held = entriesOf(this.waiting);
    this.waiting = this.deps.batches.append(null, frame, 'page');
    this.appendAll(held);
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
    const { waiting, socket } = this;
    this.waiting = null;
    if (waiting === null || !socket.writable) return;
    const { runtime, batches, counters } = this.deps;
    this.gatheredUntil = runtime.clock.now() + gatherMs;
    counters.outboundBytes += waiting.bytes;
    for (const bytes of batches.join(waiting)) socket.write(bytes);
  }

  private push(frame: Buffer, kind: Kind): void {
    this.waiting = this.deps.batches.append(this.waiting, frame, kind);
    const isAwaited = kind === 'reply' || kind === 'page';
    if (this.state === 'idle') {
      if (isAwaited || this.deps.runtime.clock.now() >= this.gatheredUntil) this.writeAtEndOfTurn();
      else {
        this.state = 'gathering';
        this.deps.flusher.later(this);
      }
    } else if (this.state === 'gathering' && isAwaited) this.writeAtEndOfTurn();
  }

  private appendAll(entries: readonly Batch[]): void {
    for (const { frame, kind } of entries)
      this.waiting = this.deps.batches.append(this.waiting, frame, kind);
  }

  private writeAtEndOfTurn(): void {
    this.state = 'due';
    this.deps.flusher.atEndOfTurn(this);
  }

  private get firstMark(): number {
    return this.deps.outboundBytesMax / 2;
  }

  private waitingBytes(): number {
    return this.socket.writableLength + (this.waiting?.bytes ?? 0);
  }

  private eventBytes(): number {
    return this.waiting === null ? 0 : this.waiting.bytes - this.waiting.pageBytes;
  }

  /** Whether the event may wait. A single one may pass the mark, the next one may not. */
  private admit(frame: Buffer, lossy: boolean): boolean {
    if (lossy && this.waitingBytes() + frame.length > this.firstMark) {
      this.owner.onDropped();
      return false;
    }
    const { outboundBytesMax } = this.deps;
    if (this.eventBytes() <= outboundBytesMax) return true;
    this.dropLossy();
    if (this.eventBytes() <= outboundBytesMax) return true;
    this.waiting = null;
    this.finish();
    this.owner.onFull();
    return false;
  }

  private dropLossy(): void {
    const entries = entriesOf(this.waiting);
    const kept = entries.filter(({ kind }) => kind !== 'lossy');
    for (let count = entries.length - kept.length; count > 0; count--) this.owner.onDropped();
    this.waiting = null;
    this.appendAll(kept);
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
