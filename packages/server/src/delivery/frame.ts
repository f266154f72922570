/**
 * Owns framing: one text becomes one WebSocket frame in one Buffer, header and payload joined, so that the same
 * bytes are written to every socket. Server frames are neither masked nor compressed (RFC 6455 §5.1, §5.2).
 */
const finalText = 0x81;

/** Without content. */
export const pingFrame: Buffer = Buffer.from([0x89, 0]);

export function encodeFrame(text: string): Buffer {
  const payloadBytes = Buffer.byteLength(text);
  const headerBytes = payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerBytes + payloadBytes);
  frame[0] = finalText;
  if (headerBytes === 2) {
    frame[1] = payloadBytes;
  } else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(payloadBytes, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(payloadBytes, 6);
  }
  frame.write(text, headerBytes, 'utf8');
  return frame;
}
