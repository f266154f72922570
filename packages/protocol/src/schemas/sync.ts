/** Owns resuming: the first frame, heads, and what changed in a conversation. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import { ConversationId, Cursor, Picture, Role, SeqOrZero, UserId, Version } from './common.ts';
import { ConversationEntry, Member } from './conversations.ts';
import { Message } from './messages.ts';
import { WatchParams, WatchResult } from './presence.ts';

export const Head = Type.Object({
  conversationId: ConversationId,
  version: Version,
  lastSeq: SeqOrZero,
  readSeq: SeqOrZero,
  unreadCount: Type.Integer({ minimum: 0, maximum: limits.unreadCountMax }),
  membership: Type.Union([Role, Type.Literal('left')]),
  /** As in the entry; 0 for one who left. */
  cursorVersion: Type.Integer({ minimum: 0 }),
});
export type Head = Static<typeof Head>;

const limitSchemas = Object.fromEntries(
  Object.keys(limits).map((name) => [name, Type.Integer({ minimum: 0 })]),
) as {
  [Name in keyof typeof limits]: ReturnType<typeof Type.Integer>;
};

/** `since` and `epoch` as the last reply gave them. A client without them, or of another epoch, is told to `reset`. */
export const HelloParams = Type.Object({
  token: Type.String({ minLength: 1, maxLength: limits.tokenCharactersMax }),
  protocol: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  since: Type.Optional(Cursor),
  epoch: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  watch: Type.Optional(WatchParams),
});
export type HelloParams = Static<typeof HelloParams>;

/** With `reset`, load the list with `getConversations`; else `heads` name what changed since. */
export const HelloResult = Type.Object({
  userId: UserId,
  name: Type.String({ maxLength: limits.nameCharactersMax }),
  picture: Picture,
  /** Whether `updateProfile` takes a name; if not, it is the host application's to change. */
  nameEditable: Type.Boolean(),
  connectionId: Type.String({ maxLength: 64 }),
  protocol: Type.Integer({ minimum: 1 }),
  epoch: Type.String({ minLength: 1, maxLength: 64 }),
  since: Cursor,
  reset: Type.Boolean(),
  heads: Type.Array(Head, { maxItems: limits.headsPerPageMax }),
  /** True: `heads` events follow on this socket, until one says that no more come. */
  moreHeads: Type.Boolean(),
  /** The people named in `watch`, as they are now. */
  presence: WatchResult.properties.presence,
  heartbeatMs: Type.Integer({ minimum: 1_000 }),
  limits: Type.Object(limitSchemas),
});
export type HelloResult = Static<typeof HelloResult>;

/** What changed after version `from`: current rows, oldest change first. */
export const GetChangesParams = Type.Object({ conversationId: ConversationId, from: Version });
export type GetChangesParams = Static<typeof GetChangesParams>;

/**
 * `version` is how far this page reaches: apply the page, then that is the local version. `more`: ask again from
 * there. `tooFar`: the page is empty; take the newest page of messages and `entry` instead.
 */
export const GetChangesResult = Type.Object({
  entry: ConversationEntry,
  messages: Type.Array(Message, { maxItems: limits.changesPerPageMax }),
  joined: Type.Array(Member, { maxItems: limits.changesPerPageMax }),
  left: Type.Array(UserId, { maxItems: limits.changesPerPageMax }),
  version: Version,
  more: Type.Boolean(),
  tooFar: Type.Boolean(),
});
export type GetChangesResult = Static<typeof GetChangesResult>;
