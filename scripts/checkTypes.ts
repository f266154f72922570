/** Checks the types of every project at once: a folder with a tsconfig.json is a project. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

const projects = globSync('**/tsconfig.json', { exclude: ['**/node_modules', '**/dist'] });

const { status } = spawnSync('tsc', ['--build', ...projects.filter(hasSources)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);

/** A project without a file is not yet begun, which is no error. */
function hasSources(project: string): boolean {
  const sources = join(dirname(project), '**/*.{ts,tsx}');
  return globSync(sources, { exclude: ['**/node_modules', '**/dist'] }).length > 0;
}
