/** Owns what the suite runs against. Every test is written for any number of nodes: sockets are spread over them. */
import { startS3 } from '../../packages/server/test/s3.ts';
import { startNats } from '../services/nats.ts';
import { startPostgres } from '../services/postgres.ts';
import { type Program, startProgram, temporaryFolder } from './program.ts';

export const secret = 'conformance-secret-of-more-than-32-bytes';

export interface Topology {
  nodes: number;
  /** Starts what all nodes share; answers the settings that say where it is. */
  share(): Promise<Shared>;
}

interface Shared {
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/** Chosen by `NATTER_TEST_TOPOLOGY`. */
export const topologies: Record<string, Topology> = {
  /** One process, embedded database. */
  alone: { nodes: 1, share: async () => ({ settings: {}, stop: async () => {} }) },
  /** Two processes, PostgreSQL, NATS and a bucket. */
  two: { nodes: 2, share: shareServices },
};

async function shareServices(): Promise<Shared> {
  const [postgres, nats, s3] = await Promise.all([startPostgres(), startNats(), startS3()]);
  return {
    settings: {
      NATTER_DATABASE_URL: postgres.createDatabase(),
      NATTER_BUS_URL: nats.url,
      NATTER_FILES_URL: s3.url,
      NATTER_DRAIN_SECONDS: '0',
    },
    async stop() {
      await Promise.all([postgres.remove(), nats.stop(), s3.close()]);
    },
  };
}

export interface Cluster {
  readonly nodes: readonly Program[];
  /** URL of the next node, in turn. */
  url(): string;
  stop(): Promise<void>;
}

export async function startCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const name = process.env.NATTER_TEST_TOPOLOGY ?? 'alone';
  const topology = topologies[name];
  if (topology === undefined)
    throw new Error(
      `NATTER_TEST_TOPOLOGY is ${name}; it can be: ${Object.keys(topologies).join(', ')}`,
    );
  const shared = await topology.share();
  const folders = await Promise.all(Array.from({ length: topology.nodes }, temporaryFolder));
  // At once: the migrations of the database are used to that.
  const nodes = await Promise.all(
    folders.map((folder) =>
      startProgram(folder.path, { NATTER_AUTH_SECRET: secret, ...shared.settings, ...settings }),
    ),
  );
  let turn = 0;
  return {
    nodes,
    url() {
      const node = nodes[turn++ % nodes.length];
      if (node === undefined) throw new Error('a topology has at least one node');
      return node.url;
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all(folders.map((folder) => folder.remove()));
      await shared.stop();
    },
  };
}
