import { expect, test } from 'vitest';
import { once } from './openClient.ts';

test('a pasted token is given once: whoever asks again is signed out, and told so', () => {
  const getToken = once('token');
  expect(getToken()).toBe('token');
  expect(getToken()).toBeNull();
});
