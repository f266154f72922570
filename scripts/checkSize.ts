/** Holds what an application downloads: bundled, minified and gzipped, as its own build would. */
import { existsSync } from 'node:fs';
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
    // The aim is 15,000. This holds what is reached until then.
    gzipBytesMax: 19_500,
    external: ['./uploads'],
    origins: /^packages\/(protocol|client)\//,
  },
  {
    name: '@natter/client',
    entry: 'packages/client/src/index.ts',
    gzipBytesMax: 21_500,
    external: [],
    origins: /^packages\/(protocol|client)\//,
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

let failed = false;
for (const budget of budgets.filter(({ entry }) => existsSync(entry))) {
  const { gzipBytes, strangers } = await measure(budget);
  const verdict = gzipBytes <= budget.gzipBytesMax ? 'fits' : 'is too large';
  console.log(`${budget.name}: ${gzipBytes} of ${budget.gzipBytesMax} bytes, ${verdict}`);
  for (const stranger of strangers) console.log(`${budget.name}: must not contain ${stranger}`);
  failed ||= gzipBytes > budget.gzipBytesMax || strangers.length > 0;
}
process.exit(failed ? 1 : 0);

async function measure(budget: Budget): Promise<{ gzipBytes: number; strangers: string[] }> {
  const { metafile, outputFiles } = await build({
    entryPoints: [budget.entry],
    external: budget.external.flatMap((name) => [name, `${name}/*`]),
    bundle: true,
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
  const script = outputFiles.find((file) => file.path.endsWith('.js'));
  return {
    gzipBytes: script === undefined ? 0 : gzipSync(script.contents, { level: 9 }).byteLength,
    strangers: Object.values(metafile.outputs)
      .flatMap((output) => Object.entries(output.inputs))
      .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !budget.origins.test(file))
      .map(([file]) => file),
  };
}
