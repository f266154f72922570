import { expect, test } from 'vitest';
import { once, orLast } from './openClient.ts';

test('a pasted token is given once: whoever asks again is signed out, and told so', () => {
  const getToken = once('token');
  expect(getToken()).toBe('token');
  expect(getToken()).toBeNull();
});

test('the last token serves once while no new one can be had, and a refused person has none', async () => {
  const values = new Map<string, string>();
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  let answer: () => Promise<string | null> = async () => 'first';
  const getToken = orLast(() => answer(), storage, 'token', new AbortController().signal);
  expect(await getToken()).toBe('first');
  answer = () => Promise.reject(new TypeError('offline'));
  expect(await getToken()).toBe('first');
  await expect(getToken()).rejects.toThrow('offline');
  answer = async () => null;
  expect(await getToken()).toBeNull();
  expect(values.size).toBe(0);
});

test('a token that comes after the person has gone is not kept', async () => {
  const values = new Map<string, string>();
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  const gone = new AbortController();
  const given = orLast(() => answer, storage, 'token', gone.signal)();
  gone.abort();
  resolve('late');
  expect(await given).toBeNull();
  expect(values.size).toBe(0);
});
