import { NatterError, type UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  conversationId,
  createFakeClient,
  item,
  message,
  mine,
  readyConversations,
} from '../../test/fakeClient.ts';
import { layOut } from '../../test/layout.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { ConversationList, type ConversationListProps } from './ConversationList.tsx';
import { unreadText } from './ConversationRow.tsx';
import { previewText } from './previewText.ts';

let undoLayout = () => {};
beforeEach(() => {
  undoLayout = layOut({ viewport: 660, row: 66, scroller: '.natter-conversation-scroller' });
});
afterEach(() => {
  cleanup();
  undoLayout();
});

async function show(
  over: Partial<typeof readyConversations>,
  props: Partial<ConversationListProps> = {},
) {
  const { client, calls } = createFakeClient();
  const clock = createTestClock(Date.UTC(2026, 5, 15, 12));
  client.conversations.set({ ...readyConversations, ...over });
  const onSelect = vi.fn();
  const onNew = vi.fn();
  await act(async () => {
    render(
      <UiProvider clock={clock}>
        <ChatProvider client={client}>
          <ConversationList
            selectedId={conversationId(1)}
            onSelect={onSelect}
            onNew={onNew}
            {...props}
          />
        </ChatProvider>
      </UiProvider>,
    );
  });
  const list = screen.getByRole('navigation', { name: 'Conversations' });
  const change = (next: Partial<typeof readyConversations>) =>
    act(async () => client.conversations.set({ ...client.conversations.getSnapshot(), ...next }));
  const rows = () =>
    within(list)
      .getAllByRole('listitem')
      .map((row) => row.querySelector('.natter-conversation-title')?.textContent);
  const row = (name: string | RegExp) => within(list).getByRole('button', { name });
  return { client, calls, clock, onSelect, onNew, list, change, rows, row };
}

describe('states', () => {
  test('loading shows that it loads', async () => {
    const { list } = await show({ state: 'loading' });
    expect(within(list).getByRole('progressbar', { name: 'Loading…' })).toBeDefined();
  });

  test('empty offers to start one', async () => {
    const { onNew } = await show({});
    fireEvent.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(onNew).toHaveBeenCalledOnce();
  });

  test('a failure says why and can be tried again', async () => {
    const error = new NatterError('internal', 'unable to list: the server is ill').toBody();
    const { calls } = await show({ state: 'error', error });
    expect(screen.getByRole('alert').textContent).toContain(
      english.errors.internal('unable to list: the server is ill'),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls).toContainEqual(['conversations.load']);
  });

  test('near the end the next page is asked for, once, without a button', async () => {
    const { calls, change } = await show({ items: [item()], hasMore: true });
    const asked = () => calls.filter(([name]) => name === 'conversations.loadMore').length;
    expect(asked()).toBe(1);
    await change({ loadingMore: true });
    expect(screen.getByRole('progressbar', { name: 'Loading…' })).toBeDefined();
    await change({ loadingMore: false, hasMore: false });
    expect(asked()).toBe(1);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('far from the end it is not', async () => {
    const { calls } = await show({ items: many(60), hasMore: true });
    expect(calls.filter(([name]) => name === 'conversations.loadMore')).toEqual([]);
  });

  test('a page that did not come says why, and comes when asked for', async () => {
    const error = new NatterError('internal', 'unable to list: the server is ill').toBody();
    const { calls } = await show({ items: [item()], hasMore: true, error });
    expect(screen.getByRole('alert').textContent).toContain(
      english.errors.internal('unable to list: the server is ill'),
    );
    expect(calls.filter(([name]) => name === 'conversations.loadMore')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls).toContainEqual(['conversations.loadMore']);
  });

  test('of thousands only those in view are in the page', async () => {
    const { list } = await show({ items: many(5_000) });
    const shown = within(list).getAllByRole('listitem');
    expect(shown.length).toBeLessThan(40);
    expect(shown[0]?.getAttribute('aria-setsize')).toBe('5000');
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => item({ n: n + 1, title: `Number ${n + 1}` }));

describe('a line', () => {
  test('names the conversation, its unread messages and its newest message', async () => {
    const { list, onSelect } = await show({
      items: [item({ n: 1, unreadCount: 3, preview: message({ content: 'hello\n  there' }) })],
    });
    const row = within(list).getByRole('button', {
      name: /Ada Lovelace.*hello there.*3 unread messages/u,
    });
    expect(row.getAttribute('aria-current')).toBe('page');
    fireEvent.click(row);
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(conversationId(1));
  });

  test('shows who is online and who is typing', async () => {
    const { client, list } = await show({ items: [item({ n: 1, preview: message() })] });
    const ada = 'ada' as UserId;
    act(() =>
      client.presence.set(new Map([[ada, { userId: ada, online: true, lastSeenAt: null }]])),
    );
    expect(within(list).getByRole('img', { name: 'Online' })).toBeDefined();
    act(() => client.typing(conversationId(1)).set([{ userId: ada, name: 'Ada' }]));
    expect(list.textContent).toContain('typing…');
    expect(list.textContent).not.toContain('message 1');
  });

  test('further down who is typing is not asked for, since a connection can be told of few', async () => {
    const { client } = await show({
      items: Array.from({ length: 12 }, (_, n) => item({ n: n + 1 })),
    });
    const asked = Array.from({ length: 12 }, (_, n) =>
      client.typing(conversationId(n + 1)).subscribers(),
    );
    expect(asked).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  test('keeps the order of the client', async () => {
    const { list } = await show({
      items: [item({ n: 2, title: 'Second' }), item({ n: 1, title: 'First' })],
    });
    const rows = within(list).getAllByRole('button');
    expect(rows.map((row) => row.textContent?.match(/Second|First/u)?.[0])).toEqual([
      'Second',
      'First',
    ]);
  });
});

describe('previews', () => {
  const image = {
    kind: 'image',
    name: 'a.png',
    mediaType: 'image/png',
    bytes: 1,
    previewUrl: null,
    progress: 0,
  } as const;

  test.each([
    ['nothing yet', item(), 'No messages yet'],
    ['mine', item({ preview: mine({ content: 'hi' }) }), 'You: hi'],
    ['of the other person', item({ preview: message({ content: 'hi' }) }), 'hi'],
    [
      'in a group',
      item({ kind: 'group', preview: message({ content: 'hi' }) }),
      'Ada Lovelace: hi',
    ],
    ['deleted', item({ preview: mine({ deletedAt: 1 }) }), 'Message deleted'],
    [
      'pictures on their way',
      item({
        preview: mine({
          content: '',
          pending: [
            { ...image, localId: '1' },
            { ...image, localId: '2' },
          ],
        }),
      }),
      'You: 2 photos',
    ],
    [
      'a file',
      item({
        preview: message({
          content: '',
          pending: [{ ...image, kind: 'file', name: 'a.pdf', localId: '1' }],
        }),
      }),
      'a.pdf',
    ],
  ])('%s', (_, each, text) => {
    expect(previewText(each, { me: 'me', texts: english, locale: 'en' })).toBe(text);
  });

  test('a count at the limit says that there may be more', () => {
    expect(unreadText(999, english.common.unreadMax)).toBe('999');
    expect(unreadText(1_000, english.common.unreadMax)).toBe('1,000+');
  });
});
