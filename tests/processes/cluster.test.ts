/** Holds the promise on two nodes with PostgreSQL and NATS, one short fault after another; longer ones by `npm run faults -- --fault all`. */
import { expect, test } from 'vitest';
import { noCluster } from './cluster.ts';
import { wrongs } from './judge.ts';
import { letHappen } from './rounds.ts';

if (noCluster !== null) console.log(`skipped: faults on two nodes, since ${noCluster}`);

test.skipIf(noCluster !== null)(
  '[REPAIR1][REPAIR2][REPAIR4] two nodes while NATS and PostgreSQL are killed and the bus loses: nothing is lost, repeated or out of order on any device',
  { timeout: 300_000 },
  async () => {
    const { verdict, outcomes, line } = await letHappen({
      names: ['nats-killed', 'bus-loses', 'postgres-killed'],
      rounds: 1,
      seconds: 2,
      seed: 20_262,
      people: 3,
      devices: 4,
    });
    console.log(line);
    expect(wrongs(verdict)).toEqual([]);
    expect(verdict.sent).toBe(verdict.stored);
    for (const name of ['nats-killed', 'bus-loses'] as const)
      expect(outcomes.get(name)?.meanwhile, name).toBeGreaterThan(0);
  },
);
