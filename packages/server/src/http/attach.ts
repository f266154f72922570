/**
 * Owns the attachment to a server of somebody else: requests and upgrades for our paths come to us alone, whenever
 * the host added its own listeners; everything else goes to the host's as if we were not there.
 */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOurs, pathOf, socketPath } from './paths.ts';

export interface Handlers {
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Returns its undo. */
export function attachTo(server: Server, handlers: Handlers): () => void {
  const ownEmit = Object.getOwnPropertyDescriptor(server, 'emit');
  const emit = server.emit;

  /** Listeners share every event, so ours are taken out of the stream before they are told. */
  function emitOthers(this: Server, name: string | symbol, ...args: unknown[]): boolean {
    if (name === 'request' || name === 'checkContinue' || name === 'checkExpectation') {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      if (isOurs(pathOf(request.url))) {
        if (name === 'checkContinue') response.writeContinue();
        handlers.onRequest(request, response);
        return true;
      }
    }
    if (name === 'upgrade') {
      const [request, socket, head] = args as [IncomingMessage, Duplex, Buffer];
      if (pathOf(request.url) === socketPath) {
        handlers.onUpgrade(request, socket, head);
        return true;
      }
      // Only our own empty listener is there: nobody would ever answer.
      if (server.listenerCount('upgrade') === 1) {
        refuseUpgrade(socket, 404);
        return true;
      }
    }
    return Reflect.apply(emit, this, [name, ...args]) as boolean;
  }

  server.emit = emitOthers as typeof server.emit;
  // Node asks for an upgrade only where somebody listens.
  const listen = () => {};
  server.on('upgrade', listen);
  return () => {
    server.off('upgrade', listen);
    if (server.emit !== (emitOthers as typeof server.emit)) return;
    if (ownEmit === undefined) Reflect.deleteProperty(server, 'emit');
    else Object.defineProperty(server, 'emit', ownEmit);
  };
}

export function refuseUpgrade(
  socket: Duplex,
  status: number,
  headers: Record<string, string> = {},
): void {
  if (!socket.writable) return void socket.destroy();
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Length: 0',
  ];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  socket.once('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
}
