/** Owns the members of a group as far as they were asked for; asked again whenever the group has changed. */
import type { ConversationId, ErrorBody, Member, UserId } from '@natter/protocol';
import { useChatClient, useConversation } from '@natter/react';
import { useCallback, useEffect, useState } from 'react';
import { errorBody } from '../people/usePeople.ts';

export interface Members {
  members: readonly Member[];
  state: 'loading' | 'ready' | 'error';
  error: ErrorBody | null;
  next: UserId | null;
}

const unknown: Members = { members: [], state: 'loading', error: null, next: null };

export function useMembers(id: ConversationId): Members & { reload: () => void; more: () => void } {
  const { conversations } = useChatClient();
  const memberCount = useConversation(id)?.conversation.memberCount;
  const [attempt, setAttempt] = useState(0);
  const [page, setPage] = useState<Members>(unknown);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count or attempt means asking again.
  useEffect(() => {
    let gone = false;
    conversations.getMembers(id, { limit: 100 }).then(
      ({ members, next }) => {
        if (!gone) setPage({ members, next, state: 'ready', error: null });
      },
      (cause) => {
        if (!gone) setPage((before) => ({ ...before, state: 'error', error: errorBody(cause) }));
      },
    );
    return () => {
      gone = true;
    };
  }, [conversations, id, memberCount, attempt]);

  const reload = useCallback(() => setAttempt((n) => n + 1), []);
  const { next } = page;
  const more = useCallback(() => {
    if (next === null) return;
    conversations.getMembers(id, { after: next, limit: 100 }).then(
      (following) => {
        setPage((now) =>
          now.next === next
            ? { ...now, members: [...now.members, ...following.members], next: following.next }
            : now,
        );
      },
      (cause) => setPage((now) => ({ ...now, error: errorBody(cause) })),
    );
  }, [conversations, id, next]);

  return { ...page, reload, more };
}
