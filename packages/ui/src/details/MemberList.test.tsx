/** A list of a thousand: only those in view are drawn, and the rest is asked for as it comes near. */
import { limits, type Member, type UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeClient, item, me, readyConversations } from '../../test/fakeClient.ts';
import { layOut } from '../../test/layout.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { GroupDetails } from './GroupDetails.tsx';

// So many rows take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const count = 1_000;
const rowHeight = 52;
const say = english.details;

let undoLayout: () => void;
beforeEach(() => {
  undoLayout = layOut({ viewport: 600, row: rowHeight, scroller: '.natter-about' });
});
afterEach(() => {
  cleanup();
  undoLayout();
});

const everybody = Array.from({ length: count }, (_, at): Member => {
  const number = String(at).padStart(4, '0');
  return {
    userId: (at === 0 ? me.userId : `person-${number}`) as UserId,
    name: at === 0 ? me.name : `Person ${number}`,
    picture: null,
    role: at === 0 ? 'owner' : 'member',
    deliveredSeq: 0,
    readSeq: 0,
    joinedAt: 0,
  };
});

async function show() {
  const { client } = createFakeClient();
  const getMembers = vi.spyOn(client.conversations, 'getMembers').mockImplementation(((
    _id: unknown,
    { after, limit = limits.pageSizeMax }: { after?: UserId; limit?: number },
  ) => {
    const from = after === undefined ? 0 : everybody.findIndex((each) => each.userId === after) + 1;
    const members = everybody.slice(from, from + limit);
    const next = from + limit < count ? (members.at(-1)?.userId ?? null) : null;
    return Promise.resolve({ members, next });
  }) as never);
  const group = item({ n: 2, kind: 'group', title: 'Everybody', role: 'owner' });
  const large = { ...group, conversation: { ...group.conversation, memberCount: count } };
  client.conversations.set({ ...readyConversations, items: [large] });
  await act(async () => {
    render(
      <UiProvider clock={createTestClock(0)}>
        <ChatProvider client={client}>
          <GroupDetails item={large} onClose={() => {}} />
        </ChatProvider>
      </UiProvider>,
    );
  });
  const scroller = document.querySelector('.natter-about');
  if (!(scroller instanceof HTMLElement)) throw new Error('nothing scrolls');
  const scrollTo = (top: number) =>
    act(async () => {
      scroller.scrollTop = top;
      fireEvent.scroll(scroller);
    });
  return { getMembers, scrollTo };
}

// Not by role, which takes long over so many.
const rows = () => [...document.querySelectorAll('.natter-members li')];
const shownNames = () =>
  rows().map((each) => each.querySelector('.natter-person-name')?.textContent);

test('of a thousand members those in view are drawn, and a screen reader is told of all', async () => {
  const { getMembers } = await show();
  expect(getMembers).toHaveBeenCalledOnce();
  expect(rows().length).toBeLessThan(40);
  expect(shownNames()[0]).toBe(say.yourself(me.name));
  expect(rows()[0]?.getAttribute('aria-posinset')).toBe('1');
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe(String(count));
});

test('the next page is asked for near the end of what is here, once', async () => {
  const { getMembers, scrollTo } = await show();
  expect(getMembers).toHaveBeenCalledOnce();
  await scrollTo((limits.pageSizeMax - 15) * rowHeight);
  await scrollTo((limits.pageSizeMax - 14) * rowHeight);
  expect(getMembers).toHaveBeenCalledTimes(2);
  await scrollTo((limits.pageSizeMax + 5) * rowHeight);
  expect(shownNames()).toContain(`Person ${String(limits.pageSizeMax + 5).padStart(4, '0')}`);
  expect(rows().length).toBeLessThan(40);
});

test('who is far down is found by name: the pages between are gone through', async () => {
  const { getMembers } = await show();
  const field = screen.getByRole('textbox', { name: say.search });
  await act(async () => fireEvent.change(field, { target: { value: 'Person 0987' } }));
  await vi.waitFor(() => expect(shownNames()).toEqual(['Person 0987']));
  expect(getMembers).toHaveBeenCalledTimes(Math.ceil(count / limits.pageSizeMax));
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('1');
  expect(screen.getByText(say.found(1)).getAttribute('role')).toBe('status');
});
