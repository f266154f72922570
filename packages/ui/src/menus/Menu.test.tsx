import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import type { MenuItem } from './Menu.tsx';
import { MenuButton } from './MenuButton.tsx';

afterEach(cleanup);

function show() {
  const clock = createTestClock(10_000);
  const picked = vi.fn();
  const items: MenuItem[] = [
    { label: 'Edit', onSelect: () => picked('Edit') },
    { label: 'Copy', checked: true, onSelect: () => picked('Copy') },
    { label: 'Pin', disabled: true, onSelect: () => picked('Pin') },
    { label: 'Delete', danger: true, startsGroup: true, onSelect: () => picked('Delete') },
    { label: 'Clear all', onSelect: () => picked('Clear all') },
  ];
  render(
    <UiProvider clock={clock}>
      <MenuButton icon="edit" label="Actions" items={items} />
      <input aria-label="Elsewhere" />
    </UiProvider>,
  );
  const button = screen.getByRole('button', { name: 'Actions' });
  const open = () => {
    button.focus();
    fireEvent.click(button);
  };
  return { clock, picked, button, open };
}

const press = (key: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true });
const focused = () => document.activeElement?.textContent;
const isOpen = () => screen.queryByRole('menu', { name: 'Actions' }) !== null;

test('a menu opens on its first item, and says so on its button', () => {
  const { button, open } = show();
  expect(button.getAttribute('aria-expanded')).toBe('false');
  open();
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(focused()).toBe('Edit');
  expect(screen.getByRole('menuitemcheckbox', { name: 'Copy', checked: true })).toBeDefined();
});

test('arrows, Home and End move, round both ends and past what is disabled', () => {
  const { button } = show();
  button.focus();
  press('ArrowDown');
  const keys = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End'];
  const seen = keys.map((key) => {
    press(key);
    return focused();
  });
  expect(seen).toEqual(['Copy', 'Delete', 'Clear all', 'Edit', 'Clear all', 'Edit', 'Clear all']);
});

test('typing goes to what begins so; a pause begins another word', () => {
  const { clock, open } = show();
  open();
  press('c');
  expect(focused()).toBe('Copy');
  press('l');
  expect(focused()).toBe('Clear all');
  clock.advance(1_000);
  press('c');
  expect(focused()).toBe('Copy');
  press('c');
  expect(focused()).toBe('Clear all');
});

test('choosing closes, gives the focus back and does it once', () => {
  const { picked, button, open } = show();
  open();
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
  expect(isOpen()).toBe(false);
  expect(picked.mock.calls).toEqual([['Delete']]);
  expect(document.activeElement).toBe(button);
});

test('what is disabled does nothing', () => {
  const { picked, open } = show();
  open();
  fireEvent.click(screen.getByRole('menuitem', { name: 'Pin' }));
  expect(picked).not.toHaveBeenCalled();
  expect(isOpen()).toBe(true);
});

test.each(['Escape', 'Tab'])('%s closes, and the focus is where it was', (key) => {
  const { button, open } = show();
  open();
  press(key);
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(button);
});

test('the press on its button that closes it does not open it again', () => {
  const { button, open } = show();
  open();
  fireEvent.pointerDown(button);
  // The browser closes a popover on a press outside it.
  fireEvent(screen.getByRole('menu'), Object.assign(new Event('toggle'), { newState: 'closed' }));
  fireEvent.click(button);
  expect(isOpen()).toBe(false);
  fireEvent.pointerDown(button);
  fireEvent.click(button);
  expect(isOpen()).toBe(true);
});

test('a press that took the focus elsewhere keeps it there', () => {
  const { open } = show();
  open();
  const elsewhere = screen.getByRole('textbox', { name: 'Elsewhere' });
  elsewhere.focus();
  fireEvent(screen.getByRole('menu'), Object.assign(new Event('toggle'), { newState: 'closed' }));
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(elsewhere);
});
