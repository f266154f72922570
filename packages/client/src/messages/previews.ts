/** Owns how a conversation's newest message looks in a list: what is being sent comes before what has arrived. */
import type { ConversationEntry, ConversationId, UserId } from '@natter/protocol';
import type { TimelineMessage } from '../contract.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createViews, type Levels, type Views } from './view.ts';

export interface Previews {
  of(entry: ConversationEntry): TimelineMessage | null;
  forget(id: ConversationId): void;
}

export function createPreviews({
  levels,
  me,
  outbox,
}: {
  levels(id: ConversationId): Levels;
  me(): UserId | null;
  outbox: Outbox;
}): Previews {
  const rooms = new Map<ConversationId, Views>();
  return {
    of({ conversation: { id }, lastMessage }) {
      const outgoing = outbox.pending(id).at(-1);
      if (
        outgoing !== undefined &&
        (outgoing.status === 'sending' || outgoing.createdAt >= (lastMessage?.createdAt ?? 0))
      )
        return outgoing;
      if (lastMessage === null) return null;
      let views = rooms.get(id);
      if (views === undefined) {
        views = createViews();
        rooms.set(id, views);
      }
      const view = views.view(lastMessage, outbox.change(lastMessage.id), levels(id), me());
      views.keepOnly(new Set([lastMessage.id]));
      return view;
    },
    forget: (id) => void rooms.delete(id),
  };
}
