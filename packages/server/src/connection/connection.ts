/** Owns one socket, from its first frame to its close. Its state is a union: what it may do follows from where it is. */
import type { Duplex } from 'node:stream';
import { closeCodes, NatterError, protocolVersion, timings, type UserId } from '@natter/protocol';
import type { WebSocket } from 'ws';
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
import { type Calls, type CallsDeps, createCalls } from './calls.ts';
import type { Flusher } from './flusher.ts';
import { checkHello, type Hello } from './hello.ts';
import { readFrame } from './incoming.ts';
import { Outbound } from './outbound.ts';

export interface ConnectionDeps extends CallsDeps {
  runtime: Runtime;
  hello: Hello;
  revocations: Pick<Revocations, 'count' | 'isRevokedSince'>;
  delivery: Delivery;
  flusher: Flusher;
  outboundBytesMax: number;
  onOpen: (userId: UserId) => void;
  onGone: (userId: UserId, connectionId: string) => void;
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
const timerMsMax = 2_147_483_647;
const plainHeartbeat = encodeHeartbeat(null);

export function createConnection(
  deps: ConnectionDeps,
  peer: {
    webSocket: WebSocket;
    socket: Duplex;
    address: string;
    connectionId: string;
    openedAt: number;
    onClosed: () => void;
  },
): Connection {
  const { hello, delivery, counters, revocations } = deps;
  const { clock, log } = deps.runtime;
  const { webSocket, socket, address, connectionId, openedAt } = peer;
  /** Since the last beat. */
  let isHeard = false;
  let heardAt = openedAt;
  let pingedAt = openedAt;
  const undos: (() => void)[] = [];
  const undoTimeout = clock.after(timings.helloTimeoutMs, () =>
    close(closeCodes.helloTimeout, 'no hello came'),
  );
  let userId: UserId | null = null;
  let signedInAs: Identity | null = null;
  /** By us; what the client answers may be something else. */
  let closedWith: number | null = null;
  let session: Session = { status: 'waitingForHello', undoTimeout };

  const outbound = new Outbound(deps, socket, {
    onDropped: () => {
      counters.ephemeralDropped += 1;
      if (userId !== null) delivery.lost(userId);
    },
    onFull: () => {
      counters.slowConsumers += 1;
      close(closeCodes.slowConsumer, 'too much waits to be read');
    },
  });

  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    isHeard = true;
    if (isBinary) close(closeCodes.badFrame, 'frames are text');
    else receive(data.toString('utf8'));
  });
  webSocket.on('pong', () => {
    isHeard = true;
  });
  webSocket.on('ping', () => {
    isHeard = true;
  });
  webSocket.on('error', (error) => log.debug({ error, connectionId }, 'a socket failed'));
  counters.connectionsOpened += 1;
  webSocket.on('close', (code: number) => {
    counters.connectionsClosed[closeNameOf(closedWith ?? code)] += 1;
    leave();
    if (session.status === 'closing') session.undoTerminate();
    session = { status: 'closed' };
    outbound.end();
    peer.onClosed();
  });

  function send(value: object): void {
    outbound.reply(encodeFrame(JSON.stringify(value)));
  }

  function sendPage(value: object): void {
    outbound.replyPage(encodeFrame(JSON.stringify(value)));
  }

  function refuse(id: number | null, error: unknown): void {
    const body = toErrorBody(error, log, { connectionId });
    counters.refusals[body.code] += 1;
    send({ id, error: body });
  }

  function receive(text: string): void {
    if (session.status === 'closing' || session.status === 'closed') return;
    if (session.status === 'greeting') {
      if (session.early.push(text) > earlyMax)
        close(closeCodes.badFrame, 'too many frames before the reply to hello');
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
      refuse(id, error);
      close(closeCodes.badFrame, 'no call');
      return;
    }
    const { id, method, params } = incoming.call;
    if (session.status === 'open') session.calls.receive(id, method, params ?? {});
    else if (method === 'hello') void greet(id, params);
    else {
      outbound.release();
      refuse(id, new NatterError('helloFirst', `unable to call ${method}: say hello first`));
      close(closeCodes.badFrame, 'hello comes first');
    }
  }

  async function greet(id: number, params: unknown): Promise<void> {
    if (session.status !== 'waitingForHello') return;
    session.undoTimeout();
    const greeting: Session = { status: 'greeting', early: [] };
    session = greeting;
    let closing: number = closeCodes.badFrame;
    try {
      const checked = checkHello(params);
      closing =
        checked.protocol === undefined || checked.protocol === protocolVersion
          ? closing
          : closeCodes.unsupportedVersion;
      const mark = revocations.count;
      const identity = await hello.identify(checked);
      if (session !== greeting) return;
      if (revocations.isRevokedSince(mark, identity))
        throw new NatterError('unauthenticated', 'unable to sign in: the token was revoked');
      signedInAs = identity;
      const caller: Caller = { userId: identity.userId, name: identity.name, connectionId };
      userId = caller.userId;
      const recipient = new SocketRecipient(connectionId, userId, counters, outbound, () =>
        close(closeCodes.slowConsumer, 'too much was missed'),
      );
      const detach = await delivery.attach(recipient);
      if (session !== greeting) return detach();
      undos.push(detach);
      deps.onOpen(caller.userId);
      undos.push(() => deps.onGone(caller.userId, connectionId));
      const { result, laterHeads } = await hello.greet(caller, checked);
      if (session !== greeting) return;
      session = {
        status: 'open',
        calls: createCalls(deps, {
          caller,
          connectionId,
          address,
          send,
          sendPage,
          refuse,
          close,
          whenRead: (call) => outbound.whenRead(call),
        }),
      };
      // Events that came meanwhile are held back in `outbound`; the reply goes before them.
      counters.hellos[result.reset ? 'afresh' : 'resumed'] += 1;
      outbound.replyFirst(encodeFrame(JSON.stringify({ id, result })));
      if (laterHeads.length > 0)
        for (const frame of encodeHeads(laterHeads)) outbound.write(frame, false);
      outbound.release();
      if (identity.expiresAt !== null) expireAt(identity.expiresAt);
      for (const text of greeting.early) receive(text);
    } catch (error) {
      if (session !== greeting) {
        failedAfterHello(error);
        return;
      }
      outbound.release();
      counters.hellos.refused += 1;
      refuse(id, error);
      close(closeAfter(error) ?? closing, 'hello was refused');
    }
  }

  /** Swallowed, it would leave a socket that is open and answers nothing. A closed one needs no more. */
  function failedAfterHello(error: unknown): void {
    if (session.status !== 'open') return;
    log.error({ error, connectionId }, 'unable to go on after hello: a fault of the server');
    close(closeCodes.internal, 'the server has a fault');
  }

  function expireAt(at: number): void {
    const leftMs = at - clock.now();
    if (leftMs <= 0) {
      close(closeCodes.tokenExpired, 'the token has expired');
      return;
    }
    const index = undos.length;
    undos[index] = clock.after(Math.min(leftMs, timerMsMax), () => {
      undos[index] = () => {};
      if (session.status === 'open') expireAt(at);
    });
  }

  /** From here on nothing more of any conversation is delivered to this socket. */
  function leave(): void {
    while (undos.length > 0) undos.pop()?.();
  }

  function close(code: number, reason: string): void {
    if (session.status === 'closing' || session.status === 'closed') return;
    if (session.status === 'waitingForHello') session.undoTimeout();
    closedWith = code;
    session = { status: 'closing', undoTerminate: clock.after(closeMs, terminate) };
    leave();
    outbound.release();
    outbound.end();
    webSocket.close(code, reason);
  }

  function terminate(): void {
    webSocket.terminate();
  }

  return {
    connectionId,
    revoke(isConcerned) {
      if (signedInAs !== null && isConcerned(signedInAs))
        close(closeCodes.tokenInvalid, 'the token was revoked');
    },
    close,
    drain(reason, graceMs) {
      const leaveNow = () => close(closeCodes.draining, reason);
      if (session.status !== 'open') return leaveNow();
      undos.push(clock.after(graceMs, leaveNow));
      session.calls.finish(leaveNow);
    },
    terminate,
    /** A ping keeps the path open and asks for a sign of life; with it goes what a page can see (BEAT3). */
    beat(now, position) {
      if (session.status === 'closing' || session.status === 'closed') return;
      if (isHeard) heardAt = now;
      isHeard = false;
      if (now - heardAt >= timings.silenceMs) return close(closeCodes.silent, 'nothing was heard');
      if (now - pingedAt < timings.heartbeatMs) return;
      pingedAt = now;
      if (session.status !== 'open' || userId === null) return webSocket.ping();
      const mine = userId;
      const isTold = position !== null && delivery.isToldUntil(mine, position.point);
      outbound.write(isTold ? position.frame : plainHeartbeat, false);
      outbound.whenRead(() => delivery.makeGood(mine));
    },
  };
}

/** A class, for each event touches those of all sockets. */
class SocketRecipient implements Recipient {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly giveUp: () => void;
  private readonly counters: Pick<Counters, 'deliveries'>;
  private readonly outbound: Outbound;

  constructor(
    connectionId: string,
    userId: UserId,
    counters: Pick<Counters, 'deliveries'>,
    outbound: Outbound,
    giveUp: () => void,
  ) {
    this.connectionId = connectionId;
    this.userId = userId;
    this.counters = counters;
    this.outbound = outbound;
    this.giveUp = giveUp;
  }

  write(frame: Buffer, lossy: boolean): void {
    this.counters.deliveries += 1;
    this.outbound.write(frame, lossy);
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
