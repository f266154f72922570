import type { ChatClient } from '@natter/client';
import { expect, test, vi } from 'vitest';
import { createAccount } from './account.ts';
import type { Session } from './session.ts';

const ada: Session = { kind: 'demo', userId: 'ada', name: 'Ada' };
const bob: Session = { kind: 'demo', userId: 'bob', name: 'Bob' };

function open(remembered: Session | null = null) {
  const values = new Map<string, string>();
  if (remembered !== null) values.set('natter.session', JSON.stringify(remembered));
  const log: string[] = [];
  const account = createAccount({
    storage: {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    },
    openClient(session) {
      const name = session.kind === 'demo' ? session.name : 'token';
      return {
        connection: { connect: () => log.push(`connect ${name}`) },
        dispose: () => log.push(`dispose ${name}`),
      } as unknown as ChatClient;
    },
  });
  return { account, log, values };
}

test('nobody is signed in at first', () => {
  const { account, log } = open();
  expect(account.getSnapshot()).toBeNull();
  expect(log).toEqual([]);
});

test('whoever was signed in before the page was loaded again still is', () => {
  const { account, log } = open(ada);
  expect(account.getSnapshot()?.session).toEqual(ada);
  expect(log).toEqual(['connect Ada']);
});

test('signing in connects one client and tells it once; the snapshot keeps its identity', () => {
  const { account, log } = open();
  const told = vi.fn();
  const undo = account.subscribe(told);
  account.signIn(ada);
  expect(account.getSnapshot()).toBe(account.getSnapshot());
  expect(told).toHaveBeenCalledOnce();
  expect(log).toEqual(['connect Ada']);
  undo();
  account.signOut();
  expect(told).toHaveBeenCalledOnce();
});

test('signing out disposes the client and forgets the session', () => {
  const { account, log, values } = open(ada);
  account.signOut();
  expect(account.getSnapshot()).toBeNull();
  expect(log).toEqual(['connect Ada', 'dispose Ada']);
  expect(values.size).toBe(0);
});

test('signing in as somebody else leaves no client of the first behind', () => {
  const { account, log } = open(ada);
  account.signIn(bob);
  expect(log).toEqual(['connect Ada', 'dispose Ada', 'connect Bob']);
});
