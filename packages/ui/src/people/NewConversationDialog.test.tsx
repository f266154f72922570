import { NatterError, type User, type UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { conversationId, createFakeClient, me } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { NewConversationDialog } from './NewConversationDialog.tsx';
import { searchPauseMs } from './usePeople.ts';

afterEach(cleanup);

const person = (id: string, name: string): User => ({
  id: id as UserId,
  name,
  picture: null,
  lastSeenAt: null,
});
const everybody = [
  person('ada', 'Ada Lovelace'),
  person('bob', 'Bob Stone'),
  person(me.userId, me.name),
];

async function show() {
  const clock = createTestClock(0);
  const { client, calls } = createFakeClient(everybody);
  const onClose = vi.fn();
  const onCreated = vi.fn();
  const search = vi.spyOn(client.users, 'search');
  render(
    <UiProvider clock={clock}>
      <ChatProvider client={client}>
        <NewConversationDialog onClose={onClose} onCreated={onCreated} />
      </ChatProvider>
    </UiProvider>,
  );
  const wait = (ms: number) => act(async () => clock.advance(ms));
  await wait(0);
  return {
    client,
    calls,
    onClose,
    onCreated,
    search,
    wait,
    dialog: screen.getByRole('dialog', { name: 'New conversation' }),
  };
}

const people = () =>
  within(screen.getByRole('listbox', { name: 'People' }))
    .getAllByRole('option')
    .map((each) => each.querySelector('.natter-person-name')?.textContent);

describe('searching', () => {
  test('everybody but me is offered', async () => {
    await show();
    expect(people()).toEqual(['Ada Lovelace', 'Bob Stone']);
  });

  test('the server is asked once, after a pause in typing', async () => {
    const { search, wait } = await show();
    const field = screen.getByRole('combobox', { name: 'Search people' });
    search.mockClear();
    fireEvent.change(field, { target: { value: 'b' } });
    await wait(searchPauseMs - 1);
    fireEvent.change(field, { target: { value: 'bo' } });
    await wait(searchPauseMs);
    expect(search.mock.calls).toEqual([['bo']]);
    expect(people()).toEqual(['Bob Stone']);
  });

  test('an answer that was overtaken is not shown', async () => {
    const { client, search, wait } = await show();
    const field = screen.getByRole('combobox', { name: 'Search people' });
    const late = Promise.withResolvers<Awaited<ReturnType<typeof client.users.search>>>();
    search.mockReturnValueOnce(late.promise);
    fireEvent.change(field, { target: { value: 'a' } });
    await wait(searchPauseMs);
    fireEvent.change(field, { target: { value: 'bo' } });
    await wait(searchPauseMs);
    await act(async () => late.resolve({ users: everybody, next: null }));
    expect(people()).toEqual(['Bob Stone']);
  });

  test('a failure says why and can be tried again', async () => {
    const { search, wait } = await show();
    search.mockRejectedValueOnce(new NatterError('overloaded', 'unable to search: busy'));
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'a' } });
    await wait(searchPauseMs);
    expect(screen.getByRole('alert').textContent).toContain(english.errors.overloaded);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await wait(searchPauseMs);
    expect(people()).toEqual(['Ada Lovelace']);
  });
});

describe('by keyboard', () => {
  const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search people' });
  const press = (key: string) =>
    act(async () => fireEvent.keyDown(document.activeElement ?? field(), { key }));
  const chips = () => {
    const list = screen.queryByRole('list', { name: 'Chosen people' });
    return list === null
      ? []
      : within(list)
          .getAllByRole('listitem')
          .map((each) => each.querySelector('[dir=auto]')?.textContent);
  };

  async function showGroup() {
    const shown = await show();
    fireEvent.click(screen.getByRole('radio', { name: 'Group' }));
    field().focus();
    return shown;
  }

  test('Enter begins with the one whom the arrows went to', async () => {
    const { calls } = await show();
    field().focus();
    await press('ArrowDown');
    await press('Enter');
    expect(calls).toContainEqual(['createDirect', 'bob']);
  });

  test('Enter chooses, the search is empty again, and choosing again lets go', async () => {
    const { wait } = await showGroup();
    fireEvent.change(field(), { target: { value: 'bo' } });
    await wait(searchPauseMs);
    await press('Enter');
    expect(chips()).toEqual(['Bob Stone']);
    expect(field().value).toBe('');
    await wait(0);
    await press('ArrowDown');
    await press('Enter');
    expect(chips()).toEqual([]);
  });

  test('Backspace lets go of the last one, but never of one while there is text', async () => {
    const { wait } = await showGroup();
    await press('Enter');
    await press('ArrowDown');
    await press('Enter');
    expect(chips()).toHaveLength(2);
    fireEvent.change(field(), { target: { value: 'b' } });
    field().setSelectionRange(1, 1);
    await press('Backspace');
    expect(chips()).toHaveLength(2);
    fireEvent.change(field(), { target: { value: '' } });
    field().setSelectionRange(0, 0);
    await press('Backspace');
    expect(chips()).toEqual(['Ada Lovelace']);
    await wait(searchPauseMs);
  });

  test('the arrow goes from the field to the chips and back, Delete lets go of one', async () => {
    await showGroup();
    await press('Enter');
    await press('ArrowDown');
    await press('Enter');
    field().setSelectionRange(0, 0);
    await press('ArrowLeft');
    expect(document.activeElement).toBe(
      screen.getByRole('button', { name: 'Do not choose Bob Stone' }),
    );
    await press('ArrowLeft');
    await press('Delete');
    expect(chips()).toEqual(['Bob Stone']);
    expect(document.activeElement).toBe(field());
  });
});

describe('beginning', () => {
  test('choosing a person begins a direct conversation at once', async () => {
    const { calls, onCreated } = await show();
    await act(async () => fireEvent.click(screen.getByRole('option', { name: /^Ada Lovelace/ })));
    expect(calls).toContainEqual(['createDirect', 'ada']);
    expect(onCreated).toHaveBeenCalledExactlyOnceWith(conversationId(1));
  });

  test('a group needs a name and somebody in it', async () => {
    const { calls, onCreated } = await show();
    fireEvent.click(screen.getByRole('radio', { name: 'Group' }));
    const create = screen.getByRole<HTMLButtonElement>('button', { name: 'Create group' });
    expect(create.disabled).toBe(true);
    fireEvent.change(screen.getByRole('textbox', { name: 'Group name' }), {
      target: { value: ' Engines ' },
    });
    expect(create.disabled).toBe(true);
    fireEvent.click(screen.getByRole('option', { name: /^Ada Lovelace/ }));
    fireEvent.click(screen.getByRole('option', { name: /^Bob Stone/ }));
    fireEvent.click(screen.getByRole('option', { name: /^Ada Lovelace/ }));
    await act(async () => fireEvent.click(create));
    expect(calls).toContainEqual(['createGroup', { name: 'Engines', userIds: ['bob'] }]);
    expect(onCreated).toHaveBeenCalledExactlyOnceWith(conversationId(2));
  });

  test('Enter in the search begins no group once one person is wanted after all', async () => {
    const { calls } = await show();
    fireEvent.click(screen.getByRole('radio', { name: 'Group' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Group name' }), {
      target: { value: 'Birds' },
    });
    fireEvent.click(screen.getByRole('option', { name: /^Ada Lovelace/ }));
    const form = screen.getByRole('combobox').closest('form') as HTMLFormElement;
    fireEvent.click(screen.getByRole('radio', { name: 'Direct message' }));
    await act(async () => fireEvent.submit(form));
    expect(calls.filter(([name]) => name === 'createGroup')).toEqual([]);
  });

  test('a refusal says why, and everything stays as it was', async () => {
    const { client, onCreated } = await show();
    vi.spyOn(client.conversations, 'createDirect').mockRejectedValueOnce(
      new NatterError('conflict', 'unable to begin: not you'),
    );
    await act(async () => fireEvent.click(screen.getByRole('option', { name: /^Ada Lovelace/ })));
    expect(screen.getByRole('alert').textContent).toContain('unable to begin: not you');
    expect(onCreated).not.toHaveBeenCalled();
    expect(
      screen.getByRole('option', { name: /^Ada Lovelace/ }).getAttribute('aria-disabled'),
    ).toBe('false');
  });

  test('Escape asks to close', async () => {
    const { dialog, onClose } = await show();
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
