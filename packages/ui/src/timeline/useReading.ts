/** Owns what counts as read: what was on screen while the page had the focus, and nothing below it. */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useEffect, useState } from 'react';
import { readThrough } from './inView.ts';
import { newestSeq } from './rows.ts';
import type { RowsInView } from './scrollGoal.ts';
import { useAttention } from './useAttention.ts';

export interface Reading {
  /** The newest that was seen here; 0 before the first. */
  seenSeq: number;
  /** From the first new one on, all up to this one were seen. */
  throughSeq: number;
}

export function useReading(
  conversationId: ConversationId,
  messages: readonly TimelineMessage[],
  view: RowsInView | null,
  newAfterSeq: number | null,
): Reading {
  const client = useChatClient();
  const attends = useAttention();
  const [reading, setReading] = useState<Reading>({ seenSeq: 0, throughSeq: 0 });
  const firstSeq = view?.firstWhole.seq ?? null;
  // What is not acknowledged has no place yet; all that has one is above it.
  const lastSeq = view === null ? 0 : (view.lastWhole.seq ?? newestSeq(messages));

  useEffect(() => {
    if (!attends || lastSeq === 0) return;
    client.messages(conversationId).markAsRead(lastSeq);
    setReading((before) => {
      const from = Math.max(before.throughSeq, newAfterSeq ?? 0);
      const seenSeq = Math.max(before.seenSeq, lastSeq);
      const throughSeq = readThrough(from, firstSeq ?? lastSeq, lastSeq);
      return seenSeq === before.seenSeq && throughSeq === before.throughSeq
        ? before
        : { seenSeq, throughSeq };
    });
  }, [client, conversationId, attends, firstSeq, lastSeq, newAfterSeq]);

  return reading;
}
