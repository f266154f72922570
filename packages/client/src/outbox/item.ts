/** Owns one thing on its way out: how it looks meanwhile, as mine, by name, from the start; and how it is kept. */
import type {
  ConversationId,
  ErrorBody,
  FileId,
  Message,
  MessageId,
  UserId,
} from '@natter/protocol';
import type { PendingAttachment, TimelineMessage } from '../contract.ts';
import type { KeptFile, KeptItem } from '../persistence/contract.ts';
import { type Change, look, none } from './look.ts';

export interface Sender {
  userId: UserId;
  name: string;
}

export interface Item {
  readonly key: string;
  readonly kind: KeptItem['kind'];
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  content: string;
  attachments: readonly PendingAttachment[];
  readonly createdAt: number;
  /** `acknowledged`: on the server's disk, and not yet applied in order here. */
  state: 'waiting' | 'failed' | 'acknowledged';
  error: ErrorBody | null;
  message: Message | null;
  /** As kept: it may have been sent, from here or another tab, so its content must stay. */
  tried: boolean;
  /** As known here: a try before this one may have reached the server. */
  repeated: boolean;
  /** Made here for the connection there is, and tried from the start: no other tab can know better. */
  fresh: boolean;
  /** The server has another text under this id: mine is to be put in its place. */
  asEdit: boolean;
  /** It is among what the device keeps. */
  stored: boolean;
  /** Its writes that are not done. */
  writes: number;
  /** Failures in a row. */
  tries: number;
  /** Null: to be made anew. */
  view: TimelineMessage | null;
}

/** Where the server is with a file. */
export interface Place {
  url: string | null;
  fileId: FileId | null;
}

const unsent = {
  state: 'waiting',
  error: null,
  message: null,
  tried: false,
  repeated: false,
  fresh: false,
  asEdit: false,
  stored: false,
  writes: 0,
  tries: 0,
  view: null,
} as const;

export function makeItem(
  its: Pick<Item, 'key' | 'kind' | 'conversationId' | 'messageId' | 'content' | 'createdAt'>,
  attachments: readonly PendingAttachment[] = none,
): Item {
  return { ...its, attachments, ...unsent };
}

export function fromKept(kept: KeptItem): Item {
  const { files, tried, error, ...its } = kept;
  const attachments = files.map(({ localId, name, mediaType, bytes, fileId }) => ({
    localId,
    kind: kindOf(mediaType),
    name,
    mediaType,
    bytes,
    previewUrl: null,
    progress: fileId === null ? 0 : 1,
  }));
  return { ...unsent, ...its, attachments, tried, repeated: tried, ...stateOf(error) };
}

export function stateOf(error: ErrorBody | null): Pick<Item, 'state' | 'error'> {
  return { state: error === null ? 'waiting' : 'failed', error };
}

export function toKept(item: Item, place: (localId: string) => Place): KeptItem {
  const { key, kind, conversationId, messageId, content, createdAt, tried, error } = item;
  const files = item.attachments.map(
    ({ localId, name, mediaType, bytes }): KeptFile => ({
      localId,
      name,
      mediaType,
      bytes,
      ...place(localId),
    }),
  );
  return { key, kind, conversationId, messageId, content, files, createdAt, tried, error };
}

export function kindOf(mediaType: string): PendingAttachment['kind'] {
  return mediaType.startsWith('image/') ? 'image' : 'file';
}

export function viewItem(item: Item, me: Sender, change: Change | undefined): TimelineMessage {
  const { message, messageId: id, conversationId, content, attachments, createdAt, state } = item;
  const type = typeOf(attachments);
  const unsent = { id, conversationId, seq: null, type, content, attachments: none, createdAt };
  return look(
    {
      ...(message ?? { ...unsent, editedAt: null, deletedAt: null }),
      senderId: me.userId,
      senderName: me.name,
    },
    {
      isMine: true,
      status: state === 'waiting' ? 'sending' : state === 'failed' ? 'failed' : 'sent',
      pending: message === null ? attachments : none,
      error: item.error ?? change?.error ?? null,
    },
    change?.change ?? null,
  );
}

function typeOf(attachments: readonly PendingAttachment[]): Message['type'] {
  if (attachments.length === 0) return 'text';
  return attachments.every(({ kind }) => kind === 'image') ? 'image' : 'file';
}
