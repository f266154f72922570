/**
 * Owns the timelines: one per conversation while anyone looks, some kept warm after, and the commands on messages.
 * A change is shown at once, and taken back with its reason when the server refuses it.
 */
import {
  type ConversationId,
  countUnread,
  type DurableEvent,
  type ErrorBody,
  type Message,
  type MessageId,
  type UserId,
} from '@natter/protocol';
import { asError, type Call } from '../connection/calls.ts';
import type { Messages, OutgoingFile, TimelineMessage } from '../contract.ts';
import type { KeptTimeline } from '../persistence/contract.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Batch } from '../store/batch.ts';
import type { Telling } from '../store/store.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import type { Levels, Overlay } from './view.ts';

export interface MessagesPorts {
  call: Call;
  batch: Batch;
  telling: Telling;
  clock: Clock;
  pageSize: number;
  ensure(id: ConversationId): Promise<void>;
  kept(id: ConversationId): Promise<KeptTimeline | null>;
  restored(kept: KeptTimeline): void;
  me(): UserId | null;
  levels(id: ConversationId): Levels;
  pending(id: ConversationId): readonly TimelineMessage[];
  send(id: ConversationId, message: { content: string; files: readonly OutgoingFile[] }): MessageId;
  resend(id: MessageId): void;
  discard(id: MessageId): void;
  /** A change that was acknowledged stands for its event. */
  acknowledged(event: DurableEvent): void;
  markAsRead(id: ConversationId, seq: number): void;
  lastSeq(id: ConversationId): number;
  onOpen(id: ConversationId): void;
}

export interface MessagesRoom {
  messages(id: ConversationId): Messages;
  timeline(id: ConversationId): Timeline | undefined;
  openIds(): ConversationId[];
  watchedIds(): ConversationId[];
  /** Unread after `readSeq`, when all of them are here to be counted; else null. */
  countUnread(id: ConversationId, readSeq: number, lastSeq: number): number | null;
  dispose(): void;
}

/** Timelines nobody looks at that are kept up to date, so that going back to one costs nothing. */
const warmMax = 20;

export function createMessages(ports: MessagesPorts): MessagesRoom {
  const rooms = new Map<ConversationId, { timeline: Timeline; messages: Messages }>();

  function open(id: ConversationId): { timeline: Timeline; messages: Messages } {
    let room = rooms.get(id);
    if (room === undefined) {
      const timeline = createTimeline(id, {
        call: ports.call,
        batch: ports.batch,
        telling: ports.telling,
        pageSize: ports.pageSize,
        ensure: () => ports.ensure(id),
        kept: () => ports.kept(id),
        restored: ports.restored,
        me: ports.me,
        levels: () => ports.levels(id),
        pending: () => ports.pending(id),
        onFirst() {
          touch(id);
          ports.onOpen(id);
        },
        onLast: evict,
      });
      room = { timeline, messages: createCommands(id, timeline, ports) };
      rooms.set(id, room);
    }
    return room;
  }

  function touch(id: ConversationId): void {
    const room = rooms.get(id);
    if (room === undefined) return;
    rooms.delete(id);
    rooms.set(id, room);
  }

  /** The object stays, for whoever holds it; its rows go, and come again with the next look. */
  function evict(): void {
    const idle = [...rooms.values()].filter(
      ({ timeline }) => timeline.store.listenerCount === 0 && timeline.isOpen(),
    );
    for (const { timeline } of idle.slice(0, Math.max(0, idle.length - warmMax)))
      timeline.clear(null);
  }

  return {
    messages: (id) => open(id).messages,
    timeline: (id) => rooms.get(id)?.timeline,
    openIds: () => [...rooms].filter(([, { timeline }]) => timeline.isOpen()).map(([id]) => id),
    watchedIds: () =>
      [...rooms].filter(([, { timeline }]) => timeline.store.listenerCount > 0).map(([id]) => id),
    countUnread(id, readSeq, lastSeq) {
      const timeline = rooms.get(id)?.timeline;
      const rows = timeline?.rows();
      const me = ports.me();
      const first = rows?.[0];
      if (
        !rows ||
        first === undefined ||
        me === null ||
        first.seq > readSeq + 1 ||
        (rows.at(-1)?.seq ?? 0) < lastSeq
      )
        return null;
      return countUnread(rows, me, readSeq);
    },
    dispose() {
      for (const { timeline } of rooms.values()) timeline.dispose();
      rooms.clear();
    },
  };
}

function createCommands(id: ConversationId, timeline: Timeline, ports: MessagesPorts): Messages {
  function row(messageId: MessageId): Message | null {
    return timeline.row(messageId) ?? null;
  }

  /** Shows `change`, asks for it, and takes it back when refused. The latest change of a message is the one shown. */
  async function change(
    messageId: MessageId,
    shown: Exclude<Overlay['change'], null>,
    ask: () => Promise<{ message: Message }>,
    type: 'messageUpdated' | 'messageDeleted',
  ): Promise<void> {
    if (row(messageId) === null) return;
    const overlay: Overlay = { change: shown, error: null };
    timeline.setOverlay(messageId, overlay);
    let error: ErrorBody | null = null;
    try {
      const { message } = await ask();
      ports.batch.run(() => {
        timeline.merge([message]);
        ports.acknowledged({ type, conversationId: id, version: message.version, message });
      });
    } catch (cause) {
      error = asError(cause).toBody();
    }
    if (timeline.overlay(messageId) === overlay)
      timeline.setOverlay(messageId, error === null ? undefined : { change: null, error });
  }

  return {
    getSnapshot: timeline.store.getSnapshot,
    subscribe: timeline.store.subscribe,
    load: timeline.load,
    loadBefore: timeline.loadBefore,
    loadAfter: timeline.loadAfter,
    loadAround: timeline.loadAround,
    send({ content = '', files = [] }) {
      const messageId = ports.send(id, { content, files });
      // What I write is at the newest end, and so is what I want to see.
      if (timeline.hasAfter()) void timeline.load();
      return messageId;
    },
    resend: ports.resend,
    discard: ports.discard,
    edit: (messageId, content) =>
      change(
        messageId,
        { content },
        () => ports.call('editMessage', { conversationId: id, messageId, content }),
        'messageUpdated',
      ),
    delete: (messageId) =>
      change(
        messageId,
        { deletedAt: ports.clock.now() },
        () => ports.call('deleteMessage', { conversationId: id, messageId }),
        'messageDeleted',
      ),
    markAsRead(seq) {
      const newest = timeline.rows()?.at(-1)?.seq ?? ports.lastSeq(id);
      const upTo = seq ?? newest;
      if (upTo > 0) ports.markAsRead(id, upTo);
    },
  };
}
