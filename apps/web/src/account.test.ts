import type { ChatClient } from '@natter/client';
import { expect, test, vi } from 'vitest';
import { createAccount } from './account.ts';
import { createSessions, type Session } from './session.ts';

const ada: Session = { kind: 'demo', userId: 'ada', name: 'Ada' };
const bob: Session = { kind: 'demo', userId: 'bob', name: 'Bob' };

function open(remembered: Session | null = null) {
  const values = new Map<string, string>();
  if (remembered !== null) values.set('natter.session', JSON.stringify(remembered));
  const log: string[] = [];
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  const signals: AbortSignal[] = [];
  let me: { userId: string } | null = null;
  let tellMe = () => {};
  const account = createAccount({
    sessions: createSessions({ tab: storage, device: storage }),
    settings: { forgetPerson: () => log.push('forget') },
    openClient(session, gone) {
      signals.push(gone);
      const name = session.kind === 'demo' ? session.name : 'token';
      return {
        me: {
          getSnapshot: () => me,
          subscribe(listener: () => void) {
            tellMe = listener;
            return () => {
              tellMe = () => {};
            };
          },
        },
        connection: { connect: () => log.push(`connect ${name}`) },
        signOut: async () => void log.push(`wipe ${name}`),
        dispose: () => log.push(`dispose ${name}`),
      } as unknown as ChatClient;
    },
    draftsOf: () => ({
      wipe: () => log.push('wipe drafts'),
      dispose: () => log.push('keep drafts'),
    }),
  });
  const know = (next: typeof me) => {
    me = next;
    tellMe();
  };
  return { account, log, values, know, signals };
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
  account.leave();
  expect(told).toHaveBeenCalledOnce();
});

test('leaving disposes the client and forgets the session, and wipes nothing', () => {
  const { account, log, values, signals } = open(ada);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  account.leave();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(account.getSnapshot()).toBeNull();
  expect(log).toEqual(['connect Ada', 'keep drafts', 'dispose Ada']);
  expect(values.size).toBe(0);
});

test('signing out shows at once, and wipes before the client is disposed', async () => {
  const { account, log, values } = open(ada);
  const done = account.signOut();
  expect(account.getSnapshot()).toBeNull();
  expect(values.size).toBe(0);
  await done;
  expect(log).toEqual(['connect Ada', 'forget', 'wipe drafts', 'wipe Ada', 'dispose Ada']);
});

test('whoever signs out in another tab is signed out here', () => {
  const { account, log, know } = open(ada);
  know({ userId: 'ada' });
  expect(account.getSnapshot()).not.toBeNull();
  know(null);
  expect(account.getSnapshot()).toBeNull();
  expect(log).toEqual(['connect Ada', 'wipe drafts', 'keep drafts', 'dispose Ada']);
});

test('signing in as somebody else leaves no client of the first behind', () => {
  const { account, log } = open(ada);
  account.signIn(bob);
  expect(log).toEqual(['connect Ada', 'keep drafts', 'dispose Ada', 'connect Bob']);
});
