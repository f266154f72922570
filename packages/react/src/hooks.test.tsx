/** Holds the hooks to one subscription each, under StrictMode too, and to rendering only what changed. */
import type { ChatClient } from '@natter/client';
import type { ConversationId, ServerEvent, UserId } from '@natter/protocol';
import { act, cleanup, render, renderHook } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { ChatProvider, useChatClient } from './ChatProvider.tsx';
import {
  useConnectionStatus,
  useConversation,
  useConversations,
  useMe,
  useMessages,
  useReceipts,
  useTyping,
  useUploads,
} from './hooks.ts';
import { useChatEvents } from './useChatEvents.ts';
import { usePresence } from './usePresence.ts';

afterEach(cleanup);

const here = 'conversation-1' as ConversationId;
const there = 'conversation-2' as ConversationId;
const ada = 'ada' as UserId;
const bob = 'bob' as UserId;

function openStore<Snapshot>(first: Snapshot) {
  const listeners = new Set<() => void>();
  let now = first;
  let taken = 0;
  return {
    getSnapshot: () => now,
    subscribe(listener: () => void) {
      const own = () => listener();
      listeners.add(own);
      taken += 1;
      return () => void listeners.delete(own);
    },
    set(next: Snapshot) {
      now = next;
      for (const listener of [...listeners]) listener();
    },
    count: () => listeners.size,
    taken: () => taken,
  };
}
type OpenStore = ReturnType<typeof openStore<unknown>>;

/** Only what hooks touch. Stores made on demand are forgotten when the last subscriber leaves, as the contract allows. */
function openWorld() {
  const made = new Map<string, OpenStore>();
  const onDemand = (name: string) => (id: ConversationId) => {
    const key = `${name} ${id}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const store = openStore<unknown>([`first of ${key}`]);
    const forgetting: OpenStore = {
      ...store,
      subscribe(listener) {
        const undo = store.subscribe(listener);
        return () => {
          undo();
          if (store.count() === 0) made.delete(key);
        };
      },
    };
    made.set(key, forgetting);
    return forgetting;
  };
  const items = new Map<ConversationId, unknown>();
  const watched: string[][] = [];
  const listeners = new Set<(event: ServerEvent) => void>();
  const world = {
    me: openStore<unknown>(null),
    connection: openStore<unknown>({ status: 'connecting' }),
    conversations: {
      ...openStore<unknown>({ items: [] }),
      get: (id: ConversationId) => items.get(id) ?? null,
    },
    presence: {
      ...openStore<unknown>(new Map()),
      watch(userIds: readonly string[]) {
        watched.push([...userIds]);
        return () =>
          void watched.splice(
            watched.findIndex((each) => each.join() === userIds.join()),
            1,
          );
      },
    },
    uploads: openStore<unknown>([]),
    messages: onDemand('messages'),
    typing: onDemand('typing'),
    receipts: onDemand('receipts'),
    events: {
      subscribe(listener: (event: ServerEvent) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
  const client = world as unknown as ChatClient;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <ChatProvider client={client}>{children}</ChatProvider>
    </StrictMode>
  );
  return { world, client, wrapper, made, items, watched, listeners };
}

function Status({ onRender }: { onRender: () => void }) {
  onRender();
  return useConnectionStatus().status;
}

function List({ onRender }: { onRender: () => void }) {
  onRender();
  useConversations();
  return null;
}

describe('one subscription each', () => {
  const stores = ['me', 'connection', 'conversations', 'uploads'] as const;
  const hooks: Record<(typeof stores)[number], () => unknown> = {
    me: useMe,
    connection: useConnectionStatus,
    conversations: useConversations,
    uploads: useUploads,
  };

  test.each(stores)(
    'under StrictMode the hook of %s holds one subscription, and none after unmounting',
    (name) => {
      const { world, wrapper } = openWorld();
      const { unmount } = renderHook(hooks[name], { wrapper });
      expect(world[name].count()).toBe(1);
      unmount();
      expect(world[name].count()).toBe(0);
    },
  );

  const onDemand = { messages: useMessages, typing: useTyping, receipts: useReceipts };

  test.each(['messages', 'typing', 'receipts'] as const)(
    'under StrictMode the hook of %s holds one subscription of the living store, and none after unmounting',
    (name) => {
      const { made, wrapper } = openWorld();
      const { unmount, result } = renderHook(() => onDemand[name](here), { wrapper });
      expect(made.get(`${name} ${here}`)?.count()).toBe(1);
      act(() => made.get(`${name} ${here}`)?.set(['second']));
      expect(result.current).toEqual(['second']);
      unmount();
      expect(made.size).toBe(0);
    },
  );

  test('another conversation means leaving the first one', () => {
    const { made, wrapper } = openWorld();
    const { rerender, result } = renderHook(({ id }) => useMessages(id), {
      wrapper,
      initialProps: { id: here },
    });
    rerender({ id: there });
    expect([...made.keys()]).toEqual([`messages ${there}`]);
    expect(result.current).toEqual([`first of messages ${there}`]);
  });

  test('rendering again keeps the subscription', () => {
    const { world, wrapper } = openWorld();
    const { rerender } = renderHook(useConnectionStatus, { wrapper });
    const taken = world.connection.taken();
    rerender();
    rerender();
    expect(world.connection.taken()).toBe(taken);
  });

  test('mounting neither connects nor disposes: the client would throw, having neither', () => {
    const { wrapper } = openWorld();
    const { unmount } = renderHook(useChatClient, { wrapper });
    expect(unmount).not.toThrow();
  });
});

describe('rendering', () => {
  test('a snapshot that keeps its identity renders nobody', () => {
    const { world, wrapper } = openWorld();
    let renders = 0;
    renderHook(() => [useConversations(), renders++], { wrapper });
    const before = renders;
    act(() => world.conversations.set(world.conversations.getSnapshot()));
    expect(renders).toBe(before);
  });

  test('a change of one store renders only the component that shows it', () => {
    const { world, client } = openWorld();
    const rendered = { status: 0, list: 0 };
    render(
      <ChatProvider client={client}>
        <Status onRender={() => rendered.status++} />
        <List onRender={() => rendered.list++} />
      </ChatProvider>,
    );
    act(() => world.connection.set({ status: 'connected', synced: true }));
    expect(rendered).toEqual({ status: 2, list: 1 });
  });

  test('one conversation does not render for a change of another', () => {
    const { world, items, wrapper } = openWorld();
    items.set(here, { title: 'first' });
    let renders = 0;
    const { result } = renderHook(
      () => {
        renders += 1;
        return useConversation(here);
      },
      { wrapper },
    );
    const before = renders;
    items.set(there, { title: 'another' });
    act(() => world.conversations.set({ items: [] }));
    expect(renders).toBe(before);
    items.set(here, { title: 'renamed' });
    act(() => world.conversations.set({ items: [] }));
    expect(result.current).toEqual({ title: 'renamed' });
  });
});

describe('presence', () => {
  const online = (userId: UserId) => ({ userId, online: true, lastSeenAt: null });

  test('people are watched once while mounted, a new array of the same ids changing nothing', () => {
    const { watched, wrapper } = openWorld();
    const { rerender, unmount } = renderHook(() => usePresence([ada, bob]), { wrapper });
    rerender();
    expect(watched).toEqual([[ada, bob]]);
    unmount();
    expect(watched).toEqual([]);
  });

  test('nobody is watched for an empty list', () => {
    const { watched, wrapper } = openWorld();
    renderHook(() => usePresence([]), { wrapper });
    expect(watched).toEqual([]);
  });

  test('only a change of those asked for renders, and the map keeps its identity otherwise', () => {
    const { world, wrapper } = openWorld();
    const { result } = renderHook(() => usePresence([ada]), { wrapper });
    act(() => world.presence.set(new Map([[ada, online(ada)]])));
    const before = result.current;
    expect(before.get(ada)?.online).toBe(true);
    act(() =>
      world.presence.set(
        new Map([
          [ada, online(ada)],
          [bob, online(bob)],
        ]),
      ),
    );
    expect(result.current).toBe(before);
    act(() =>
      world.presence.set(new Map([[ada, { ...online(ada), online: false, lastSeenAt: 5 }]])),
    );
    expect(result.current.get(ada)).toEqual({ userId: ada, online: false, lastSeenAt: 5 });
  });
});

describe('events', () => {
  const event = (seq: number) =>
    ({ type: 'messageDelivered', conversationId: here, userId: ada, data: { seq } }) as ServerEvent;

  test('each event arrives once, under StrictMode too, and at the newest listener', () => {
    const { listeners, wrapper } = openWorld();
    const heard: string[] = [];
    const { rerender, unmount } = renderHook(
      ({ name }) =>
        useChatEvents((each) =>
          heard.push(`${name} ${'data' in each ? JSON.stringify(each.data) : ''}`),
        ),
      { wrapper, initialProps: { name: 'first' } },
    );
    expect(listeners.size).toBe(1);
    act(() => {
      for (const listener of listeners) listener(event(1));
      for (const listener of listeners) listener(event(2));
    });
    const subscribed = [...listeners];
    rerender({ name: 'second' });
    expect([...listeners]).toEqual(subscribed);
    act(() => {
      for (const listener of listeners) listener(event(3));
    });
    expect(heard).toEqual(['first {"seq":1}', 'first {"seq":2}', 'second {"seq":3}']);
    unmount();
    expect(listeners.size).toBe(0);
  });
});

test('a hook outside of a provider says what to do', () => {
  expect(() => renderHook(useMe)).toThrow('put <ChatProvider client={…}> above this component');
});
