import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchDemoPeople, fetchDemoToken } from './demo.ts';

afterEach(() => vi.unstubAllGlobals());

function answer(response: Response) {
  const fetched = vi.fn(async () => response);
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('people', () => {
  const { signal } = new AbortController();

  test('are what the program says', async () => {
    const people = [{ id: 'ada', name: 'Ada', about: 'Writes' }];
    answer(Response.json(people));
    expect(await fetchDemoPeople(signal)).toEqual(people);
  });

  test('are none where the demo is off, which is not a failure', async () => {
    answer(new Response('', { status: 404 }));
    expect(await fetchDemoPeople(signal)).toBeNull();
  });

  test('fail when the server is ill', async () => {
    answer(new Response('', { status: 500 }));
    await expect(fetchDemoPeople(signal)).rejects.toThrow('the server answered 500');
  });
});

describe('a token', () => {
  test('is asked for one person, in the body', async () => {
    const fetched = answer(Response.json({ token: 'a.b.c', expiresAt: 1 }));
    expect(await fetchDemoToken('ada')).toBe('a.b.c');
    expect(fetched).toHaveBeenCalledExactlyOnceWith('/demo/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"userId":"ada"}',
    });
  });

  test('is null for somebody who is not there, so that they are signed out', async () => {
    answer(new Response('', { status: 404 }));
    expect(await fetchDemoToken('ada')).toBeNull();
  });

  test('fails when the server is ill, so that it is tried again', async () => {
    answer(new Response('', { status: 503 }));
    await expect(fetchDemoToken('ada')).rejects.toThrow('the server answered 503');
  });
});
