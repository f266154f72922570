/** Owns where several nodes run: PostgreSQL and NATS as real processes, and the way from each node to them. */
import { join } from 'node:path';
import { temporaryFolder } from '../conformance/program.ts';
import { type NatsServer, natsProgram, startNats } from '../services/nats.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../services/postgres.ts';
import { readTables } from './truth.ts';
import type { Site } from './world.ts';

export interface Cluster extends AsyncDisposable {
  readonly site: Site;
  readonly nats: NatsServer;
  readonly postgres: PostgresServer;
}

/** Why there are no several nodes here, or null. */
export const noCluster =
  findPostgres() === null
    ? 'there is no PostgreSQL'
    : natsProgram === undefined
      ? 'there is no nats-server'
      : null;

export async function startCluster(nodes: number): Promise<Cluster> {
  await using started = new AsyncDisposableStack();
  const folder = await temporaryFolder();
  started.defer(() => folder.remove());
  const postgres = await startPostgres();
  started.defer(() => postgres.remove());
  const nats = await startNats();
  started.defer(() => nats.stop());
  const databaseUrl = postgres.createDatabase();
  const everything = started.move();
  return {
    nats,
    postgres,
    site: {
      nodes: Array.from({ length: nodes }, (_, at) => ({
        data: join(folder.path, `node-${at + 1}`),
        settings: {
          NATTER_DATABASE_URL: databaseUrl,
          NATTER_BUS_URL: nats.url,
          NATTER_DRAIN_SECONDS: '0',
        },
      })),
      readStored: () => readTables((sql) => postgres.query(sql, databaseUrl)),
      check: () => [],
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
