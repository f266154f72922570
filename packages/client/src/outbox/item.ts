/** Owns one message on its way out, and how it looks meanwhile: as mine, by name, from the start. */
import type { ConversationId, ErrorBody, Message, MessageId, UserId } from '@natter/protocol';
import type { PendingAttachment, TimelineMessage } from '../contract.ts';

export interface Sender {
  userId: UserId;
  name: string;
}

export interface Item {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly content: string;
  attachments: readonly PendingAttachment[];
  readonly createdAt: number;
  /** `acknowledged`: on the server's disk, and not yet applied in order here. */
  state: 'waiting' | 'failed' | 'acknowledged';
  error: ErrorBody | null;
  message: Message | null;
  /** Failures in a row. */
  tries: number;
  /** Null: to be made anew. */
  view: TimelineMessage | null;
}

const none: readonly never[] = [];

export function viewItem(item: Item, me: Sender): TimelineMessage {
  const { message, attachments } = item;
  return {
    id: item.id,
    conversationId: item.conversationId,
    seq: message?.seq ?? null,
    senderId: me.userId,
    senderName: me.name,
    isMine: true,
    type: message?.type ?? typeOf(attachments),
    content: item.content,
    attachments: message?.attachments ?? none,
    pending: message === null ? attachments : none,
    createdAt: message?.createdAt ?? item.createdAt,
    editedAt: null,
    deletedAt: null,
    status: item.state === 'waiting' ? 'sending' : item.state === 'failed' ? 'failed' : 'sent',
    error: item.error,
  };
}

function typeOf(attachments: readonly PendingAttachment[]): Message['type'] {
  if (attachments.length === 0) return 'text';
  return attachments.every(({ kind }) => kind === 'image') ? 'image' : 'file';
}
