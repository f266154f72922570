/** Owns the upgrade of a request to a socket: who may, how often, and the bounds of what it may send. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { subprotocol } from '@natter/protocol';
import { WebSocketServer } from 'ws';
import type { Connections } from '../connection/connections.ts';
import { OwnedSocket } from '../connection/ownedSocket.ts';
import type { Buckets } from '../dispatch/rates.ts';
import { refuseUpgrade } from './attach.ts';
import { addressOf, mayOpen, type Origins } from './peer.ts';

export function createUpgrade(deps: {
  connections: Connections;
  buckets: Buckets;
  origins: Origins;
  trustProxy: number;
  frameBytesMax: number;
  connectionsMax: number;
  isDraining: () => boolean;
}): { onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void } {
  const webSockets = new WebSocketServer({
    WebSocket: OwnedSocket,
    noServer: true,
    clientTracking: false,
    maxPayload: deps.frameBytesMax,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });

  return {
    onUpgrade(request, socket, head) {
      if (deps.isDraining()) return refuseUpgrade(socket, 503, { 'Retry-After': '2' });
      if (!mayOpen(request, deps.origins, deps.trustProxy)) return refuseUpgrade(socket, 403);
      const offered = request.headers['sec-websocket-protocol'];
      if (offered !== undefined && !offered.split(',').some((name) => name.trim() === subprotocol))
        return refuseUpgrade(socket, 400);
      const address = addressOf(request, deps.trustProxy);
      const waitMs = deps.buckets.take(address);
      if (waitMs > 0)
        return refuseUpgrade(socket, 429, { 'Retry-After': String(Math.ceil(waitMs / 1_000)) });
      if (deps.connections.size >= deps.connectionsMax)
        return refuseUpgrade(socket, 503, { 'Retry-After': '10' });
      webSockets.handleUpgrade(request, socket, head, (webSocket) =>
        deps.connections.add(webSocket, socket, address),
      );
    },
  };
}
