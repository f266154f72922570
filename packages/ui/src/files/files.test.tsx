import type { UploadSnapshot } from '@natter/client';
import type { FileId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, renderHook } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../test/fakeClient.ts';
import { fitImage, imageBox } from './imageBox.ts';
import { pendingState } from './pendingState.ts';
import { placeholderUrl } from './thumbhash.ts';
import { useFileUrl } from './useFileUrl.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('placeholders', () => {
  test('a ThumbHash becomes a PNG', () => {
    expect(placeholderUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI')).toMatch(/^data:image\/png;base64,/u);
  });

  test.each([null, '', '*', 'AAA=', 'A'.repeat(64)])(
    '%s shows none, and breaks nothing',
    (thumbhash) => {
      expect(placeholderUrl(thumbhash)).toBeNull();
    },
  );
});

describe('a file on its way', () => {
  const upload = (state: UploadSnapshot['state']): UploadSnapshot => ({
    localId: 'a',
    state,
    progress: 0,
    fileId: null,
    error: null,
  });

  test.each([
    ['uploading', true, 'uploading'],
    ['waiting', true, 'turn'],
    ['uploading', false, 'network'],
    ['done', false, 'uploaded'],
  ] as const)('%s, connected: %s, shows as %s', (state, isConnected, shown) => {
    expect(pendingState({ status: 'sending' }, upload(state), isConnected)).toBe(shown);
  });

  test.each([
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['done', 'held'],
    ['waiting', 'held'],
  ] as const)('%s, of a message that failed, shows as %s', (state, shown) => {
    expect(pendingState({ status: 'failed' }, upload(state), true)).toBe(shown);
  });
});

describe('the room of an image', () => {
  test.each([
    [1_600, 800, 360, 180],
    [800, 1_600, 160, 320],
    [200, 100, 200, 100],
    [4_000, 10, 360, imageBox.sideMin],
    [null, null, 240, 180],
  ])('%s × %s takes %i × %i', (width, height, shownWidth, shownHeight) => {
    expect(fitImage(width, height)).toEqual({ width: shownWidth, height: shownHeight });
  });
});

describe('object URLs', () => {
  function watchUrls() {
    const living = new Set<string>();
    let made = 0;
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      made += 1;
      living.add(`blob:${made}`);
      return `blob:${made}`;
    });
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void living.delete(url));
    return living;
  }

  const { client, files } = createFakeClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <ChatProvider client={client}>{children}</ChatProvider>
    </StrictMode>
  );

  test('one lives while the file is looked at, and none after', async () => {
    const living = watchUrls();
    files.set('f1', new Blob(['bytes']));
    const { result, unmount } = await act(async () =>
      renderHook(() => useFileUrl('f1' as FileId, 'thumbnail'), { wrapper }),
    );
    expect(living.size).toBe(1);
    expect(result.current).toEqual({ state: 'ready', url: [...living][0] });
    unmount();
    expect(living.size).toBe(0);
  });

  test('bytes that come after nobody looks any more make none', async () => {
    const living = watchUrls();
    const late = Promise.withResolvers<Blob>();
    vi.spyOn(client.uploads, 'fetchFile').mockReturnValue(late.promise);
    const { unmount } = renderHook(() => useFileUrl('f1' as FileId, 'thumbnail'), { wrapper });
    unmount();
    await act(async () => late.resolve(new Blob()));
    expect(living.size).toBe(0);
  });

  test('a failure can be tried again', async () => {
    watchUrls();
    files.delete('f2');
    const { result } = await act(async () =>
      renderHook(() => useFileUrl('f2' as FileId, 'original'), { wrapper }),
    );
    const failed = result.current;
    if (failed.state !== 'failed') throw new Error(`expected a failure, got ${failed.state}`);
    files.set('f2', new Blob(['bytes']));
    await act(async () => failed.retry());
    expect(result.current.state).toBe('ready');
  });
});
