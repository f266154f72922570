/** Compiles what is published, each package after those it imports, and builds the web app. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { buildWeb } from './buildWeb.ts';

const order = [
  'packages/protocol',
  'packages/server',
  'packages/client',
  'packages/react',
  'packages/ui',
  'apps/natter',
];

for (const folder of order.filter((it) => existsSync(`${it}/src`))) compile(folder);
// Each package is passed on by itself, and so is what one may do with it.
for (const folder of order.filter((it) => it.startsWith('packages/')))
  copyFileSync('LICENSE', `${folder}/LICENSE`);
buildWeb();

/** Here the packages see one another as outsiders do: as the JavaScript and types in `dist`. */
function compile(folder: string): void {
  const project = `${folder}/tsconfig.build.json`;
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  writeFileSync(
    project,
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        sourceMap: true,
        rootDir: 'src',
        outDir: 'dist',
        customConditions: [],
      },
      include: ['src'],
      exclude: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/**/*.suite.ts'],
    }),
  );
  try {
    const { status } = spawnSync('tsc', ['--project', project], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`unable to build ${folder}: see above`);
  } finally {
    rmSync(project);
  }
}
