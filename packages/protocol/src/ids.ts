/** Owns the ids: branded strings, so that one kind is never taken for another. Made and checked here only. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Id of a person, given by the host application (`sub` of its token); 1 to 128 printable ASCII characters. */
export type UserId = Branded<'UserId'>;
/** UUIDv7 chosen by whoever creates the conversation, so that creating twice is creating once. */
export type ConversationId = Branded<'ConversationId'>;
/** UUIDv7 chosen by the sender, so that sending twice is sending once. */
export type MessageId = Branded<'MessageId'>;
/** UUIDv7 given by the server to an upload. */
export type FileId = Branded<'FileId'>;

export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
export const userIdPattern = '^[\\x21-\\x7e]{1,128}$';

const uuid = /* @__PURE__ */ new RegExp(uuidPattern);

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits. `random` needs 10 bytes.
 * Sorts by creation time, which keeps database indexes compact; never used to order messages.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = Math.floor(nowMs);
  for (let at = 5; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
