import type { ConversationId } from '@natter/protocol';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeConversation, openConversation, parseRoute, useOpenConversation } from './route.ts';

const one = '0197c000-0000-7000-8000-000000000001' as ConversationId;
const two = '0197c000-0000-7000-8000-000000000002' as ConversationId;

beforeEach(() => history.replaceState(null, '', '#/'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test.each([
  [`#/c/${one}`, one],
  ['', null],
  ['#/', null],
  ['#/c/', null],
  ['#/c/../../etc', null],
  ['#/c/<script>', null],
  [`#/c/${one}/more`, null],
])('the address "%s" opens %s', (hash, id) => {
  expect(parseRoute(hash)).toBe(id);
});

describe('going', () => {
  test('opening and closing a conversation is told to whoever shows it', () => {
    const { result } = renderHook(useOpenConversation);
    expect(result.current).toBeNull();
    act(() => openConversation(one));
    expect(result.current).toBe(one);
    expect(location.hash).toBe(`#/c/${one}`);
  });

  test('opening the open one again adds nothing to history', () => {
    const push = vi.spyOn(history, 'pushState');
    openConversation(one);
    openConversation(one);
    expect(push).toHaveBeenCalledOnce();
  });

  test('closing goes back to the list it was opened from', () => {
    const back = vi.spyOn(history, 'back').mockImplementation(() => {});
    openConversation(one);
    closeConversation();
    expect(back).toHaveBeenCalledOnce();
  });

  test('closing one that was opened from another, or by its address, shows the list without going back', () => {
    const back = vi.spyOn(history, 'back').mockImplementation(() => {});
    openConversation(one);
    openConversation(two);
    closeConversation();
    expect(back).not.toHaveBeenCalled();
    expect(parseRoute(location.hash)).toBeNull();
  });

  test('nobody listens after unmounting', () => {
    const remove = vi.spyOn(window, 'removeEventListener');
    const { unmount } = renderHook(useOpenConversation);
    unmount();
    expect(remove.mock.calls.map(([name]) => name)).toEqual(
      expect.arrayContaining(['popstate', 'hashchange']),
    );
  });
});
