import type { ConnectionSnapshot, ConversationItem, PersistenceSnapshot } from '@natter/client';
import { ChatProvider } from '@natter/react';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useLastingStorage } from './lastingStorage.ts';

afterEach(cleanup);

/** A store that is told what it holds. */
function cell<Value>(first: Value) {
  const listeners = new Set<() => void>();
  let now = first;
  return {
    getSnapshot: () => now,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next: Value) {
      now = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

const items = (status: string) => ({
  items: [{ preview: null }, { preview: { status } }] as ConversationItem[],
});

function open({ granted = false, state = 'kept' as PersistenceSnapshot['state'] } = {}) {
  const connection = cell<ConnectionSnapshot>({ status: 'connected', synced: true });
  const conversations = cell(items('sent'));
  const client = { connection, conversations, persistence: cell({ state, error: null }) };
  const storage = { persisted: vi.fn(async () => granted), persist: vi.fn(async () => true) };
  renderHook(() => useLastingStorage(storage), {
    wrapper: ({ children }) => <ChatProvider client={client as never}>{children}</ChatProvider>,
  });
  const lose = () => act(async () => connection.set({ status: 'connecting' }));
  const write = () => act(async () => conversations.set(items('sending')));
  return { storage, lose, write, connection };
}

test('the browser is asked to keep it when something waits to be sent, not before', async () => {
  const { storage, lose, write } = open();
  await write();
  expect(storage.persist).not.toHaveBeenCalled();
  await lose();
  expect(storage.persist).toHaveBeenCalledOnce();
});

test('once, whatever is written after', async () => {
  const { storage, lose, write, connection } = open();
  await lose();
  expect(storage.persist).not.toHaveBeenCalled();
  await write();
  await act(async () => connection.set({ status: 'connected', synced: true }));
  await lose();
  expect(storage.persist).toHaveBeenCalledOnce();
});

test('not where it is granted already, nor where nothing is kept', async () => {
  for (const given of [{ granted: true }, { state: 'memory' as const }]) {
    const { storage, lose, write } = open(given);
    await lose();
    await write();
    expect(storage.persist).not.toHaveBeenCalled();
  }
});

test('a browser that refuses to be asked changes nothing', async () => {
  const { storage, lose, write } = open();
  storage.persisted.mockRejectedValue(new Error('not here'));
  await lose();
  await write();
  expect(storage.persist).not.toHaveBeenCalled();
});
