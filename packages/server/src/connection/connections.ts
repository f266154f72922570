/** Owns all sockets of this node: their heartbeat, from one interval, and their farewell. */
import type { Duplex } from 'node:stream';
import { closeCodes } from '@natter/protocol';
import type { WebSocket } from 'ws';
import type { Revocations } from '../auth/revocations.ts';
import { encodeHeartbeat } from '../delivery/repair.ts';
import type { Storage } from '../storage/contract.ts';
import {
  type Connection,
  type ConnectionDeps,
  createConnection,
  type Position,
} from './connection.ts';
import { encodeSince } from './hello.ts';

const beatMs = 1_000;
/** More has not passed between two beats: the clock was set, or this process stood still and heard nobody. */
const beatMsMax = 5_000;
/** A stopping server spreads its clients over this time. */
const returnMsMin = 500;
const returnMsMax = 5_000;

export interface Connections {
  add(webSocket: WebSocket, socket: Duplex, address: string): void;
  readonly size: number;
  /** Says "come back later" to everybody, and resolves when all are gone. */
  drain(): Promise<void>;
  close(): void;
}

export function createConnections(
  deps: ConnectionDeps & {
    revocations: Revocations;
    storage: Pick<Storage, 'resumePoint'>;
    newConnectionId: () => string;
  },
): Connections {
  const { clock, random } = deps.runtime;
  const open = new Set<Connection>();
  let onEmpty: (() => void) | null = null;
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

  function readPosition(): void {
    deps.storage.resumePoint().then(
      (point) => {
        position = { point, frame: encodeHeartbeat(encodeSince(point)) };
      },
      () => {
        position = null;
      },
    );
  }

  return {
    get size() {
      return open.size;
    },
    add(webSocket, socket, address) {
      const onClosed = () => {
        open.delete(connection);
        if (open.size === 0) onEmpty?.();
      };
      const connection = createConnection(deps, {
        webSocket,
        socket,
        address,
        connectionId: deps.newConnectionId(),
        openedAt: passedMs,
        onClosed,
      });
      open.add(connection);
      if (position === null) readPosition();
    },
    async drain() {
      if (open.size === 0) return;
      const empty = new Promise<void>((resolve) => {
        onEmpty = resolve;
      });
      for (const connection of [...open]) {
        const retryAfterMs = Math.floor(
          returnMsMin + random.fraction() * (returnMsMax - returnMsMin),
        );
        connection.close(closeCodes.draining, String(retryAfterMs));
      }
      await empty;
    },
    close() {
      stopBeat();
      stopRevoked();
      for (const connection of [...open]) connection.terminate();
    },
  };
}
