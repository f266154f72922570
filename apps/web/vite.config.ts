/** Owns how the web app is built: from the packages' sources, hashed files, nothing inline, so that a strict CSP holds. */
import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Where the program runs while the app is developed. */
const program = process.env.NATTER_PROGRAM_URL ?? 'http://localhost:4600';
const worker = 'serviceWorker.js';

export default defineConfig({
  plugins: [react(), tellWorkerItsFiles()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
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

function tellWorkerItsFiles(): Plugin {
  return {
    name: 'tell-worker-its-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunk = bundle[worker];
      if (chunk?.type !== 'chunk')
        throw new Error(`unable to build the app: there is no ${worker}`);
      const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
      const paths = ['/favicon.svg', '/firstPaint.js', ...files.map((name) => `/${name}`)];
      const version = createHash('sha256').update(paths.join()).digest('hex').slice(0, 12);
      chunk.code = `const appFiles=${JSON.stringify(paths)},appVersion=${JSON.stringify(version)};${chunk.code}`;
    },
  };
}
