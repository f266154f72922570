/** Owns conversations, their members and people, as commands and pages; who may is decided in storage's transaction. */
import type {
  AddMembersParams,
  AddMembersResult,
  CreateConversationParams,
  CreateConversationResult,
  GetChangesParams,
  GetChangesResult,
  GetConversationParams,
  GetConversationResult,
  GetConversationsParams,
  GetConversationsResult,
  RemoveMemberParams,
  RemoveMemberResult,
  UpdateConversationParams,
  UpdateConversationResult,
} from '@natter/protocol';
import { NatterError } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { badRequest, refusal } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Storage } from '../storage/contract.ts';
import { entryOf } from './beginning.ts';

export interface Conversations {
  getConversations(
    caller: Caller,
    params: GetConversationsParams,
  ): Promise<Answer<GetConversationsResult>>;
  getConversation(
    caller: Caller,
    params: GetConversationParams,
  ): Promise<Answer<GetConversationResult>>;
  createConversation(
    caller: Caller,
    params: CreateConversationParams,
  ): Promise<Answer<CreateConversationResult>>;
  updateConversation(
    caller: Caller,
    params: UpdateConversationParams,
  ): Promise<Answer<UpdateConversationResult>>;
  addMembers(caller: Caller, params: AddMembersParams): Promise<Answer<AddMembersResult>>;
  removeMember(caller: Caller, params: RemoveMemberParams): Promise<Answer<RemoveMemberResult>>;
  getChanges(caller: Caller, params: GetChangesParams): Promise<Answer<GetChangesResult>>;
}

export function createConversations(deps: {
  storage: Storage;
  delivery: Delivery;
  pageSizeDefault: number;
}): Conversations {
  const { storage, delivery, pageSizeDefault } = deps;

  return {
    async getConversations(caller, { ids, after = null, limit = pageSizeDefault }) {
      if (ids === undefined)
        return { result: await storage.listConversations(caller.userId, { after, limit }) };
      return {
        result: {
          entries: await storage.getConversations(caller.userId, [...new Set(ids)]),
          next: null,
        },
      };
    },

    async getConversation(
      caller,
      { conversationId, membersAfter = null, membersLimit = pageSizeDefault },
    ) {
      const [entry] = await storage.getConversations(caller.userId, [conversationId]);
      if (entry === undefined) throw refusal('read the conversation', 'notMember');
      const { members, next } = await storage.listMembers(conversationId, {
        after: membersAfter,
        limit: membersLimit,
      });
      return { result: { entry, members, membersNext: next } };
    },

    async createConversation(caller, params) {
      const attempt = 'begin the conversation';
      const { id, kind } = params;
      const others = params.kind === 'direct' ? [params.userId] : params.userIds;
      const userIds = [...new Set(others)].filter((userId) => userId !== caller.userId);
      if (kind === 'direct' && userIds.length === 0)
        throw badRequest(attempt, 'a direct conversation needs somebody else');
      // As with content: the database has no half of a surrogate pair, so events must not tell one either.
      const name = params.kind === 'group' ? params.name.trim().toWellFormed() : null;
      const outcome = await storage.createConversation({
        id,
        kind,
        creatorId: caller.userId,
        userIds,
        name,
      });
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      if (outcome.outcome === 'created') {
        // From what is told, with no wait in between: what is sent to it next must not be told first.
        const tell = () => delivery.tellBeginning(outcome.events, [caller.userId, ...userIds]);
        return { result: { entry: entryOf(outcome.events, caller.userId) }, tell };
      }
      const [entry] = await storage.getConversations(caller.userId, [outcome.conversationId]);
      if (entry === undefined)
        throw new NatterError(
          'notMember',
          `unable to ${attempt}: you are no longer a member of it`,
        );
      return { result: { entry } };
    },

    async updateConversation(caller, { conversationId, name, picture }) {
      const attempt = 'change the conversation';
      if (name === undefined && picture === undefined)
        throw badRequest(attempt, 'give a name, a picture, or both');
      const outcome = await storage.updateConversation({
        conversationId,
        actorId: caller.userId,
        name: name?.trim().toWellFormed(),
        picture,
      });
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      return {
        result: { conversation: outcome.conversation },
        tell: () => delivery.tell(outcome.events),
      };
    },

    async addMembers(caller, { conversationId, userIds, role = null, membersOnly }) {
      const command = {
        conversationId,
        actorId: caller.userId,
        userIds: [...new Set(userIds)],
        role,
        membersOnly,
      };
      const outcome = await storage.addMembers(command);
      const attempt = membersOnly === true ? 'change the role' : 'add people';
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      const { conversation, members, events } = outcome;
      return { result: { conversation, members }, tell: () => delivery.tell(events) };
    },

    async removeMember(caller, { conversationId, userId }) {
      const attempt = userId === caller.userId ? 'leave the conversation' : 'take this person out';
      const outcome = await storage.removeMember({
        conversationId,
        actorId: caller.userId,
        userId,
      });
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      return {
        result: { conversation: outcome.conversation },
        tell: () => delivery.tell(outcome.events),
      };
    },

    async getChanges(caller, { conversationId, from }) {
      const result = await storage.getChanges(caller.userId, conversationId, from);
      if (result === null) throw refusal('read what changed', 'notMember');
      return { result };
    },
  };
}
