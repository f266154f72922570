/** Owns how what waits looks in a timeline: one list per conversation, kept while nothing about it changed. */
import type { ConversationId } from '@natter/protocol';
import type { TimelineMessage } from '../contract.ts';
import type { Changes } from './changes.ts';
import { type Item, type Sender, viewItem } from './item.ts';

export interface Pending {
  of(id: ConversationId): readonly TimelineMessage[];
  /** Something there has changed. */
  touch(id: ConversationId): void;
  clear(): void;
}

const nothing: readonly TimelineMessage[] = [];

export function createPending({
  me,
  changes,
  itemsOf,
  wantPreview,
}: {
  me(): Sender | null;
  changes: Changes;
  itemsOf(id: ConversationId): Item[];
  /** Of an image that this page did not take in. */
  wantPreview(localId: string): void;
}): Pending {
  const lists = new Map<ConversationId, readonly TimelineMessage[]>();

  function view(item: Item, sender: Sender): TimelineMessage[] {
    if (item.kind !== 'send') return [];
    const change = changes.of(item.messageId);
    // One that was never sent, and never will be.
    if (!item.tried && change?.change && 'deletedAt' in change.change) return [];
    for (const { localId, kind, previewUrl } of item.attachments)
      if (kind === 'image' && previewUrl === null) wantPreview(localId);
    item.view ??= viewItem(item, sender, change);
    return [item.view];
  }

  return {
    of(id) {
      const sender = me();
      if (sender === null) return nothing;
      let list = lists.get(id);
      if (list === undefined) {
        list = itemsOf(id).flatMap((item) => view(item, sender));
        // What is on the server has its place already, in whatever order it was written here.
        list = list.toSorted((one, other) => placeOf(one) - placeOf(other));
        lists.set(id, list.length === 0 ? nothing : list);
      }
      return list;
    },
    touch: (id) => void lists.delete(id),
    clear: () => lists.clear(),
  };
}

function placeOf({ seq }: TimelineMessage): number {
  return seq ?? Number.MAX_SAFE_INTEGER;
}
