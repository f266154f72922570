/**
 * Owns one run: people and faults at random, then a world that heals and must come to agree with its database. What
 * is done is a list of steps, each with a chance of its own, so that any may be left out while the others stay.
 */
import { act } from './actions.ts';
import { findDifference, findKept } from './judge.ts';
import { createChance } from './random.ts';
import { createWorld, type World } from './world.ts';

export interface Outcome {
  seed: number;
  /** Null: every rule held. */
  violation: string | null;
  actions: number;
  faults: number;
  virtualMs: number;
  /** Of the trace and of every frame that was heard. */
  hash: string;
  /** How many steps the run had, done or left out. */
  steps: number;
}

export interface RunOptions {
  print?: (line: string) => void;
  /** Only these steps are done; the time of the others passes. */
  keep?: ReadonlySet<number> | null;
  /** At least two nodes, and a poor bus; all else is drawn as without it. */
  several?: boolean;
}

interface Step {
  seed: number;
  pauseMs: number;
}

const lookMs = 5_000;
/** A dead line is found after 35 s, a wait between tries is at most 30 s, and either may come after the other. */
const healMs = 180_000;
/** A socket that nobody closed is found after 35 s, and its person is kept in mind for another 60. */
const emptyMs = 120_000;

export async function run(
  seed: number,
  { print = () => {}, keep = null, several = false }: RunOptions = {},
): Promise<Outcome> {
  const world = await createWorld(seed, { print, several });
  const begunAt = world.time.now();
  const counts = { actions: 0, faults: 0 };
  const { firstMs, steps } = plan(seed);
  try {
    await world.time.pass(firstMs);
    for (const [at, step] of steps.entries()) {
      if (world.violation() !== null) break;
      if (keep === null || keep.has(at)) {
        const done = act(world, createChance(step.seed));
        if (done?.isFault) counts.faults += 1;
        else if (done !== null) counts.actions += 1;
      }
      await world.time.pass(step.pauseMs);
      const overflow = world.overflow();
      if (overflow !== null) world.violate(`[LIMITS1] ${overflow}`);
    }
    if (world.violation() === null) await agree(world);
    if (world.violation() === null) await empty(world);
    const { violation, hash, time } = world;
    return {
      seed,
      violation: violation(),
      ...counts,
      virtualMs: time.now() - begunAt,
      hash: hash(),
      steps: steps.length,
    };
  } finally {
    await world.close();
  }
}

/** How many steps, and when; what each does, it decides by its own chance when its time has come. */
function plan(seed: number): { firstMs: number; steps: Step[] } {
  const chance = createChance(~seed);
  const firstMs = chance.whole(0, 5_000);
  const steps = Array.from({ length: chance.whole(150, 350) }, () => {
    const pace = chance.choose({ quick: 60, steady: 30, slow: 8, idle: 2 });
    const most = { quick: 40, steady: 1_000, slow: 8_000, idle: 60_000 }[pace];
    return { seed: chance.whole(0, 2 ** 32 - 1), pauseMs: chance.whole(0, most) };
  });
  return { firstMs, steps };
}

async function agree(world: World): Promise<void> {
  world.trace('the world heals');
  await world.heal();
  let difference: string | null = '';
  for (let passed = 0; passed < healMs; passed += lookMs) {
    await world.time.pass(lookMs);
    if (world.violation() !== null) return;
    difference = await findDifference(world);
    if (difference === null) break;
    world.trace(`not yet: ${difference}`);
  }
  if (difference !== null) world.violate(`not within ${healMs / 1_000} s: ${difference}`);
}

/** Everybody leaves, and no node keeps anything of them. */
async function empty(world: World): Promise<void> {
  for (const device of world.devices) device.dispose();
  await world.time.pass(emptyMs);
  for (const [slot, node] of world.fleet.nodes().entries()) {
    const found = node === null ? 'is down' : findKept(node);
    if (found !== null) world.violate(`after everybody left, node ${slot} ${found}`);
  }
}
