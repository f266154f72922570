/** Owns edits that are not finished, by conversation, so that looking elsewhere loses none. In memory: the message itself is kept. */
import type { ChatClient, TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';

export interface UnfinishedEdit {
  message: TimelineMessage;
  text: string;
}

export type Edits = Pick<Map<ConversationId, UnfinishedEdit>, 'get' | 'delete'> & {
  keep(id: ConversationId, edit: UnfinishedEdit): void;
};

/** Conversations with one; the oldest is let go. */
const editsMax = 100;

const known = new WeakMap<ChatClient, Edits>();

export function editsOf(client: ChatClient): Edits {
  const edits = known.get(client) ?? createEdits();
  known.set(client, edits);
  return edits;
}

function createEdits(): Edits {
  const kept = new Map<ConversationId, UnfinishedEdit>();
  return {
    get: (id) => kept.get(id),
    delete: (id) => kept.delete(id),
    keep(id, edit) {
      kept.delete(id);
      kept.set(id, edit);
      const oldest = kept.keys().next();
      if (kept.size > editsMax && oldest.done !== true) kept.delete(oldest.value);
    },
  };
}
