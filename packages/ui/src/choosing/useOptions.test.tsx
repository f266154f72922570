import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useOptions } from './useOptions.ts';

afterEach(cleanup);

function Field({
  items,
  onPick,
  chosen,
}: {
  items: readonly string[];
  onPick: (item: string) => void;
  chosen?: readonly string[];
}) {
  const { input, list, option } = useOptions({
    label: 'Birds',
    items,
    keyOf: (item) => item,
    onPick,
    ...(chosen === undefined ? {} : { isChosen: (item: string) => chosen.includes(item) }),
  });
  return (
    <>
      <input aria-label="Bird" {...input} />
      <div {...list}>
        {items.map((item, index) => (
          <div key={item} {...option(item, index)}>
            {item}
          </div>
        ))}
      </div>
    </>
  );
}

const birds = Array.from({ length: 12 }, (_, n) => `bird ${n}`);

function show(props: Partial<Parameters<typeof Field>[0]> = {}) {
  const onPick = vi.fn();
  const all = { items: birds, onPick, ...props };
  const { rerender } = render(<Field {...all} />);
  return {
    onPick,
    offer: (items: readonly string[]) => rerender(<Field {...all} items={items} />),
  };
}

const input = () => screen.getByRole('combobox', { name: 'Bird' });
const press = (key: string) => fireEvent.keyDown(input(), { key });
const active = () =>
  document.getElementById(input().getAttribute('aria-activedescendant') ?? '')?.textContent;

test('the first is active, and Enter picks it', () => {
  const { onPick } = show();
  expect(active()).toBe('bird 0');
  press('Enter');
  expect(onPick.mock.calls).toEqual([['bird 0']]);
});

test('arrows move round both ends, pages stop there', () => {
  show();
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowDown', 'PageDown', 'PageDown', 'PageUp', 'PageUp'];
  const seen = keys.map((key) => {
    press(key);
    return active();
  });
  expect(seen).toEqual([11, 0, 1, 9, 11, 3, 0].map((n) => `bird ${n}`));
});

test('the active one stays while it is offered; another list begins at its top', () => {
  const { offer } = show();
  press('ArrowDown');
  offer(['robin', 'bird 1']);
  expect(active()).toBe('bird 1');
  offer(['robin', 'wren']);
  expect(active()).toBe('robin');
});

test('with nothing offered nothing is active, and Enter is left to others', () => {
  const { onPick } = show({ items: [] });
  expect(input().getAttribute('aria-expanded')).toBe('false');
  expect(active()).toBeUndefined();
  expect(press('Enter')).toBe(true);
  expect(onPick).not.toHaveBeenCalled();
});

test('keys of a word being composed are left alone', () => {
  const { onPick } = show();
  const enter = createEvent.keyDown(input(), { key: 'Enter', isComposing: true });
  fireEvent(input(), enter);
  expect(onPick).not.toHaveBeenCalled();
});

test('pressing an option picks it and keeps the focus in the field', () => {
  const { onPick } = show();
  input().focus();
  const option = screen.getByRole('option', { name: 'bird 3' });
  expect(fireEvent.mouseDown(option)).toBe(false);
  fireEvent.click(option);
  expect(onPick.mock.calls).toEqual([['bird 3']]);
});

test('what is selected is the active one, or what is chosen where several may be', () => {
  const selected = () =>
    screen.getAllByRole('option', { selected: true }).map((each) => each.textContent);
  show();
  press('ArrowDown');
  expect(selected()).toEqual(['bird 1']);
  cleanup();
  show({ chosen: ['bird 2', 'bird 4'] });
  expect(selected()).toEqual(['bird 2', 'bird 4']);
});
