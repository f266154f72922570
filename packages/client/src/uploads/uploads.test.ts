import { NatterError } from '@natter/protocol';
import { expect, it, vi } from 'vitest';
import { createBatch } from '../store/batch.ts';
import type { AuthorizedFetch } from './http.ts';
import { type TusState, uploadByTus } from './tus.ts';
import { createUploads } from './uploads.ts';

function open() {
  /** Requests that the server has not answered. */
  const waiting: ((answer: Response) => void)[] = [];
  const fetch: AuthorizedFetch = (_path, { signal }) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      waiting.push(resolve);
    });
  const { uploads, ...room } = createUploads({
    fetch,
    environment: {},
    telling: { batch: createBatch(), reportError() {} },
    load: () => Promise.resolve(null),
    onProgress() {},
    onPreview() {},
    onPlace() {},
    onCancelled() {},
  });
  for (const localId of ['1', '2', '3', '4', '5'])
    room.add(localId, { data: new Blob(['x']), name: localId });
  const state = (localId: string) =>
    uploads.getSnapshot().find((upload) => upload.localId === localId)?.state;
  return { uploads, room, waiting, state };
}

it('an upload that is cancelled while it waits for its turn ends at once, and can be begun again', async () => {
  const { uploads, room, waiting, state } = open();
  const all = ['1', '2', '3', '4', '5'].map((localId) => room.start(localId).catch(() => 'ended'));
  await vi.waitFor(() => expect(waiting).toHaveLength(3));
  uploads.cancel('4');
  expect(await all[3]).toBe('ended');
  expect(state('4')).toBe('cancelled');

  room.reset('4', false);
  const again = room.start('4').catch(() => 'ended');
  uploads.cancel('1');
  uploads.cancel('2');
  await vi.waitFor(() => expect(waiting).toHaveLength(5));
  expect([state('3'), state('4'), state('5')]).toEqual(['uploading', 'uploading', 'uploading']);
  room.dispose();
  expect(await again).toBe('ended');
});

it('an upload whose code does not load is to be tried again, and the next try loads it', async () => {
  vi.doMock('./tus.ts', () => {
    throw new Error('no network');
  });
  const { room, waiting, state } = open();
  await expect(room.start('1')).rejects.toMatchObject({ code: 'internal', retry: 'later' });
  expect(state('1')).toBe('failed');
  vi.doUnmock('./tus.ts');
  const again = room.start('1').catch(() => 'ended');
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  room.dispose();
  expect(await again).toBe('ended');
});

it('[FILES1] an upload that its server no longer knows begins anew, once, with all the bytes in one request', async () => {
  const asked: string[] = [];
  const size = 2_500_000;
  const headersOf = (init: RequestInit) => new Headers(init.headers);
  const server =
    (knowsAfter: number): AuthorizedFetch =>
    async (path, init) => {
      const bytes = init.body instanceof Blob ? init.body.size : 0;
      asked.push(`${init.method} ${path} ${bytes}`);
      if (init.method === 'POST') {
        const at = asked.filter((each) => each.startsWith('POST')).length;
        return new Response(null, {
          status: 201,
          headers: { Location: `/v1/uploads/${at}`, 'Upload-Offset': String(bytes) },
        });
      }
      if (asked.length > knowsAfter) throw new NatterError('notFound', 'there is none of this id');
      const offset = Number(headersOf(init).get('Upload-Offset')) + bytes;
      return new Response(null, { status: 204, headers: { 'Upload-Offset': String(offset) } });
    };
  const file = { data: new Blob([new Uint8Array(size)]), name: 'film.mp4' };
  const state: TusState = { url: null, offset: 0 };
  const places: (string | null)[] = [];
  const options = {
    signal: new AbortController().signal,
    onPlace: () => places.push(state.url),
    onProgress() {},
  };
  expect(await uploadByTus(server(2), file, state, options)).toBe('2');
  expect(asked).toEqual([
    'POST /v1/uploads 0',
    'PATCH /v1/uploads/1 1048576',
    'PATCH /v1/uploads/1 1048576',
    `POST /v1/uploads ${size}`,
  ]);
  expect(places).toEqual(['/v1/uploads/1', '/v1/uploads/2']);
  expect(state).toEqual({ url: '/v1/uploads/2', offset: size });
});
