/**
 * Owns who types where. In: by conversation and user id, forgotten by this device's clock when no news comes.
 * Out: said at most every 3 s, and taken back when it stops.
 */
import { type ConversationId, type ServerEvent, timings, type UserId } from '@natter/protocol';
import type { Call } from '../connection/calls.ts';
import type { Typing, TypingSnapshot } from '../contract.ts';
import type { Clock } from '../runtime/contract.ts';
import { createDerivedStore, type DerivedStore, type Telling } from '../store/store.ts';

export interface TypingRoom {
  typing(id: ConversationId): Typing;
  receive(event: ServerEvent): void;
  /** A message of mine went out: who has sent has stopped typing. */
  sent(id: ConversationId): void;
  lost(): void;
}

interface Room {
  typists: Map<UserId, { name: string; cancel(): void }>;
  store: DerivedStore<TypingSnapshot>;
  typing: Typing;
  /** When it was last said that I type; long ago: that I do not. */
  saidAt: number;
}

const longAgo = Number.NEGATIVE_INFINITY;

const nobody: TypingSnapshot = [];

export function createTyping({
  call,
  clock,
  telling,
  me,
  isConnected,
  watch,
}: {
  call: Call;
  clock: Clock;
  telling: Telling;
  me(): UserId | null;
  isConnected(): boolean;
  /** Asks to be told of this conversation, until undone. */
  watch(id: ConversationId): () => void;
}): TypingRoom {
  const rooms = new Map<ConversationId, Room>();

  function open(id: ConversationId): Room {
    const known = rooms.get(id);
    if (known !== undefined) return known;
    const typists: Room['typists'] = new Map();
    let unwatch: (() => void) | null = null;
    const store = createDerivedStore<TypingSnapshot>(
      telling,
      () =>
        typists.size === 0 ? nobody : [...typists].map(([userId, { name }]) => ({ userId, name })),
      {
        onFirst() {
          unwatch = watch(id);
        },
        onLast() {
          unwatch?.();
          clear(id, room);
        },
      },
    );
    const room: Room = {
      typists,
      store,
      saidAt: longAgo,
      typing: {
        getSnapshot: store.getSnapshot,
        subscribe: store.subscribe,
        started() {
          const now = clock.now();
          const sinceMs = now - room.saidAt;
          // Less than nothing: the device's clock was set back.
          if (sinceMs >= 0 && sinceMs < timings.typingRepeatMs) return;
          if (say(id, true)) room.saidAt = now;
        },
        stopped() {
          if (room.saidAt === longAgo) return;
          room.saidAt = longAgo;
          say(id, false);
        },
      },
    };
    rooms.set(id, room);
    return room;
  }

  /** A hint that is lost is no loss: the next keystroke says it again. */
  function say(conversationId: ConversationId, typing: boolean): boolean {
    if (!isConnected()) return false;
    call('sendTyping', { conversationId, typing }).catch(() => {});
    return true;
  }

  function forget(id: ConversationId, userId: UserId): void {
    const room = rooms.get(id);
    const typist = room?.typists.get(userId);
    if (room === undefined || typist === undefined) return;
    typist.cancel();
    room.typists.delete(userId);
    room.store.invalidate();
  }

  function clear(id: ConversationId, { typists }: Room): void {
    for (const userId of typists.keys()) forget(id, userId);
  }

  return {
    typing: (id) => open(id).typing,
    receive(event) {
      switch (event.type) {
        case 'typingStarted': {
          const { conversationId: id, userId } = event;
          const room = rooms.get(id);
          if (room === undefined || room.store.listenerCount === 0 || userId === me()) return;
          const before = room.typists.get(userId);
          before?.cancel();
          // A renewal keeps its place: longest typing first.
          room.typists.set(userId, {
            name: event.data.name,
            cancel: clock.after(timings.typingExpiryMs, () => forget(id, userId)),
          });
          if (before?.name !== event.data.name) room.store.invalidate();
          return;
        }
        case 'typingStopped':
          return forget(event.conversationId, event.userId);
        case 'newMessage':
          if (event.message.type === 'system') return;
          return forget(event.conversationId, event.message.senderId);
        case 'memberLeft':
          return forget(event.conversationId, event.userId);
        default:
      }
    },
    sent(id) {
      const room = rooms.get(id);
      if (room !== undefined) room.saidAt = longAgo;
    },
    lost() {
      for (const [id, room] of rooms) {
        room.saidAt = longAgo;
        clear(id, room);
      }
    },
  };
}
