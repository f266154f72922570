import { expect, test, vi } from 'vitest';
import { createRest } from './rest.ts';

test('at rest nobody waits', () => {
  const call = vi.fn();
  createRest().whenAtRest(call);
  expect(call).toHaveBeenCalledOnce();
});

test('while it moves, what is asked waits until it stops, and is told once', () => {
  const rest = createRest();
  const call = vi.fn();
  rest.moves();
  rest.whenAtRest(call);
  rest.moves();
  expect(call).not.toHaveBeenCalled();
  rest.stops();
  rest.stops();
  expect(call).toHaveBeenCalledOnce();
});

test('what is gone before it stops is not told', () => {
  const rest = createRest({ isMoving: true });
  const call = vi.fn();
  rest.whenAtRest(call)();
  rest.stops();
  expect(call).not.toHaveBeenCalled();
});
