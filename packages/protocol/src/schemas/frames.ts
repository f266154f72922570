/** Owns the three shapes a frame can have. One JSON text per frame. */
import { type Static, Type } from 'typebox';
import type { ErrorCode } from '../errors.ts';
import { errors } from '../errors.ts';
import { ServerEvent } from './events.ts';

const CallId = Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 });

/** Client to server. `id` is the caller's, and comes back with the reply. */
export const CallFrame = Type.Object({
  id: CallId,
  method: Type.String({ minLength: 1, maxLength: 64 }),
  params: Type.Optional(Type.Unknown()),
});
export type CallFrame = Static<typeof CallFrame>;

export const ErrorSchema = Type.Object({
  code: Type.Unsafe<ErrorCode>(Type.Union(Object.keys(errors).map((code) => Type.Literal(code)))),
  message: Type.String({ maxLength: 1_000 }),
  retry: Type.Union([Type.Literal('never'), Type.Literal('later'), Type.Literal('newToken')]),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
});
export const ReplyFrame = Type.Object({ id: CallId, result: Type.Unknown() });
export type ReplyFrame = Static<typeof ReplyFrame>;
/** `id` is null when the frame was too broken to have one. */
export const ErrorFrame = Type.Object({
  id: Type.Union([CallId, Type.Null()]),
  error: ErrorSchema,
});
export type ErrorFrame = Static<typeof ErrorFrame>;
export const EventFrame = Type.Object({ event: ServerEvent });
export type EventFrame = Static<typeof EventFrame>;
/** What a client can receive. */
export type ServerFrame = ReplyFrame | ErrorFrame | EventFrame;
