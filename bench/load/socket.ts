/** Owns one socket of the load generator: `node:net`, its own handshake, one read buffer for all sockets. */
import { connect } from 'node:net';
import { createFrameReader, maskFrame, opcodes } from './frames.ts';

export interface LoadSocket {
  /** A frame of `maskFrame`. */
  send(frame: Buffer): void;
  /** Frames that were only counted. */
  counted: number;
  /** Every byte that came. */
  bytes: number;
  /** Texts as long as this or longer are only counted. At first nothing is: all are read. */
  countFrom: number;
  /** Null while it is open; then why it is not. */
  readonly closed: string | null;
  /** Stops or goes on reading: a reader that stalls. */
  pause(): void;
  resume(): void;
  /** Leaves no port behind that waits. */
  reset(): void;
}

export interface LoadSocketOptions {
  port: number;
  path: string;
  subprotocol?: string;
  /** Lines of the request, each ended by CR LF. */
  headers?: string;
  /** Called once, with why, when it was open. */
  onClosed?: (why: string) => void;
  onText: (payload: Buffer, socket: LoadSocket) => void;
  onCounted?: (socket: LoadSocket) => void;
}

const shared = Buffer.allocUnsafe(262_144);
const headEnd = Buffer.from('\r\n\r\n');

/** Resolves once the server has answered the upgrade. */
export function openSocket(options: LoadSocketOptions): Promise<LoadSocket> {
  const { port, path, subprotocol, headers = '', onText, onCounted, onClosed } = options;
  return new Promise((resolve, reject) => {
    let head: Buffer | null = Buffer.alloc(0);
    let closed: string | null = null;
    const reader = createFrameReader({
      wants: (payloadBytes) => payloadBytes < self.countFrom,
      onCounted() {
        self.counted += 1;
        onCounted?.(self);
      },
      onPayload(payload, opcode) {
        if (opcode === opcodes.text) onText(payload, self);
        else if (opcode === opcodes.ping) socket.write(maskFrame(payload, opcodes.pong));
        else if (opcode === opcodes.close) {
          closed ??=
            payload.length < 2
              ? 'closed'
              : `${payload.readUInt16BE(0)} ${payload.toString('utf8', 2)}`;
          socket.end(maskFrame(payload, opcodes.close));
        }
      },
    });

    function upgraded(buffer: Buffer, bytes: number): void {
      head = Buffer.concat([head ?? Buffer.alloc(0), buffer.subarray(0, bytes)]);
      const at = head.indexOf(headEnd);
      if (at < 0) return;
      const status = head.toString('latin1', 0, head.indexOf('\r\n'));
      const rest = head.subarray(at + headEnd.length);
      head = null;
      if (!status.startsWith('HTTP/1.1 101')) {
        socket.destroy();
        reject(new Error(`unable to open a socket: ${status}`));
        return;
      }
      resolve(self);
      reader.read(rest, rest.length);
    }

    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback(bytes, buffer) {
          self.bytes += bytes;
          if (head === null) reader.read(buffer as Buffer, bytes);
          else upgraded(buffer as Buffer, bytes);
          return true;
        },
      },
    });
    const self: LoadSocket = {
      send: (frame) => void socket.write(frame),
      counted: 0,
      bytes: 0,
      countFrom: Number.POSITIVE_INFINITY,
      get closed() {
        return closed;
      },
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      reset: () => void socket.resetAndDestroy(),
    };
    socket.on('connect', () => {
      const protocol =
        subprotocol === undefined ? '' : `Sec-WebSocket-Protocol: ${subprotocol}\r\n`;
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${protocol}${headers}\r\n`,
      );
    });
    socket.on('error', (error) => {
      closed ??= error.message;
      reject(error);
    });
    socket.on('close', () => {
      closed ??= 'closed';
      if (head === null) onClosed?.(closed);
      else reject(new Error(closed));
    });
  });
}
