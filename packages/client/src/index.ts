/** The Natter SDK, without a framework. */

export {
  type Attachment,
  type Conversation,
  type ConversationEntry,
  type ConversationId,
  type ErrorBody,
  type ErrorCode,
  type FileId,
  limits,
  type Member,
  type Message,
  type MessageId,
  NatterError,
  type Presence,
  type Role,
  type ServerEvent,
  type User,
  type UserId,
} from '@natter/protocol';
export { createChatClient } from './client.ts';
export type { SocketLike, WebSocketConstructor } from './connection/socket.ts';
export { type Claims, type GetToken, readClaims } from './connection/tokens.ts';
export type {
  ChatClient,
  Connection,
  ConnectionSnapshot,
  ConversationItem,
  Conversations,
  ConversationsSnapshot,
  Events,
  Me,
  MessageStatus,
  Messages,
  MessagesSnapshot,
  OnProgress,
  OutgoingFile,
  PendingAttachment,
  PersistenceSnapshot,
  PresenceSnapshot,
  PresenceStore,
  Receipts,
  ReceiptsSnapshot,
  Store,
  TimelineMessage,
  Typing,
  TypingSnapshot,
  UploadSnapshot,
  Uploads,
  Users,
} from './contract.ts';
export type { ChatClientOptions } from './options.ts';
export type {
  Account,
  CacheChange,
  Kept,
  KeptCursor,
  KeptEntry,
  KeptFile,
  KeptItem,
  KeptList,
  KeptPosition,
  KeptTimeline,
  Persistence,
  TabMessage,
} from './persistence/contract.ts';
export type { Clock, Environment, Random, Runtime } from './runtime/contract.ts';
