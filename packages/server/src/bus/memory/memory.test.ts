import { expect, it } from 'vitest';
import { describeBus } from '../contract.suite.ts';
import { createMemoryBus } from './memory.ts';

describeBus('memory', async () => createMemoryBus());

const payload = new Uint8Array();

it('[ORDER5] subscribers are called before publishing returns', () => {
  const bus = createMemoryBus();
  let calls = 0;
  bus.subscribe('user.a', () => {
    calls += 1;
  });
  bus.publish('user.a', payload);
  expect(calls).toBe(1);
});

it('[REPAIR4] what throws in a subscriber is told to the one who opened the bus', () => {
  const errors: unknown[] = [];
  const bus = createMemoryBus({ onError: (error) => errors.push(error) });
  const fault = new Error('a fault of a subscriber');
  bus.subscribe('user.a', () => {
    throw fault;
  });
  bus.publish('user.a', payload);
  expect(errors).toEqual([fault]);
});

it('[LIMITS1][REPAIR4] a flood out of one message is bounded, what is beyond is lost, and the gap is told', () => {
  const bus = createMemoryBus();
  let heard = 0;
  let gaps = 0;
  bus.subscribe('user.flood', () => {
    for (let at = 0; at < 10_500; at++) bus.publish('user.a', payload);
  });
  bus.subscribe('user.a', () => {
    heard += 1;
  });
  const stop = bus.onGap(() => {
    gaps += 1;
  });
  bus.publish('user.flood', payload);
  expect({ heard, gaps }).toEqual({ heard: 10_000, gaps: 1 });
  bus.publish('user.a', payload);
  expect({ heard, gaps }).toEqual({ heard: 10_001, gaps: 1 });
  stop();
  stop();
  bus.publish('user.flood', payload);
  expect(gaps).toBe(1);
});
