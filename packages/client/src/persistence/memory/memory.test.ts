/** The device in memory keeps the contract. What tests do with its faults is tested with the rooms that meet them. */
import { expect, it } from 'vitest';
import { createTestClock } from '../../scripted.suite.ts';
import { persistenceRules } from '../suite/persistence.suite.ts';
import { createMemoryDevice } from './memory.ts';

it.each(persistenceRules)('memory: $title', async ({ check }) => {
  const clock = createTestClock();
  const device = createMemoryDevice({ clock });
  const done = check({ tab: device.tab, pass: clock.pass });
  await expect(done).resolves.toBeUndefined();
});
