/** Holds the promise against devices whose clocks are wrong: order is by seq, and nothing hangs on a device's time. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { figures, wrongs } from './judge.ts';
import { createWorld } from './world.ts';

const hourMs = 3_600_000;
const clock = fileURLToPath(new URL('./clock.ts', import.meta.url));

test('[ORDER1][HELLO5] clocks an hour off, and one that jumps: order, resume and tokens are as with right ones', {
  timeout: 120_000,
}, async () => {
  await using world = await createWorld({ people: 4, seed: 71 });
  const startedAt = Date.now();
  const shifted = (ms: number) => ({
    execArgv: [`--import=${clock}`],
    env: { NATTER_TEST_SHIFT_MS: String(ms) },
  });
  const [right, ahead, behind, jumping] = world.people as [never, never, never, never];
  const sure = world.addDevice(right);
  const fast = world.addDevice(ahead, shifted(hourMs));
  world.addDevice(behind, shifted(-hourMs));
  const jumps = world.addDevice(jumping, shifted(0));
  for (const device of world.devices) device.tell({ do: 'talk' });
  const more = async (count: number) => {
    const before = world.devices.map((device) => device.acknowledged());
    await world.until(`${count} more acknowledged on each device`, () =>
      world.devices.every((device, at) => device.acknowledged() >= (before[at] ?? 0) + count),
    );
  };

  await more(10);
  for (const ms of [hourMs, -hourMs]) {
    jumps.tell({ do: 'shift', ms });
    await more(5);
    await world.server().kill();
    await world.start();
    for (const device of world.devices) device.tell({ do: 'nudge' });
    await more(5);
  }
  const verdict = await world.verdict();
  console.log(`clocks: ${figures(verdict)}; ${fast.tokens()} tokens for the fast one`);
  expect(wrongs(verdict)).toEqual([]);
  expect(verdict.sent).toBe(verdict.stored);
  // Its tokens look old as soon as they are new: one for each connection, and none in a circle.
  expect(sure.tokens()).toBe(1);
  expect(fast.tokens()).toBeGreaterThan(1);
  expect(fast.tokens()).toBeLessThan(20);

  // The server's clock alone says when a message was made.
  const database = new DatabaseSync(join(world.data, 'natter.db'), { readOnly: true });
  const [times] = database
    .prepare('SELECT min(created_at) AS first, max(created_at) AS last FROM messages')
    .all() as [{ first: number; last: number }];
  database.close();
  expect(times.first).toBeGreaterThanOrEqual(startedAt);
  expect(times.last).toBeLessThanOrEqual(Date.now());
});
