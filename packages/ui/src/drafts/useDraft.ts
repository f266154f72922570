/** Owns how components find drafts: those given, else one store for each client, kept in this browser. */
import type { ChatClient } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { systemClock } from '../runtime/clock.ts';
import { openPersonStorage } from '../runtime/personStorage.ts';
import type { Draft } from './draft.ts';
import { createDrafts, type Drafts } from './drafts.ts';

/** To keep drafts elsewhere: `<DraftsContext value={createDrafts({ … })}>`. */
export const DraftsContext = createContext<Drafts | null>(null);

const known = new WeakMap<ChatClient, Drafts>();

/** The drafts of this client, kept in `localStorage`. Whoever disposes the client disposes them: `draftsOf(client).dispose()`. */
export function draftsOf(client: ChatClient): Drafts {
  const drafts =
    known.get(client) ??
    createDrafts({
      storage: openPersonStorage(),
      clock: systemClock,
      me: client.me,
      // Where a server renders there is no page to leave.
      page: typeof window === 'undefined' ? new EventTarget() : window,
    });
  known.set(client, drafts);
  return drafts;
}

export function useDrafts(): Drafts {
  const given = use(DraftsContext);
  const client = useChatClient();
  return given ?? draftsOf(client);
}

/** What is being written there. Changes of the others do not render this component. */
export function useDraft(id: ConversationId): Draft {
  const drafts = useDrafts();
  const subscribe = useCallback(
    (listener: () => void) => drafts.draftOf(id).subscribe(listener),
    [drafts, id],
  );
  const getSnapshot = useCallback(() => drafts.draftOf(id).getSnapshot(), [drafts, id]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
