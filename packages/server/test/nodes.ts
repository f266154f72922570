/** Owns several nodes for tests: whole servers in this process, on one database and one real NATS. */
import type { Bus } from '../src/bus/contract.ts';
import { openNats } from '../src/bus/nats/nats.ts';
import { silentLog, systemClock, systemRandom } from '../src/runtime/system.ts';
import type { NatterOptions } from '../src/server.ts';
import { openSqlite } from '../src/storage/sqlite/sqlite.ts';
import { startWorld, type World } from './world.ts';

/** Of the bus: it looks after its connection by the real clock, whatever the nodes are told. */
const runtime = { clock: systemClock, random: systemRandom, log: silentLog };

export interface Nodes {
  readonly worlds: readonly World[];
  readonly buses: readonly Bus[];
  /** Resolves when what the nodes are subscribed to is heard. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startNodes(
  count: number,
  busUrl: string,
  options: Partial<NatterOptions> = {},
): Promise<Nodes> {
  const storage = await openSqlite({ path: ':memory:', runtime });
  const shared = { ...storage, close: async () => {} };
  const worlds: World[] = [];
  const buses: Bus[] = [];
  for (let at = 0; at < count; at++) {
    const bus = await openNats({ url: busUrl, runtime, onError: (error) => Promise.reject(error) });
    buses.push(bus);
    worlds.push(await startWorld({ ...options, storage: shared, bus }));
  }
  return {
    worlds,
    buses,
    async settled() {
      for (const bus of buses) await bus.subscribed();
    },
    async close() {
      for (const world of worlds) await world.close();
      await storage.close();
    },
  };
}
