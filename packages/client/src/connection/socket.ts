/**
 * Owns one WebSocket. It tells of its end exactly once, whatever comes first (error, close, our own wish),
 * and of nothing after it. Frames that arrive in one turn are handed over together.
 */
import { subprotocol } from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';

/** The part of a WebSocket that is used; those of browsers, Node, React Native and `ws` all fit. */
export interface SocketLike {
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => SocketLike;

export interface Socket {
  /** False when it could not be handed over: the socket is going down, and its end will be told. */
  send(text: string): boolean;
  /** Closes it and tells nothing more, the end included. */
  drop(): void;
}

/** Frames gathered for one handing over; more are handed over at once. */
const gatherMax = 1_000;

export function openSocket(
  { WebSocket, url, clock }: { WebSocket: WebSocketConstructor; url: string; clock: Clock },
  on: { open(): void; frames(texts: string[]): void; end(code: number, reason: string): void },
): Socket {
  let socket: SocketLike | null = null;
  let live = true;
  let gathered: string[] = [];

  const handOver = (): void => {
    const texts = gathered;
    gathered = [];
    if (live && texts.length > 0) on.frames(texts);
  };
  const drop = (code?: number): void => {
    if (!live) return;
    live = false;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // Kept: some implementations throw an error event that nobody listens to.
    socket.onerror = () => {};
    try {
      socket.close(code);
    } catch {
      // It was closing already, or is over either way.
    }
  };
  const end = (code: number, reason: string): void => {
    handOver();
    if (!live) return;
    drop();
    on.end(code, reason);
  };
  const fail = (error: unknown): void => clock.soon(() => end(1006, String(error)));

  try {
    socket = new WebSocket(url, [subprotocol]);
    socket.onopen = () => live && on.open();
    socket.onmessage = (event: { data: unknown }) => {
      if (!live || typeof event.data !== 'string') return;
      gathered.push(event.data);
      if (gathered.length === 1) clock.soon(handOver);
      else if (gathered.length >= gatherMax) handOver();
    };
    socket.onclose = (event: { code?: number; reason?: string }) =>
      end(event.code ?? 1006, event.reason ?? '');
    // An error says nothing of why; the close that follows does. `silent` sockets are found by the heartbeat.
    socket.onerror = () => {};
  } catch (error) {
    fail(error);
  }

  return {
    send(text) {
      if (!live || socket === null) return false;
      try {
        socket.send(text);
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    },
    drop: () => drop(1000),
  };
}
