/**
 * Owns sending, changing and paging messages. The database decides who may and what is a repeat, in the transaction
 * that writes; here are the rules that need no database, and what is told to whom.
 */
import type {
  ChangeMessageResult,
  ConversationId,
  DeleteMessageParams,
  EditMessageParams,
  GetMessagesParams,
  GetMessagesResult,
  SendMessageParams,
  SendMessageResult,
} from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { badRequest, refusal } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Storage } from '../storage/contract.ts';

export interface Messages {
  sendMessage(caller: Caller, params: SendMessageParams): Promise<Answer<SendMessageResult>>;
  editMessage(caller: Caller, params: EditMessageParams): Promise<Answer<ChangeMessageResult>>;
  deleteMessage(caller: Caller, params: DeleteMessageParams): Promise<Answer<ChangeMessageResult>>;
  getMessages(caller: Caller, params: GetMessagesParams): Promise<Answer<GetMessagesResult>>;
}

export function createMessages(deps: {
  storage: Storage;
  delivery: Delivery;
  pageSizeDefault: number;
  /** Whoever sends has stopped typing. */
  onSent: (caller: Caller, conversationId: ConversationId) => void;
}): Messages {
  const { storage, delivery } = deps;

  return {
    /**
     * Reaches storage before anything is awaited, so that one socket's messages are numbered in the order of its
     * frames. The sender's read cursor moves with the message: no event of its own, since `newMessage` says so.
     */
    async sendMessage(caller, { id, conversationId, fileIds = [], ...params }) {
      const attempt = 'send the message';
      // The database has no half of a surrogate pair: events must not tell one either.
      const content = params.content.toWellFormed();
      if (content.trim() === '' && fileIds.length === 0)
        throw badRequest(attempt, 'it has neither content nor files');
      const outcome = await storage.appendMessage({
        id,
        conversationId,
        senderId: caller.userId,
        content,
        fileIds,
      });
      switch (outcome.outcome) {
        case 'refused':
          throw refusal(attempt, outcome.reason);
        case 'duplicate': {
          const { seq, version, createdAt, message } = outcome;
          return {
            result: {
              id,
              seq,
              version,
              createdAt,
              type: message.type,
              attachments: message.attachments,
            },
          };
        }
        case 'accepted': {
          const { seq, version, createdAt, type, attachments } = outcome.message;
          const tell = () => {
            delivery.tell(outcome.events, caller.connectionId);
            deps.onSent(caller, conversationId);
          };
          return { result: { id, seq, version, createdAt, type, attachments }, tell };
        }
      }
    },

    async editMessage(caller, { conversationId, messageId, ...params }) {
      const attempt = 'edit the message';
      const content = params.content.toWellFormed();
      if (content.trim() === '')
        throw badRequest(attempt, 'it would have no content; delete it instead');
      const outcome = await storage.editMessage({
        conversationId,
        messageId,
        actorId: caller.userId,
        content,
      });
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      return { result: { message: outcome.message }, tell: () => delivery.tell(outcome.events) };
    },

    async deleteMessage(caller, { conversationId, messageId }) {
      const outcome = await storage.deleteMessage({
        conversationId,
        messageId,
        actorId: caller.userId,
      });
      if (outcome.outcome === 'refused') throw refusal('delete the message', outcome.reason);
      return { result: { message: outcome.message }, tell: () => delivery.tell(outcome.events) };
    },

    async getMessages(caller, params) {
      const attempt = 'read messages';
      const { conversationId, before, after, around, limit = deps.pageSizeDefault } = params;
      const named = [before, after, around].filter((seq) => seq !== undefined).length;
      if (named > 1) throw badRequest(attempt, 'name one of before, after and around, or none');
      const page = {
        conversationId,
        limit,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(around === undefined ? {} : { around }),
      };
      const result = await storage.getMessages(caller.userId, page);
      if (result === null) throw refusal(attempt, 'notMember');
      return { result };
    },
  };
}
