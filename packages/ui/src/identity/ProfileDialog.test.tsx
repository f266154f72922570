import type { ChatClient } from '@natter/client';
import { type FileId, limits, NatterError } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient, me } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { ProfileDialog } from './ProfileDialog.tsx';

const { identity: say, profile, errors } = english;
const face = '0197c000-0000-7000-a000-000000000001' as FileId;
const photo = new File(['a photo'], 'me.png', { type: 'image/png' });
const busy = new NatterError('overloaded', 'unable to save: the server is busy');

const revoked: string[] = [];
beforeEach(() => {
  revoked.length = 0;
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void revoked.push(url));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show(mine: { picture?: FileId | null; nameEditable?: boolean } = {}) {
  const clock = createTestClock(0);
  const { client } = createFakeClient();
  client.me.set({ ...me, nameEditable: true, ...mine });
  const updateProfile = vi.fn<ChatClient['updateProfile']>(async () => {});
  client.updateProfile = updateProfile as never;
  const onClose = vi.fn();
  const shown = render(
    <UiProvider clock={clock}>
      <ChatProvider client={client}>
        <ProfileDialog onClose={onClose} />
      </ChatProvider>
    </UiProvider>,
  );
  return { client, clock, updateProfile, onClose, unmount: shown.unmount };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = (name: string) => act(async () => fireEvent.click(button(name)));
const preview = () => screen.queryByRole<HTMLImageElement>('img', { name: say.preview });
const alert = () => screen.queryByRole('alert')?.textContent ?? null;
const isSaved = () => screen.queryByText(say.saved) !== null;

async function choose(file: File): Promise<void> {
  const field = document.querySelector('input[type="file"]');
  if (field === null) throw new Error('there is no field for a file');
  await act(async () => fireEvent.change(field, { target: { files: [file] } }));
}

/** An update that goes on until it is told how it ends. */
function held(updateProfile: ReturnType<typeof show>['updateProfile']) {
  let end: { resolve: () => void; reject: (cause: unknown) => void } | undefined;
  updateProfile.mockImplementationOnce(
    () => new Promise<void>((resolve, reject) => (end = { resolve, reject })),
  );
  return {
    resolve: () => act(async () => end?.resolve()),
    reject: (cause: unknown) => act(async () => end?.reject(cause)),
    tell: (progress: number) => act(async () => updateProfile.mock.calls.at(-1)?.[1]?.(progress)),
  };
}

describe('a picture', () => {
  test('is looked at before it is saved, and how far it has got is shown', async () => {
    const { updateProfile } = show();
    const saving = held(updateProfile);
    await choose(photo);
    expect(preview()?.src).toMatch(/^blob:/u);
    expect(updateProfile).not.toHaveBeenCalled();
    await press(say.usePicture);
    expect(updateProfile.mock.calls[0]?.[0]).toEqual({ picture: photo });
    await saving.tell(0.4);
    expect(screen.getByRole('progressbar', { name: say.uploading })).toBeDefined();
    expect(screen.getByText('40%')).toBeDefined();
    expect(isSaved()).toBe(false);
    await saving.resolve();
    expect(isSaved()).toBe(true);
    expect(preview()).toBeNull();
    expect(document.activeElement).toBe(button(say.choosePicture));
  });

  test('that is not wanted after all is forgotten, and nothing is sent', async () => {
    const { updateProfile } = show();
    await choose(photo);
    const url = preview()?.src;
    await press(english.common.cancel);
    expect(preview()).toBeNull();
    expect(revoked).toEqual([url]);
    expect(updateProfile).not.toHaveBeenCalled();
  });

  test('chosen and left with the dialog is let go of', async () => {
    const { unmount } = show();
    await choose(photo);
    const url = preview()?.src;
    unmount();
    expect(revoked).toEqual([url]);
  });

  test('that failed says why, and is sent again as it is', async () => {
    const { updateProfile } = show();
    updateProfile.mockRejectedValueOnce(busy);
    await choose(photo);
    await press(say.usePicture);
    expect(alert()).toBe(`${say.pictureFailed} ${errors.overloaded}`);
    expect(preview()).not.toBeNull();
    await press(english.common.retry);
    expect(updateProfile.mock.calls.map(([change]) => change)).toEqual([
      { picture: photo },
      { picture: photo },
    ]);
    expect(alert()).toBeNull();
    expect(isSaved()).toBe(true);
  });

  test('that is no image is refused for good: another is asked for', async () => {
    const { updateProfile } = show();
    updateProfile.mockRejectedValueOnce(new NatterError('unsupportedFile', 'no image'));
    await choose(photo);
    await press(say.usePicture);
    expect(alert()).toContain(say.notAnImage);
    expect(screen.queryByRole('button', { name: english.common.retry })).toBeNull();
    expect(button(say.chooseOther)).toBeDefined();
  });

  test('that is too large is never sent', async () => {
    const { updateProfile } = show();
    const large = new File([], 'large.png');
    Object.defineProperty(large, 'size', { value: limits.uploadBytesMax + 1 });
    await choose(large);
    expect(alert()).toContain('larger than');
    expect(button(say.chooseOther)).toBeDefined();
    expect(updateProfile).not.toHaveBeenCalled();
  });

  test('that is being taken away is shown to nobody; one that stays says why', async () => {
    const { updateProfile } = show({ picture: face });
    const removing = held(updateProfile);
    await press(say.changePicture);
    await act(async () =>
      fireEvent.click(screen.getByRole('menuitem', { name: say.removePicture })),
    );
    expect(updateProfile.mock.calls[0]?.[0]).toEqual({ picture: null });
    expect(screen.getByRole('progressbar', { name: say.removing })).toBeDefined();
    await removing.reject(busy);
    expect(alert()).toBe(`${say.removeFailed} ${errors.overloaded}`);
  });
});

describe('a name', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: profile.name });
  const write = (text: string) => fireEvent.change(field(), { target: { value: text } });

  test('is saved by Enter, without the space around it; that it was is said for a moment', async () => {
    const { clock, updateProfile } = show();
    await press(say.changeName);
    write('  Mia B. ');
    await act(async () => fireEvent.submit(field()));
    expect(updateProfile.mock.calls).toEqual([[{ name: 'Mia B.' }]]);
    expect(isSaved()).toBe(true);
    expect(document.activeElement).toBe(button(say.changeName));
    await act(async () => clock.advance(4_000));
    expect(isSaved()).toBe(false);
  });

  test('that is the same, or none, is not sent', async () => {
    const { updateProfile } = show();
    await press(say.changeName);
    write('   ');
    expect(button(say.save).disabled).toBe(true);
    write(me.name);
    await press(say.save);
    expect(updateProfile).not.toHaveBeenCalled();
    expect(isSaved()).toBe(false);
    expect(screen.getByRole('heading', { name: me.name })).toBeDefined();
  });

  test('Escape leaves the name, not the dialog', async () => {
    const { onClose, updateProfile } = show();
    await press(say.changeName);
    write('Somebody else');
    expect(fireEvent.keyDown(field(), { key: 'Escape' })).toBe(false);
    expect(screen.getByRole('heading', { name: me.name })).toBeDefined();
    expect([onClose.mock.calls, updateProfile.mock.calls]).toEqual([[], []]);
  });

  test('that was refused says why and keeps what was written', async () => {
    const { updateProfile } = show();
    updateProfile.mockRejectedValueOnce(busy);
    await press(say.changeName);
    write('Mia B.');
    await press(say.save);
    expect(alert()).toBe(`${say.nameFailed} ${errors.overloaded}`);
    expect(field().value).toBe('Mia B.');
    await press(english.common.retry);
    expect(updateProfile).toHaveBeenCalledTimes(2);
    expect(isSaved()).toBe(true);
  });

  test('of nearly the greatest length says how much is left', async () => {
    show();
    await press(say.changeName);
    expect(field().maxLength).toBe(limits.nameCharactersMax);
    write('n'.repeat(limits.nameCharactersMax - 3));
    expect(screen.getByText(english.composer.charactersLeft(3))).toBeDefined();
  });

  test('that comes from elsewhere is not to be changed here, and why is said', () => {
    show({ nameEditable: false });
    expect(screen.queryByRole('button', { name: say.changeName })).toBeNull();
    expect(screen.getByText(new RegExp(profile.nameElsewhere, 'u'))).toBeDefined();
  });
});

test('until it is known who I am, it waits', async () => {
  const { client } = show();
  await act(async () => client.me.set(null));
  expect(screen.queryByRole('heading', { level: 3 })).toBeNull();
  expect(screen.getByRole('progressbar', { name: english.common.loading })).toBeDefined();
});
