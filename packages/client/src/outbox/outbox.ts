/**
 * Owns what is written and not yet acknowledged: messages, edits and deletions, in order per conversation, each under
 * one id for good, so that trying again never does it twice. What the server refuses is `failed` or taken back, and
 * holds nothing up. All tabs of a person share it, and it outlives them.
 */
import {
  type ConversationId,
  type DurableEvent,
  type FileId,
  type Message,
  type MessageId,
  NatterError,
} from '@natter/protocol';
import type { Calls } from '../connection/calls.ts';
import type { OutgoingFile, TimelineMessage } from '../contract.ts';
import type { Kept } from '../persistence/contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Ids } from '../runtime/ids.ts';
import type { Batch } from '../store/batch.ts';
import type { Sync } from '../sync/sync.ts';
import { askFor } from './asking.ts';
import { createChanges } from './changes.ts';
import { createDrain } from './drain.ts';
import { type Item, kindOf, makeItem, type Sender } from './item.ts';
import { createItems, type ItemsPorts } from './items.ts';
import { createJoining } from './joining.ts';
import type { Change } from './look.ts';
import { createPending } from './pending.ts';
import { refusalOf } from './refusal.ts';

export interface OutboxPorts {
  calls: Calls;
  runtime: Runtime;
  ids: Ids;
  batch: Batch;
  me(): Sender | null;
  uploads: ItemsPorts['uploads'] & {
    add(localId: string, file: OutgoingFile): string | null;
    start(localId: string): Promise<FileId>;
    reset(localId: string, forgetServer: boolean): void;
    /** Makes one for a file that this page did not take in; told as `attachment`. */
    preview(localId: string): void;
  };
  /** What is pending in this conversation, or how it looks, has changed. */
  onChange(id: ConversationId): void;
  sync: Sync;
  /** The timeline is about to show this row of mine, and does not yet. */
  awaits(message: Message): boolean;
  /** It could not be written to the device: it goes on in memory. */
  onUnkept(error: NatterError): void;
}

export interface Outgoing {
  /** The application's own; left out: a new one. */
  id?: MessageId | undefined;
  content: string;
  files: readonly OutgoingFile[];
}

export interface Outbox {
  /** What the device keeps for this person; null: nothing. Until this is known nothing is sent. */
  kept(kept: Kept | null): Promise<void>;
  send(id: ConversationId, message: Outgoing): MessageId;
  /** Resolves when it is shown and kept. */
  edit(id: ConversationId, messageId: MessageId, content: string): Promise<void>;
  delete(id: ConversationId, messageId: MessageId): Promise<void>;
  resend(id: MessageId): void;
  discard(id: MessageId): void;
  pending(id: ConversationId): readonly TimelineMessage[];
  /** How a message differs from its row. */
  change(id: MessageId): Change | undefined;
  /** Its row is newer than what was refused. */
  forgive(id: MessageId): void;
  /** A message of mine came from the server, whatever the way. */
  settle(message: Message): void;
  /** Everything up to this version, or what sync has got to, is applied: what was acknowledged within it no longer needs to be shown from here. */
  reached(id: ConversationId, version?: number): void;
  attachment(localId: string, change: { progress: number } | { previewUrl: string }): void;
  /** The server has begun, or has all of, one of its files. */
  placed(localId: string): void;
  readFile(localId: string): Promise<Blob | null>;
  /** One of its files was: so it is not sent. */
  cancelled(localId: string, error: NatterError): void;
  /** Another database: what the last one acknowledged is not in it. */
  forgetAcknowledged(): void;
  /** I am no longer in there. */
  refuseAll(id: ConversationId): void;
  meChanged(): void;
  connected(): void;
  /** What this connection had to tell is here. */
  resumed(): void;
  lost(): void;
  dispose(): void;
}

const itemsMax = 1_000;

export function createOutbox(ports: OutboxPorts): Outbox {
  const { calls, ids, batch, uploads, sync } = ports;
  const { clock } = ports.runtime;
  const changes = createChanges();
  const pending = createPending({
    me: ports.me,
    changes,
    itemsOf: (id) => items.of(id),
    wantPreview: uploads.preview,
  });
  const items = createItems({
    batch,
    uploads,
    onChange: touch,
    onRead: () => drain.pumpLater(),
    onGone: sync.refresh,
    onTold({ conversationId, version }) {
      reach(conversationId);
      sync.expect(conversationId, version);
    },
    onUnkept: ports.onUnkept,
  });
  const joining = createJoining(items);
  const drain = createDrain({
    runtime: ports.runtime,
    batch,
    items,
    startUpload: uploads.start,
    ask: askFor({
      calls,
      me: ports.me,
      resetUpload: (localId) => uploads.reset(localId, true),
      acknowledge,
      done: (item) => void items.remove(item, false),
    }),
    refused,
    isDue: joining.isDue,
    onUnkept: ports.onUnkept,
  });

  function touch(item: Item): void {
    item.view = null;
    if (item.kind !== 'send') {
      changes.update(item.messageId, items.all.values());
      const send = items.all.get(item.messageId);
      if (send !== undefined) send.view = null;
    }
    pending.touch(item.conversationId);
    ports.onChange(item.conversationId);
  }

  function fail(item: Item, error: NatterError): void {
    item.state = 'failed';
    item.error = error.toBody();
    void items.update(item, true);
    joining.fold(item);
  }

  function refused(item: Item, error: NatterError): void {
    if (item.kind === 'send') {
      fail(item, error);
      return;
    }
    void items.remove(item, false);
    changes.refuse(item, error.toBody());
    ports.onChange(item.conversationId);
  }

  function acknowledge(item: Item, type: DurableEvent['type'], message: Message): void {
    batch.run(() => {
      const { conversationId, version } = message;
      if (items.all.get(item.key) === item) items.acknowledge(item, message);
      sync.acknowledged({ type, conversationId, version, message } as DurableEvent);
      reach(conversationId);
    });
  }

  function reach(id: ConversationId, version = sync.version(id) ?? 0): void {
    if (items.all.size === 0) return;
    for (const item of items.of(id))
      if (item.message !== null && item.message.version <= version && !ports.awaits(item.message))
        void items.remove(item, true);
  }

  function full(): NatterError | null {
    let waiting = 0;
    for (const { state } of items.all.values()) if (state === 'waiting') waiting += 1;
    if (waiting < itemsMax) return null;
    return new NatterError(
      'overloaded',
      `unable to send: ${itemsMax} messages wait already; try again later`,
    );
  }

  /** Failed ones are kept for a resend, the oldest let go first. */
  function makeRoom(): void {
    if (items.all.size < itemsMax * 2) return;
    const oldest = [...items.all.values()].find(({ state }) => state !== 'waiting');
    if (oldest !== undefined) void items.remove(oldest, false);
  }

  async function change(
    kind: 'edit' | 'delete',
    conversationId: ConversationId,
    messageId: MessageId,
    content: string,
  ): Promise<void> {
    const send = items.all.get(messageId);
    let kept: Promise<unknown> = Promise.resolve();
    batch.run(() => {
      if (send?.state === 'failed') {
        send.content = content;
        kept = kind === 'edit' ? items.update(send, true) : items.remove(send, false);
        return;
      }
      const key = ids.local();
      const createdAt = clock.now();
      const item = makeItem({ key, kind, conversationId, messageId, content, createdAt });
      const error = full();
      if (error !== null) {
        changes.refuse(item, error.toBody());
        ports.onChange(conversationId);
        return;
      }
      const before = items
        .of(conversationId)
        .filter((one) => one.messageId === messageId && one.state === 'waiting');
      if (before.some((one) => one.kind === 'delete')) return;
      kept = items.add(item);
      for (const one of before)
        if (one.kind === 'edit' && !one.repeated) void items.remove(one, false);
      drain.pump(conversationId);
    });
    await kept;
  }

  return {
    async kept(kept) {
      await items.open(kept);
      if (drain.isConnected()) drain.connected();
    },
    send(conversationId, { id: messageId = ids.message(), content, files }) {
      if (items.all.has(messageId)) return messageId;
      makeRoom();
      const attachments = files.map((file) => {
        const localId = ids.local();
        const mediaType = file.data.type || 'application/octet-stream';
        return {
          localId,
          kind: kindOf(mediaType),
          name: file.name,
          mediaType,
          bytes: file.data.size,
          previewUrl: uploads.add(localId, file),
          progress: 0,
        };
      });
      const its = { conversationId, messageId, content, createdAt: clock.now() };
      const item = makeItem({ key: messageId, kind: 'send', ...its }, attachments);
      batch.run(() => {
        const refusal = refusalOf(content, files);
        const error = refusal ?? full();
        if (error !== null) Object.assign(item, { state: 'failed', error: error.toBody() });
        // It leaves now, so it is written as tried: nobody waits for a second write.
        else if (files.length === 0 && items.isOpen() && drain.isConnected())
          item.tried = item.fresh = true;
        void items.add(item, refusal === null);
        drain.pump(conversationId);
      });
      return messageId;
    },
    edit: (id, messageId, content) => change('edit', id, messageId, content),
    delete: (id, messageId) => change('delete', id, messageId, ''),
    resend(id) {
      const item = items.all.get(id);
      if (item?.state !== 'failed') return;
      batch.run(() => {
        const error = full();
        if (error !== null) {
          fail(item, error);
          return;
        }
        // What another tab wrote behind it meanwhile.
        if (!joining.fold(item)) return;
        for (const { localId } of item.attachments) uploads.reset(localId, false);
        item.state = 'waiting';
        item.error = null;
        item.tries = 0;
        // Sent anew, so in order behind what was sent meanwhile.
        void items.add(item);
        drain.pump(item.conversationId);
      });
    },
    discard(id) {
      const item = items.all.get(id);
      if (item?.state === 'failed') batch.run(() => void items.remove(item, false));
    },
    pending: pending.of,
    change: changes.of,
    forgive: changes.forgive,
    settle(message) {
      const item = items.all.get(message.id);
      if (item === undefined) return;
      // Its row may wait for neighbours: until they are here it is shown from here, where it was.
      if (ports.awaits(message)) items.acknowledge(item, message);
      else void items.remove(item, true, message);
    },
    reached: reach,
    attachment(localId, change) {
      const found = holder(localId);
      if (found === undefined) return;
      const { item, at } = found;
      const attachment = item.attachments[at];
      if (attachment === undefined) return;
      item.attachments = item.attachments.with(at, { ...attachment, ...change });
      touch(item);
    },
    placed(localId) {
      const item = holder(localId)?.item;
      if (item?.state === 'waiting' && drain.holds(item.conversationId)) void items.update(item);
    },
    readFile: async (localId) => (await items.kept()?.readFile(localId)) ?? null,
    cancelled(localId, error) {
      const item = holder(localId)?.item;
      if (item?.state === 'waiting') fail(item, error);
    },
    forgetAcknowledged() {
      for (const item of [...items.all.values()])
        if (item.message !== null) void items.remove(item, true);
    },
    refuseAll(id) {
      const error = new NatterError(
        'notMember',
        'unable to send: you are no longer a member of this conversation',
      );
      for (const item of items.of(id)) {
        if (item.state === 'waiting' && items.all.has(item.key)) refused(item, error);
        // The server has it, and its row is not mine to see.
        if (item.state === 'acknowledged') void items.remove(item, true);
      }
      changes.forget(id);
    },
    meChanged() {
      pending.clear();
      for (const item of items.all.values()) touch(item);
    },
    connected: drain.connected,
    resumed() {
      // It is shown from here until its row comes; where I am no longer, nothing brings that, and nothing tells of it.
      for (const { message } of items.all.values())
        if (message !== null) sync.expect(message.conversationId, message.version);
    },
    lost() {
      drain.lost();
      // Meanwhile another tab may send it.
      for (const item of items.all.values()) {
        item.fresh = false;
        item.repeated ||= item.tried;
      }
    },
    dispose() {
      items.dispose();
      drain.dispose();
      changes.clear();
      pending.clear();
    },
  };

  function holder(localId: string): { item: Item; at: number } | undefined {
    for (const item of items.all.values()) {
      const at = item.attachments.findIndex((attachment) => attachment.localId === localId);
      if (at >= 0) return { item, at };
    }
    return undefined;
  }
}
