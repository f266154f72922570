/**
 * The control: what the kernel and Node's sockets cost when nothing is done but to write buffers that are framed already.
 * With `batching` it waits as Natter does: idle, written at the end of the turn; else what came within 8 ms is one buffer.
 */
import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { serveBench } from '../load/process.ts';
import { eventOf } from './event.ts';
import { contentOf, numberIn, userIdOf } from './names.ts';

const { batching } = JSON.parse(process.argv[2] ?? '{}') as { batching: boolean };
const gatherMs = 8;
const sockets = new Set<Socket>();
const templates = new Map<number, Buffer>();
let waiting: Buffer[] = [];
let from: Socket | null = null;
let gatheredUntil = 0;
let isWaiting = false;

function frame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const header =
    bytes < 126 ? Buffer.from([0x81, bytes]) : Buffer.from([0x81, 126, bytes >> 8, bytes & 255]);
  return Buffer.concat([header, Buffer.from(text)]);
}

function framed(at: number, contentBytes: number): Buffer {
  let template = templates.get(contentBytes);
  if (template === undefined) {
    const event = eventOf(12_345, userIdOf(0, 0), contentOf(0, contentBytes));
    template = frame(JSON.stringify({ event }));
    templates.set(contentBytes, template);
  }
  const copy = Buffer.from(template);
  copy.write(String(at).padStart(8, '0'), copy.indexOf('#') + 1, 'latin1');
  return copy;
}

function writeAll(): void {
  isWaiting = false;
  const [first] = waiting;
  if (first === undefined) return;
  const buffer = waiting.length === 1 ? first : Buffer.concat(waiting);
  waiting = [];
  gatheredUntil = performance.now() + gatherMs;
  for (const socket of sockets) if (socket !== from) socket.write(buffer);
}

function tell(buffer: Buffer): void {
  waiting.push(buffer);
  if (!batching) writeAll();
  else if (!isWaiting) {
    isWaiting = true;
    if (performance.now() >= gatheredUntil) queueMicrotask(writeAll);
    else setTimeout(writeAll, gatherMs);
  }
}

/** Frames of the generator, masked, below 64 KiB. */
function receive(socket: Socket, bytes: Buffer): Buffer {
  let at = 0;
  while (bytes.length - at >= 8) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const headerBytes = short < 126 ? 6 : 8;
    const length = short < 126 ? short : bytes.readUInt16BE(at + 2);
    const end = at + headerBytes + length;
    if (end > bytes.length) break;
    const body = bytes.subarray(at + headerBytes, end);
    const mask = bytes.subarray(at + headerBytes - 4, at + headerBytes);
    for (let byte = 0; byte < body.length; byte++)
      body[byte] = (body[byte] ?? 0) ^ (mask[byte & 3] ?? 0);
    const content = body.toString('latin1', body.indexOf('#'), body.lastIndexOf('"'));
    const number = numberIn(body);
    socket.write(frame(`{"acknowledged":${number}}`));
    from = socket;
    tell(framed(number, content.length));
    at = end;
  }
  return bytes.subarray(at);
}

const server = createServer({ noDelay: true }, (socket) => {
  let head = '';
  let rest: Buffer | null = null;
  socket.on('data', (data: Buffer) => {
    if (rest !== null) {
      rest = receive(socket, rest.length === 0 ? data : Buffer.concat([rest, data]));
      return;
    }
    head += data.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    const key = /Sec-WebSocket-Key: (\S+)/.exec(head)?.[1] ?? '';
    const accept = createHash('sha1')
      .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(frame('{"ready":true}'));
    rest = Buffer.alloc(0);
    sockets.add(socket);
  });
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  serveBench({ port: (server.address() as AddressInfo).port }, async () => void server.close());
});
