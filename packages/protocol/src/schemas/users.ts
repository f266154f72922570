/** Owns people as the wire shows them. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import { Cursor, Name, PageSize, Timestamp, UserId } from './common.ts';

export const User = Type.Object({
  id: UserId,
  name: Name,
  /** When their last device went away; null if never seen. */
  lastSeenAt: Type.Union([Timestamp, Type.Null()]),
});
export type User = Static<typeof User>;

/** By `ids`, or a page of the directory by name; `query` matches the start of any word of a name. */
export const GetUsersParams = Type.Object({
  ids: Type.Optional(Type.Array(UserId, { maxItems: limits.idsPerRequestMax })),
  query: Type.Optional(Type.String({ maxLength: limits.nameCharactersMax })),
  after: Type.Optional(Cursor),
  limit: Type.Optional(PageSize),
});
export type GetUsersParams = Static<typeof GetUsersParams>;

export const GetUsersResult = Type.Object({
  users: Type.Array(User, { maxItems: limits.pageSizeMax }),
  next: Type.Union([Cursor, Type.Null()]),
});
export type GetUsersResult = Static<typeof GetUsersResult>;
