/**
 * Holds the promise against wires that go dead without a word, in both directions or in one: BEAT. Each device is in a
 * network namespace of its own; the kernel keeps its connections open, and only silence tells.
 */
import { timings } from '@natter/protocol';
import { expect, test } from 'vitest';
import { figures, wrongs } from './judge.ts';
import { makeNetwork, noNetworks, type Wire } from './network.ts';
import { createWorld } from './world.ts';

/** Both sides' heartbeats, and some for the machine. */
const noticeMs = timings.silenceMs + timings.heartbeatGraceMs + 15_000;
const cuts = ['both', 'outwards', 'inwards'] as const;

if (noNetworks !== null) console.log(`skipped: half-open sockets, since ${noNetworks}`);

test.skipIf(noNetworks !== null)(
  '[BEAT1][BEAT2] a wire dead in both directions, or in one, while messages are on their way: both sides find out, and all is there once',
  { timeout: 180_000 },
  async () => {
    await using world = await createWorld({
      people: 4,
      seed: 6,
      settings: { NATTER_HOST: '0.0.0.0' },
    });
    using networks = new DisposableStack();
    const far = cuts.map((what, at) => {
      const network = networks.use(makeNetwork(at));
      const [wire] = network.wires as [Wire];
      const device = world.addDevice(world.people[at] as (typeof world.people)[number], {
        through: network.through,
        url: `http://${wire.outerAddress}:${world.server().port}`,
      });
      return { what, wire, device };
    });
    const near = world.addDevice(world.people[3] as (typeof world.people)[number]);
    for (const device of world.devices) device.tell({ do: 'talk' });
    await world.until('each has 10 acknowledged', () =>
      world.devices.every((device) => device.acknowledged() >= 10),
    );

    const cutAt = performance.now();
    const noticed: string[] = [];
    const zeros = new Map<string, number>();
    /** The kernel's table may leave out a line while it changes: only several looks in a row count. */
    const isGone = (what: string, count: number) => {
      zeros.set(what, count === 0 ? (zeros.get(what) ?? 0) + 1 : 0);
      return (zeros.get(what) ?? 0) >= 5;
    };
    const since = (what: string) => {
      noticed.push(`${what} after ${((performance.now() - cutAt) / 1_000).toFixed(1)} s`);
      return true;
    };
    for (const { wire, what } of far) wire.cut(what);
    expect(far.map(({ wire }) => wire.countConnections())).toEqual([1, 1, 1]);
    const nearBefore = near.acknowledged();
    await Promise.all(
      far.flatMap(({ what, wire, device }) => [
        world.until(
          `the device cut off (${what}) to notice`,
          () => device.statuses().at(-1) !== 'synced' && since(`${what}: device`),
          noticeMs,
        ),
        world.until(
          `the server to notice what was cut (${what})`,
          () => isGone(what, wire.countConnections()) && since(`${what}: server`),
          noticeMs,
        ),
      ]),
    );
    console.log(`half-open: ${noticed.join(', ')}`);
    expect(near.acknowledged()).toBeGreaterThan(nearBefore);

    for (const { wire, device } of far) {
      wire.heal();
      device.tell({ do: 'nudge' });
    }
    const verdict = await world.verdict();
    console.log(`half-open: ${figures(verdict)}`);
    expect(wrongs(verdict)).toEqual([]);
    expect(verdict.sent).toBe(verdict.stored);
  },
);
