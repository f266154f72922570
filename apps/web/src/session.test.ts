import { describe, expect, test } from 'vitest';
import { createSessions, openStore, type Session } from './session.ts';

function openStorage(first: Record<string, string> = {}) {
  const values = new Map(Object.entries(first));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    size: () => values.size,
  };
}

/** What a browser knows of its other tabs, as far as it is asked. */
function openLocks(held: string[] = []) {
  const asked: string[] = [];
  const locks = {
    query: async () => ({ held: held.map((name) => ({ name })) }),
    request: async (name: string) => void asked.push(name),
  } as unknown as Pick<LockManager, 'request' | 'query'>;
  return { asked, locks };
}

const ada: Session = { kind: 'demo', userId: 'ada', name: 'Ada' };
const token: Session = { kind: 'token', token: 'a.b.c' };

test.each([ada, token])(
  'a session is remembered over a reload, and forgotten: $kind',
  (session) => {
    const [tab, device] = [openStorage(), openStorage()];
    createSessions({ tab, device }).write(session);
    expect(createSessions({ tab, device }).read()).toEqual(session);
    createSessions({ tab, device }).write(null);
    expect(createSessions({ tab, device }).read()).toBeNull();
    expect(tab.size() + device.size()).toBe(0);
  },
);

test('a token is for every tab; a person of the demo for one', () => {
  const device = openStorage();
  createSessions({ tab: openStorage(), device }).write(token);
  expect(createSessions({ tab: openStorage(), device }).read()).toEqual(token);
  createSessions({ tab: openStorage(), device }).write(ada);
  expect(createSessions({ tab: openStorage(), device }).read()).toBeNull();
});

test('a new tab goes on as the last person of the demo, unless another tab is open', async () => {
  const device = openStorage();
  createSessions({ tab: openStorage(), device }).write(ada);
  const alone = openLocks();
  const first = createSessions({ tab: openStorage(), device, locks: alone.locks });
  await first.continueDemo();
  expect(first.read()).toEqual(ada);
  expect(alone.asked).toEqual(['natter.demo']);
  const beside = openLocks(['natter.demo']);
  const second = createSessions({ tab: openStorage(), device, locks: beside.locks });
  await second.continueDemo();
  expect(second.read()).toBeNull();
  expect(beside.asked).toEqual([]);
});

test.each([
  '{',
  'null',
  '1',
  '[]',
  '{"kind":"demo"}',
  '{"kind":"token","token":1}',
  '{"kind":"admin"}',
])('what is not a session signs nobody in: %s', (value) => {
  const sessions = createSessions({
    tab: openStorage({ 'natter.session': value }),
    device: openStorage({ 'natter.session': value }),
  });
  expect(sessions.read()).toBeNull();
});

describe('storage that the browser refuses', () => {
  const closed = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
    removeItem: () => {
      throw new Error('denied');
    },
  };

  test('signs nobody in, and breaks nothing', () => {
    const sessions = createSessions({ tab: closed, device: closed });
    expect(sessions.read()).toBeNull();
    expect(() => sessions.write(ada)).not.toThrow();
    expect(() => sessions.write(null)).not.toThrow();
  });
});

test('a browser that refuses storage, or to tell of its locks, lets the app start all the same', async () => {
  const refusing = openStore(() => {
    throw new DOMException('access is denied', 'SecurityError');
  });
  const locks = {
    query: () => Promise.reject(new DOMException('not here', 'SecurityError')),
    request: () => Promise.reject(new DOMException('not here', 'SecurityError')),
  } as unknown as Pick<LockManager, 'request' | 'query'>;
  const sessions = createSessions({ tab: refusing, device: refusing, locks });
  sessions.write(token);
  expect(sessions.read()).toBeNull();
  const device = openStorage();
  createSessions({ tab: openStorage(), device }).write(ada);
  const other = createSessions({ tab: openStorage(), device, locks });
  await other.continueDemo();
  expect(other.read()).toBeNull();
});

test('a tab that ends late forgets its own person, not who has signed in since', () => {
  const device = openStorage();
  const late = createSessions({ tab: openStorage(), device });
  late.write(token);
  const next: Session = { kind: 'token', token: 'd.e.f' };
  createSessions({ tab: openStorage(), device }).write(next);
  late.write(null, token);
  expect(late.read()).toEqual(next);
});
