/** Owns how the gallery is served and built: `npm run gallery`. */
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  // As the app is built.
  build: {
    target: ['chrome120', 'edge120', 'firefox125', 'safari17'],
    outDir: 'dist',
    emptyOutDir: true,
  },
  server: { port: 4610 },
});
