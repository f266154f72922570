/** Owns how the web app is built: from the packages' sources, hashed files, nothing inline, so that a strict CSP holds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { listApp, worker } from './listApp.ts';

/** Where the program runs while the app is developed. */
const program = process.env.NATTER_PROGRAM_URL ?? 'http://localhost:4600';

export default defineConfig({
  plugins: [react(), compileWhole(), tellWorkerItsFiles()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    // What `popover`, `:has()` and `:dir()` need; for older ones, `:dir()` would be guessed from the language.
    target: ['chrome120', 'edge120', 'firefox125', 'safari17'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    rolldownOptions: {
      input: { index: 'index.html', serviceWorker: 'src/offline/serviceWorker.ts' },
      output: {
        // At the root and under one name: it speaks for the whole site, and the browser looks there for a newer one.
        entryFileNames: ({ name }) =>
          name === 'serviceWorker' ? worker : 'assets/[name]-[hash].js',
        // What several parts use comes in one file: twenty small ones are asked for, and packed, one by one.
        codeSplitting: { groups: [{ name: 'base', minShareCount: 3 }] },
      },
    },
  },
  server: {
    proxy: {
      '/v1': { target: program, ws: true, changeOrigin: true },
      '/demo': { target: program, changeOrigin: true },
    },
  },
});

/** Most of what these have is called before anything shows. */
const shownFirst = new Set(['index', 'base', 'ConversationRow', 'Conversation']);

/** Browsers that know this line compile such a file whole, beside the page's own thread, not function by function in it. */
function compileWhole(): Plugin {
  return {
    name: 'compile-whole',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk' || !shownFirst.has(part.name)) continue;
          part.code = `//# allFunctionsCalledOnLoad\n${part.code}`;
          const map = bundle[`${part.fileName}.map`];
          if (map?.type === 'asset')
            map.source = String(map.source).replace('"mappings":"', '"mappings":";');
        }
      },
    },
  };
}

function tellWorkerItsFiles(): Plugin {
  return {
    name: 'tell-worker-its-files',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('unable to build the app: it has no folder');
      const { files, version } = listApp(dir);
      const path = join(dir, worker);
      const facts = `const appFiles=${JSON.stringify(files)},appVersion=${JSON.stringify(version)};`;
      writeFileSync(path, facts + readFileSync(path, 'utf8'));
    },
  };
}
