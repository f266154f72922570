/** Owns where several nodes run: PostgreSQL and NATS as real processes, and the way from each node to them. */
import { join } from 'node:path';
import { temporaryFolder } from '../conformance/program.ts';
import { type NatsServer, natsProgram, startNats } from '../services/nats.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../services/postgres.ts';
import { type NatsProxy, startNatsProxy } from './natsProxy.ts';
import { makeNetwork, networkAddresses, type Wire } from './network.ts';
import type { NodePlace } from './server.ts';
import { readTables } from './truth.ts';
import type { Site } from './world.ts';

export interface Ways {
  /** Each node in a network of its own, with one wire to each service, which can be cut. */
  networks: boolean;
  /** Something between each node and NATS that loses and repeats. */
  proxies: boolean;
}

export interface Cluster extends AsyncDisposable {
  readonly site: Site;
  readonly nats: NatsServer;
  readonly postgres: PostgresServer;
  /** By node; empty where there are none. */
  readonly wires: readonly { toPostgres: Wire; toNats: Wire }[];
  readonly proxies: readonly NatsProxy[];
}

/** Why there are no several nodes here, or null. */
export const noCluster = findWhyNot();

export async function startCluster(nodes: number, ways: Ways): Promise<Cluster> {
  await using started = new AsyncDisposableStack();
  const folder = started.adopt(await temporaryFolder(), (it) => it.remove());
  const postgres = started.adopt(
    await startPostgres(ways.networks ? { from: networkAddresses } : {}),
    (it) => it.remove(),
  );
  const nats = started.adopt(await startNats('', ways.networks ? '0.0.0.0' : '127.0.0.1'), (it) =>
    it.stop(),
  );
  const databaseUrl = postgres.createDatabase();
  const places: NodePlace[] = [];
  const wires: Cluster['wires'][number][] = [];
  const proxies: NatsProxy[] = [];
  for (let at = 0; at < nodes; at++) {
    const network = ways.networks ? started.use(makeNetwork(at, 3)) : null;
    const [toDevices, toPostgres, toNats] = network?.wires ?? [];
    if (toPostgres !== undefined && toNats !== undefined) wires.push({ toPostgres, toNats });
    const natsHost = toNats?.outerAddress ?? '127.0.0.1';
    let natsPort = nats.port;
    if (ways.proxies) {
      const proxy = started.adopt(await startNatsProxy(natsHost, nats.port), (it) => it.close());
      proxies.push(proxy);
      natsPort = proxy.port;
    }
    places.push({
      data: join(folder.path, `node-${at + 1}`),
      ...(network !== null ? { through: network.through } : {}),
      host: toDevices?.innerAddress ?? '127.0.0.1',
      settings: {
        NATTER_DATABASE_URL: seenAt(databaseUrl, toPostgres?.outerAddress),
        NATTER_BUS_URL: `nats://${natsHost}:${natsPort}`,
        NATTER_DRAIN_SECONDS: '0',
      },
    });
  }
  const everything = started.move();
  return {
    nats,
    postgres,
    wires,
    proxies,
    site: {
      nodes: places,
      readStored: () => readTables((sql) => postgres.query(sql, databaseUrl)),
      check: () => [],
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

function seenAt(databaseUrl: string, host = '127.0.0.1'): string {
  return databaseUrl.replace('127.0.0.1', host);
}

function findWhyNot(): string | null {
  if (findPostgres() === null) return 'there is no PostgreSQL';
  return natsProgram === undefined ? 'there is no nats-server' : null;
}
