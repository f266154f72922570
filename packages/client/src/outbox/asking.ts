/**
 * Owns what the server is asked for one item, and what its answer means. A repeat of what is done already is done:
 * the first answer may have been lost.
 */
import {
  type DurableEvent,
  type FileId,
  type Message,
  NatterError,
  type SendMessageResult,
} from '@natter/protocol';
import type { Calls } from '../connection/calls.ts';
import type { Item, Sender } from './item.ts';

export interface AskingPorts {
  calls: Calls;
  me(): Sender | null;
  /** The server has let it go. */
  resetUpload(localId: string): void;
  acknowledge(item: Item, type: DurableEvent['type'], message: Message): void;
  /** It is done, and there is no row to show for it. */
  done(item: Item): void;
}

/** Resolves with null when the server has it. It is handled in the turn of its arrival, in order with the events around it. */
export function askFor(ports: AskingPorts) {
  const { calls } = ports;
  /** Messages whose files are uploaded a second time. */
  const renewed = new WeakSet<Item>();

  function send(item: Item, fileIds: readonly FileId[], repeated: boolean) {
    const { messageId: id, conversationId, content } = item;
    const its = fileIds.length === 0 ? undefined : [...fileIds];
    const params = { id, conversationId, content, fileIds: its };
    return new Promise<NatterError | null>((resolve) => {
      calls.request('sendMessage', params, (outcome) => {
        if (outcome.ok) {
          const me = ports.me();
          if (me !== null)
            ports.acknowledge(item, 'newMessage', messageOf(item, me, outcome.result));
          resolve(null);
          return;
        }
        const { error } = outcome;
        // Its first answer was lost, and its text was changed since then.
        if (error.code === 'conflict' && repeated && !item.asEdit) {
          item.asEdit = true;
          resolve(change(item, repeated));
          return;
        }
        if ((error.code === 'badRequest' || error.code === 'notFound') && fileIds.length > 0) {
          // The server lets go of uploads that wait too long: they are made again from the bytes kept here.
          for (const { localId } of item.attachments) ports.resetUpload(localId);
          if (!renewed.has(item)) {
            renewed.add(item);
            resolve(new NatterError('internal', 'its files are uploaded again'));
            return;
          }
        }
        resolve(error);
      });
    });
  }

  function change(item: Item, repeated: boolean) {
    const { messageId, conversationId, content, kind } = item;
    const params = { conversationId, messageId };
    const isDelete = kind === 'delete';
    return new Promise<NatterError | null>((resolve) => {
      const done: Parameters<typeof calls.request<'editMessage' | 'deleteMessage'>>[2] = (
        outcome,
      ) => {
        if (outcome.ok)
          ports.acknowledge(
            item,
            isDelete ? 'messageDeleted' : 'messageUpdated',
            outcome.result.message,
          );
        // Nothing is left to be deleted, or to be edited a second time.
        else if (outcome.error.code === 'notFound' && (isDelete || (repeated && kind === 'edit')))
          ports.done(item);
        else {
          resolve(outcome.error);
          return;
        }
        resolve(null);
      };
      if (isDelete) calls.request('deleteMessage', params, done);
      else calls.request('editMessage', { ...params, content }, done);
    });
  }

  return (item: Item, fileIds: readonly FileId[]): Promise<NatterError | null> => {
    const { repeated } = item;
    item.repeated = true;
    item.fresh = false;
    return item.kind === 'send' && !item.asEdit
      ? send(item, fileIds, repeated)
      : change(item, repeated);
  };
}

function messageOf(
  { conversationId, content }: Item,
  me: Sender,
  result: SendMessageResult,
): Message {
  return {
    ...result,
    conversationId,
    senderId: me.userId,
    senderName: me.name as Message['senderName'],
    content,
    editedAt: null,
    deletedAt: null,
  };
}
