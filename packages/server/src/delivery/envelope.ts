/**
 * Owns what travels on the bus: the framed event, behind a small header with the facts that routing needs, so that
 * no JSON is parsed between bus and socket. Names in the header are ASCII, at most 255 bytes.
 */
import type { Part } from './cursors.ts';

export type EnvelopeKind = 'durable' | 'ephemeral' | 'joined' | 'left';
const kinds: readonly EnvelopeKind[] = ['durable', 'ephemeral', 'joined', 'left'];

export interface Envelope {
  kind: EnvelopeKind;
  /** The conversation's; of a cursor move the `cursorVersion`; 0 for other ephemeral events. */
  version: number;
  /** The conversation's, where the event tells it; else 0. */
  memberCount: number;
  /** Which of the events of one write this is, where they are counted; else 0 of 0. */
  part: Part;
  /** On a `user` topic: which conversation this is about. Empty elsewhere. */
  conversationId: string;
  /** Who joined, left, began to type or has another profile; empty for other events. */
  subjectId: string;
  /** The socket that got the acknowledgement instead; empty for none. */
  exceptConnectionId: string;
  /** The person who is not told, on any socket; empty for none. */
  exceptUserId: string;
  frame: Buffer;
}

const format = 2;
/** format, kind, version (8 bytes), memberCount (4 bytes), part (2 × 2 bytes); then four names, each behind its length. */
const fixedBytes = 18;

export function encodeEnvelope(
  envelope: Partial<Envelope> & Pick<Envelope, 'kind' | 'frame'>,
): Buffer {
  const names = [
    envelope.conversationId ?? '',
    envelope.subjectId ?? '',
    envelope.exceptConnectionId ?? '',
    envelope.exceptUserId ?? '',
  ];
  let headerBytes = fixedBytes;
  for (const name of names) headerBytes += 1 + name.length;
  const bytes = Buffer.allocUnsafe(headerBytes + envelope.frame.length);
  bytes[0] = format;
  bytes[1] = kinds.indexOf(envelope.kind);
  bytes.writeDoubleBE(envelope.version ?? 0, 2);
  bytes.writeUInt32BE(envelope.memberCount ?? 0, 10);
  bytes.writeUInt16BE(envelope.part?.at ?? 0, 14);
  bytes.writeUInt16BE(envelope.part?.of ?? 0, 16);
  let at = fixedBytes;
  for (const name of names) {
    if (name.length > 255)
      throw new RangeError('unable to route an event: a name in its header is too long');
    bytes[at] = name.length;
    bytes.write(name, at + 1, 'latin1');
    at += 1 + name.length;
  }
  envelope.frame.copy(bytes, at);
  return bytes;
}

/** Null for what this version does not understand: another node may be newer. */
export function decodeEnvelope(payload: Uint8Array): Envelope | null {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const kind = kinds[bytes[1] ?? 255];
  if (bytes.length < fixedBytes + 4 || bytes[0] !== format || kind === undefined) return null;
  let at = fixedBytes;
  const name = () => {
    const length = bytes[at] ?? 0;
    const text = length === 0 ? '' : bytes.toString('latin1', at + 1, at + 1 + length);
    at += 1 + length;
    return text;
  };
  return {
    kind,
    version: bytes.readDoubleBE(2),
    memberCount: bytes.readUInt32BE(10),
    part: { at: bytes.readUInt16BE(14), of: bytes.readUInt16BE(16) },
    conversationId: name(),
    subjectId: name(),
    exceptConnectionId: name(),
    exceptUserId: name(),
    frame: bytes.subarray(at),
  };
}
