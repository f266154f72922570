import { type Member, NatterError, type Role, type User, type UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { conversationId, createFakeClient, item, me } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { MembersDialog } from './MembersDialog.tsx';

afterEach(cleanup);

const member = (userId: string, name: string, role: Role): Member => ({
  userId: userId as UserId,
  name,
  picture: null,
  role,
  deliveredSeq: 0,
  readSeq: 0,
  joinedAt: 0,
});
const bob: User = { id: 'bob' as UserId, name: 'Bob Stone', picture: null, lastSeenAt: null };

async function show(role: Role) {
  const clock = createTestClock(0);
  const { client, calls } = createFakeClient([
    bob,
    { ...bob, id: 'ada' as UserId, name: 'Ada Lovelace' },
  ]);
  const members = [member(me.userId, me.name, role), member('ada', 'Ada Lovelace', 'member')];
  const getMembers = vi
    .spyOn(client.conversations, 'getMembers')
    .mockResolvedValue({ members, next: null } as never);
  const group = item({ n: 2, kind: 'group', title: 'Engines', role });
  client.conversations.set({ ...client.conversations.getSnapshot(), items: [group] });
  const onLeft = vi.fn();
  await act(async () => {
    render(
      <UiProvider clock={clock}>
        <ChatProvider client={client}>
          <MembersDialog item={group} onClose={() => {}} onLeft={onLeft} />
        </ChatProvider>
      </UiProvider>,
    );
  });
  const wait = () => act(async () => clock.advance(0));
  return { client, calls, onLeft, getMembers, wait };
}

const buttons = () =>
  screen.getAllByRole('button').map((each) => each.getAttribute('aria-label') ?? each.textContent);

describe('what is offered', () => {
  test('a member may leave, and no more', async () => {
    await show('member');
    expect(buttons()).toEqual(['Close', 'Leave group']);
  });

  test('an owner may rename, add and remove others, but not remove themselves', async () => {
    await show('owner');
    expect(buttons()).toEqual([
      'Close',
      'Rename',
      'Remove Ada Lovelace',
      'Leave group',
      'Add people',
    ]);
  });
});

describe('what is done', () => {
  const id = conversationId(2);

  test('removing somebody asks first, then loads the members anew', async () => {
    const { calls, getMembers } = await show('owner');
    fireEvent.click(screen.getByRole('button', { name: 'Remove Ada Lovelace' }));
    const dialog = screen.getByRole('alertdialog', { name: 'Remove Ada Lovelace?' });
    expect(calls.some(([name]) => name === 'removeMember')).toBe(false);
    getMembers.mockClear();
    await act(async () => fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' })));
    expect(calls).toContainEqual(['removeMember', id, 'ada']);
    expect(getMembers).toHaveBeenCalledOnce();
  });

  test('leaving asks first, then shows the list', async () => {
    const { calls, onLeft } = await show('member');
    fireEvent.click(screen.getByRole('button', { name: 'Leave group' }));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Leave' })));
    expect(calls).toContainEqual(['leave', id]);
    expect(onLeft).toHaveBeenCalledOnce();
  });

  test('only people who are not in it are offered, and are added together', async () => {
    const { calls, wait } = await show('owner');
    fireEvent.click(screen.getByRole('button', { name: 'Add people' }));
    await wait();
    expect(screen.queryByRole('option', { name: /^Ada Lovelace/ })).toBeNull();
    fireEvent.click(screen.getByRole('option', { name: /^Bob Stone/ }));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Add 1' })));
    expect(calls).toContainEqual(['addMembers', id, ['bob']]);
  });

  test('another name is saved without the space around it', async () => {
    const { calls } = await show('owner');
    fireEvent.change(screen.getByRole('textbox', { name: 'Group name' }), {
      target: { value: ' Machines ' },
    });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Rename' })));
    expect(calls).toContainEqual(['rename', id, 'Machines']);
  });

  test('a refusal says why', async () => {
    const { client, onLeft } = await show('member');
    vi.spyOn(client.conversations, 'leave').mockRejectedValueOnce(
      new NatterError('overloaded', 'unable to leave: busy'),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Leave group' }));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Leave' })));
    expect(screen.getByRole('alert').textContent).toBe(english.errors.overloaded);
    expect(onLeft).not.toHaveBeenCalled();
  });
});
