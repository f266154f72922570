import { expect, it } from 'vitest';
import { createFrameReader, maskFrame, opcodes } from './frames.ts';
import { createFractions } from './schedule.ts';

function frameOf(payload: Buffer, opcode: number = opcodes.text): Buffer {
  const { length } = payload;
  const header =
    length < 126
      ? Buffer.from([0x80 | opcode, length])
      : length < 65_536
        ? Buffer.from([0x80 | opcode, 126, length >> 8, length & 255])
        : Buffer.from([
            0x80 | opcode,
            127,
            0,
            0,
            0,
            0,
            0,
            length >> 16,
            (length >> 8) & 255,
            length & 255,
          ]);
  return Buffer.concat([header, payload]);
}

it('counts what is long and reads what is short, however the bytes are cut', () => {
  const fraction = createFractions(7);
  const lengths = Array.from({ length: 400 }, (_, at) =>
    at % 50 === 0 ? 70_000 : Math.floor(fraction() * 400),
  );
  const stream = Buffer.concat(lengths.map((length, at) => frameOf(Buffer.alloc(length, at))));
  const read: string[] = [];
  let counted = 0;
  const reader = createFrameReader({
    wants: (bytes) => bytes < 200,
    onCounted: () => {
      counted += 1;
    },
    onPayload: (payload) => read.push(`${payload.length} ${payload[0] ?? ''}`),
  });
  for (let at = 0; at < stream.length; ) {
    const bytes = 1 + Math.floor(fraction() * (at % 3 === 0 ? 3 : 900));
    // As a socket does it: the same buffer again and again, longer than what is in it.
    const buffer = Buffer.alloc(1_000, 0xff);
    const copied = stream.copy(buffer, 0, at, at + bytes);
    reader.read(buffer, copied);
    at += copied;
  }
  const short = lengths
    .map((length, at) => [length, at] as const)
    .filter(([length]) => length < 200);
  expect(counted).toBe(lengths.length - short.length);
  expect(read).toEqual(
    short.map(([length, at]) => (length === 0 ? '0 ' : `${length} ${at & 255}`)),
  );
});

it('reads a ping, whatever its length', () => {
  const seen: number[] = [];
  const reader = createFrameReader({
    wants: () => false,
    onCounted: () => {},
    onPayload: (_, opcode) => seen.push(opcode),
  });
  const frame = frameOf(Buffer.from('hello'), opcodes.ping);
  reader.read(frame, frame.length);
  expect(seen).toEqual([opcodes.ping]);
});

it.each([0, 5, 125, 126, 4_000])('masks %d bytes as a client must', (bytes) => {
  const payload = Buffer.alloc(bytes, 'x');
  const frame = maskFrame(payload);
  const headerBytes = frame.length - bytes;
  const mask = frame.subarray(headerBytes - 4, headerBytes);
  expect(frame[0]).toBe(0x81);
  expect((frame[1] ?? 0) & 0x80).toBe(0x80);
  const unmasked = frame.subarray(headerBytes).map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  expect(Buffer.from(unmasked)).toEqual(payload);
});
