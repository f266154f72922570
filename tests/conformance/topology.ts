/** Owns what the suite runs against. Every test is written for any number of nodes: sockets are spread over them. */
import { type Program, startProgram, temporaryFolder } from './program.ts';

export const secret = 'conformance-secret-of-more-than-32-bytes';

export interface Topology {
  nodes: number;
  /** Settings that all nodes share, beside those of the test. */
  settings: Record<string, string>;
}

/** Chosen by `NATTER_TEST_TOPOLOGY`. */
export const topologies: Record<string, Topology> = {
  /** One process, embedded database. */
  alone: { nodes: 1, settings: {} },
};

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
  const folders: { remove(): Promise<void> }[] = [];
  const nodes: Program[] = [];
  for (let at = 0; at < topology.nodes; at++) {
    const folder = await temporaryFolder();
    folders.push(folder);
    nodes.push(
      await startProgram(folder.path, {
        NATTER_AUTH_SECRET: secret,
        ...topology.settings,
        ...settings,
      }),
    );
  }
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
    },
  };
}
