import type { FileId } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { holdAway } from '../../test/approach.ts';
import { createFakeClient } from '../../test/fakeClient.ts';
import { Avatar } from './Avatar.tsx';

const away = holdAway();
const face = '0197c000-0000-7000-a000-000000000001' as FileId;

afterEach(cleanup);

async function show() {
  const { client, files } = createFakeClient();
  files.set(face, new Blob(['a face'], { type: 'image/png' }));
  const fetchFile = vi.spyOn(client.uploads, 'fetchFile');
  const shown = render(
    <ChatProvider client={client}>
      <Avatar id="ada" name="Ada Lovelace" picture={face} />
    </ChatProvider>,
  );
  const place = shown.container.querySelector('.natter-avatar-face');
  if (place === null) throw new Error('there is no avatar');
  const picture = () => shown.container.querySelector('img');
  return { fetchFile, place, picture, unmount: shown.unmount };
}

test('a picture is asked for when it comes near, not before', async () => {
  const { fetchFile, place, picture } = await show();
  expect(fetchFile).not.toHaveBeenCalled();
  await act(async () => away.bring(place));
  expect(fetchFile.mock.calls).toEqual([[face, 'thumbnail']]);
  expect(picture()?.src).toMatch(/^blob:/u);
  expect(away.watched()).toBe(0);
});

test('one that goes before it comes near is asked for by nobody', async () => {
  const { fetchFile, unmount } = await show();
  expect(away.watched()).toBe(1);
  unmount();
  expect(away.watched()).toBe(0);
  expect(fetchFile).not.toHaveBeenCalled();
});

test('a picture that cannot be had leaves the initials', async () => {
  const { fetchFile, place, picture } = await show();
  fetchFile.mockRejectedValue(new Error('gone'));
  await act(async () => away.bring(place));
  expect(picture()).toBeNull();
});
