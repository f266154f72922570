/** Owns one run: people and faults at random, then a world that heals and must come to agree with its database. */
import { act } from './actions.ts';
import { findDifference } from './judge.ts';
import { createChance } from './random.ts';
import { createWorld, type World } from './world.ts';

export interface Outcome {
  seed: number;
  /** Null: every rule held. */
  violation: string | null;
  actions: number;
  faults: number;
  virtualMs: number;
}

const lookMs = 5_000;
/** A dead line is found after 35 s, a wait between tries is at most 30 s, and either may come after the other. */
const healMs = 180_000;

export async function run(
  seed: number,
  print: (line: string) => void = () => {},
): Promise<Outcome> {
  const world = await createWorld(seed, print);
  const begunAt = world.time.now();
  const counts = { actions: 0, faults: 0 };
  try {
    await live(world, seed, counts);
    if (world.violation() === null) await agree(world);
    return {
      seed,
      violation: world.violation(),
      ...counts,
      virtualMs: world.time.now() - begunAt,
    };
  } finally {
    await world.close();
  }
}

async function live(world: World, seed: number, counts: { actions: number; faults: number }) {
  const chance = createChance(~seed);
  await world.time.pass(chance.whole(0, 5_000));
  for (let left = chance.whole(150, 350); left > 0 && world.violation() === null; left--) {
    const done = act(world, chance);
    if (done?.isFault) counts.faults += 1;
    else if (done !== null) counts.actions += 1;
    const pace = chance.choose({ quick: 60, steady: 30, slow: 8, idle: 2 });
    const most = { quick: 40, steady: 1_000, slow: 8_000, idle: 60_000 }[pace];
    await world.time.pass(chance.whole(0, most));
  }
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
