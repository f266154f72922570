/** Owns how many of a group have read a message of mine, until all have: then its tick says so. */
import type { TimelineMessage } from '@natter/client';
import { limits } from '@natter/protocol';
import { useChatClient, useConversation } from '@natter/react';
import { useCallback, useSyncExternalStore } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export function SeenCount({ message }: { message: TimelineMessage }) {
  const { texts } = useUi();
  const memberCount = useConversation(message.conversationId)?.conversation.memberCount ?? 0;
  const [read, all] = useCounts(message);
  if (read === 0 || read === all || memberCount > limits.largeConversationMembers) return null;
  const label = texts.timeline.readByCount(read, all);
  return (
    <span className="natter-seen-count" role="img" aria-label={label} title={label}>
      <Icon name="eye" />
      {read}
    </span>
  );
}

/** As one number, so that only a row whose count changed renders. */
function useCounts({ conversationId, seq }: TimelineMessage): [read: number, all: number] {
  const store = useChatClient().receipts(conversationId);
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const getSnapshot = useCallback(() => {
    const receipts = store.getSnapshot();
    let read = 0;
    for (const { readSeq } of receipts.values()) if (seq !== null && readSeq >= seq) read += 1;
    return read * countBase + receipts.size;
  }, [store, seq]);
  const counts = useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
  return [Math.floor(counts / countBase), counts % countBase];
}

const countBase = 1_000_000;
