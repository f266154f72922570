import type { ConnectionSnapshot } from '@natter/client';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { ConnectionBanner, secondsLeft } from './ConnectionBanner.tsx';

afterEach(cleanup);

/** As it is after it has been so for a while. */
function show(status: ConnectionSnapshot, { lasted = 1_000 } = {}) {
  const clock = createTestClock(99_000);
  const { client, calls } = createFakeClient();
  const onSignIn = vi.fn();
  client.connection.set(status);
  render(
    <UiProvider clock={clock}>
      <ChatProvider client={client}>
        <ConnectionBanner onSignIn={onSignIn} />
      </ChatProvider>
    </UiProvider>,
  );
  act(() => clock.advance(lasted));
  return {
    clock,
    client,
    calls,
    onSignIn,
    region: screen.getByRole('status', { name: 'Connection' }),
  };
}

const ended = (reason: 'notStarted' | 'stopped' | 'signedOut' | 'refused' | 'gaveUp') =>
  ({ status: 'disconnected', reason, error: null }) as const;

describe('what it says', () => {
  test.each<[string, ConnectionSnapshot, string]>([
    ['connected and caught up', { status: 'connected', synced: true }, ''],
    ['catching up', { status: 'connected', synced: false }, 'Updating…'],
    ['connecting', { status: 'connecting' }, 'Connecting…'],
    [
      'trying again now',
      { status: 'reconnecting', attempt: 2, retryAt: null, online: true },
      'Reconnecting…',
    ],
    [
      'without a network',
      { status: 'reconnecting', attempt: 2, retryAt: 109_000, online: false },
      'You are offline.',
    ],
    ['not started', ended('notStarted'), ''],
    ['stopped', ended('stopped'), 'Disconnected.'],
    ['signed out', ended('signedOut'), 'You are signed out.'],
    ['refused', ended('refused'), 'The server refused the connection.'],
    ['given up', ended('gaveUp'), 'The server cannot be reached.'],
  ])('%s', (_, status, text) => {
    const { region } = show(status);
    if (text === '') expect(region.textContent).toBe('');
    else expect(region.textContent).toContain(text);
  });

  test('the region stays while nothing is wrong, so that what comes is announced', () => {
    const { region, client } = show({ status: 'connected', synced: true });
    act(() => client.connection.set({ status: 'connecting' }));
    expect(screen.getByRole('status', { name: 'Connection' })).toBe(region);
  });
});

describe('a blip', () => {
  const lost = { status: 'reconnecting', attempt: 1, retryAt: null, online: true } as const;

  test('is over before it is told; what lasts is told after a second', () => {
    const { region, clock, client } = show({ status: 'connected', synced: true });
    act(() => client.connection.set(lost));
    act(() => clock.advance(600));
    act(() => client.connection.set({ status: 'connected', synced: false }));
    act(() => clock.advance(399));
    expect(region.textContent).toBe('');
    act(() => client.connection.set({ status: 'connected', synced: true }));
    act(() => clock.advance(5_000));
    expect(region.textContent).toBe('');
    act(() => client.connection.set(lost));
    act(() => clock.advance(999));
    expect(region.textContent).toBe('');
    act(() => clock.advance(1));
    expect(region.textContent).toContain('Reconnecting…');
    act(() => client.connection.set({ status: 'connected', synced: true }));
    expect(region.textContent).toBe('');
    expect(clock.waiting()).toBe(0);
  });

  test('an end is told at once', () => {
    const { region } = show(ended('signedOut'), { lasted: 0 });
    expect(region.textContent).toContain('You are signed out.');
  });
});

describe('the countdown', () => {
  test('counts whole seconds by the clock and stops at nought', () => {
    const { region, clock } = show({
      status: 'reconnecting',
      attempt: 3,
      retryAt: 103_000,
      online: true,
    });
    expect(region.textContent).toContain('Next try in 3 s');
    act(() => clock.advance(1_000));
    expect(region.textContent).toContain('Next try in 2 s');
    act(() => clock.advance(9_000));
    expect(region.textContent).toContain('Next try in 0 s');
  });

  test('is not read aloud', () => {
    show({ status: 'reconnecting', attempt: 3, retryAt: 103_000, online: true });
    expect(screen.getByText('Next try in 3 s').getAttribute('aria-hidden')).toBe('true');
  });

  test('leaves no timer behind', () => {
    const { clock, client } = show({
      status: 'reconnecting',
      attempt: 3,
      retryAt: 103_000,
      online: true,
    });
    act(() => client.connection.set({ status: 'connected', synced: true }));
    expect(clock.waiting()).toBe(0);
  });

  test('a part of a second counts as one', () => {
    expect(secondsLeft(1_001, 1_000)).toBe(1);
    expect(secondsLeft(1_000, 1_000)).toBe(0);
    expect(secondsLeft(500, 1_000)).toBe(0);
  });
});

describe('what can be done', () => {
  test('"Try now" tries now', () => {
    const { calls } = show({ status: 'reconnecting', attempt: 3, retryAt: 103_000, online: true });
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(calls).toEqual([['reconnect']]);
  });

  test('who is signed out can sign in', () => {
    const { onSignIn } = show(ended('signedOut'));
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(onSignIn).toHaveBeenCalledOnce();
  });
});
