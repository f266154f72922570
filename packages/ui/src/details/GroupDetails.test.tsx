import {
  type Member,
  NatterError,
  type Role,
  type ServerEvent,
  type User,
  type UserId,
} from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { conversationId, createFakeClient, item, me } from '../../test/fakeClient.ts';
import { layOut } from '../../test/layout.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { GroupDetails } from './GroupDetails.tsx';
import type { Muting } from './MuteSwitch.tsx';

let undoLayout: () => void;
beforeEach(() => {
  undoLayout = layOut({ viewport: 600, row: 52, scroller: '.natter-about' });
});
afterEach(() => {
  cleanup();
  undoLayout();
});

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

async function show(
  role: Role,
  others: readonly Member[] = [member('ada', 'Ada Lovelace', 'member')],
  more: Muting = {},
) {
  const clock = createTestClock(0);
  const fake = createFakeClient([bob, { ...bob, id: 'ada' as UserId, name: 'Ada Lovelace' }]);
  const { client, calls } = fake;
  const members = [member(me.userId, me.name, role), ...others];
  const getMembers = vi
    .spyOn(client.conversations, 'getMembers')
    .mockResolvedValue({ members, next: null } as never);
  const group = item({ n: 2, kind: 'group', title: 'Engines', role });
  client.conversations.set({ ...client.conversations.getSnapshot(), items: [group] });
  const onLeft = vi.fn();
  const onClose = vi.fn();
  await act(async () => {
    render(
      <UiProvider clock={clock}>
        <ChatProvider client={client}>
          <GroupDetails item={group} onClose={onClose} onLeft={onLeft} {...more} />
        </ChatProvider>
      </UiProvider>,
    );
  });
  const wait = () => act(async () => clock.advance(0));
  const tell = (event: ServerEvent) =>
    act(async () => {
      for (const listener of [...fake.eventListeners]) listener(event);
    });
  return { client, calls, onLeft, onClose, getMembers, wait, tell };
}

const buttons = () =>
  screen.getAllByRole('button').map((each) => each.getAttribute('aria-label') ?? each.textContent);

/** What is offered for somebody, from their menu; null where there is none. */
function menuOf(name: string): string[] | null {
  const button = screen.queryByRole('button', { name: `Actions for ${name}` });
  if (button === null) return null;
  fireEvent.click(button);
  const items = screen.getAllByRole('menuitem').map((each) => each.textContent ?? '');
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  return items;
}

function choose(name: string, item: string): void {
  fireEvent.click(screen.getByRole('button', { name: `Actions for ${name}` }));
  fireEvent.click(screen.getByRole('menuitem', { name: item }));
}

const names = () =>
  [...document.querySelectorAll('.natter-members .natter-person-name')].map(
    (each) => each.textContent,
  );

describe('what is offered', () => {
  test('a member may leave, and no more', async () => {
    await show('member');
    expect(buttons()).toEqual(['Close', 'Leave group']);
  });

  test('an admin takes members out, and nobody else; changes name and picture; gives no roles', async () => {
    await show('admin', [
      member('ada', 'Ada Lovelace', 'owner'),
      member('bob', 'Bob Stone', 'member'),
      member('eve', 'Eve Hall', 'admin'),
    ]);
    expect(menuOf('Ada Lovelace')).toBeNull();
    expect(menuOf('Eve Hall')).toBeNull();
    expect(menuOf('Bob Stone')).toEqual(['Remove from group']);
    expect(buttons()).toEqual(
      expect.arrayContaining(['Choose a picture', 'Change name', 'Leave group', 'Add people']),
    );
  });

  test('an owner gives and takes every role, but not the last owner’s', async () => {
    await show('owner', [
      member('ada', 'Ada Lovelace', 'member'),
      member('eve', 'Eve Hall', 'admin'),
    ]);
    expect(menuOf(me.name)).toBeNull();
    expect(menuOf('Ada Lovelace')).toEqual(['Make owner', 'Make admin', 'Remove from group']);
    expect(menuOf('Eve Hall')).toEqual(['Make owner', 'Make member', 'Remove from group']);
  });

  test('one of several owners may step down', async () => {
    await show('owner', [member('ada', 'Ada Lovelace', 'owner')]);
    expect(menuOf(me.name)).toEqual(['Become admin', 'Become member']);
  });

  test('owners come first, then admins, then the others by name', async () => {
    await show('member', [
      member('a', 'Zoe Wu', 'member'),
      member('b', 'Ada Lovelace', 'member'),
      member('c', 'Eve Hall', 'admin'),
      member('d', 'Yuki Tanaka', 'owner'),
    ]);
    expect(names()).toEqual([
      'Yuki Tanaka',
      'Eve Hall',
      'Ada Lovelace',
      'Mia Brandt (you)',
      'Zoe Wu',
    ]);
  });

  test('a switch mutes where the application knows of muting', async () => {
    const onMute = vi.fn();
    await show('member', [], { muted: true, onMute });
    const mute = screen.getByRole('switch', { name: 'Mute', checked: true });
    fireEvent.click(mute);
    expect(onMute).toHaveBeenCalledWith(false);
  });
});

describe('what is done', () => {
  const id = conversationId(2);

  test('removing somebody asks first', async () => {
    const { calls, tell } = await show('owner');
    choose('Ada Lovelace', 'Remove from group');
    const dialog = screen.getByRole('alertdialog', { name: 'Remove Ada Lovelace?' });
    expect(calls.some(([name]) => name === 'removeMember')).toBe(false);
    await act(async () => fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' })));
    expect(calls).toContainEqual(['removeMember', id, 'ada']);
    await tell({
      type: 'memberLeft',
      conversationId: id,
      userId: 'ada' as UserId,
      version: 9,
      data: { memberCount: 1 },
    });
    expect(names()).toEqual(['Mia Brandt (you)']);
  });

  test('a role is given at once, one that cannot be taken back asks first', async () => {
    const { calls } = await show('owner');
    choose('Ada Lovelace', 'Make admin');
    await act(async () => {});
    expect(calls).toContainEqual(['setRole', id, 'ada', 'admin']);
    expect(screen.getByText('Ada Lovelace is an admin now.').getAttribute('role')).toBe('status');
    choose('Ada Lovelace', 'Make owner');
    expect(calls).not.toContainEqual(['setRole', id, 'ada', 'owner']);
    const dialog = screen.getByRole('alertdialog', { name: 'Make Ada Lovelace an owner?' });
    const confirm = within(dialog).getByRole('button', { name: 'Make owner' });
    await act(async () => fireEvent.click(confirm));
    expect(calls).toContainEqual(['setRole', id, 'ada', 'owner']);
  });

  test('a role that somebody else gives shows at once, and so do newcomers and new names', async () => {
    const { tell } = await show('member');
    const joined = (who: Member): ServerEvent => ({
      type: 'memberJoined',
      conversationId: id,
      userId: who.userId,
      version: 9,
      data: { member: who, memberCount: 3 },
    });
    await tell(joined(member('ada', 'Ada Lovelace', 'admin')));
    await tell(joined(member('bob', 'Bob Stone', 'member')));
    expect(names()).toEqual(['Ada Lovelace', 'Bob Stone', 'Mia Brandt (you)']);
    expect(screen.getByText('Admin')).toBeDefined();
    const data = { name: 'Robert Stone', picture: null };
    await tell({ type: 'userUpdated', userId: 'bob' as UserId, data });
    expect(names()).toContain('Robert Stone');
  });

  test('leaving asks first, then shows the list', async () => {
    const { calls, onLeft, onClose } = await show('member');
    fireEvent.click(screen.getByRole('button', { name: 'Leave group' }));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Leave' })));
    expect(calls).toContainEqual(['leave', id]);
    expect(onLeft).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
  });

  test('[ROLES4] the last owner is told who follows', async () => {
    await show('owner', [
      { ...member('ada', 'Ada Lovelace', 'member'), joinedAt: 1 },
      { ...member('bob', 'Bob Stone', 'admin'), joinedAt: 2 },
      { ...member('eve', 'Eve Hall', 'admin'), joinedAt: 3 },
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Leave group' }));
    expect(screen.getByRole('alertdialog').textContent).toContain('Bob Stone becomes owner');
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
    fireEvent.click(screen.getByRole('button', { name: 'Change name' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Group name' }), {
      target: { value: ' Machines ' },
    });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Save' })));
    expect(calls).toContainEqual(['update', id, { name: 'Machines' }]);
    expect(screen.getByText('Saved')).toBeDefined();
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

  test('members that could not be loaded are asked for again', async () => {
    const { client, getMembers } = await show('member');
    cleanup();
    getMembers.mockRejectedValueOnce(new NatterError('overloaded', 'unable to read: busy'));
    const group = client.conversations.getSnapshot().items[0];
    if (group === undefined) throw new Error('the list is empty');
    await act(async () => {
      render(
        <ChatProvider client={client}>
          <GroupDetails item={group} onClose={() => {}} />
        </ChatProvider>,
      );
    });
    expect(screen.getByRole('alert').textContent).toContain(english.details.failed);
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    expect(names()).toContain('Ada Lovelace');
  });
});
