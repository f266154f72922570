/**
 * Owns how edits and deletions on their way change what is shown, by message: also of one whose row comes later. One
 * object per message, kept while nothing about it changed.
 */
import type { ConversationId, ErrorBody, MessageId } from '@natter/protocol';
import type { Item } from './item.ts';
import type { Change } from './look.ts';

export interface Changes {
  of(id: MessageId): Change | undefined;
  /** Its items have changed. */
  update(id: MessageId, items: Iterable<Item>): void;
  refuse(item: Item, error: ErrorBody): void;
  /** The reason of a refusal goes, since the message is newer. */
  forgive(id: MessageId): void;
  forget(id: ConversationId): void;
  clear(): void;
}

const refusedMax = 1_000;

export function createChanges(): Changes {
  const shown = new Map<MessageId, Change>();
  const refused = new Map<MessageId, { conversationId: ConversationId; change: Change }>();

  return {
    of: (id) => shown.get(id) ?? refused.get(id)?.change,
    update(id, items) {
      let last: Item | undefined;
      for (const item of items)
        if (
          item.messageId === id &&
          item.kind !== 'send' &&
          item.state !== 'failed' &&
          last?.kind !== 'delete'
        )
          last = item;
      if (last === undefined) {
        shown.delete(id);
        return;
      }
      const { kind, message, content, createdAt } = last;
      refused.delete(id);
      shown.set(id, {
        change:
          kind === 'edit'
            ? { content: message?.content ?? content }
            : { deletedAt: message?.deletedAt ?? createdAt },
        error: null,
        version: message?.version ?? null,
      });
    },
    refuse({ messageId, conversationId }, error) {
      refused.delete(messageId);
      refused.set(messageId, { conversationId, change: { change: null, error, version: null } });
      const [oldest] = refused.keys();
      if (refused.size > refusedMax && oldest !== undefined) refused.delete(oldest);
    },
    forgive: (id) => void refused.delete(id),
    forget(id) {
      for (const [messageId, { conversationId }] of refused)
        if (conversationId === id) refused.delete(messageId);
    },
    clear() {
      shown.clear();
      refused.clear();
    },
  };
}
