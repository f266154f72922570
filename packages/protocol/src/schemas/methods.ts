/** Owns the list of methods: what each takes and gives. Socket, HTTP, OpenAPI and the SDK are made from it. */
import type { Static } from 'typebox';
import { Empty } from './common.ts';
import * as conversations from './conversations.ts';
import * as messages from './messages.ts';
import * as presence from './presence.ts';
import * as receipts from './receipts.ts';
import * as sync from './sync.ts';
import * as typing from './typing.ts';
import * as users from './users.ts';

export const methods = {
  hello: {
    params: sync.HelloParams,
    result: sync.HelloResult,
    summary: 'Sign in and learn what changed',
  },
  watch: {
    params: presence.WatchParams,
    result: presence.WatchResult,
    summary: 'Choose whose typing and presence to be told',
  },
  getConversations: {
    params: conversations.GetConversationsParams,
    result: conversations.GetConversationsResult,
    summary: 'List my conversations, most recently active first',
  },
  getConversation: {
    params: conversations.GetConversationParams,
    result: conversations.GetConversationResult,
    summary: 'Read one conversation and a page of its members',
  },
  createConversation: {
    params: conversations.CreateConversationParams,
    result: conversations.CreateConversationResult,
    summary: 'Begin a direct or a group conversation',
  },
  updateConversation: {
    params: conversations.UpdateConversationParams,
    result: conversations.UpdateConversationResult,
    summary: 'Change the name or the picture of a group',
  },
  addMembers: {
    params: conversations.AddMembersParams,
    result: conversations.AddMembersResult,
    summary: 'Add people to a group, or change their role',
  },
  removeMember: {
    params: conversations.RemoveMemberParams,
    result: conversations.RemoveMemberResult,
    summary: 'Take somebody out of a group, or leave it',
  },
  getMessages: {
    params: messages.GetMessagesParams,
    result: messages.GetMessagesResult,
    summary: 'Page through messages before, after or around a seq',
  },
  getChanges: {
    params: sync.GetChangesParams,
    result: sync.GetChangesResult,
    summary: 'What changed after a version',
  },
  sendMessage: {
    params: messages.SendMessageParams,
    result: messages.SendMessageResult,
    summary: 'Send a message',
  },
  editMessage: {
    params: messages.EditMessageParams,
    result: messages.ChangeMessageResult,
    summary: 'Change the content of my own message',
  },
  deleteMessage: {
    params: messages.DeleteMessageParams,
    result: messages.ChangeMessageResult,
    summary: 'Delete a message',
  },
  markAsRead: {
    params: receipts.MarkParams,
    result: receipts.MarkResult,
    summary: 'I have read up to a seq',
  },
  markAsDelivered: {
    params: receipts.MarkParams,
    result: receipts.MarkResult,
    summary: 'My device has got up to a seq',
  },
  sendTyping: {
    params: typing.SendTypingParams,
    result: Empty,
    summary: 'I am typing, or have stopped',
  },
  getUsers: {
    params: users.GetUsersParams,
    result: users.GetUsersResult,
    summary: 'People by id, or by name',
  },
  updateProfile: {
    params: users.UpdateProfileParams,
    result: users.UpdateProfileResult,
    summary: 'Change my name or my picture',
  },
} as const;

export type Method = keyof typeof methods;

/** Maps, resolved once: as a conditional type of `M` they would cost every project that imports them ten seconds of checking. */
type ParamsByMethod = { [M in Method]: Static<(typeof methods)[M]['params']> };
type ResultByMethod = { [M in Method]: Static<(typeof methods)[M]['result']> };
export type Params<M extends Method> = ParamsByMethod[M];
export type Result<M extends Method> = ResultByMethod[M];
