import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { createTestClock } from '../../test/testClock.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { english } from '../texts/english.ts';
import { loadingShownMs, type PaneOnDemand, paneOnDemand } from './onDemand.tsx';

afterEach(cleanup);

function Part({ name }: { name: string }) {
  return <p>{name}</p>;
}

async function show(Pane: PaneOnDemand<{ name: string }>) {
  const clock = createTestClock(0);
  await act(async () => {
    render(
      <StrictMode>
        <UiProvider clock={clock}>
          <Pane name="here" />
        </UiProvider>
      </StrictMode>,
    );
  });
  return clock;
}

test('what was loaded before shows at once', async () => {
  const Pane = paneOnDemand(async () => Part);
  await Pane.load();
  const { container } = render(<Pane name="here" />);
  expect(container.textContent).toBe('here');
});

test('what is loading says so only when that takes long, and then shows', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof Part>();
  const clock = await show(paneOnDemand(() => promise));
  expect(screen.queryByRole('progressbar')).toBeNull();
  act(() => clock.advance(loadingShownMs));
  expect(screen.getByRole('progressbar', { name: english.common.loading })).toBeDefined();
  await act(async () => resolve(Part));
  expect(screen.getByText('here')).toBeDefined();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

test('what cannot be loaded says so, and is asked for again when wanted', async () => {
  const load = vi.fn<() => Promise<typeof Part>>(() => Promise.reject(new TypeError('offline')));
  const Pane = paneOnDemand(load);
  await Pane.load().catch(() => {});
  await show(Pane);
  expect(screen.getByRole('alert').textContent).toContain(english.common.notLoaded);
  load.mockImplementation(async () => Part);
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: english.common.retry }));
  });
  expect(screen.getByText('here')).toBeDefined();
});
