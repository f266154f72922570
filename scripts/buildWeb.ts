/** Owns the built pages, the web app's and the gallery's: each is built again when one of its sources is newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

interface Site {
  name: string;
  folder: string;
  sources: readonly string[];
}

const kit = 'packages/{protocol,client,react,ui}/src/**/*';

const web: Site = {
  name: 'the web app',
  folder: 'apps/web',
  sources: ['apps/web/{src,public}/**/*', 'apps/web/*.{html,ts,json}', kit, 'package-lock.json'],
};

const gallery: Site = {
  name: 'the gallery',
  folder: 'packages/ui/gallery',
  sources: [
    'packages/ui/gallery/*.*',
    'packages/ui/gallery/states/*',
    'packages/ui/test/*',
    kit,
    'package-lock.json',
  ],
};

if (import.meta.main) buildWeb();

export function buildWeb(): void {
  build(web);
}

/** Returns the folder of the built gallery. */
export function buildGallery(): string {
  build(gallery);
  return join(gallery.folder, 'dist');
}

function build(site: Site): void {
  const { name, folder } = site;
  if (!existsSync(`${folder}/index.html`) || isCurrent(site)) return;
  const manifest = createRequire(resolve(folder, 'vite.config.ts')).resolve('vite/package.json');
  const vite = join(manifest, '../bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build'], {
    cwd: folder,
    stdio: 'inherit',
    // Whoever asks for it: a test runner's own value would build React for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`unable to build ${name}: see above`);
}

function isCurrent({ folder, sources }: Site): boolean {
  const built = `${folder}/dist/index.html`;
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return globSync([...sources]).every((file) => statSync(file).mtimeMs <= builtAt);
}
