import type { PersistenceSnapshot } from '@natter/client';
import { NatterError } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createFakeClient } from '../../test/fakeClient.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { StorageNotice } from './StorageNotice.tsx';

afterEach(cleanup);

const full: PersistenceSnapshot = {
  state: 'memory',
  error: new NatterError('overloaded', 'the storage of this device is full').toBody(),
};

function show(snapshot: PersistenceSnapshot) {
  const { client } = createFakeClient();
  client.persistence.set(snapshot);
  render(
    <UiProvider>
      <ChatProvider client={client}>
        <StorageNotice />
      </ChatProvider>
    </UiProvider>,
  );
  return { client, region: screen.getByRole('status', { name: 'Storage' }) };
}

test.each<[string, PersistenceSnapshot]>([
  ['while it opens', { state: 'opening', error: null }],
  ['when all is kept', { state: 'kept', error: null }],
  ['when nothing was to be kept', { state: 'memory', error: null }],
])('nothing is said %s', (_, snapshot) => {
  expect(show(snapshot).region.textContent).toBe('');
});

test('[KEEP6] a device that keeps nothing says so, with the reason, until it is dismissed', () => {
  const { client, region } = show({ state: 'kept', error: null });
  act(() => client.persistence.set(full));
  expect(region.textContent).toContain('the storage of this device is full');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(region.textContent).toBe('');
});
