/** Owns what is done to several nodes while people talk. Each fault has an end, and from there the time is taken. */
import type { Chance } from '../../simulation/random.ts';
import type { Cluster, Ways } from './cluster.ts';
import type { Fate } from './natsProxy.ts';
import type { Wire } from './network.ts';
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
  needs?: keyof Ways;
  /** Resolves as soon as it is over, with what chance made of it: what was taken away is there again. */
  happen(scene: Scene): Promise<string>;
}

export const faults = {
  'nats-killed': {
    seconds: 20,
    async happen({ cluster: { nats }, last }) {
      await nats.kill();
      await last();
      await nats.start();
      return 'SIGKILL';
    },
  },
  'postgres-stopped': {
    seconds: 20,
    async happen({ cluster: { postgres }, last }) {
      await postgres.stop();
      await last();
      await postgres.start();
      return 'SIGINT';
    },
  },
  'postgres-killed': {
    seconds: 20,
    async happen({ cluster: { postgres }, last }) {
      await postgres.kill();
      await last();
      await postgres.start();
      return 'SIGKILL to all its processes';
    },
  },
  'node-killed': {
    seconds: 10,
    async happen({ world, chance, last }) {
      const node = chance.whole(0, world.nodes - 1);
      await world.server(node).kill();
      await last();
      await world.start(node);
      return `node ${node + 1}`;
    },
  },
  'cut-from-nats': { seconds: 30, needs: 'networks', happen: cut(({ toNats }) => toNats) },
  'cut-from-postgres': {
    seconds: 30,
    needs: 'networks',
    happen: cut(({ toPostgres }) => toPostgres),
  },
  'bus-loses': { seconds: 20, needs: 'proxies', happen: tamper('lost', 0.3) },
  'bus-repeats': { seconds: 20, needs: 'proxies', happen: tamper('twice', 0.5) },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** One node's wire goes dead, in both directions or in one. */
function cut(wireOf: (wires: Cluster['wires'][number]) => Wire): Fault['happen'] {
  return async ({ cluster: { wires }, chance, last }) => {
    const node = chance.whole(0, wires.length - 1);
    const wire = wireOf(wires[node] as (typeof wires)[number]);
    const direction = chance.pick(['both', 'outwards', 'inwards'] as const) ?? 'both';
    wire.cut(direction);
    await last();
    wire.heal();
    return `node ${node + 1}, ${direction}`;
  };
}

function tamper(fate: Fate, part: number): Fault['happen'] {
  return async ({ cluster: { proxies }, chance, last }) => {
    let count = 0;
    const decide = (): Fate => {
      if (!chance.happens(part)) return 'passes';
      count += 1;
      return fate;
    };
    for (const proxy of proxies) proxy.decide(decide);
    await last();
    for (const proxy of proxies) proxy.decide(() => 'passes');
    if (count === 0) throw new Error('no message came over the bus');
    return `${count} messages`;
  };
}
