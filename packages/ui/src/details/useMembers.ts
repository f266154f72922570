/** Owns asking for the members of a group, page by page, and keeping up with who comes, goes and changes. */
import { type ConversationId, type ErrorBody, limits } from '@natter/protocol';
import { useChatClient, useChatEvents, useConnectionStatus, useConversation } from '@natter/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { errorBody } from '../people/usePeople.ts';
import { type MemberPages, withEvent, withFirst, withMore } from './memberPages.ts';

export interface Members extends MemberPages {
  state: 'loading' | 'ready' | 'error';
  /** Why the last page is not here. */
  error: ErrorBody | null;
  /** Asks for the next page; once, however often it is called. */
  more: () => void;
  retry: () => void;
}

const limit = limits.pageSizeMax;

export function useMembers(id: ConversationId): Members {
  const { conversations } = useChatClient();
  const connection = useConnectionStatus();
  const synced = connection.status === 'connected' && connection.synced;
  const count = useConversation(id)?.conversation.memberCount ?? 0;
  // In a small group one page says it all again; in a large one only the events do.
  const countOfAll = Math.min(count, limit);
  const [attempt, setAttempt] = useState(0);
  const [pages, setPages] = useState<MemberPages>({ members: [], next: null });
  const [state, setState] = useState<Members['state']>('loading');
  const [error, setError] = useState<ErrorBody | null>(null);
  const asked = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count, a new connection or attempt means asking again.
  useEffect(() => {
    let gone = false;
    setError(null);
    conversations.getMembers(id, { limit }).then(
      (page) => {
        if (gone) return;
        setPages((before) => withFirst(before, page));
        setState('ready');
      },
      (cause) => {
        if (gone) return;
        setError(errorBody(cause));
        setState('error');
      },
    );
    return () => {
      gone = true;
    };
  }, [conversations, id, countOfAll, synced, attempt]);

  useChatEvents((event) => {
    if ('conversationId' in event && event.conversationId !== id) return;
    setPages((before) => withEvent(before, event));
  });

  const { next } = pages;
  const more = useCallback(() => {
    if (next === null || asked.current === next) return;
    asked.current = next;
    setError(null);
    conversations.getMembers(id, { after: next, limit }).then(
      (page) => {
        asked.current = null;
        setPages((before) => withMore(before, next, page));
      },
      (cause) => {
        asked.current = null;
        setError(errorBody(cause));
      },
    );
  }, [conversations, id, next]);

  const retry = useCallback(() => {
    if (next === null) setAttempt((n) => n + 1);
    else more();
  }, [next, more]);

  return { ...pages, state, error, more, retry };
}
