/** Owns people as the wire shows them. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import { Cursor, Name, PageSize, Picture, Timestamp, UserId } from './common.ts';

export const User = Type.Object({
  id: UserId,
  name: Name,
  picture: Picture,
  /** When their last device went away; null if never seen. */
  lastSeenAt: Type.Union([Timestamp, Type.Null()]),
});
export type User = Static<typeof User>;

/** At least one of `name` and `picture`: an image that I have uploaded and used for nothing else, or null for none. */
export const UpdateProfileParams = Type.Object({
  name: Type.Optional(Name),
  picture: Type.Optional(Picture),
});
export type UpdateProfileParams = Static<typeof UpdateProfileParams>;
export const UpdateProfileResult = Type.Object({ user: User });
export type UpdateProfileResult = Static<typeof UpdateProfileResult>;

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
