/**
 * Owns what is written and not yet acknowledged: in order per conversation, one under way in each, under one id for
 * good, so that trying again never sends twice. What the server refuses is `failed`, and holds nothing up.
 */
import {
  backoffMs,
  type ConversationId,
  type FileId,
  type Message,
  type MessageId,
  NatterError,
  type SendMessageResult,
} from '@natter/protocol';
import { asError, type Calls } from '../connection/calls.ts';
import type { OutgoingFile, TimelineMessage } from '../contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Ids } from '../runtime/ids.ts';
import type { Batch } from '../store/batch.ts';
import { type Item, type Sender, viewItem } from './item.ts';
import { refusalOf } from './refusal.ts';

export interface OutboxPorts {
  calls: Calls;
  runtime: Runtime;
  ids: Ids;
  batch: Batch;
  me(): Sender | null;
  uploads: {
    add(localId: string, file: OutgoingFile): string | null;
    start(localId: string): Promise<FileId>;
    reset(localId: string, forgetServer: boolean): void;
    release(localId: string, sent: boolean): void;
  };
  /** What is pending in this conversation, or how it looks, has changed. */
  onChange(id: ConversationId): void;
  /** It is on the server's disk: stands for its event. */
  onAcknowledged(message: Message): void;
}

export interface Outbox {
  send(id: ConversationId, message: { content: string; files: readonly OutgoingFile[] }): MessageId;
  resend(id: MessageId): void;
  discard(id: MessageId): void;
  pending(id: ConversationId): readonly TimelineMessage[];
  /** A message of mine came from the server, whatever the way. */
  settle(id: MessageId): void;
  /** Everything up to this version is applied: what was acknowledged within it no longer needs to be shown from here. */
  reached(id: ConversationId, version: number): void;
  progress(localId: string, progress: number): void;
  /** One of its files was: so it is not sent. */
  cancelled(localId: string, error: NatterError): void;
  /** I am no longer in there. */
  refuseAll(id: ConversationId): void;
  meChanged(): void;
  connected(): void;
  lost(): void;
  dispose(): void;
}

const itemsMax = 1_000;
/** Failed uploads in a row after which a message is `failed`; messages themselves are tried for ever. */
const uploadTriesMax = 5;
const nothing: readonly TimelineMessage[] = [];

export function createOutbox(ports: OutboxPorts): Outbox {
  const { calls, runtime, ids, batch, uploads } = ports;
  const { clock, random } = runtime;
  /** In order of sending. */
  const items = new Map<MessageId, Item>();
  const lists = new Map<ConversationId, readonly TimelineMessage[]>();
  const running = new Set<ConversationId>();
  const waits = new Map<ConversationId, () => void>();
  let isConnected = false;

  function of(id: ConversationId): Item[] {
    return [...items.values()].filter((item) => item.conversationId === id);
  }

  function touch(item: Item): void {
    item.view = null;
    lists.delete(item.conversationId);
    ports.onChange(item.conversationId);
  }

  function fail(item: Item, error: NatterError): void {
    item.state = 'failed';
    item.error = error.toBody();
    touch(item);
  }

  function remove(item: Item, sent: boolean): void {
    items.delete(item.id);
    for (const { localId } of item.attachments) uploads.release(localId, sent);
    touch(item);
  }

  function pump(id: ConversationId): void {
    if (!isConnected || running.has(id)) return;
    waits.get(id)?.();
    waits.delete(id);
    running.add(id);
    void run(id).finally(() => running.delete(id));
  }

  async function run(id: ConversationId): Promise<void> {
    for (;;) {
      const item = isConnected ? of(id).find(({ state }) => state === 'waiting') : undefined;
      if (item === undefined) return;
      const error = await attempt(item);
      if (error === null || item.state !== 'waiting' || !items.has(item.id)) continue;
      if (error.retry === 'never') {
        batch.run(() => fail(item, error));
        continue;
      }
      if (!isConnected) return;
      item.tries += 1;
      const ms = Math.max(error.retryAfterMs ?? 0, backoffMs(item.tries, random.fraction()));
      waits.set(
        id,
        clock.after(ms, () => pump(id)),
      );
      return;
    }
  }

  /** Null: acknowledged, or no longer to be sent. */
  async function attempt(item: Item): Promise<NatterError | null> {
    let fileIds: FileId[];
    try {
      fileIds = await Promise.all(item.attachments.map(({ localId }) => uploads.start(localId)));
    } catch (cause) {
      const error = asError(cause);
      if (!isConnected || error.retry !== 'later' || item.tries + 1 < uploadTriesMax) return error;
      batch.run(() => fail(item, error));
      return null;
    }
    if (item.state !== 'waiting' || !items.has(item.id)) return null;
    if (!isConnected) return new NatterError('internal', 'the connection was lost');
    const { id, conversationId, content } = item;
    return new Promise((resolve) => {
      const params = { id, conversationId, content, ...(fileIds.length === 0 ? {} : { fileIds }) };
      // Handled in the turn of its arrival, so that it is applied in order with the events around it.
      calls.request('sendMessage', params, (outcome) => {
        if (outcome.ok) {
          if (items.has(id)) batch.run(() => acknowledge(item, outcome.result));
          resolve(null);
          return;
        }
        // The server has let an upload go that waited too long: it is made again from the bytes kept here.
        if (outcome.error.code === 'notFound')
          for (const { localId } of item.attachments) uploads.reset(localId, true);
        resolve(outcome.error);
      });
    });
  }

  function acknowledge(
    item: Item,
    { seq, version, createdAt, type, attachments }: SendMessageResult,
  ): void {
    const me = ports.me();
    if (me === null) return;
    const { id, conversationId, content } = item;
    item.state = 'acknowledged';
    item.error = null;
    item.message = {
      id,
      conversationId,
      seq,
      version,
      senderId: me.userId,
      senderName: me.name as Message['senderName'],
      type,
      content,
      attachments,
      createdAt,
      editedAt: null,
      deletedAt: null,
    };
    touch(item);
    ports.onAcknowledged(item.message);
  }

  function full(): NatterError | null {
    let waiting = 0;
    for (const { state } of items.values()) if (state === 'waiting') waiting += 1;
    if (waiting < itemsMax) return null;
    return new NatterError(
      'overloaded',
      `unable to send: ${itemsMax} messages wait already; try again later`,
    );
  }

  /** Failed ones are kept for a resend, the oldest let go first. */
  function makeRoom(): void {
    if (items.size < itemsMax * 2) return;
    const oldest = [...items.values()].find(({ state }) => state === 'failed');
    if (oldest !== undefined) remove(oldest, false);
  }

  function enqueue(item: Item): void {
    // Uploads of what is further back begin already; sending keeps its order.
    if (isConnected)
      for (const { localId } of item.attachments) uploads.start(localId).catch(() => {});
    pump(item.conversationId);
  }

  return {
    send(conversationId, { content, files }) {
      makeRoom();
      const id = ids.message();
      const attachments = files.map((file) => {
        const localId = ids.local();
        const mediaType = file.data.type || 'application/octet-stream';
        const kind = mediaType.startsWith('image/') ? ('image' as const) : ('file' as const);
        return {
          localId,
          kind,
          name: file.name,
          mediaType,
          bytes: file.data.size,
          previewUrl: uploads.add(localId, file),
          progress: 0,
        };
      });
      const item: Item = {
        id,
        conversationId,
        content,
        attachments,
        createdAt: clock.now(),
        state: 'waiting',
        error: null,
        message: null,
        tries: 0,
        view: null,
      };
      batch.run(() => {
        const error = refusalOf(content, files) ?? full();
        items.set(id, item);
        if (error !== null) fail(item, error);
        else {
          touch(item);
          enqueue(item);
        }
      });
      return id;
    },
    resend(id) {
      const item = items.get(id);
      if (item?.state !== 'failed') return;
      batch.run(() => {
        const error = full();
        if (error !== null) {
          fail(item, error);
          return;
        }
        for (const { localId } of item.attachments) uploads.reset(localId, false);
        // Sent anew, so in order behind what was sent meanwhile.
        items.delete(id);
        items.set(id, item);
        item.state = 'waiting';
        item.error = null;
        item.tries = 0;
        touch(item);
        enqueue(item);
      });
    },
    discard(id) {
      const item = items.get(id);
      if (item?.state === 'failed') batch.run(() => remove(item, false));
    },
    pending(id) {
      const me = ports.me();
      if (me === null) return nothing;
      let list = lists.get(id);
      if (list === undefined) {
        list = of(id).map((item) => {
          item.view ??= viewItem(item, me);
          return item.view;
        });
        lists.set(id, list.length === 0 ? nothing : list);
      }
      return list;
    },
    settle(id) {
      const item = items.get(id);
      if (item !== undefined) remove(item, true);
    },
    reached(id, version) {
      if (items.size === 0) return;
      for (const item of of(id))
        if (item.message !== null && item.message.version <= version) remove(item, true);
    },
    progress(localId, progress) {
      for (const item of items.values()) {
        const at = item.attachments.findIndex((attachment) => attachment.localId === localId);
        if (at < 0) continue;
        item.attachments = item.attachments.with(at, {
          ...(item.attachments[at] as (typeof item.attachments)[number]),
          progress,
        });
        touch(item);
      }
    },
    cancelled(localId, error) {
      for (const item of items.values()) {
        if (
          item.state === 'waiting' &&
          item.attachments.some((attachment) => attachment.localId === localId)
        )
          fail(item, error);
      }
    },
    refuseAll(id) {
      const error = new NatterError(
        'notMember',
        'unable to send: you are no longer a member of this conversation',
      );
      for (const item of of(id)) if (item.state === 'waiting') fail(item, error);
    },
    meChanged() {
      lists.clear();
      for (const item of items.values()) touch(item);
    },
    connected() {
      isConnected = true;
      for (const item of items.values()) if (item.state === 'waiting') enqueue(item);
    },
    lost() {
      isConnected = false;
      for (const cancel of waits.values()) cancel();
      waits.clear();
    },
    dispose() {
      this.lost();
      items.clear();
      lists.clear();
    },
  };
}
