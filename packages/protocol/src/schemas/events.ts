/** Owns what the server tells unasked. An event is the same bytes for every recipient. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import {
  ConversationId,
  Cursor,
  Name,
  Picture,
  Seq,
  Timestamp,
  UserId,
  Version,
} from './common.ts';
import { Conversation, Member } from './conversations.ts';
import { Message } from './messages.ts';
import { Head } from './sync.ts';

const messageEvent = <Name extends string>(type: Name) =>
  Type.Object({
    type: Type.Literal(type),
    conversationId: ConversationId,
    version: Version,
    message: Message,
  });

export const NewMessage = messageEvent('newMessage');
export const MessageUpdated = messageEvent('messageUpdated');
/** `message` is the tombstone. */
export const MessageDeleted = messageEvent('messageDeleted');

/** Details changed, or (version 1) the conversation began. */
export const ConversationUpdated = Type.Object({
  type: Type.Literal('conversationUpdated'),
  conversationId: ConversationId,
  version: Version,
  data: Type.Object({ conversation: Conversation }),
});

/** `userId` is now a member, or has another role: `data.member` is the row as it now is. */
export const MemberJoined = Type.Object({
  type: Type.Literal('memberJoined'),
  conversationId: ConversationId,
  userId: UserId,
  version: Version,
  data: Type.Object({ member: Member, memberCount: Type.Integer({ minimum: 0 }) }),
});

/** `userId` is no longer a member; it is the last event they get of the conversation. */
export const MemberLeft = Type.Object({
  type: Type.Literal('memberLeft'),
  conversationId: ConversationId,
  userId: UserId,
  version: Version,
  data: Type.Object({ memberCount: Type.Integer({ minimum: 0 }) }),
});

/** `userId` has read up to `seq`; `unreadCount` is theirs. */
export const MessageRead = Type.Object({
  type: Type.Literal('messageRead'),
  conversationId: ConversationId,
  userId: UserId,
  data: Type.Object({
    seq: Seq,
    unreadCount: Type.Integer({ minimum: 0, maximum: limits.unreadCountMax }),
  }),
});
export const MessageDelivered = Type.Object({
  type: Type.Literal('messageDelivered'),
  conversationId: ConversationId,
  userId: UserId,
  data: Type.Object({ seq: Seq }),
});

const typingEvent = <Kind extends string>(type: Kind) =>
  Type.Object({
    type: Type.Literal(type),
    conversationId: ConversationId,
    userId: UserId,
    data: Type.Object({ name: Name }),
  });
export const TypingStarted = typingEvent('typingStarted');
export const TypingStopped = typingEvent('typingStopped');

const presenceEvent = <Kind extends string>(type: Kind) =>
  Type.Object({
    type: Type.Literal(type),
    userId: UserId,
    data: Type.Object({ lastSeenAt: Type.Union([Timestamp, Type.Null()]) }),
  });
export const UserOnline = presenceEvent('userOnline');
export const UserOffline = presenceEvent('userOffline');

/** `userId` has another name or picture. */
export const UserUpdated = Type.Object({
  type: Type.Literal('userUpdated'),
  userId: UserId,
  data: Type.Object({ name: Name, picture: Picture }),
});

/**
 * Compare yourself with these. `more`: another such event of this round follows. `since`: a later position than that
 * of `hello`, to be resumed from once everything that was told before is here.
 */
export const Heads = Type.Object({
  type: Type.Literal('heads'),
  data: Type.Object({
    heads: Type.Array(Head, { maxItems: limits.headsPerPageMax }),
    more: Type.Boolean(),
    since: Type.Optional(Cursor),
  }),
});

export const DurableEvent = Type.Union([
  NewMessage,
  MessageUpdated,
  MessageDeleted,
  ConversationUpdated,
  MemberJoined,
  MemberLeft,
]);
export type DurableEvent = Static<typeof DurableEvent>;
export const EphemeralEvent = Type.Union([
  MessageRead,
  MessageDelivered,
  TypingStarted,
  TypingStopped,
  UserOnline,
  UserOffline,
  UserUpdated,
]);
export type EphemeralEvent = Static<typeof EphemeralEvent>;
export const ServerEvent = Type.Union([
  NewMessage,
  MessageUpdated,
  MessageDeleted,
  ConversationUpdated,
  MemberJoined,
  MemberLeft,
  MessageRead,
  MessageDelivered,
  TypingStarted,
  TypingStopped,
  UserOnline,
  UserOffline,
  UserUpdated,
  Heads,
]);
export type ServerEvent = Static<typeof ServerEvent>;
export type ServerEventType = ServerEvent['type'];
