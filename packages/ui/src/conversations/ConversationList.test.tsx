import { NatterError, type UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  conversationId,
  createFakeClient,
  item,
  message,
  mine,
  readyConversations,
} from '../../test/fakeClient.ts';
import { english } from '../texts/english.ts';
import { ConversationList } from './ConversationList.tsx';
import { unreadText } from './ConversationRow.tsx';
import { previewText } from './previewText.ts';

afterEach(cleanup);

function show(over: Partial<typeof readyConversations>) {
  const { client, calls } = createFakeClient();
  client.conversations.set({ ...readyConversations, ...over });
  const onSelect = vi.fn();
  const onNew = vi.fn();
  render(
    <ChatProvider client={client}>
      <ConversationList selectedId={conversationId(1)} onSelect={onSelect} onNew={onNew} />
    </ChatProvider>,
  );
  const list = screen.getByRole('navigation', { name: 'Conversations' });
  return { client, calls, onSelect, onNew, list };
}

describe('states', () => {
  test('loading shows that it loads', () => {
    const { list } = show({ state: 'loading' });
    expect(within(list).getByRole('progressbar', { name: 'Loading…' })).toBeDefined();
  });

  test('empty offers to start one', () => {
    const { onNew } = show({});
    fireEvent.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(onNew).toHaveBeenCalledOnce();
  });

  test('a failure says why and can be tried again', () => {
    const error = new NatterError('internal', 'unable to list: the server is ill').toBody();
    const { calls } = show({ state: 'error', error });
    expect(screen.getByRole('alert').textContent).toContain(error.message);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(calls).toContainEqual(['conversations.load']);
  });

  test('more can be loaded while there is more', () => {
    const { calls, client } = show({ items: [item()], hasMore: true });
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(calls).toContainEqual(['conversations.loadMore']);
    act(() => client.conversations.set({ ...client.conversations.getSnapshot(), hasMore: false }));
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });
});

describe('a line', () => {
  test('names the conversation, its unread messages and its newest message', () => {
    const { list, onSelect } = show({
      items: [item({ n: 1, unreadCount: 3, preview: message({ content: 'hello\n  there' }) })],
    });
    const row = within(list).getByRole('button', {
      name: /Ada Lovelace.*hello there.*3 unread messages/u,
    });
    expect(row.getAttribute('aria-current')).toBe('page');
    fireEvent.click(row);
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(conversationId(1));
  });

  test('shows who is online and who is typing', () => {
    const { client, list } = show({ items: [item({ n: 1, preview: message() })] });
    const ada = 'ada' as UserId;
    act(() =>
      client.presence.set(new Map([[ada, { userId: ada, online: true, lastSeenAt: null }]])),
    );
    expect(within(list).getByRole('img', { name: 'Online' })).toBeDefined();
    act(() => client.typing(conversationId(1)).set([{ userId: ada, name: 'Ada' }]));
    expect(list.textContent).toContain('typing…');
    expect(list.textContent).not.toContain('message 1');
  });

  test('further down who is typing is not asked for, since a connection can be told of few', () => {
    const { client } = show({ items: Array.from({ length: 12 }, (_, n) => item({ n: n + 1 })) });
    const asked = Array.from({ length: 12 }, (_, n) =>
      client.typing(conversationId(n + 1)).subscribers(),
    );
    expect(asked).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  test('keeps the order of the client', () => {
    const { list } = show({
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
