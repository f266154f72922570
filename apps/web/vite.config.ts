/** Owns how the web app is built: from the packages' sources, hashed files, nothing inline, so that a strict CSP holds. */
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where the program runs while the app is developed. */
const program = process.env.NATTER_PROGRAM_URL ?? 'http://localhost:4600';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: true },
  server: {
    proxy: {
      '/v1': { target: program, ws: true, changeOrigin: true },
      '/demo': { target: program, changeOrigin: true },
    },
  },
});
