/** Owns letting one fault happen to two nodes again and again, and how long devices take to be right after each end. */
import { createChance } from '../../simulation/random.ts';
import { startCluster } from './cluster.ts';
import type { Fault } from './faults.ts';
import { figures, type Verdict } from './judge.ts';
import { createWorld } from './world.ts';

export interface RoundsOptions {
  name: string;
  fault: Fault;
  rounds: number;
  /** Of each; the fault's own when left out. */
  seconds?: number | undefined;
  seed: number;
  people: number;
  /** Spread over people and nodes, so that whoever has two has them on both. */
  devices: number;
  say?: (line: string) => void;
}

export interface RoundsResult {
  verdict: Verdict;
  /** Acknowledged while the fault lasted, in the poorest round. */
  meanwhile: number;
  /** From the end of the fault until every device was right, in the longest round. */
  longestMs: number;
  line: string;
}

const nodes = 2;
/** Beyond the rolling check, a client's longest backoff and both heartbeats. */
const rightMsMax = 90_000;

export async function letHappen(options: RoundsOptions): Promise<RoundsResult> {
  const { name, fault, rounds, seed, people, devices, say = () => {} } = options;
  const chance = createChance(seed);
  await using cluster = await startCluster(nodes);
  await using world = await createWorld({ people, seed, site: cluster.site });
  for (let at = 0; at < devices; at++)
    world.addDevice(world.people[at % people] as (typeof world.people)[number], {
      node: (at + Math.floor(at / people)) % nodes,
    });
  const last = () => pause((options.seconds ?? fault.seconds) * 1_000);
  let meanwhile = Number.POSITIVE_INFINITY;
  let longestMs = 0;
  for (let round = 1; round <= rounds; round++) {
    for (const device of world.devices) device.tell({ do: 'talk' });
    const before = world.devices.map((device) => device.acknowledged());
    await world.until(
      `every device has 5 more acknowledged in round ${round}`,
      () => world.devices.every((device, at) => device.acknowledged() >= (before[at] ?? 0) + 5),
      rightMsMax,
    );
    await pause(chance.whole(0, 500));
    const from = world.acknowledged();
    await fault.happen({ cluster, world, chance, last });
    const acknowledged = world.acknowledged() - from;
    const endedAt = performance.now();
    await world.settle(rightMsMax);
    const rightMs = performance.now() - endedAt;
    meanwhile = Math.min(meanwhile, acknowledged);
    longestMs = Math.max(longestMs, rightMs);
    say(
      `${name} ${round} of ${rounds}: ${acknowledged} acknowledged meanwhile, all right ${(rightMs / 1_000).toFixed(1)} s after it`,
    );
  }
  const verdict = await world.verdict();
  const line = `${name}, seed ${seed}, ${rounds} times: ${figures(verdict)}; at least ${meanwhile} acknowledged meanwhile; all right at most ${(longestMs / 1_000).toFixed(1)} s after`;
  return { verdict, meanwhile, longestMs, line };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
