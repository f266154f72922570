/** Owns how tests run: packages are read from their sources, in processes of their own. */
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

// Without `import`: it would reach Node's own `require` too, and hand it modules that it cannot call.
const conditions = ['source', 'module'];
const conformance = '**/*.conformance.test.ts';
const browser = '**/*.browser.test.ts';
const away = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    projects: [
      project('unit', {
        include: ['{packages,apps,docs,scripts,bench}/**/*.test.ts'],
        exclude: [...away, conformance, browser, '{packages/react,packages/ui,apps/web}/**'],
        // Some start the program, others a database, on a machine that may be busy.
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      project('dom', {
        include: ['{packages/react,packages/ui,apps/web}/**/*.test.{ts,tsx}'],
        exclude: away,
        environment: 'happy-dom',
        // A document of its own for each file, but not a process: that, and to import React, costs more than the tests.
        isolate: false,
        testTimeout: 30_000,
      }),
      project('conformance', {
        include: [conformance],
        exclude: away,
        testTimeout: 30_000,
        hookTimeout: 120_000,
      }),
      // The real program and devices as processes, which are killed, starved and cut off.
      project('processes', {
        include: ['tests/processes/**/*.test.ts'],
        exclude: away,
        testTimeout: 120_000,
        hookTimeout: 120_000,
      }),
      project('simulation', {
        include: ['simulation/**/*.test.ts'],
        exclude: away,
        testTimeout: 600_000,
      }),
      project('browser', {
        include: ['tests/browser/**/*.test.ts', browser],
        exclude: away,
        globalSetup: 'tests/browser/buildFirst.ts',
        testTimeout: 60_000,
        hookTimeout: 120_000,
      }),
    ],
  },
});

function project(name: string, test: Record<string, unknown>): TestProjectConfiguration {
  return {
    resolve: { conditions },
    ssr: {
      // Without `module`: Node itself gets these, and packages offer bundlers under it what only they can load.
      resolve: { conditions: ['node', 'source'], externalConditions: ['source', 'node'] },
    },
    test: {
      name,
      pool: 'forks',
      // Workers and processes that a test starts read the sources too.
      execArgv: ['--conditions=source'],
      ...test,
    },
  };
}
