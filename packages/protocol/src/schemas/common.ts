/** Owns the small schemas that several families share. */
import { type Static, Type } from 'typebox';
import type * as ids from '../ids.ts';
import { userIdPattern, uuidPattern } from '../ids.ts';
import { limits } from '../limits.ts';

const uuid = { pattern: uuidPattern, minLength: 36, maxLength: 36 };
export const UserId = Type.Unsafe<ids.UserId>(
  Type.String({ pattern: userIdPattern, minLength: 1, maxLength: 128 }),
);
export const ConversationId = Type.Unsafe<ids.ConversationId>(Type.String(uuid));
export const MessageId = Type.Unsafe<ids.MessageId>(Type.String(uuid));
export const FileId = Type.Unsafe<ids.FileId>(Type.String(uuid));

/** Unix time in milliseconds, by the server's clock. */
export const Timestamp = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const counterMax = 9_007_199_254_740_991;
/** A message's place in its conversation: 1, 2, 3 … without holes. */
export const Seq = Type.Integer({ minimum: 1, maximum: counterMax });
/** A cursor or a last `seq`: 0 means none yet. */
export const SeqOrZero = Type.Integer({ minimum: 0, maximum: counterMax });
/** A conversation's count of durable changes. */
export const Version = Type.Integer({ minimum: 0, maximum: counterMax });
/** Shown as given; no control characters, not only blanks. The pattern has one way to fit, so a long text takes no longer than it is. */
export const Name = Type.String({
  minLength: 1,
  maxLength: limits.nameCharactersMax,
  pattern: '^[^\\S\\x00-\\x1f]*[^\\s\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*$',
});
/** An image, by its file id, that shows a person or a group; its bytes are those of the file. Null for none. */
export const Picture = Type.Union([FileId, Type.Null()]);
/** Opaque to clients; issued by the server. */
export const Cursor = Type.String({ minLength: 1, maxLength: limits.cursorCharactersMax });
export const PageSize = Type.Integer({ minimum: 1, maximum: limits.pageSizeMax });
export const Role = Type.Union([
  Type.Literal('owner'),
  Type.Literal('admin'),
  Type.Literal('member'),
]);
export const Empty = Type.Object({});
export type Empty = Static<typeof Empty>;
