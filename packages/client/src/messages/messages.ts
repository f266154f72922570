/**
 * Owns the timelines: one per conversation while anyone looks, some kept warm after, and the commands on messages.
 */
import { type ConversationId, countUnread, type MessageId, NatterError } from '@natter/protocol';
import type { Messages } from '../contract.ts';
import { createTimeline, type Timeline, type TimelinePorts } from './timeline.ts';

export interface MessagesPorts extends Omit<TimelinePorts, 'onFirst' | 'onLast'> {
  markAsRead(id: ConversationId, seq: number): void;
  lastSeq(id: ConversationId): number;
  onOpen(id: ConversationId): void;
  onSend(id: ConversationId): void;
}

export interface MessagesRoom {
  messages(id: ConversationId): Messages;
  timeline(id: ConversationId): Timeline | undefined;
  openIds(): ConversationId[];
  watchedIds(): ConversationId[];
  isWatched(id: ConversationId): boolean;
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
        ...ports,
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
    isWatched: (id) => (rooms.get(id)?.timeline.store.listenerCount ?? 0) > 0,
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
  const { outbox } = ports;

  /** As the server would; one that is not here is refused there. */
  function refuseLine(attempt: string, messageId: MessageId): void {
    if (timeline.row(messageId)?.type !== 'system') return;
    throw new NatterError(
      'forbidden',
      `unable to ${attempt} the message: it is a system line, which nobody can edit or delete`,
    );
  }

  return {
    getSnapshot: timeline.store.getSnapshot,
    subscribe: timeline.store.subscribe,
    load: timeline.load,
    loadBefore: timeline.loadBefore,
    loadAfter: timeline.loadAfter,
    loadAround: timeline.loadAround,
    send({ id: ownId, content = '', files = [] }) {
      if (ownId !== undefined && timeline.row(ownId) !== undefined) return ownId;
      ports.onSend(id);
      const messageId = outbox.send(id, { id: ownId, content, files });
      // What I write is at the newest end, and so is what I want to see.
      if (timeline.hasAfter()) void timeline.load();
      return messageId;
    },
    resend: outbox.resend,
    discard: outbox.discard,
    async edit(messageId, content) {
      refuseLine('edit', messageId);
      await outbox.edit(id, messageId, content);
    },
    async delete(messageId) {
      refuseLine('delete', messageId);
      await outbox.delete(id, messageId);
    },
    markAsRead(seq) {
      const newest = timeline.rows()?.at(-1)?.seq ?? ports.lastSeq(id);
      const upTo = seq ?? newest;
      if (upTo > 0) ports.markAsRead(id, upTo);
    },
  };
}
