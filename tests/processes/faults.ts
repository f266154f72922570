/** Owns what is done to several nodes while people talk. Each fault has an end, and from there the time is taken. */
import type { Chance } from '../../simulation/random.ts';
import type { Cluster } from './cluster.ts';
import type { World } from './world.ts';

export interface Scene {
  cluster: Cluster;
  world: World;
  chance: Chance;
  /** People talk on for so long. */
  last(): Promise<void>;
}

export interface Fault {
  /** How long it lasts when nobody says otherwise. */
  seconds: number;
  /** Whether sending goes on all the time. */
  isSentMeanwhile: boolean;
  /** Resolves as soon as it is over: what was taken away is there again. */
  happen(scene: Scene): Promise<void>;
}

export const faults: Readonly<Record<string, Fault>> = {
  'nats-killed': {
    seconds: 20,
    isSentMeanwhile: true,
    async happen({ cluster: { nats }, last }) {
      await nats.kill();
      await last();
      await nats.start();
    },
  },
};
