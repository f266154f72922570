import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeStorage } from '../contract.suite.ts';
import { openSqlite } from './sqlite.ts';

const folder = await mkdtemp(join(tmpdir(), 'natter-sqlite-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
function newPath(): string {
  count += 1;
  return join(folder, `${count}.db`);
}

describeStorage('sqlite, in memory', (settings) => openSqlite({ ...settings, path: ':memory:' }));
describeStorage('sqlite, a file and a writer thread', (settings) =>
  openSqlite({ ...settings, path: newPath() }),
);
