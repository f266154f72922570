import { limits } from '@natter/protocol';
import { expect, test, vi } from 'vitest';
import { createBroughtTokens, createShortcuts } from './arrivals.ts';

function open(hash: string, create: typeof createBroughtTokens = createBroughtTokens) {
  const page = new EventTarget();
  const location = { hash };
  const history = {
    state: { natter: 1 },
    replaceState(_state: unknown, _title: string, url: string) {
      location.hash = url;
    },
  };
  const tokens = create({ history, location, page });
  const arrive = (next: string) => {
    location.hash = next;
    page.dispatchEvent(new Event('popstate'));
  };
  return { tokens, location, arrive };
}

test('a token is taken out of the address at once, and given once', () => {
  const { tokens, location } = open('#token=a.b.c');
  expect(location.hash).toBe('#/');
  expect(tokens.take()).toBe('a.b.c');
  expect(tokens.take()).toBeNull();
});

test.each(['', '#/', '#/c/0198c0de-0000-7000-8000-000000000001', '#tokens=a', '#/token=a'])(
  'an address without one stays as it is: %j',
  (hash) => {
    const { tokens, location } = open(hash);
    expect(location.hash).toBe(hash);
    expect(tokens.take()).toBeNull();
  },
);

test('one that comes into an open page is told', () => {
  const { tokens, location, arrive } = open('#/');
  const told = vi.fn();
  const undo = tokens.subscribe(told);
  arrive('#token=d.e.f');
  expect(told).toHaveBeenCalledOnce();
  expect(location.hash).toBe('#/');
  expect(tokens.take()).toBe('d.e.f');
  undo();
  arrive('#token=g');
  expect(told).toHaveBeenCalledOnce();
});

test('of what is longer than any token no more is kept than shows that', () => {
  const { tokens } = open(`#token=${'a'.repeat(100_000)}`);
  expect(tokens.take()?.length).toBe(limits.tokenCharactersMax + 1);
});

test.each(['new', 'switch'])('the shortcut %s is taken once, too', (name) => {
  const { tokens, location } = open(`#/${name}`, createShortcuts);
  expect(location.hash).toBe('#/');
  expect(tokens.take()).toBe(name);
  expect(tokens.take()).toBeNull();
});
