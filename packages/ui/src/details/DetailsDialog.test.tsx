import type { UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import {
  conversationId,
  createFakeClient,
  item,
  readyConversations,
} from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { DetailsDialog } from './DetailsDialog.tsx';
import type { Muting } from './MuteSwitch.tsx';

afterEach(cleanup);

const ada = 'ada' as UserId;
const now = Date.UTC(2026, 5, 15, 12);

function show(muting: Muting = {}) {
  const { client } = createFakeClient();
  client.conversations.set({ ...readyConversations, items: [item()] });
  const onClose = vi.fn();
  render(
    <UiProvider clock={createTestClock(now)}>
      <ChatProvider client={client}>
        <DetailsDialog conversationId={conversationId(1)} onClose={onClose} {...muting} />
      </ChatProvider>
    </UiProvider>,
  );
  const isThere = (online: boolean, lastSeenAt: number | null) =>
    act(async () => client.presence.set(new Map([[ada, { userId: ada, online, lastSeenAt }]])));
  return { client, onClose, isThere };
}

test('the other person is shown with when they were last here, and nothing of theirs to change', async () => {
  const { isThere } = show();
  expect(screen.getByRole('dialog', { name: english.details.person })).toBeDefined();
  expect(screen.getByRole('heading', { name: 'Ada Lovelace' })).toBeDefined();
  await isThere(true, null);
  expect(screen.getByText(english.presence.online)).toBeDefined();
  await isThere(false, now - 5 * 60_000);
  expect(screen.getByText('Last seen 5 minutes ago')).toBeDefined();
  const buttons = screen.getAllByRole('button').map((each) => each.getAttribute('aria-label'));
  expect(buttons).toEqual([english.common.close]);
});

test('a new name of theirs shows at once', async () => {
  const { client } = show();
  await act(async () =>
    client.conversations.set({ ...readyConversations, items: [item({ title: 'Ada King' })] }),
  );
  expect(screen.getByRole('heading', { name: 'Ada King' })).toBeDefined();
});

test('a switch mutes where the application knows of muting, and there is none where it does not', () => {
  const onMute = vi.fn();
  show({ muted: false, onMute });
  fireEvent.click(screen.getByRole('switch', { name: english.details.mute, checked: false }));
  expect(onMute).toHaveBeenCalledWith(true);
  cleanup();
  show();
  expect(screen.queryByRole('switch')).toBeNull();
});

test('of a conversation that is gone there is nothing to show: it closes', async () => {
  const { client, onClose } = show();
  await act(async () => client.conversations.set(readyConversations));
  expect(onClose).toHaveBeenCalled();
  expect(screen.queryByRole('dialog')).toBeNull();
});
