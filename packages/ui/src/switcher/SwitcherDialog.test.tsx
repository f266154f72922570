import type { FileId, UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { holdAway } from '../../test/approach.ts';
import { createFakeClient, item } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { SwitcherDialog } from './SwitcherDialog.tsx';

const away = holdAway();
afterEach(cleanup);

const file = (n: number) => `0197c000-0000-7000-a000-${String(n).padStart(12, '0')}` as FileId;

test('groups, people one talks to and people to begin with are shown by their pictures', async () => {
  const bob = { id: 'bob' as UserId, name: 'Bob Stone', picture: file(3), lastSeenAt: null };
  const { client, files } = createFakeClient([bob]);
  for (const n of [1, 2, 3]) files.set(file(n), new Blob([`${n}`]));
  const fetchFile = vi.spyOn(client.uploads, 'fetchFile');
  const group = item({ n: 1, kind: 'group', title: 'Bobsleigh' });
  const direct = item({ n: 2, title: 'Bobby Tables' });
  client.conversations.set({
    ...client.conversations.getSnapshot(),
    items: [
      { ...group, conversation: { ...group.conversation, picture: file(1) } },
      { ...direct, peer: direct.peer && { ...direct.peer, picture: file(2) } },
    ],
  });
  const clock = createTestClock(0);
  render(
    <UiProvider clock={clock}>
      <ChatProvider client={client}>
        <SwitcherDialog query="bob" onOpen={() => {}} onClose={() => {}} />
      </ChatProvider>
    </UiProvider>,
  );
  await act(async () => clock.advance(1_000));
  expect(screen.getAllByRole('option')).toHaveLength(3);
  await act(async () => document.querySelectorAll('.natter-avatar-face').forEach(away.bring));
  expect(fetchFile.mock.calls.map(([id]) => id)).toEqual([file(1), file(2), file(3)]);
});
