/** Owns how a conversation's newest message looks in a list: what is being sent comes before what has arrived. */
import type { ConversationEntry, ConversationId, MessageId, UserId } from '@natter/protocol';
import type { TimelineMessage } from '../contract.ts';
import { createViews, type Levels, type Overlay, type Views } from './view.ts';

export interface Previews {
  of(entry: ConversationEntry): TimelineMessage | null;
  forget(id: ConversationId): void;
}

export function createPreviews({
  levels,
  me,
  pending,
  change,
}: {
  levels(id: ConversationId): Levels;
  me(): UserId | null;
  pending(id: ConversationId): readonly TimelineMessage[];
  /** An edit or deletion of mine on its way. */
  change(id: MessageId): Overlay | undefined;
}): Previews {
  const rooms = new Map<ConversationId, Views>();
  return {
    of({ conversation: { id }, lastMessage }) {
      const outgoing = pending(id).at(-1);
      if (outgoing !== undefined) {
        if (
          outgoing.status === 'sending' ||
          lastMessage === null ||
          outgoing.createdAt >= lastMessage.createdAt
        )
          return outgoing;
      }
      if (lastMessage === null) return null;
      let views = rooms.get(id);
      if (views === undefined) {
        views = createViews();
        rooms.set(id, views);
      }
      const view = views.view(lastMessage, change(lastMessage.id), levels(id), me());
      views.keepOnly(new Set([lastMessage.id]));
      return view;
    },
    forget: (id) => void rooms.delete(id),
  };
}
