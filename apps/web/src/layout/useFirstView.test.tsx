import type { ConnectionSnapshot } from '@natter/client';
import { ChatProvider } from '@natter/react';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFirstView } from './useFirstView.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open() {
  let now: ConnectionSnapshot = { status: 'connecting' };
  const listeners = new Set<() => void>();
  const connection = {
    getSnapshot: () => now,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const { result } = renderHook(useFirstView, {
    wrapper: ({ children }) => (
      <ChatProvider client={{ connection } as never}>{children}</ChatProvider>
    ),
  });
  return {
    isThere: () => result.current,
    pass: (ms: number) => act(async () => vi.advanceTimersByTime(ms)),
    become: (next: ConnectionSnapshot) =>
      act(async () => {
        now = next;
        for (const listener of [...listeners]) listener();
      }),
  };
}

test('what nobody waits for begins soon after the list is there', async () => {
  const { isThere, pass, become } = open();
  await pass(1_000);
  await become({ status: 'connected', synced: false });
  await pass(1_000);
  expect(isThere()).toBe(false);
  await become({ status: 'connected', synced: true });
  expect(isThere()).toBe(false);
  await pass(300);
  expect(isThere()).toBe(true);
});

test('without a server it begins after a while', async () => {
  const { isThere, pass } = open();
  await pass(2_900);
  expect(isThere()).toBe(false);
  await pass(200);
  expect(isThere()).toBe(true);
});
