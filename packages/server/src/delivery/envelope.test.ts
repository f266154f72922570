import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';
import { encodeFrame } from './frame.ts';

const name = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 128,
});

test('an envelope comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom('durable', 'ephemeral', 'joined', 'left'),
        version: fc.maxSafeNat(),
        memberCount: fc.nat(100_000),
        part: fc.record({ at: fc.nat(65_535), of: fc.nat(65_535) }),
        conversationId: name,
        subjectId: name,
        exceptConnectionId: name,
        exceptUserId: name,
        frame: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      }),
      (envelope) => {
        expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
      },
    ),
  );
});

test('what another version wrote is passed over', () => {
  const bytes = encodeEnvelope({ kind: 'durable', frame: Buffer.from('x') });
  bytes[0] = 1;
  expect(decodeEnvelope(bytes)).toBeNull();
  expect(decodeEnvelope(new Uint8Array([2, 0]))).toBeNull();
});

test.each([0, 1, 125, 126, 65_535, 65_536, 70_000])(
  'a text of %i bytes is framed as RFC 6455 says',
  (bytes) => {
    const frame = encodeFrame('x'.repeat(bytes));
    const short = (frame[1] ?? 0) & 0x7f;
    const [length, header] =
      short < 126
        ? [short, 2]
        : short === 126
          ? [frame.readUInt16BE(2), 4]
          : [Number(frame.readBigUInt64BE(2)), 10];
    expect([frame[0], length, frame.length - header]).toEqual([0x81, bytes, bytes]);
  },
);
