/** Owns watching: whose typing and whose presence a socket is told. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import { ConversationId, Name, Picture, Timestamp, UserId } from './common.ts';

/** The whole set: what is not named is no longer watched. Conversations I am not in and people I share none with are passed over. */
export const WatchParams = Type.Object({
  conversationIds: Type.Array(ConversationId, { maxItems: limits.watchedConversationsMax }),
  userIds: Type.Array(UserId, { maxItems: limits.watchedUsersMax }),
});
export type WatchParams = Static<typeof WatchParams>;

export const Presence = Type.Object({
  userId: UserId,
  online: Type.Boolean(),
  lastSeenAt: Type.Union([Timestamp, Type.Null()]),
});
export type Presence = Static<typeof Presence>;

/** Where somebody is, and how they show: what a device has of them may be of long ago. */
export const WatchedPerson = Type.Object({ ...Presence.properties, name: Name, picture: Picture });
export type WatchedPerson = Static<typeof WatchedPerson>;

/** The watched people as they are now; later changes come as events. Over HTTP: the answer alone. */
export const WatchResult = Type.Object({
  presence: Type.Array(WatchedPerson, { maxItems: limits.watchedUsersMax }),
});
export type WatchResult = Static<typeof WatchResult>;
