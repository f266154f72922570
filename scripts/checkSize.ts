/** Holds what an application downloads: bundled, minified and gzipped, as its own build would. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

type Budget = {
  name: string;
  entry: string;
  gzipBytesMax: number;
  /** Not counted: the application has it anyway. */
  external: readonly string[];
  /** Where its code may come from. Anything else is a dependency that crept in. */
  origins: RegExp;
  /** Measures what this is loaded with, when it is first needed, beyond what is loaded at once. */
  later?: string;
};

const budgets: readonly Budget[] = [
  {
    name: '@natter/protocol',
    entry: 'packages/protocol/src/index.ts',
    gzipBytesMax: 5_000,
    external: [],
    origins: /^packages\/protocol\//,
  },
  {
    name: '@natter/client without uploads',
    entry: 'packages/client/src/index.ts',
    // Decision 26 says what it is made of.
    gzipBytesMax: 27_500,
    external: ['./uploads'],
    origins: /^packages\/(protocol|client)\//,
  },
  {
    name: '@natter/client',
    entry: 'packages/client/src/index.ts',
    gzipBytesMax: 29_660,
    external: [],
    origins: /^packages\/(protocol|client)\//,
  },
  {
    name: '@natter/client, IndexedDB, when something is kept',
    entry: 'packages/client/src/index.ts',
    gzipBytesMax: 4_050,
    external: [],
    origins: /^(packages\/(protocol|client)|node_modules\/idb)\//,
    later: 'packages/client/src/persistence/indexeddb/indexeddb.ts',
  },
  {
    name: '@natter/client, with the first upload',
    entry: 'packages/client/src/index.ts',
    gzipBytesMax: 750,
    external: [],
    origins: /^packages\/(protocol|client)\//,
    later: 'packages/client/src/uploads/tus.ts',
  },
  {
    name: '@natter/react without the client',
    entry: 'packages/react/src/index.ts',
    gzipBytesMax: 3_000,
    external: ['react', '@natter/client', '@natter/protocol'],
    origins: /^packages\/react\//,
  },
  {
    name: '@natter/ui',
    entry: 'packages/ui/src/index.ts',
    gzipBytesMax: 60_000,
    external: ['react', 'react-dom'],
    origins: /./,
  },
];

const appFolder = 'apps/web/dist';
/** As the bundler writes it; `import()` has a bracket. */
const staticImport = /(?:from|import)\s*"\.\/([^"]+\.js)"/g;

const appBudgets: readonly { name: string; parts: readonly string[]; gzipBytesMax: number }[] = [
  { name: 'its list, which shows first', parts: [], gzipBytesMax: 143_000 },
  { name: 'with a conversation open', parts: ['Conversation'], gzipBytesMax: 170_000 },
  { name: 'to sign in', parts: ['SignIn'], gzipBytesMax: 146_500 },
];

let failed = false;
for (const budget of budgets.filter(({ entry }) => existsSync(entry))) {
  const { gzipBytes, strangers } = await measure(budget);
  const verdict = gzipBytes <= budget.gzipBytesMax ? 'fits' : 'is too large';
  console.log(`${budget.name}: ${gzipBytes} of ${budget.gzipBytesMax} bytes, ${verdict}`);
  for (const stranger of strangers) console.log(`${budget.name}: must not contain ${stranger}`);
  failed ||= gzipBytes > budget.gzipBytesMax || strangers.length > 0;
}
for (const { name, parts, gzipBytesMax } of appBudgets) {
  const gzipBytes = measureApp(parts);
  if (gzipBytes === null) continue;
  const verdict = gzipBytes <= gzipBytesMax ? 'fits' : 'is too large';
  console.log(`the app, ${name}: ${gzipBytes} of ${gzipBytesMax} bytes, ${verdict}`);
  failed ||= gzipBytes > gzipBytesMax;
}
const everything = measureApp(['*']);
if (everything !== null) console.log(`the app, all of it, three languages: ${everything} bytes`);
process.exit(failed ? 1 : 0);

/**
 * Scripts, what they import, styles, and the page itself: what it names is loaded at once; each part of those named here
 * is loaded for what shows first. Null where the app is not built.
 */
function measureApp(parts: readonly string[]): number | null {
  if (!existsSync(`${appFolder}/index.html`)) return null;
  const page = readFileSync(`${appFolder}/index.html`);
  const wanted = [...page.toString().matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
    ([, name]) => name ?? '',
  );
  for (const part of parts) {
    const files = globSync(`assets/${part}-*.{js,css}`, { cwd: appFolder });
    if (files.length === 0) throw new Error(`unable to measure the app: it has no part ${part}`);
    wanted.push(...files);
  }
  const files = new Set(wanted);
  for (const file of files)
    for (const [, name] of readFileSync(`${appFolder}/${file}`, 'utf8').matchAll(staticImport))
      files.add(`assets/${name}`);
  const all = [page, ...[...files].map((file) => readFileSync(`${appFolder}/${file}`))];
  return all.reduce((bytes, each) => bytes + gzipSync(each, { level: 9 }).byteLength, 0);
}

async function measure(budget: Budget): Promise<{ gzipBytes: number; strangers: string[] }> {
  const { metafile, outputFiles } = await build({
    entryPoints: [budget.entry],
    external: budget.external.flatMap((name) => [name, `${name}/*`]),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['source'],
    jsx: 'automatic',
    metafile: true,
    write: false,
    outdir: 'size',
  });
  const { outputs } = metafile;
  const atOnce = reach(outputOf(budget.entry));
  const later = budget.later === undefined ? null : reach(outputOf(budget.later));
  const measured = [...(later?.difference(atOnce) ?? atOnce)];
  const sizes = outputFiles
    .filter(({ path }) => measured.some((file) => path === resolve(file)))
    .map(({ contents }) => gzipSync(contents, { level: 9 }).byteLength);
  return {
    gzipBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    strangers: measured
      .flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}))
      .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !budget.origins.test(file))
      .map(([file]) => file),
  };

  function outputOf(source: string): string {
    const file = Object.keys(outputs).find((each) => outputs[each]?.entryPoint === source);
    if (file === undefined) throw new Error(`unable to measure ${budget.name}: no ${source}`);
    return file;
  }

  /** Itself and what it imports, without what it imports when it is needed. */
  function reach(file: string, known = new Set<string>()): Set<string> {
    if (known.has(file)) return known;
    known.add(file);
    for (const { kind, path, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) reach(path, known);
    return known;
  }
}
