/**
 * Holds the rooms of docs/architecture.md: imports point down, features never meet, nothing goes
 * round. A rung imports only the rungs below it; rooms on one rung do not import one another.
 * Types count as imports: a type that points up is a room that knows too much.
 */
const { existsSync, globSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const packageRungs = [
  ['apps/natter', 'apps/web'],
  ['packages/ui'],
  ['packages/react'],
  ['packages/server', 'packages/client'],
  ['packages/protocol'],
];

const serverRungs = [
  ['index.ts'],
  // Reads what the node has counted, and nothing waits for it.
  ['metrics'],
  ['server.ts'],
  ['http'],
  ['connection'],
  ['dispatch'],
  ['conversations', 'messages', 'receipts', 'presence', 'profiles', 'typing', 'uploads'],
  ['delivery'],
  ['auth'],
  ['storage', 'bus', 'files'],
  ['runtime'],
];

const clientRungs = [
  ['index.ts'],
  ['client.ts'],
  ['conversations', 'messages', 'receipts', 'presence', 'typing', 'uploads'],
  ['outbox'],
  ['sync'],
  ['persistence'],
  ['connection'],
  ['store'],
  ['runtime'],
  // The shape that applications see. Every room may name it, it knows none of them.
  ['contract.ts'],
];

/** Each port has a contract; its adapters are siblings that only a composition root chooses. */
const ports = [
  'packages/server/src/storage',
  'packages/server/src/bus',
  'packages/server/src/files',
  'packages/client/src/persistence',
];

const compositionRoots = '^packages/(server/src/server|client/src/client)\\.ts$|/src/index\\.ts$';
const tests = '\\.(test|suite)\\.tsx?$';
const browserCode = '^(packages/(protocol|client|react|ui)|apps/web)/src/';
const entries = globSync('packages/*/package.json').flatMap(entriesOf);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'noCycles',
      comment: 'What goes round cannot be read, tested or replaced alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolves',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...downOnly('packages', '', packageRungs),
    ...downOnly('server', 'packages/server/src/', serverRungs),
    ...downOnly('client', 'packages/client/src/', clientRungs),
    ...ports.map(siblingAdapters),
    {
      name: 'adaptersAreChosenAtTheRoot',
      comment: 'Import the contract; which adapter it is, the composition root decides.',
      severity: 'error',
      from: {
        path: '^(packages/[^/]+/src)/',
        pathNot: [compositionRoots, tests, ...ports.map(inside)],
      },
      to: { path: ports.map((port) => `^${port}/[^/]+/`) },
    },
    {
      name: 'outsidersUseTheEntry',
      comment: 'From outside, import the package by its name.',
      severity: 'error',
      from: { path: '^((packages|apps)/[^/]+|[^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ['^$1/', ...entries] },
    },
    {
      name: 'insidersImportTheFile',
      comment: 'Inside a package import the file; index.ts is for outsiders.',
      severity: 'error',
      from: { path: '^(packages/[^/]+)/src/', pathNot: tests },
      to: { path: '^$1/src/index\\.ts$' },
    },
    {
      name: 'browserCodeHasNoNode',
      comment: 'This code runs in a browser too, where the modules of Node do not exist.',
      severity: 'error',
      from: { path: browserCode, pathNot: [tests, '^packages/protocol/src/record/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browserCodeHasNoServer',
      comment: 'A front end talks to the server over the wire and checks no schema.',
      severity: 'error',
      from: { path: '^(packages/(client|react|ui)|apps/web)/src/', pathNot: tests },
      to: {
        path: '^packages/(server/|protocol/src/schemas)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'serverHasNoFrontEnd',
      comment: 'The server hands out the built web app as files.',
      severity: 'error',
      from: { path: '^(packages/server|apps/natter)/src/', pathNot: tests },
      to: { path: '^(packages/(client|react|ui)|apps/web)/' },
    },
    {
      name: 'productHasNoTests',
      comment: 'Tests know the product, never the other way round.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: tests },
      to: { path: ['\\.test\\.tsx?$', 'node_modules/(vitest|fast-check|@testing-library)/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^coverage|/dist|^(packages|apps)/[^/]+/data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
};

/** For each rung: no import of a rung above, none of a neighbour. */
function downOnly(name, base, rungs) {
  const unruled = base === '' ? [] : roomsOf(base).filter((room) => !rungs.flat().includes(room));
  if (unruled.length > 0)
    throw new Error(`unable to rule ${name}: give ${unruled.join(', ')} a rung`);
  return rungs.flatMap((rung, height) => {
    const above = rungs.slice(0, height).flat();
    return rung
      .map((room) => ({
        name: `${name}PointDown`,
        comment: `${room} may import only what lies below it: ${rungs
          .slice(height + 1)
          .flat()
          .join(', ')}.`,
        severity: 'error',
        from: { path: within(base, room), pathNot: tests },
        to: {
          path: [...above, ...rung.filter((other) => other !== room)].map((it) => within(base, it)),
        },
      }))
      .filter((rule) => rule.to.path.length > 0);
  });
}

function siblingAdapters(port) {
  return {
    name: 'adaptersStandAlone',
    comment: 'An adapter shares its contract with its siblings and nothing else.',
    severity: 'error',
    from: { path: `^${port}/([^/]+)/`, pathNot: tests },
    to: { path: `^${port}/[^/]+/`, pathNot: `^${port}/$1/` },
  };
}

function within(base, room) {
  return room.endsWith('.ts') ? `^${base}${room.replace('.', '\\.')}$` : `^${base}${room}/`;
}

function inside(folder) {
  return `^${folder}/`;
}

/** The source files that a package.json offers to outsiders. */
function entriesOf(manifest) {
  const folder = manifest.replace('/package.json', '');
  return Object.values(JSON.parse(readFileSync(manifest, 'utf8')).exports ?? {})
    .map((entry) => join(folder, typeof entry === 'string' ? entry : entry.source))
    .filter((file) => existsSync(file))
    .map((file) => `^${file.replaceAll('.', '\\.')}$`);
}

/** The folders in which features live. */
function roomsOf(base) {
  return globSync(`${base}*/`).map((room) => room.slice(base.length).replace(/\/$/, ''));
}
