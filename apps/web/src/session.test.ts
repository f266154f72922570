import { describe, expect, test } from 'vitest';
import { readSession, type Session, writeSession } from './session.ts';

function openStorage(first: Record<string, string> = {}) {
  const values = new Map(Object.entries(first));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    size: () => values.size,
  };
}

const sessions: Session[] = [
  { kind: 'demo', userId: 'ada', name: 'Ada' },
  { kind: 'token', token: 'a.b.c' },
];

test.each(sessions)('a session is remembered and forgotten: $kind', (session) => {
  const storage = openStorage();
  writeSession(storage, session);
  expect(readSession(storage)).toEqual(session);
  writeSession(storage, null);
  expect(readSession(storage)).toBeNull();
  expect(storage.size()).toBe(0);
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
  expect(readSession(openStorage({ 'natter.session': value }))).toBeNull();
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
    expect(readSession(closed)).toBeNull();
    expect(() => writeSession(closed, { kind: 'token', token: 'a' })).not.toThrow();
  });
});
