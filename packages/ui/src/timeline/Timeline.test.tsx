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
  type ItemOver,
  item,
  message,
  mine,
  readyMessages,
} from '../../test/fakeClient.ts';
import { layOut } from '../../test/layout.ts';
import { english } from '../texts/english.ts';
import { Timeline } from './Timeline.tsx';

let focused = true;
let undoLayout = () => {};
beforeEach(() => {
  focused = true;
  undoLayout = layOut({ viewport: 600, row: 50, scroller: '[role="log"]' });
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  undoLayout();
});

const here = conversationId(1);

async function show(over: Partial<MessagesSnapshot>, head: ItemOver = {}) {
  const { client, calls } = createFakeClient();
  client.conversations.set({
    ...client.conversations.getSnapshot(),
    items: [item({ n: 1, readSeq: 0, ...head })],
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
  await act(async () => {});
  const change = (next: Partial<MessagesSnapshot>) =>
    act(async () => store.set({ ...store.getSnapshot(), ...next }));
  const marks = () => calls.filter(([name]) => name === 'markAsRead').map(([, seq]) => seq);
  return { store, calls, change, unmount, marks };
}

const refused = new NatterError('internal', 'unable to list: the server is ill').toBody();

describe('states', () => {
  test('the first page loading shows that it loads', async () => {
    await show({ state: 'loading' });
    expect(screen.getByRole('progressbar', { name: 'Loading…' })).toBeDefined();
    expect(screen.getByRole('log', { name: 'Messages' }).getAttribute('aria-busy')).toBe('true');
  });

  test('an empty conversation says so', async () => {
    await show({});
    expect(screen.getByText('No messages yet')).toBeDefined();
  });

  test('a failed first page says why and can be tried again', async () => {
    const { calls } = await show({ state: 'error', error: refused });
    expect(screen.getByRole('alert').textContent).toContain(
      english.errors.internal('unable to list: the server is ill'),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls).toContainEqual(['load']);
  });

  test('a failed older page can be tried again, and is not asked for by itself', async () => {
    const { calls } = await show({ messages: [message()], hasBefore: true, pagingError: refused });
    expect(calls).not.toContainEqual(['loadBefore']);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls.filter(([name]) => name === 'loadBefore').length).toBe(1);
  });
});

describe('reading', () => {
  test('the newest message is read while somebody looks at the end', async () => {
    const { marks, change } = await show({ messages: [message({ seq: 1 }), message({ seq: 2 })] });
    expect(new Set(marks())).toEqual(new Set([2]));
    await change({ messages: [message({ seq: 1 }), message({ seq: 2 }), message({ seq: 3 })] });
    expect(marks().at(-1)).toBe(3);
  });

  test('nothing is read while the window has no focus, and all of it once it has', async () => {
    focused = false;
    const { marks } = await show({ messages: [message({ seq: 7 })] });
    expect(marks()).toEqual([]);
    focused = true;
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(marks()).toEqual([7]);
  });

  test('what is on screen is read, and nothing below it', async () => {
    const messages = Array.from({ length: 40 }, (_, at) => message({ seq: at + 1 }));
    const { marks } = await show({ messages, hasAfter: true }, { readSeq: 0, unreadCount: 40 });
    expect(marks().at(-1)).toBe(12);
  });

  test('what is not acknowledged has no place to be read up to', async () => {
    const { marks } = await show({ messages: [mine({ seq: null, status: 'sending' })] });
    expect(marks()).toEqual([]);
  });
});

describe('announcing', () => {
  const announced = () => document.querySelector('[aria-live=polite]')?.textContent;

  test('what others write is announced; history, older pages and my own are not', async () => {
    const { change } = await show({ messages: [message({ seq: 5, content: 'before' })] });
    expect(announced()).toBe('');
    await change({
      messages: [message({ seq: 4, content: 'older' }), message({ seq: 5, content: 'before' })],
    });
    expect(announced()).toBe('');
    await change({ messages: [message({ seq: 5 }), mine({ seq: 6, content: 'mine' })] });
    expect(announced()).toBe('');
    await change({
      messages: [message({ seq: 5 }), mine({ seq: 6 }), message({ seq: 7, content: 'hello' })],
    });
    expect(announced()).toBe('Ada Lovelace: hello');
  });

  test('the list itself is silent, since scrolling fills it', async () => {
    await show({ messages: [message()] });
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off');
  });
});

describe('the way to the newest', () => {
  test('is shown while newer messages are not here, and fetches them', async () => {
    const { calls } = await show({ messages: [message({ seq: 7 })], hasAfter: true });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Jump to latest' })));
    expect(calls).toContainEqual(['load']);
  });

  test('is not shown at the end', async () => {
    await show({ messages: [message({ seq: 7 })] });
    expect(screen.queryByRole('button', { name: /Jump to latest/u })).toBeNull();
  });
});

describe('deleting', () => {
  async function ask() {
    const shown = await show({ messages: [mine({ seq: 7, status: 'read' })] });
    // Rows stay hidden until a browser has measured them.
    fireEvent.click(screen.getByLabelText('Delete'));
    const dialog = screen.getByRole('alertdialog', { name: 'Delete this message?' });
    const deletions = () => shown.calls.filter(([name]) => name === 'delete');
    return { dialog, deletions };
  }

  test('asks first, outside of the row, which may scroll away', async () => {
    const { dialog, deletions } = await ask();
    expect(dialog.closest('article')).toBeNull();
    expect(deletions()).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(deletions()).toEqual([['delete', message({ seq: 7 }).id]]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  test('not deleting leaves all as it was', async () => {
    const { dialog, deletions } = await ask();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(deletions()).toEqual([]);
  });
});

test('unmounting leaves no subscription', async () => {
  const { store, unmount } = await show({ messages: [message()] });
  expect(store.subscribers()).toBeGreaterThan(0);
  unmount();
  expect(store.subscribers()).toBe(0);
});

describe('rendering', () => {
  test('a message that changed renders its own row, and no other', async () => {
    const reads = new Map<number, number>();
    /** Counts how often a row looks at when it was edited. */
    const watched = (seq: number, editedAt: number | null = null) => {
      const watching = message({ seq });
      Object.defineProperty(watching, 'editedAt', {
        get() {
          reads.set(seq, (reads.get(seq) ?? 0) + 1);
          return editedAt;
        },
      });
      return watching;
    };
    const messages = [1, 2, 3].map((seq) => watched(seq));
    const { change } = await show({ messages });
    await change({ messages });
    expect(reads.get(1)).toBeGreaterThan(0);
    reads.clear();
    await change({ messages: messages.map((each) => (each.seq === 2 ? watched(2, 5) : each)) });
    expect([...reads.keys()]).toEqual([2]);
    expect(screen.getAllByText('edited')).toHaveLength(1);
  });
});
