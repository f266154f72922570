/**
 * Owns frames as the load generator sees them: sends are masked before the clock runs, and what is received is counted by its
 * headers alone, unless somebody wants to read it. Parsing everything would make the generator the bottleneck.
 */
import { randomFillSync } from 'node:crypto';

const final = 0x80;
const masked = 0x80;
export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** A client's frame, ready to be written. */
export function maskFrame(payload: string | Buffer, opcode: number = opcodes.text): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (body.length > 65_535) throw new RangeError('unable to mask: frames of the bench are small');
  const headerBytes = body.length < 126 ? 6 : 8;
  const frame = Buffer.allocUnsafe(headerBytes + body.length);
  frame[0] = final | opcode;
  if (headerBytes === 6) frame[1] = masked | body.length;
  else {
    frame[1] = masked | 126;
    frame.writeUInt16BE(body.length, 2);
  }
  const mask = randomFillSync(frame, headerBytes - 4, 4).subarray(headerBytes - 4, headerBytes);
  for (let at = 0; at < body.length; at++)
    frame[headerBytes + at] = (body[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return frame;
}

export interface FrameReader {
  /** The first `bytes` of a buffer that is used again afterwards. */
  read(buffer: Buffer, bytes: number): void;
}

export function createFrameReader(handlers: {
  /** Whether a frame of this many bytes is to be read; the others are only counted. */
  wants: (payloadBytes: number) => boolean;
  onCounted: () => void;
  /** `payload` is valid during the call only. */
  onPayload: (payload: Buffer, opcode: number) => void;
}): FrameReader {
  const { wants, onCounted, onPayload } = handlers;
  /** Of a frame that is counted already. */
  let bytesToSkip = 0;
  /** The beginning of a frame whose end has not come. */
  let carry: Buffer | null = null;

  function read(buffer: Buffer, bytes: number): void {
    let chunk = buffer;
    let end = bytes;
    if (carry !== null) {
      chunk = Buffer.concat([carry, buffer.subarray(0, bytes)]);
      end = chunk.length;
      carry = null;
    }
    let at = Math.min(bytesToSkip, end);
    bytesToSkip -= at;
    while (at < end) {
      const short = (chunk[at + 1] ?? 0) & 0x7f;
      const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (end - at < headerBytes) break;
      const payloadBytes =
        short < 126
          ? short
          : chunk.readUIntBE(at + headerBytes - (short === 126 ? 2 : 4), short === 126 ? 2 : 4);
      const opcode = (chunk[at] ?? 0) & 0x0f;
      const frameEnd = at + headerBytes + payloadBytes;
      if (opcode === opcodes.text && !wants(payloadBytes)) {
        onCounted();
        at = Math.min(frameEnd, end);
        bytesToSkip = frameEnd - at;
      } else {
        if (frameEnd > end) break;
        onPayload(chunk.subarray(at + headerBytes, frameEnd), opcode);
        at = frameEnd;
      }
    }
    if (at < end) carry = Buffer.from(chunk.subarray(at, end));
  }

  return { read };
}
