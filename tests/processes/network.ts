/** Owns networks of their own for a test: a device behind a wire that goes dead, in both directions or in one. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Wire extends Disposable {
  /** Where the device finds the server. */
  readonly serverAddress: string;
  /** What the device's process is run by. */
  readonly through: readonly string[];
  /** Nobody is told: packets are gone, and no end is reported. */
  cut(what: 'both' | 'toServer' | 'toDevice'): void;
  heal(): void;
  /** The server's connections with this device that it believes in. */
  countConnections(): number;
}

/** Why there are no networks here, or null. */
export const noNetworks = findNoNetworks();

/** `number`: from 0 to 250, its own among those of this process. */
export function layWire(number: number): Wire {
  const name = `natter${process.pid}n${number}`;
  const [outer, inner] = [
    `nv${process.pid % 100_000}o${number}`,
    `nv${process.pid % 100_000}i${number}`,
  ];
  const net = `10.${200 + (process.pid % 50)}.${number}`;
  const within = ['ip', 'netns', 'exec', name];
  ip('netns', 'add', name);
  try {
    ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', inner, 'netns', name);
    ip('addr', 'add', `${net}.1/30`, 'dev', outer);
    ip('link', 'set', outer, 'up');
    run(within, 'ip', 'addr', 'add', `${net}.2/30`, 'dev', inner);
    run(within, 'ip', 'link', 'set', inner, 'up');
    // Known for good, as behind a router: the kernel must not find out by itself that nobody is there.
    const known = (prefix: readonly string[], device: string, address: string, mac: string) =>
      run(
        prefix,
        'ip',
        'neigh',
        'replace',
        address,
        'dev',
        device,
        'lladdr',
        mac,
        'nud',
        'permanent',
      );
    known([], outer, `${net}.2`, macOf(within, inner));
    known(within, inner, `${net}.1`, macOf([], outer));
  } catch (error) {
    ip('netns', 'delete', name);
    throw error;
  }
  const swallow = (prefix: readonly string[], device: string) =>
    run(prefix, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'pfifo', 'limit', '0');
  const pass = (prefix: readonly string[], device: string) =>
    run(prefix, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'pfifo', 'limit', '1000');
  return {
    serverAddress: `${net}.1`,
    through: within,
    cut(what) {
      if (what !== 'toServer') swallow([], outer);
      if (what !== 'toDevice') swallow(within, inner);
    },
    heal() {
      pass([], outer);
      pass(within, inner);
    },
    countConnections: () => countEstablished(`${net}.2`),
    [Symbol.dispose]: () => ip('netns', 'delete', name),
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
