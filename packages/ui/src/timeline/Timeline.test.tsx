/** Holds the timeline's decisions. Where things stand on screen needs a browser, and is tested in one. */
import type { MessagesSnapshot } from '@natter/client';
import { NatterError } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  conversationId,
  createFakeClient,
  item,
  message,
  mine,
  readyMessages,
} from '../../test/fakeClient.ts';
import { Timeline } from './Timeline.tsx';

let focused = true;
beforeEach(() => {
  focused = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const here = conversationId(1);

function show(over: Partial<MessagesSnapshot>) {
  const { client, calls } = createFakeClient();
  client.conversations.set({
    ...client.conversations.getSnapshot(),
    items: [item({ n: 1, readSeq: 0 })],
  });
  const store = client.messages(here);
  store.set({ ...readyMessages, ...over });
  const { unmount } = render(
    <StrictMode>
      <ChatProvider client={client}>
        <Timeline conversationId={here} onEdit={() => {}} />
      </ChatProvider>
    </StrictMode>,
  );
  const change = (next: Partial<MessagesSnapshot>) =>
    act(() => store.set({ ...store.getSnapshot(), ...next }));
  const marks = () => calls.filter(([name]) => name === 'markAsRead').map(([, seq]) => seq);
  return { store, calls, change, unmount, marks };
}

const refused = new NatterError('internal', 'unable to list: the server is ill').toBody();

describe('states', () => {
  test('the first page loading shows that it loads', () => {
    show({ state: 'loading' });
    expect(screen.getByRole('progressbar', { name: 'Loading…' })).toBeDefined();
    expect(screen.getByRole('log', { name: 'Messages' }).getAttribute('aria-busy')).toBe('true');
  });

  test('an empty conversation says so', () => {
    show({});
    expect(screen.getByText('No messages yet')).toBeDefined();
  });

  test('a failed first page says why and can be tried again', () => {
    const { calls } = show({ state: 'error', error: refused });
    expect(screen.getByRole('alert').textContent).toContain(refused.message);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls).toContainEqual(['load']);
  });

  test('a failed older page can be tried again, and is not asked for by itself', () => {
    const { calls } = show({ messages: [message()], hasBefore: true, pagingError: refused });
    expect(calls).not.toContainEqual(['loadBefore']);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls.filter(([name]) => name === 'loadBefore').length).toBe(1);
  });
});

describe('reading', () => {
  test('the newest message is read while somebody looks at the end', () => {
    const { marks, change } = show({ messages: [message({ seq: 1 }), message({ seq: 2 })] });
    expect(new Set(marks())).toEqual(new Set([2]));
    change({ messages: [message({ seq: 1 }), message({ seq: 2 }), message({ seq: 3 })] });
    expect(marks().at(-1)).toBe(3);
  });

  test('nothing is read while the window has no focus, and all of it once it has', () => {
    focused = false;
    const { marks } = show({ messages: [message({ seq: 7 })] });
    expect(marks()).toEqual([]);
    focused = true;
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(marks()).toEqual([7]);
  });

  test('nothing is read while newer messages are not here', () => {
    const { marks } = show({ messages: [message({ seq: 7 })], hasAfter: true });
    expect(marks()).toEqual([]);
  });

  test('what is not acknowledged has no place to be read up to', () => {
    const { marks } = show({ messages: [mine({ seq: null, status: 'sending' })] });
    expect(marks()).toEqual([]);
  });
});

describe('announcing', () => {
  const announced = () => document.querySelector('[aria-live=polite]')?.textContent;

  test('what others write is announced; history, older pages and my own are not', () => {
    const { change } = show({ messages: [message({ seq: 5, content: 'before' })] });
    expect(announced()).toBe('');
    change({
      messages: [message({ seq: 4, content: 'older' }), message({ seq: 5, content: 'before' })],
    });
    expect(announced()).toBe('');
    change({ messages: [message({ seq: 5 }), mine({ seq: 6, content: 'mine' })] });
    expect(announced()).toBe('');
    change({
      messages: [message({ seq: 5 }), mine({ seq: 6 }), message({ seq: 7, content: 'hello' })],
    });
    expect(announced()).toBe('Ada Lovelace: hello');
  });

  test('the list itself is silent, since scrolling fills it', () => {
    show({ messages: [message()] });
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off');
  });
});

describe('the way to the newest', () => {
  test('is shown while newer messages are not here, and fetches them', async () => {
    const { calls } = show({ messages: [message({ seq: 7 })], hasAfter: true });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Jump to latest' })));
    expect(calls).toContainEqual(['load']);
  });

  test('is not shown at the end', () => {
    show({ messages: [message({ seq: 7 })] });
    expect(screen.queryByRole('button', { name: /Jump to latest/u })).toBeNull();
  });
});

describe('deleting', () => {
  function ask() {
    const shown = show({ messages: [mine({ seq: 7, status: 'read' })] });
    // Rows stay hidden until a browser has measured them.
    fireEvent.click(screen.getByLabelText('Delete'));
    const dialog = screen.getByRole('alertdialog', { name: 'Delete this message?' });
    const deletions = () => shown.calls.filter(([name]) => name === 'delete');
    return { dialog, deletions };
  }

  test('asks first, outside of the row, which may scroll away', () => {
    const { dialog, deletions } = ask();
    expect(dialog.closest('article')).toBeNull();
    expect(deletions()).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(deletions()).toEqual([['delete', message({ seq: 7 }).id]]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  test('not deleting leaves all as it was', () => {
    const { dialog, deletions } = ask();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(deletions()).toEqual([]);
  });
});

test('unmounting leaves no subscription', () => {
  const { store, unmount } = show({ messages: [message()] });
  expect(store.subscribers()).toBeGreaterThan(0);
  unmount();
  expect(store.subscribers()).toBe(0);
});
