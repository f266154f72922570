import type { UserId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient, message, mine } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { menuItems } from './MessageMenu.tsx';
import { MessageRow } from './MessageRow.tsx';
import type { MessageCommands } from './messageCommands.ts';
import { seenBy } from './seenBy.ts';
import { holdMs } from './useMessageMenu.ts';

afterEach(cleanup);

const commandsOf = () =>
  ({
    copy: vi.fn(),
    copyLink: vi.fn(),
    edit: vi.fn(),
    details: vi.fn(),
    delete: vi.fn(),
    resend: vi.fn(),
    discard: vi.fn(),
  }) satisfies MessageCommands;

describe('what is offered', () => {
  const labels = (of: ReturnType<typeof message>, canDelete = of.isMine, without = {}) =>
    menuItems(of, canDelete, { ...commandsOf(), ...without }, english).map(({ label }) => label);

  test.each([
    ['mine', mine(), ['Copy text', 'Copy link', 'Edit', 'Details', 'Delete']],
    ["somebody else's", message(), ['Copy text', 'Copy link']],
    ['on its way', mine({ seq: null, status: 'sending' }), ['Copy text', 'Edit', 'Delete']],
    ['failed', mine({ seq: null, status: 'failed' }), ['Resend', 'Copy text', 'Edit', 'Discard']],
    ['deleted', mine({ content: '', deletedAt: 1 }), []],
  ])('%s', (_, of, expected) => {
    expect(labels(of)).toEqual(expected);
  });

  test('nothing that the application cannot do', () => {
    expect(labels(mine(), true, { copyLink: null, edit: null })).toEqual([
      'Copy text',
      'Details',
      'Delete',
    ]);
  });
});

function show(of = mine()) {
  const clock = createTestClock(0);
  const commands = commandsOf();
  const { client } = createFakeClient();
  render(
    <ChatProvider client={client}>
      <UiProvider clock={clock}>
        <MessageRow
          message={of}
          opensDay={false}
          opensNew={false}
          first
          last
          group={false}
          canDelete={of.isMine}
          active
          now={of.createdAt}
          commands={commands}
        />
      </UiProvider>
    </ChatProvider>,
  );
  const article = screen.getByRole('article');
  const wait = (ms: number) => act(() => clock.advance(ms));
  return { article, commands, wait };
}

const isOpen = () => screen.queryByRole('menu') !== null;
const finger = { pointerType: 'touch', isPrimary: true, clientX: 50, clientY: 50 };

describe('the menu opens', () => {
  test('by its visible button', () => {
    const { article } = show();
    const more = within(article).getByRole('button', { name: 'More actions' });
    fireEvent.click(more);
    expect(isOpen()).toBe(true);
    expect(more.getAttribute('aria-expanded')).toBe('true');
  });

  test.each([{ key: 'ContextMenu' }, { key: 'F10', shiftKey: true }])('by keys: %j', (key) => {
    const { article, commands } = show();
    article.focus();
    fireEvent.keyDown(article, key);
    expect(isOpen()).toBe(true);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Copy link' }));
    expect(commands.copyLink).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(article);
  });

  test('by the right button, once that is let go', () => {
    const { article, wait } = show();
    fireEvent.contextMenu(article, { buttons: 2 });
    wait(1_000);
    expect(isOpen()).toBe(false);
    fireEvent.pointerUp(window);
    wait(0);
    expect(isOpen()).toBe(true);
  });

  test('when a finger has stayed, once it is lifted; until then the message stands out', () => {
    const { article, wait } = show();
    fireEvent.pointerDown(article, finger);
    wait(holdMs);
    expect(article.dataset.held).toBe('true');
    fireEvent.pointerUp(article, finger);
    wait(0);
    expect(isOpen()).toBe(true);
  });

  test.each([
    ['moves', (article: HTMLElement) => fireEvent.pointerMove(article, { ...finger, clientY: 80 })],
    ['scrolls', (article: HTMLElement) => fireEvent.pointerCancel(article, finger)],
    ['is lifted', (article: HTMLElement) => fireEvent.pointerUp(article, finger)],
  ])('not when the finger %s before', (_, happens) => {
    const { article, wait } = show();
    fireEvent.pointerDown(article, finger);
    wait(holdMs - 1);
    happens(article);
    wait(holdMs);
    fireEvent.pointerUp(article, finger);
    wait(0);
    expect(isOpen()).toBe(false);
    expect(article.dataset.held).toBe('false');
  });

  test("not over a link, where the browser's own does more", () => {
    const { article, wait } = show(mine({ content: 'https://a.example/' }));
    fireEvent.contextMenu(within(article).getByRole('link'));
    wait(0);
    expect(isOpen()).toBe(false);
  });
});

test('who has read a message, who has got it and who has not, by name', () => {
  const at = (name: string, deliveredSeq: number, readSeq: number) =>
    [name.toLowerCase() as UserId, { name, picture: null, deliveredSeq, readSeq }] as const;
  const receipts = new Map([at('Omar', 5, 5), at('Ada', 9, 6), at('Kim', 5, 1), at('Lea', 4, 4)]);
  const names = Object.entries(seenBy(receipts, 5)).map(([kind, people]) => [
    kind,
    ...people.map(({ name }: { name: string }) => name),
  ]);
  expect(names).toEqual([
    ['read', 'Ada', 'Omar'],
    ['delivered', 'Kim'],
    ['waiting', 'Lea'],
  ]);
});
