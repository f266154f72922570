import { expect, it, vi } from 'vitest';
import { createBatch } from '../store/batch.ts';
import type { AuthorizedFetch } from './tus.ts';
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
