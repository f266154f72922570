/** Owns killing the program under load, again and again, at moments that a seed draws. */
import { createChance } from '../../simulation/random.ts';
import { figures, type Verdict } from './judge.ts';
import { createWorld } from './world.ts';

export interface KillsOptions {
  kills: number;
  seed: number;
  people: number;
  /** Spread over the people. */
  devices: number;
  say?: (line: string) => void;
}

export async function killAgainAndAgain({
  kills,
  seed,
  people,
  devices,
  say = () => {},
}: KillsOptions): Promise<{ verdict: Verdict; whileStarting: number; line: string }> {
  const chance = createChance(seed);
  await using world = await createWorld({ people, seed });
  for (let at = 0; at < devices; at++)
    world.addDevice(world.people[at % people] as (typeof world.people)[number]);
  for (const device of world.devices) device.tell({ do: 'talk' });
  let whileStarting = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const from = world.acknowledged();
    const enough = chance.whole(1, 60);
    await world.until(
      `${enough} acknowledged after ${kill - 1} kills`,
      () => world.acknowledged() - from >= enough,
      60_000,
    );
    // Some milliseconds further into what is under way: before, in and after a commit.
    await new Promise((resolve) => setTimeout(resolve, chance.whole(0, 25)));
    await world.server().kill();
    say(`kill ${kill} of ${kills}: ${world.acknowledged()} acknowledged so far`);
    if (chance.happens(0.15)) {
      const starting = await world.launch();
      await new Promise((resolve) => setTimeout(resolve, chance.whole(50, 900)));
      await starting.kill();
      whileStarting += 1;
    }
    await world.start();
    // Mostly everybody is back at once, else each by its own backoff.
    if (chance.happens(0.7)) for (const device of world.devices) device.tell({ do: 'nudge' });
  }
  const verdict = await world.verdict();
  const line = `seed ${seed}: ${kills} kills under load and ${whileStarting} while starting; ${figures(verdict)}`;
  return { verdict, whileStarting, line };
}
