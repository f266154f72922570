import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { Moment } from './Moment.tsx';
import { formatDateTime } from './time.ts';

afterEach(cleanup);

test('a pointer that comes to a time is told it in full, as it is by then', () => {
  const show = (at: number) => (
    <UiProvider locale="en-GB">
      <Moment at={at}>14:05</Moment>
    </UiProvider>
  );
  const [before, now] = [Date.UTC(2026, 5, 15, 12), Date.UTC(2026, 5, 16, 12)];
  const { rerender } = render(show(before));
  const time = screen.getByText('14:05');
  expect(time.title).toBe('');
  fireEvent.pointerEnter(time);
  expect(time.title).toBe(formatDateTime(before, 'en-GB'));
  rerender(show(now));
  fireEvent.pointerEnter(time);
  expect(time.title).toBe(formatDateTime(now, 'en-GB'));
});
