/**
 * Owns the folder that a server needs and nothing else: what was built, the packages that it imports, no sources and
 * nothing for development. Wherever Node 24 is, `node apps/natter/dist/main.js` in it is Natter.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const target = 'release';
const built = [
  'packages/protocol/dist',
  'packages/server/dist',
  'apps/natter/dist',
  'apps/web/dist',
  'LICENSE',
];
const manifests = ['package.json', 'package-lock.json', '{packages,apps}/*/package.json'];

await import('./build.ts');
rmSync(target, { recursive: true, force: true });
for (const path of [...globSync(manifests), ...built]) copy(path);
install();
// The lock names every package here, so that `npm ci` wants to see each; a server needs these.
for (const name of ['client', 'react', 'ui'])
  rmSync(join(target, 'packages', name), { recursive: true });

function copy(path: string): void {
  const to = join(target, path);
  mkdirSync(dirname(to), { recursive: true });
  // What is for compilers and debuggers stays here.
  cpSync(path, to, { recursive: true, filter: (each) => !/\.(d\.ts|map)$/.test(each) });
}

function install(): void {
  const args = ['ci', '--workspace', 'apps/natter', '--omit', 'dev', '--ignore-scripts'];
  const { status } = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd: target,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('unable to install what the server imports: see above');
}
