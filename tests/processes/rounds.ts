/** Owns letting faults happen to two nodes again and again, and how long devices take to be right after each end. */
import { createChance } from '../../simulation/random.ts';
import { startCluster } from './cluster.ts';
import { type Fault, type FaultName, faults } from './faults.ts';
import { figures, type Verdict } from './judge.ts';
import { createWorld } from './world.ts';

export interface RoundsOptions {
  /** One after the other, in each round. */
  names: readonly FaultName[];
  rounds: number;
  /** Of each fault; its own when left out. */
  seconds?: number | undefined;
  seed: number;
  people: number;
  /** Spread over people and nodes, so that whoever has two has them on both. */
  devices: number;
  say?: (line: string) => void;
}

export interface RoundsResult {
  verdict: Verdict;
  outcomes: ReadonlyMap<FaultName, Outcome>;
  line: string;
}

export interface Outcome {
  /** Acknowledged while it lasted, at the fewest. */
  meanwhile: number;
  /** From its end until every device was right, at the longest. */
  longestMs: number;
}

const nodes = 2;
/** Beyond the rolling check, a client's longest backoff and both heartbeats. */
const rightMsMax = 90_000;
/** Slow enough for all rounds of all faults: whatever a device showed at any time is judged in the end. */
const everyMs = 200;

export async function letHappen(options: RoundsOptions): Promise<RoundsResult> {
  const { names, rounds, seed, people, devices, say = () => {} } = options;
  const chosen: readonly Fault[] = names.map((name) => faults[name]);
  const chance = createChance(seed);
  await using cluster = await startCluster(nodes, {
    networks: chosen.some(({ needs }) => needs === 'networks'),
    proxies: chosen.some(({ needs }) => needs === 'proxies'),
  });
  await using world = await createWorld({ people, seed, site: cluster.site });
  for (let at = 0; at < devices; at++)
    world.addDevice(world.people[at % people] as (typeof world.people)[number], {
      node: (at + Math.floor(at / people)) % nodes,
      everyMs,
    });
  const outcomes = new Map<FaultName, Outcome>();

  async function happen(name: FaultName): Promise<void> {
    const fault: Fault = faults[name];
    for (const device of world.devices) device.tell({ do: 'talk' });
    const before = world.devices.map((device) => device.acknowledged());
    await world.until(
      `every device has 5 more acknowledged before ${name}`,
      () => world.devices.every((device, at) => device.acknowledged() >= (before[at] ?? 0) + 5),
      rightMsMax,
    );
    // Some milliseconds further into what is under way.
    await pause(chance.whole(0, 200));
    const from = world.acknowledged();
    const last = () => pause((options.seconds ?? fault.seconds) * 1_000);
    const how = await fault.happen({ cluster, world, chance, last });
    const acknowledged = world.acknowledged() - from;
    const endedAt = performance.now();
    const awaited = await world.settle(rightMsMax);
    const rightMs = performance.now() - endedAt;
    const earlier = outcomes.get(name);
    outcomes.set(name, {
      meanwhile: Math.min(acknowledged, earlier?.meanwhile ?? acknowledged),
      longestMs: Math.max(rightMs, earlier?.longestMs ?? 0),
    });
    say(
      `${name} (${how}): ${acknowledged} acknowledged meanwhile, all right ${inSeconds(rightMs)} after (last awaited: ${awaited})`,
    );
  }

  for (let round = 1; round <= rounds; round++) for (const name of names) await happen(name);
  const verdict = await world.verdict();
  const each = [...outcomes].map(
    ([name, { meanwhile, longestMs }]) =>
      `${name}: at least ${meanwhile} acknowledged meanwhile, all right at most ${inSeconds(longestMs)} after`,
  );
  const line = `seed ${seed}, ${rounds} times: ${figures(verdict)}\n${each.join('\n')}`;
  return { verdict, outcomes, line };
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
