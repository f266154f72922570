/** What every side of the wire shares: types, ids, rules, limits, errors. No runtime dependency: schemas are in `@natter/protocol/schemas`. */
export { type CloseAction, closeAction, closeCodes } from './closeCodes.ts';
export { type ErrorBody, type ErrorCode, errors, NatterError, type Retry } from './errors.ts';
export {
  type ConversationId,
  type FileId,
  isUuid,
  type MessageId,
  type UserId,
  uuidv7,
} from './ids.ts';
export { type Limits, limits, systemNamesMax, timings } from './limits.ts';
export { backoffMs } from './rules/backoff.ts';
export { decideOrder, mergeCursor, newerRow, type OrderDecision } from './rules/ordering.ts';
export {
  type Action,
  actions,
  addAction,
  type ConversationKind,
  may,
  permissions,
  type Role,
  removeAction,
  roles,
} from './rules/roles.ts';
export { countUnread, isUnread, type UnreadCandidate } from './rules/unread.ts';
export type {
  AddMembersParams,
  AddMembersResult,
  Conversation,
  ConversationEntry,
  CreateConversationParams,
  CreateConversationResult,
  GetConversationParams,
  GetConversationResult,
  GetConversationsParams,
  GetConversationsResult,
  Member,
  RemoveMemberParams,
  RemoveMemberResult,
  UpdateConversationParams,
  UpdateConversationResult,
} from './schemas/conversations.ts';
export type {
  DurableEvent,
  EphemeralEvent,
  ServerEvent,
  ServerEventType,
} from './schemas/events.ts';
export type {
  CallFrame,
  ErrorFrame,
  EventFrame,
  ReplyFrame,
  ServerFrame,
} from './schemas/frames.ts';
export type {
  Attachment,
  ChangeMessageResult,
  DeleteMessageParams,
  EditMessageParams,
  GetMessagesParams,
  GetMessagesResult,
  Message,
  SendMessageParams,
  SendMessageResult,
  SystemLine,
} from './schemas/messages.ts';
export type { Method, Params, Result } from './schemas/methods.ts';
export type { Presence, WatchedPerson, WatchParams, WatchResult } from './schemas/presence.ts';
export type { MarkParams, MarkResult } from './schemas/receipts.ts';
export type {
  GetChangesParams,
  GetChangesResult,
  Head,
  HelloParams,
  HelloResult,
} from './schemas/sync.ts';
export type { SendTypingParams } from './schemas/typing.ts';
export type {
  GetUsersParams,
  GetUsersResult,
  UpdateProfileParams,
  UpdateProfileResult,
  User,
} from './schemas/users.ts';
export { unreachable } from './unreachable.ts';
export { protocolVersion, subprotocol } from './version.ts';
