/**
 * Owns how much this node has written that NATS may not have read. NATS is asked to answer now and then; while it does
 * not, a bounded amount may wait in this process, and what is published beyond is lost.
 */
import type { NatsConnection } from '@nats-io/transport-node';

const unreadBytesMax = 16 * 1_024 * 1_024;
const askEveryBytes = 64 * 1_024;
/** About what NATS's own words around a payload take. */
const frameBytes = 64;

export interface Unread {
  takes(payloadBytes: number): boolean;
  sent(connection: NatsConnection, payloadBytes: number): void;
  /** On a new connection. */
  clear(): void;
}

export function createUnread(): Unread {
  let bytes = 0;
  let asked: object | null = null;

  function ask(connection: NatsConnection): void {
    const question = {};
    const before = bytes;
    asked = question;
    const answered = () => {
      if (asked !== question) return;
      asked = null;
      bytes -= before;
      if (bytes >= askEveryBytes && !connection.isClosed()) ask(connection);
    };
    // A connection that was lost has nothing unread.
    connection.flush().then(answered, answered);
  }

  return {
    takes: (payloadBytes) => bytes + payloadBytes + frameBytes <= unreadBytesMax,
    sent(connection, payloadBytes) {
      bytes += payloadBytes + frameBytes;
      if (asked === null && bytes >= askEveryBytes) ask(connection);
    },
    clear() {
      bytes = 0;
      asked = null;
    },
  };
}
