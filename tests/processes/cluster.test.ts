/** Holds the promise on two nodes with PostgreSQL and NATS, one short fault after another; longer ones by `npm run faults -- --fault all`. */
import { expect, test } from 'vitest';
import { noCluster } from './cluster.ts';
import { faults } from './faults.ts';
import { wrongs } from './judge.ts';
import { letHappen } from './rounds.ts';

if (noCluster !== null) console.log(`skipped: faults on two nodes, since ${noCluster}`);

test.skipIf(noCluster !== null)(
  '[REPAIR1][REPAIR2] two nodes while NATS is killed: sending goes on, and nothing is lost, repeated or out of order on any device',
  { timeout: 120_000 },
  async () => {
    const name = 'nats-killed';
    const { verdict, meanwhile, line } = await letHappen({
      name,
      fault: faults[name] as (typeof faults)[string],
      rounds: 1,
      seconds: 3,
      seed: 20_262,
      people: 3,
      devices: 4,
    });
    console.log(line);
    expect(wrongs(verdict)).toEqual([]);
    expect(verdict.sent).toBe(verdict.stored);
    expect(meanwhile).toBeGreaterThan(0);
  },
);
