/** Owns what a WebSocket tells. It knows whose it is, so that all sockets of a node share their listeners. */
import { WebSocket } from 'ws';

export interface SocketOwner {
  onMessage(data: Buffer, isBinary: boolean): void;
  /** A ping or a pong. */
  onSignOfLife(): void;
  onError(error: Error): void;
  onClose(code: number): void;
}

export class OwnedSocket extends WebSocket {
  owner: SocketOwner | null = null;

  own(owner: SocketOwner): void {
    this.owner = owner;
    this.on('message', onMessage);
    this.on('ping', onSignOfLife);
    this.on('pong', onSignOfLife);
    this.on('error', onError);
    this.on('close', onClose);
  }
}

function ownerOf(webSocket: WebSocket): SocketOwner | null {
  return (webSocket as OwnedSocket).owner;
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  ownerOf(this)?.onMessage(data, isBinary);
}

function onSignOfLife(this: WebSocket): void {
  ownerOf(this)?.onSignOfLife();
}

function onError(this: WebSocket, error: Error): void {
  ownerOf(this)?.onError(error);
}

function onClose(this: WebSocket, code: number): void {
  ownerOf(this)?.onClose(code);
}
