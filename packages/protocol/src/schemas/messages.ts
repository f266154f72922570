/** Owns messages: what one is, and sending, changing and paging them. */
import { type Static, Type } from 'typebox';
import { limits, systemNamesMax } from '../limits.ts';
import {
  ConversationId,
  FileId,
  MessageId,
  Name,
  PageSize,
  Role,
  Seq,
  SeqOrZero,
  Timestamp,
  UserId,
  Version,
} from './common.ts';

/** A file as part of a message. Its bytes are at `/v1/files/{fileId}`; an image's preview at `/v1/files/{fileId}/thumbnail`. */
export const Attachment = Type.Object({
  fileId: FileId,
  kind: Type.Union([Type.Literal('image'), Type.Literal('file')]),
  name: Type.String({ minLength: 1, maxLength: limits.fileNameCharactersMax }),
  /** Found from the content, not from the name. */
  mediaType: Type.String({ maxLength: 255 }),
  bytes: Type.Integer({ minimum: 0 }),
  /** In pixels, after turning; null for what is not an image. */
  width: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  height: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** ThumbHash (Evan Wallace), base64, at most 25 bytes before encoding; null for what is not an image. */
  thumbhash: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
});
export type Attachment = Static<typeof Attachment>;

/** Names as they were then: the first of `count` people. */
const systemPeople = {
  users: Type.Array(Type.Object({ userId: UserId, name: Name }), {
    minItems: 1,
    maxItems: systemNamesMax,
  }),
  count: Type.Integer({ minimum: 1, maximum: limits.membersPerRequestMax }),
};

/** What changed in a group; who did it is the message's sender. A client passes over kinds that it does not know. */
export const SystemLine = Type.Union([
  Type.Object({ kind: Type.Literal('added'), ...systemPeople }),
  Type.Object({ kind: Type.Literal('removed'), ...systemPeople }),
  Type.Object({ kind: Type.Literal('left') }),
  Type.Object({ kind: Type.Literal('renamed'), name: Name }),
  Type.Object({ kind: Type.Literal('pictureChanged') }),
  Type.Object({ kind: Type.Literal('roleChanged'), ...systemPeople, role: Role }),
]);
export type SystemLine = Static<typeof SystemLine>;

export const Message = Type.Object({
  id: MessageId,
  conversationId: ConversationId,
  seq: Seq,
  /** The conversation's version at this row's last change. */
  version: Version,
  senderId: UserId,
  /** The sender's name when it was sent. */
  senderName: Name,
  /** `image`: attachments that are all images; `file`: other attachments; `system`: nobody wrote it; else `text`. */
  type: Type.Union([
    Type.Literal('text'),
    Type.Literal('image'),
    Type.Literal('file'),
    Type.Literal('system'),
  ]),
  /** Of `system` only, and always there. */
  system: Type.Optional(SystemLine),
  /** Empty once deleted, and in a system line. */
  content: Type.String({ maxLength: limits.contentCharactersMax }),
  attachments: Type.Array(Attachment, { maxItems: limits.attachmentsMax }),
  createdAt: Timestamp,
  editedAt: Type.Union([Timestamp, Type.Null()]),
  /** Set on what remains of a deleted message: its place, and nothing of what it said. */
  deletedAt: Type.Union([Timestamp, Type.Null()]),
});
export type Message = Static<typeof Message>;

const Content = Type.String({ maxLength: limits.contentCharactersMax });

/** Needs content that is not blank, or at least one file that the sender has uploaded and not yet sent. */
export const SendMessageParams = Type.Object({
  id: MessageId,
  conversationId: ConversationId,
  content: Content,
  fileIds: Type.Optional(
    Type.Array(FileId, { maxItems: limits.attachmentsMax, uniqueItems: true }),
  ),
});
export type SendMessageParams = Static<typeof SendMessageParams>;

/** The acknowledgement: the message is on disk. It stands for the event on the socket that sent it. */
export const SendMessageResult = Type.Object({
  id: MessageId,
  seq: Seq,
  version: Version,
  createdAt: Timestamp,
  type: Message.properties.type,
  attachments: Message.properties.attachments,
});
export type SendMessageResult = Static<typeof SendMessageResult>;

export const EditMessageParams = Type.Object({
  conversationId: ConversationId,
  messageId: MessageId,
  content: Content,
});
export type EditMessageParams = Static<typeof EditMessageParams>;

export const DeleteMessageParams = Type.Object({
  conversationId: ConversationId,
  messageId: MessageId,
});
export type DeleteMessageParams = Static<typeof DeleteMessageParams>;

/** The row as it now is; `message.version` is what the event of this change carries. */
export const ChangeMessageResult = Type.Object({ message: Message });
export type ChangeMessageResult = Static<typeof ChangeMessageResult>;

/** One of `before`, `after`, `around` (a `seq`), or none for the newest page. */
export const GetMessagesParams = Type.Object({
  conversationId: ConversationId,
  before: Type.Optional(Seq),
  after: Type.Optional(SeqOrZero),
  around: Type.Optional(Seq),
  limit: Type.Optional(PageSize),
});
export type GetMessagesParams = Static<typeof GetMessagesParams>;

/** `messages` are neighbours, oldest first. `version` is the conversation's at the moment of reading. */
export const GetMessagesResult = Type.Object({
  messages: Type.Array(Message, { maxItems: limits.pageSizeMax }),
  hasBefore: Type.Boolean(),
  hasAfter: Type.Boolean(),
  version: Version,
  lastSeq: SeqOrZero,
});
export type GetMessagesResult = Static<typeof GetMessagesResult>;
