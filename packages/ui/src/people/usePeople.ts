/** Owns searching for people: waits for a pause in typing, and only the newest question may answer. */
import { type ErrorBody, NatterError, type User } from '@natter/protocol';
import { useChatClient, useMe } from '@natter/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';

export const searchPauseMs = 200;

export interface People {
  users: readonly User[];
  state: 'loading' | 'ready' | 'error';
  error: ErrorBody | null;
  next: string | null;
}

const unknown: People = { users: [], state: 'loading', error: null, next: null };

/** People by the start of any word of their name, without me. */
export function usePeople(query: string): People & { retry: () => void; more: () => void } {
  const { clock } = useUi();
  const client = useChatClient();
  const me = useMe();
  const [attempt, setAttempt] = useState(0);
  const [people, setPeople] = useState<People>(unknown);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "try again" changes.
  useEffect(() => {
    let gone = false;
    setPeople((before) => ({ ...before, state: 'loading', error: null }));
    const cancel = clock.after(query === '' ? 0 : searchPauseMs, () => {
      client.users.search(query.trim()).then(
        ({ users, next }) => {
          if (!gone) setPeople({ users, next, state: 'ready', error: null });
        },
        (cause) => {
          if (!gone) setPeople({ users: [], next: null, state: 'error', error: errorBody(cause) });
        },
      );
    });
    return () => {
      gone = true;
      cancel();
    };
  }, [client, clock, query, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const { next } = people;
  const asked = useRef<string | null>(null);
  const more = useCallback(() => {
    // Asked for once; what failed is asked for again by its button.
    if (next === null || asked.current === next) return;
    asked.current = next;
    client.users.search(query.trim(), { after: next }).then(
      (page) => {
        // A list of another question has another `next`, and keeps to itself.
        setPeople((now) =>
          now.next === next
            ? { ...now, users: [...now.users, ...page.users], next: page.next }
            : now,
        );
        asked.current = null;
      },
      (cause) => {
        asked.current = null;
        setPeople((now) => (now.next === next ? { ...now, error: errorBody(cause) } : now));
      },
    );
  }, [client, query, next]);

  return { ...people, users: people.users.filter(({ id }) => id !== me?.userId), retry, more };
}

export function errorBody(cause: unknown): ErrorBody {
  if (cause instanceof NatterError) return cause.toBody();
  return new NatterError(
    'internal',
    cause instanceof Error ? cause.message : String(cause),
  ).toBody();
}
