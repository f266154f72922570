/** Owns one socket, from its first frame to its close. Its state is a union: what it may do follows from where it is. */
import type { Duplex } from 'node:stream';
import { closeCodes, NatterError, protocolVersion, timings, type UserId } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/contract.ts';
import type { Revocations } from '../auth/revocations.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { encodeFrame } from '../delivery/frame.ts';
import { encodeHeads, encodeHeartbeat } from '../delivery/repair.ts';
import type { Recipient } from '../delivery/roster.ts';
import { toErrorBody } from '../dispatch/dispatch.ts';
import type { Runtime } from '../runtime/contract.ts';
import { type Counters, closeNameOf } from '../runtime/counters.ts';
import type { Batches } from './batches.ts';
import { Calls, type CallsDeps, type CallsSocket } from './calls.ts';
import type { Flusher } from './flusher.ts';
import { checkHello, type Hello } from './hello.ts';
import { readFrame } from './incoming.ts';
import { Outbound, type OutboundOwner } from './outbound.ts';
import type { OwnedSocket, SocketOwner } from './ownedSocket.ts';

export interface ConnectionDeps extends CallsDeps {
  runtime: Runtime;
  hello: Hello;
  revocations: Pick<Revocations, 'count' | 'isRevokedSince'>;
  delivery: Delivery;
  flusher: Flusher;
  batches: Batches;
  outboundBytesMax: number;
  /** Of one person, open here at the same time. */
  socketsPerUserMax: number;
  onOpen: (userId: UserId) => void;
  onGone: (userId: UserId, connectionId: string) => void;
  onClosed: (connection: Connection) => void;
  counters: Counters;
}

/** Where any socket that lacks nothing may resume from: one reading of the database's clock for all sockets. */
export interface Position {
  point: number;
  /** The heartbeat that tells it. */
  frame: Buffer;
}

export interface Connection {
  readonly connectionId: string;
  /** `now`: of a time that goes on evenly, from `openedAt`, however the clock is set. */
  beat(now: number, position: Position | null): void;
  /** Its token may have been revoked. */
  revoke(isConcerned: (identity: Identity) => boolean): void;
  close(code: number, reason: string): void;
  /** Closes with `draining` once the calls under way are answered, after `graceMs` at the latest; takes no more of them. */
  drain(reason: string, graceMs: number): void;
  terminate(): void;
}

type Session =
  | { status: 'waitingForHello'; undoTimeout: () => void }
  /** Frames that came behind `hello`, to be answered once it is. */
  | { status: 'greeting'; early: string[] }
  | { status: 'open'; calls: Calls }
  | { status: 'closing'; undoTerminate: () => void }
  | { status: 'closed' };

const closeMs = 1_000;
const earlyMax = 32;
/** Until one that is gone without a word has been found out. */
const retryAfterSocketsMs = 30_000;
const timerMsMax = 2_147_483_647;
const plainHeartbeat = encodeHeartbeat(null);
const nothing = () => {};

export interface Peer {
  webSocket: OwnedSocket;
  socket: Duplex;
  address: string;
  connectionId: string;
  openedAt: number;
}

export function createConnection(deps: ConnectionDeps, peer: Peer): Connection {
  return new SocketConnection(deps, peer);
}

/** A class, for there is one for each socket: what they share is kept once. */
class SocketConnection implements Connection, CallsSocket, OutboundOwner, SocketOwner {
  readonly connectionId: string;
  readonly address: string;
  private readonly deps: ConnectionDeps;
  private readonly webSocket: OwnedSocket;
  private readonly outbound: Outbound;
  /** Since the last beat. */
  private isHeard = false;
  private heardAt: number;
  private pingedAt: number;
  private signedIn: SignedIn | null = null;
  /** Others may have been told that they are here. */
  private isPresent = false;
  private undoGrace = nothing;
  private undoExpiry = nothing;
  /** By us; what the client answers may be something else. */
  private closedWith: number | null = null;
  private session: Session;

  constructor(deps: ConnectionDeps, peer: Peer) {
    const { webSocket, socket, address, connectionId, openedAt } = peer;
    this.deps = deps;
    this.webSocket = webSocket;
    this.connectionId = connectionId;
    this.address = address;
    this.heardAt = openedAt;
    this.pingedAt = openedAt;
    const undoTimeout = deps.runtime.clock.after(timings.helloTimeoutMs, () =>
      this.close(closeCodes.helloTimeout, 'no hello came'),
    );
    this.session = { status: 'waitingForHello', undoTimeout };
    this.outbound = new Outbound(deps, socket, this);
    webSocket.own(this);
    deps.counters.connectionsOpened += 1;
  }

  onSignOfLife(): void {
    this.isHeard = true;
  }

  onMessage(data: Buffer, isBinary: boolean): void {
    this.isHeard = true;
    if (isBinary) this.close(closeCodes.badFrame, 'frames are text');
    else this.receive(data.toString('utf8'));
  }

  onError(error: Error): void {
    const { connectionId } = this;
    this.deps.runtime.log.debug({ error, connectionId }, 'a socket failed');
  }

  onClose(code: number): void {
    this.deps.counters.connectionsClosed[closeNameOf(this.closedWith ?? code)] += 1;
    this.leave();
    if (this.session.status === 'closing') this.session.undoTerminate();
    this.session = { status: 'closed' };
    this.outbound.end();
    this.deps.onClosed(this);
  }

  onDropped(): void {
    this.deps.counters.ephemeralDropped += 1;
    if (this.signedIn !== null) this.deps.delivery.lost(this.signedIn.userId);
  }

  onFull(): void {
    this.deps.counters.slowConsumers += 1;
    this.close(closeCodes.slowConsumer, 'too much waits to be read');
  }

  send(value: object): void {
    this.outbound.reply(encodeFrame(JSON.stringify(value)));
  }

  sendPage(value: object): void {
    this.outbound.replyPage(encodeFrame(JSON.stringify(value)));
  }

  refuse(id: number | null, error: unknown): void {
    const { runtime, counters } = this.deps;
    const body = toErrorBody(error, runtime.log, { connectionId: this.connectionId });
    counters.refusals[body.code] += 1;
    this.send({ id, error: body });
  }

  whenRead(call: () => void): void {
    this.outbound.whenRead(call);
  }

  close(code: number, reason: string): void {
    const { session } = this;
    if (session.status === 'closing' || session.status === 'closed') return;
    if (session.status === 'waitingForHello') session.undoTimeout();
    this.closedWith = code;
    const undoTerminate = this.deps.runtime.clock.after(closeMs, () => this.terminate());
    this.session = { status: 'closing', undoTerminate };
    this.leave();
    this.outbound.release();
    this.outbound.end();
    this.webSocket.close(code, reason);
  }

  terminate(): void {
    this.webSocket.terminate();
  }

  revoke(isConcerned: (identity: Identity) => boolean): void {
    if (this.signedIn !== null && isConcerned(this.signedIn))
      this.close(closeCodes.tokenInvalid, 'the token was revoked');
  }

  drain(reason: string, graceMs: number): void {
    const leaveNow = () => this.close(closeCodes.draining, reason);
    if (this.session.status !== 'open') {
      leaveNow();
      return;
    }
    this.undoGrace();
    this.undoGrace = this.deps.runtime.clock.after(graceMs, leaveNow);
    this.session.calls.finish(leaveNow);
  }

  /** A ping keeps the path open and asks for a sign of life; with it goes what a page can see (BEAT3). */
  beat(now: number, position: Position | null): void {
    const { session, signedIn } = this;
    if (session.status === 'closing' || session.status === 'closed') return;
    if (this.isHeard) this.heardAt = now;
    this.isHeard = false;
    if (now - this.heardAt >= timings.silenceMs) {
      this.close(closeCodes.silent, 'nothing was heard');
      return;
    }
    if (now - this.pingedAt < timings.heartbeatMs) return;
    this.pingedAt = now;
    if (session.status !== 'open' || signedIn === null) {
      this.webSocket.ping();
      return;
    }
    const { userId } = signedIn;
    const { delivery } = this.deps;
    const isTold = position !== null && delivery.isToldUntil(userId, position.point);
    this.outbound.write(isTold ? position.frame : plainHeartbeat, false);
    this.outbound.whenRead(() => delivery.makeGood(userId));
  }

  private receive(text: string): void {
    const { session, outbound } = this;
    if (session.status === 'closing' || session.status === 'closed') return;
    if (session.status === 'greeting') {
      if (session.early.push(text) > earlyMax)
        this.close(closeCodes.badFrame, 'too many frames before the reply to hello');
      return;
    }
    const incoming = readFrame(text);
    if (incoming.kind !== 'call') {
      const id = incoming.kind === 'noCall' ? incoming.id : null;
      const error = new NatterError(
        'badFrame',
        'unable to read the frame: send one JSON object with id, method and params',
      );
      if (incoming.kind === 'noCall' && session.status === 'open') {
        session.calls.refuse(id, error);
        return;
      }
      outbound.release();
      this.refuse(id, error);
      this.close(closeCodes.badFrame, 'no call');
      return;
    }
    const { id, method, params } = incoming.call;
    if (session.status === 'open') session.calls.receive(id, method, params ?? {});
    else if (method === 'hello') void this.greet(id, params);
    else {
      outbound.release();
      this.refuse(id, new NatterError('helloFirst', `unable to call ${method}: say hello first`));
      this.close(closeCodes.badFrame, 'hello comes first');
    }
  }

  private async greet(id: number, params: unknown): Promise<void> {
    const { deps, outbound } = this;
    const { hello, delivery, counters, revocations } = deps;
    if (this.session.status !== 'waitingForHello') return;
    this.session.undoTimeout();
    const greeting: Session = { status: 'greeting', early: [] };
    this.session = greeting;
    const isOver = () => this.session !== greeting;
    let closing: number = closeCodes.badFrame;
    try {
      const checked = checkHello(params);
      closing =
        checked.protocol === undefined || checked.protocol === protocolVersion
          ? closing
          : closeCodes.unsupportedVersion;
      const mark = revocations.count;
      const identity = await hello.identify(checked);
      if (isOver()) return;
      if (revocations.isRevokedSince(mark, identity))
        throw new NatterError('unauthenticated', 'unable to sign in: the token was revoked');
      this.checkSockets(identity.userId);
      const signedIn = new SignedIn(identity, this, counters, outbound);
      this.signedIn = signedIn;
      await delivery.attach(signedIn);
      if (isOver()) return;
      this.isPresent = true;
      deps.onOpen(signedIn.userId);
      const { result, laterHeads } = await hello.greet(signedIn, checked);
      if (isOver()) return;
      this.session = { status: 'open', calls: new Calls(deps, signedIn, this) };
      // Events that came meanwhile are held back in `outbound`; the reply goes before them.
      counters.hellos[result.reset ? 'afresh' : 'resumed'] += 1;
      outbound.replyFirst(encodeFrame(JSON.stringify({ id, result })));
      if (laterHeads.length > 0)
        for (const frame of encodeHeads(laterHeads)) outbound.write(frame, false);
      outbound.release();
      if (identity.expiresAt !== null) this.expireAt(identity.expiresAt);
      for (const text of greeting.early) this.receive(text);
    } catch (error) {
      if (isOver()) {
        this.failedAfterHello(error);
        return;
      }
      outbound.release();
      counters.hellos.refused += 1;
      this.refuse(id, error);
      this.close(closeAfter(error) ?? closing, 'hello was refused');
    }
  }

  /** Each may keep as much as is kept for a slow reader. */
  private checkSockets(userId: UserId): void {
    const { delivery, socketsPerUserMax } = this.deps;
    if (delivery.recipientsOf(userId).length < socketsPerUserMax) return;
    throw new NatterError(
      'rateLimited',
      `unable to sign in: you have ${socketsPerUserMax} connections open here; close one`,
      { retryAfterMs: retryAfterSocketsMs },
    );
  }

  /** Swallowed, it would leave a socket that is open and answers nothing. A closed one needs no more. */
  private failedAfterHello(error: unknown): void {
    if (this.session.status !== 'open') return;
    this.deps.runtime.log.error(
      { error, connectionId: this.connectionId },
      'unable to go on after hello: a fault of the server',
    );
    this.close(closeCodes.internal, 'the server has a fault');
  }

  private expireAt(at: number): void {
    const { clock } = this.deps.runtime;
    const leftMs = at - clock.now();
    if (leftMs <= 0) {
      this.close(closeCodes.tokenExpired, 'the token has expired');
      return;
    }
    this.undoExpiry = clock.after(Math.min(leftMs, timerMsMax), () => {
      if (this.session.status === 'open') this.expireAt(at);
    });
  }

  /** From here on nothing more of any conversation is delivered to this socket. */
  private leave(): void {
    const { signedIn, deps } = this;
    this.undoGrace();
    this.undoExpiry();
    if (signedIn === null) return;
    const wasPresent = this.isPresent;
    this.isPresent = false;
    if (wasPresent) deps.onGone(signedIn.userId, this.connectionId);
    deps.delivery.detach(signedIn);
  }
}

/** Who has signed in at a socket: what delivery, calls and revocations know of it. */
class SignedIn implements Recipient, Caller, Identity {
  // First what each event touches.
  private readonly outbound: Outbound;
  private readonly counters: Pick<Counters, 'deliveries'>;
  readonly userId: UserId;
  readonly name: string;
  readonly expiresAt: number | null;
  readonly tokenId?: string;
  readonly connectionId: string;
  private readonly connection: SocketConnection;

  constructor(
    identity: Identity,
    connection: SocketConnection,
    counters: Pick<Counters, 'deliveries'>,
    outbound: Outbound,
  ) {
    this.userId = identity.userId;
    this.name = identity.name;
    this.expiresAt = identity.expiresAt;
    if (identity.tokenId !== undefined) this.tokenId = identity.tokenId;
    this.connectionId = connection.connectionId;
    this.connection = connection;
    this.counters = counters;
    this.outbound = outbound;
  }

  write(frame: Buffer, lossy: boolean): void {
    this.counters.deliveries += 1;
    this.outbound.write(frame, lossy);
  }

  giveUp(): void {
    this.connection.close(closeCodes.slowConsumer, 'too much was missed');
  }
}

/** Null: by what was wrong with the params. */
function closeAfter(error: unknown): number | null {
  if (!(error instanceof NatterError)) return closeCodes.internal;
  switch (error.code) {
    case 'badRequest':
      return null;
    case 'tokenExpired':
      return closeCodes.tokenExpired;
    case 'unauthenticated':
      return closeCodes.tokenInvalid;
    case 'forbidden':
      return closeCodes.forbidden;
    case 'rateLimited':
      return closeCodes.rateLimited;
    default:
      return closeCodes.internal;
  }
}
