/** Owns all sockets of this node: their heartbeat, from one interval, and their farewell. */
import type { Duplex } from 'node:stream';
import { closeCodes } from '@natter/protocol';
import type { Revocations } from '../auth/revocations.ts';
import { encodeHeartbeat } from '../delivery/repair.ts';
import {
  type Connection,
  type ConnectionDeps,
  createConnection,
  type Position,
} from './connection.ts';
import { encodeSince } from './hello.ts';
import type { OwnedSocket } from './ownedSocket.ts';

const beatMs = 1_000;
/** More has not passed between two beats: the clock was set, or this process stood still and heard nobody. */
const beatMsMax = 5_000;
/** A server that stops at once spreads its clients over this time. */
const returnMs = { min: 500, max: 5_000 };
/** Where the window has spread them already, each is back soon. */
const returnInWindowMs = { min: 100, max: 1_000 };
const drainStepMs = 100;
/** Proxies need a moment to notice that others are to be sent the clients: until then nobody is sent away. */
const noticePart = 0.2;
const noticeMsMax = 5_000;

export interface Connections {
  add(webSocket: OwnedSocket, socket: Duplex, address: string): void;
  readonly size: number;
  /**
   * Says "come back later" to everybody, and resolves when all are gone. Over a window, one socket goes after the
   * other, each once its calls are answered, for which it has `graceMs`; those that wait for their turn are served.
   */
  drain(over?: { windowMs: number; graceMs: number }): Promise<void>;
  close(): void;
}

export function createConnections(
  deps: Omit<ConnectionDeps, 'onClosed'> & {
    revocations: Revocations;
    resumePoint: () => Promise<number>;
    newConnectionId: () => string;
  },
): Connections {
  const { clock, random } = deps.runtime;
  const open = new Set<Connection>();
  let onEmpty: (() => void) | null = null;
  let stopSendingAway = () => {};
  /** As last read: an older one is as true, so no heartbeat waits for the database. */
  let position: Position | null = null;
  /** What has passed between beats. */
  let passedMs = 0;
  let beatAt = clock.now();
  const stopBeat = clock.every(beatMs, () => {
    const now = clock.now();
    const stepMs = now - beatAt;
    beatAt = now;
    passedMs += stepMs < 0 ? beatMs : Math.min(stepMs, beatMsMax);
    for (const connection of open) connection.beat(passedMs, position);
    if (open.size > 0) readPosition();
  });

  const stopRevoked = deps.revocations.onRevoked((isConcerned) => {
    for (const connection of [...open]) connection.revoke(isConcerned);
  });

  const connectionDeps: ConnectionDeps = {
    ...deps,
    onClosed(connection) {
      open.delete(connection);
      if (open.size === 0) onEmpty?.();
    },
  };

  function readPosition(): void {
    deps.resumePoint().then(
      (point) => {
        position = { point, frame: encodeHeartbeat(encodeSince(point)) };
      },
      () => {
        position = null;
      },
    );
  }

  /** An even pace: the servers that take them in take in no more at once. */
  function sendAway(leaving: readonly Connection[], windowMs: number, graceMs: number): void {
    const noticeMs = Math.min(windowMs * noticePart, noticeMsMax);
    let passedMs = 0;
    let gone = 0;
    const stop = clock.every(drainStepMs, () => {
      passedMs += drainStepMs;
      const part = Math.min(1, (passedMs - noticeMs) / (windowMs - noticeMs));
      for (const due = Math.ceil(part * leaving.length); gone < due; gone++)
        leaving[gone]?.drain(waitWithin(returnInWindowMs), graceMs);
      if (gone >= leaving.length) stop();
    });
    stopSendingAway = stop;
  }

  const waitWithin = ({ min, max }: { min: number; max: number }) =>
    String(Math.floor(min + random.fraction() * (max - min)));

  return {
    get size() {
      return open.size;
    },
    add(webSocket, socket, address) {
      const connection = createConnection(connectionDeps, {
        webSocket,
        socket,
        address,
        connectionId: deps.newConnectionId(),
        openedAt: passedMs,
      });
      open.add(connection);
      if (position === null) readPosition();
    },
    async drain({ windowMs, graceMs } = { windowMs: 0, graceMs: 0 }) {
      if (open.size === 0) return;
      const empty = new Promise<void>((resolve) => {
        onEmpty = resolve;
      });
      if (windowMs > 0) sendAway([...open], windowMs, graceMs);
      else
        for (const connection of [...open])
          connection.close(closeCodes.draining, waitWithin(returnMs));
      await empty;
    },
    close() {
      stopBeat();
      stopRevoked();
      stopSendingAway();
      for (const connection of [...open]) connection.terminate();
    },
  };
}
