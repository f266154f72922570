/** Owns what tests need from the machine: finds it, or installs it where that is harmless. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export type RequirementName = 'chromium' | 'font' | 'postgres' | 'nats' | 'caddy';

export type Readiness =
  | { status: 'ready'; name: RequirementName; variable: string; value: string }
  | { status: 'missing'; name: RequirementName; advice: string };

type Requirement = {
  /** Tells the tests where it is. Whoever names it in a file needs it. */
  variable: string;
  find: () => string | undefined;
  debianPackages: readonly string[];
  advice: string;
};

const fontFolders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/Library/Fonts',
  join(homedir(), 'Library/Fonts'),
  join(homedir(), '.local/share/fonts'),
];

const requirements: Record<RequirementName, Requirement> = {
  chromium: {
    variable: 'NATTER_TEST_CHROMIUM',
    find: () => findProgram('chromium', 'chromium-browser', 'google-chrome'),
    debianPackages: ['chromium'],
    advice: 'install Chromium (Debian: apt-get install chromium)',
  },
  // Chromium only recommends it, and what a test compares is drawn with it.
  font: {
    variable: 'NATTER_TEST_FONT',
    find: () =>
      globSync(fontFolders.map((folder) => `${folder}/**/LiberationSans-Regular.{ttf,otf}`))[0],
    debianPackages: ['fonts-liberation'],
    advice: 'install the font Liberation Sans (Debian: apt-get install fonts-liberation)',
  },
  postgres: {
    variable: 'NATTER_TEST_POSTGRES_BIN',
    find: () => findFolder('/usr/lib/postgresql/*/bin/initdb') ?? folderOf(findProgram('initdb')),
    debianPackages: ['postgresql'],
    advice: 'install the PostgreSQL server (Debian: apt-get install postgresql)',
  },
  nats: {
    variable: 'NATTER_TEST_NATS_SERVER',
    find: () => findProgram('nats-server') ?? findFile('/usr/sbin/nats-server'),
    debianPackages: ['nats-server'],
    advice: 'install nats-server (Debian: apt-get install nats-server)',
  },
  caddy: {
    variable: 'NATTER_TEST_CADDY',
    find: () => findProgram('caddy'),
    debianPackages: ['caddy'],
    advice: 'install Caddy (Debian: apt-get install caddy)',
  },
};

/** Looks at what the present tests need, and at nothing else. */
export function prepare(): Readiness[] {
  const sources = readTestSources();
  const needed = (Object.keys(requirements) as RequirementName[]).filter((name) =>
    sources.some((source) => source.includes(requirements[name].variable)),
  );
  const absent = needed.filter((name) => locate(name) === undefined);
  if (absent.length > 0 && mayInstall()) {
    install(absent.flatMap((name) => requirements[name].debianPackages));
  }
  return needed.map(readinessOf);
}

function readinessOf(name: RequirementName): Readiness {
  const { variable, advice } = requirements[name];
  const value = locate(name);
  return value === undefined
    ? { status: 'missing', name, advice: `${advice}, or set ${variable}` }
    : { status: 'ready', name, variable, value };
}

/** Where it is, if this machine has it. */
export function locate(name: RequirementName): string | undefined {
  const { variable, find } = requirements[name];
  return process.env[variable] || find();
}

function readTestSources(): string[] {
  return globSync('{packages,apps,tests,simulation,bench,docs}/**/*.{ts,tsx}', {
    exclude: ['**/node_modules', '**/dist'],
  }).map((file) => readFileSync(file, 'utf8'));
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

function install(packages: readonly string[]): void {
  const run = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const installed = () => run('install', '--yes', '--no-install-recommends', ...packages);
  if (!installed()) {
    // The list of packages may be old or absent.
    if (run('update')) installed();
  }
}

function findProgram(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function findFile(path: string): string | undefined {
  return isExecutable(path) ? path : undefined;
}

/** The folder of the newest match, by its version number. */
function findFolder(pattern: string): string | undefined {
  const newest = globSync(pattern)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  return folderOf(newest);
}

function folderOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : dirname(file);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
