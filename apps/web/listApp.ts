/** Owns what the service worker keeps of a build: every file that the page may ask for, and a version that changes with any of them. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const worker = 'serviceWorker.js';

const page = 'index.html';

/** Paths as a browser asks for them, without the page, which is asked for as `/`. */
export function listApp(folder: string): { files: string[]; version: string } {
  const names = globSync('**/*.*', { cwd: folder })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name !== worker && !name.endsWith('.map'))
    .sort();
  const version = createHash('sha256');
  // The contents too: not every name has their hash in it.
  for (const name of names) version.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return {
    files: names.filter((name) => name !== page).map((name) => `/${name}`),
    version: version.digest('hex').slice(0, 12),
  };
}
