/** Owns the built web app: it is built again when one of its sources is newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const web = 'apps/web';
const sources = [
  `${web}/{src,public}/**/*`,
  `${web}/*.{html,ts,json}`,
  'packages/{protocol,client,react,ui}/src/**/*',
  'package-lock.json',
];

if (import.meta.main) buildWeb();

export function buildWeb(): void {
  if (!existsSync(`${web}/index.html`) || isCurrent()) return;
  const manifest = createRequire(resolve(web, 'package.json')).resolve('vite/package.json');
  const vite = join(manifest, '../bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build'], {
    cwd: web,
    stdio: 'inherit',
    // Whoever asks for it: a test runner's own value would build React for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error('unable to build the web app: see above');
}

function isCurrent(): boolean {
  const built = `${web}/dist/index.html`;
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return globSync(sources).every((file) => statSync(file).mtimeMs <= builtAt);
}
