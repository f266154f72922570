/** Owns conversations and their members. */
import { type Static, Type } from 'typebox';
import { limits } from '../limits.ts';
import {
  ConversationId,
  Cursor,
  Name,
  PageSize,
  Picture,
  Role,
  SeqOrZero,
  Timestamp,
  UserId,
  Version,
} from './common.ts';
import { Message } from './messages.ts';

/** What is the same for every member. */
export const Conversation = Type.Object({
  id: ConversationId,
  kind: Type.Union([Type.Literal('direct'), Type.Literal('group')]),
  /** Null for a direct conversation: each side sees the other's name. */
  name: Type.Union([Name, Type.Null()]),
  /** Of a group; null for a direct conversation, where each side sees the other's. */
  picture: Picture,
  version: Version,
  lastSeq: SeqOrZero,
  memberCount: Type.Integer({ minimum: 0, maximum: limits.membersMax }),
  createdAt: Timestamp,
});
export type Conversation = Static<typeof Conversation>;

export const Member = Type.Object({
  userId: UserId,
  name: Name,
  picture: Picture,
  role: Role,
  deliveredSeq: SeqOrZero,
  readSeq: SeqOrZero,
  joinedAt: Timestamp,
});
export type Member = Static<typeof Member>;

/** A conversation as one member sees it in their list. */
export const ConversationEntry = Type.Object({
  conversation: Conversation,
  role: Role,
  deliveredSeq: SeqOrZero,
  readSeq: SeqOrZero,
  unreadCount: Type.Integer({ minimum: 0, maximum: limits.unreadCountMax }),
  /** The newest message (deleted or not), null before the first. */
  lastMessage: Type.Union([Message, Type.Null()]),
  /** The other person of a direct conversation; null for a group. */
  peer: Type.Union([Member, Type.Null()]),
  /** Order of the list, newest first: the newest message's `createdAt`, else the conversation's. */
  activeAt: Timestamp,
  /** Grows with every write that moves members' cursors; stands still while the conversation is large. */
  cursorVersion: Type.Integer({ minimum: 0 }),
});
export type ConversationEntry = Static<typeof ConversationEntry>;

/** A page of my conversations, most recently active first; or those of `ids` that I am in. */
export const GetConversationsParams = Type.Object({
  ids: Type.Optional(Type.Array(ConversationId, { maxItems: limits.idsPerRequestMax })),
  after: Type.Optional(Cursor),
  limit: Type.Optional(PageSize),
});
export type GetConversationsParams = Static<typeof GetConversationsParams>;
export const GetConversationsResult = Type.Object({
  entries: Type.Array(ConversationEntry, { maxItems: limits.pageSizeMax }),
  next: Type.Union([Cursor, Type.Null()]),
});
export type GetConversationsResult = Static<typeof GetConversationsResult>;

/** One conversation with a page of its members, in order of user id. */
export const GetConversationParams = Type.Object({
  conversationId: ConversationId,
  membersAfter: Type.Optional(UserId),
  membersLimit: Type.Optional(PageSize),
});
export type GetConversationParams = Static<typeof GetConversationParams>;
export const GetConversationResult = Type.Object({
  entry: ConversationEntry,
  members: Type.Array(Member, { maxItems: limits.pageSizeMax }),
  membersNext: Type.Union([UserId, Type.Null()]),
});
export type GetConversationResult = Static<typeof GetConversationResult>;

/** Creating twice with one id is creating once. A pair has one direct conversation: a second attempt returns the first. */
export const CreateConversationParams = Type.Union([
  Type.Object({ id: ConversationId, kind: Type.Literal('direct'), userId: UserId }),
  Type.Object({
    id: ConversationId,
    kind: Type.Literal('group'),
    name: Name,
    userIds: Type.Array(UserId, { maxItems: limits.membersPerRequestMax }),
  }),
]);
export type CreateConversationParams = Static<typeof CreateConversationParams>;
export const CreateConversationResult = Type.Object({ entry: ConversationEntry });
export type CreateConversationResult = Static<typeof CreateConversationResult>;

/** At least one of `name` and `picture`: an image that the caller has uploaded and used for nothing else, or null for none. */
export const UpdateConversationParams = Type.Object({
  conversationId: ConversationId,
  name: Type.Optional(Name),
  picture: Type.Optional(Picture),
});
export type UpdateConversationParams = Static<typeof UpdateConversationParams>;
export const UpdateConversationResult = Type.Object({ conversation: Conversation });
export type UpdateConversationResult = Static<typeof UpdateConversationResult>;

/** Adds people, or gives members another role. Each change is one version. Changing nothing is harmless. */
export const AddMembersParams = Type.Object({
  conversationId: ConversationId,
  userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.membersPerRequestMax }),
  role: Type.Optional(Role),
  /** Only gives roles: nobody who is not in it is added. */
  membersOnly: Type.Optional(Type.Boolean()),
});
export type AddMembersParams = Static<typeof AddMembersParams>;
export const AddMembersResult = Type.Object({
  conversation: Conversation,
  members: Type.Array(Member, { maxItems: limits.membersPerRequestMax }),
});
export type AddMembersResult = Static<typeof AddMembersResult>;

/** Takes somebody out, or leaves (one's own id). When the last owner leaves, the longest-standing admin, else member, becomes owner. */
export const RemoveMemberParams = Type.Object({ conversationId: ConversationId, userId: UserId });
export type RemoveMemberParams = Static<typeof RemoveMemberParams>;
export const RemoveMemberResult = Type.Object({ conversation: Conversation });
export type RemoveMemberResult = Static<typeof RemoveMemberResult>;
