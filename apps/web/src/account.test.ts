import type { ChatClient, ConnectionSnapshot } from '@natter/client';
import { NatterError } from '@natter/protocol';
import { describe, expect, test, vi } from 'vitest';
import { createAccount } from './account.ts';
import { createSessions, type Session } from './session.ts';

const ada: Session = { kind: 'demo', userId: 'ada', name: 'Ada' };
const bob: Session = { kind: 'demo', userId: 'bob', name: 'Bob' };
const signedOut = { status: 'signedOut', refused: null };

/** A JWT that nobody signed. */
const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), '-'].map((part) => btoa(part)).join('.');
const token: Session = { kind: 'token', token: jwt({ sub: 'ada' }) };
const expired = new NatterError('tokenExpired', 'it is over').toBody();

function open(remembered: Session | null = null) {
  const values = new Map<string, string>();
  const log: string[] = [];
  const storage = (prefix: string) => ({
    getItem: (key: string) => values.get(prefix + key) ?? null,
    setItem: (key: string, value: string) => void values.set(prefix + key, value),
    removeItem: (key: string) => void values.delete(prefix + key),
  });
  const sessions = createSessions({ tab: storage('tab.'), device: storage('') });
  if (remembered !== null) sessions.write(remembered);
  const signals: AbortSignal[] = [];
  let me: { userId: string } | null = null;
  let tellMe = () => {};
  let connection: ConnectionSnapshot = { status: 'connecting' };
  let tellConnection = () => {};
  const account = createAccount({
    sessions,
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
        connection: {
          connect: () => log.push(`connect ${name}`),
          getSnapshot: () => connection,
          subscribe(listener: () => void) {
            tellConnection = listener;
            return () => {
              tellConnection = () => {};
            };
          },
        },
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
  const hear = (next: ConnectionSnapshot) => {
    connection = next;
    tellConnection();
  };
  const session = () => {
    const now = account.getSnapshot();
    return now.status === 'signedOut' ? null : now.session;
  };
  return { account, log, values, know, signals, hear, session };
}

test('nobody is signed in at first', () => {
  const { account, log } = open();
  expect(account.getSnapshot()).toEqual(signedOut);
  expect(log).toEqual([]);
});

test('whoever was signed in before the page was loaded again still is', () => {
  const { log, session } = open(ada);
  expect(session()).toEqual(ada);
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
  expect(account.getSnapshot()).toEqual(signedOut);
  expect(log).toEqual(['connect Ada', 'keep drafts', 'dispose Ada']);
  expect(values.size).toBe(0);
});

test('signing out shows at once, and wipes before the client is disposed', async () => {
  const { account, log, values } = open(ada);
  const done = account.signOut();
  expect(account.getSnapshot()).toEqual(signedOut);
  expect(values.size).toBe(0);
  await done;
  expect(log).toEqual(['connect Ada', 'forget', 'wipe drafts', 'wipe Ada', 'dispose Ada']);
});

test('whoever signs out in another tab is signed out here', () => {
  const { account, log, know, session } = open(ada);
  know({ userId: 'ada' });
  expect(session()).toEqual(ada);
  know(null);
  expect(account.getSnapshot()).toEqual(signedOut);
  expect(log).toEqual(['connect Ada', 'wipe drafts', 'keep drafts', 'dispose Ada']);
});

test('signing in as somebody else leaves no client of the first behind', () => {
  const { account, log } = open(ada);
  account.signIn(bob);
  expect(log).toEqual(['connect Ada', 'keep drafts', 'dispose Ada', 'connect Bob']);
});

test('a new token is remembered when the server has taken it, and not before', () => {
  const { account, values, hear } = open();
  account.signIn(token);
  expect(account.getSnapshot()).toMatchObject({ status: 'entering', session: token });
  expect(values.size).toBe(0);
  hear({ status: 'connected', synced: false });
  expect(account.getSnapshot()).toMatchObject({ status: 'signedIn', session: token, offer: null });
  expect(JSON.parse(values.get('natter.session') ?? '')).toEqual(token);
});

test('a new token that is refused leads back with the reason, and leaves nothing', () => {
  const { account, values, hear, log } = open();
  account.signIn(token);
  hear({ status: 'disconnected', reason: 'signedOut', error: expired });
  expect(account.getSnapshot()).toEqual({
    status: 'signedOut',
    refused: { token: token.token, error: expired },
  });
  expect(values.size).toBe(0);
  expect(log).toEqual(['connect token', 'keep drafts', 'dispose token']);
});

test('a remembered token that has ended leaves the history on the screen; leaving tells the reason', () => {
  const { account, hear } = open(token);
  hear({ status: 'disconnected', reason: 'signedOut', error: expired });
  expect(account.getSnapshot()).toMatchObject({ status: 'signedIn', session: token });
  account.leave();
  expect(account.getSnapshot()).toMatchObject({ refused: { error: { code: 'tokenExpired' } } });
});

test('whoever signs out has no token refused', async () => {
  const { account, hear } = open(token);
  hear({ status: 'disconnected', reason: 'signedOut', error: expired });
  await account.signOut();
  expect(account.getSnapshot()).toEqual(signedOut);
});

test('whoever chooses somebody else while a token waits is that person, also after a reload', () => {
  const { account, values } = open();
  account.signIn(token);
  account.signIn(bob);
  expect(account.getSnapshot()).toMatchObject({ status: 'signedIn', session: bob });
  expect(JSON.parse(values.get('natter.session') ?? '')).toEqual(bob);
});

describe('a token that comes by a link', () => {
  const ofEve = jwt({ sub: 'eve', name: 'Eve' });

  test('signs in where nobody is', () => {
    const { account } = open();
    account.bring(ofEve);
    expect(account.getSnapshot()).toMatchObject({ status: 'entering', session: { token: ofEve } });
  });

  test('takes the place of an older one of the same person, without leaving the chat', () => {
    const { account, values } = open(token);
    const fresh = jwt({ sub: 'ada', exp: 9_999_999_999 });
    account.bring(fresh);
    expect(account.getSnapshot()).toMatchObject({ status: 'signedIn', session: { token: fresh } });
    expect(JSON.parse(values.get('natter.session') ?? '')).toEqual({ kind: 'token', token: fresh });
  });

  test('makes nobody another person without being asked', () => {
    const { account, log } = open(ada);
    account.bring(ofEve);
    expect(account.getSnapshot()).toMatchObject({ session: ada, offer: { name: 'Eve' } });
    account.refuseOffer();
    expect(account.getSnapshot()).toMatchObject({ session: ada, offer: null });
    expect(log).toEqual(['connect Ada']);
  });

  test('is not taken for that of the same person when nobody can tell who it is', () => {
    const { account } = open({ kind: 'token', token: 'opaque' });
    account.bring('opaque too');
    expect(account.getSnapshot()).toMatchObject({ offer: { token: 'opaque too', name: '' } });
  });
});
