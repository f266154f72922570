/** Owns networks of their own for a test: a program behind wires that go dead, in both directions or in one. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Network extends Disposable {
  /** What a program is run by to be in it. */
  readonly through: readonly string[];
  readonly wires: readonly Wire[];
}

/** From this machine into a network. */
export interface Wire {
  /** Of this machine, as seen from within. */
  readonly outerAddress: string;
  /** Of the network, as seen from this machine. */
  readonly innerAddress: string;
  /** Nobody is told: packets are gone, and no end is reported. */
  cut(what: 'both' | 'outwards' | 'inwards'): void;
  heal(): void;
  /** This machine's connections with the network that it believes in. */
  countConnections(): number;
}

/** Why there are no networks here, or null. */
export const noNetworks = findNoNetworks();

/** All the addresses of networks made here. */
export const networkAddresses = '10.192.0.0/10';

/** `number`: from 0 to 250, its own among those of this process. At most 64 wires. */
export function makeNetwork(number: number, wires = 1): Network {
  const name = `natter${process.pid}n${number}`;
  const through = ['ip', 'netns', 'exec', name];
  ip('netns', 'add', name);
  try {
    return {
      through,
      wires: Array.from({ length: wires }, (_, at) => layWire(name, through, number, at)),
      [Symbol.dispose]: () => ip('netns', 'delete', name),
    };
  } catch (error) {
    ip('netns', 'delete', name);
    throw error;
  }
}

function layWire(name: string, within: readonly string[], number: number, at: number): Wire {
  const ends = `nv${process.pid % 100_000}`;
  const [outer, inner] = [`${ends}o${number}w${at}`, `${ends}i${number}w${at}`];
  const net = `10.${200 + (process.pid % 50)}.${number}`;
  const [outerAddress, innerAddress] = [`${net}.${4 * at + 1}`, `${net}.${4 * at + 2}`];
  ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', inner, 'netns', name);
  ip('addr', 'add', `${outerAddress}/30`, 'dev', outer);
  ip('link', 'set', outer, 'up');
  run(within, 'ip', 'addr', 'add', `${innerAddress}/30`, 'dev', inner);
  run(within, 'ip', 'link', 'set', inner, 'up');
  // Known for good, as behind a router: the kernel must not find out by itself that nobody is there.
  const known = (prefix: readonly string[], device: string, address: string, mac: string) => {
    const neighbour = [address, 'dev', device, 'lladdr', mac, 'nud', 'permanent'];
    run(prefix, 'ip', 'neigh', 'replace', ...neighbour);
  };
  known([], outer, innerAddress, macOf(within, inner));
  known(within, inner, outerAddress, macOf([], outer));
  const queue = (prefix: readonly string[], device: string, packets: number) =>
    run(prefix, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'pfifo', 'limit', `${packets}`);
  return {
    outerAddress,
    innerAddress,
    cut(what) {
      if (what !== 'outwards') queue([], outer, 0);
      if (what !== 'inwards') queue(within, inner, 0);
    },
    heal() {
      queue([], outer, 1_000);
      queue(within, inner, 1_000);
    },
    countConnections: () => countEstablished(innerAddress),
  };
}

function ip(...args: string[]): void {
  run([], 'ip', ...args);
}

function macOf(prefix: readonly string[], device: string): string {
  const [link] = JSON.parse(run(prefix, 'ip', '-json', 'link', 'show', 'dev', device)) as [
    { address: string },
  ];
  return link.address;
}

function run(prefix: readonly string[], ...command: string[]): string {
  const [program = '', ...args] = [...prefix, ...command];
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** The kernel's own table: remote address in the third column, 01 (established) in the fourth. */
function countEstablished(address: string): number {
  const hex = address
    .split('.')
    .toReversed()
    .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
    .join('');
  const lines = `${readFileSync('/proc/net/tcp', 'utf8')}${readTcp6()}`.split('\n');
  return lines.filter((line) => {
    const [, , remote, state] = line.trim().split(/\s+/);
    return state === '01' && remote?.split(':')[0]?.endsWith(hex);
  }).length;
}

function readTcp6(): string {
  try {
    return readFileSync('/proc/net/tcp6', 'utf8');
  } catch {
    return '';
  }
}

function findNoNetworks(): string | null {
  const probe = spawnSync(
    'unshare',
    [
      '--net',
      'sh',
      '-c',
      'ip link add na type veth peer name nb && tc qdisc add dev na root pfifo limit 0',
    ],
    { encoding: 'utf8' },
  );
  if (probe.status !== 0) return 'this process may not make networks (ip, tc, network namespaces)';
  // A namespace that keeps its name needs a mount as well.
  const name = `natterprobe${process.pid}`;
  const named = spawnSync('ip', ['netns', 'add', name]);
  if (named.status === 0) spawnSync('ip', ['netns', 'delete', name]);
  return named.status === 0 ? null : 'this process may not make named networks';
}
