import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listApp } from './listApp.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'natter-app-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of ['index.html', 'firstPaint.js', 'manifest.webmanifest', 'serviceWorker.js'])
    write(name, name);
  for (const name of ['assets/index-1.js', 'assets/index-1.js.map', 'assets/index-2.css'])
    write(name, name);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

test('all that a page may ask for is kept; the worker itself and maps are not', () => {
  expect(listApp(folder).files).toEqual([
    '/assets/index-1.js',
    '/assets/index-2.css',
    '/firstPaint.js',
    '/manifest.webmanifest',
  ]);
});

test.each(['index.html', 'firstPaint.js', 'manifest.webmanifest'])(
  'a change of %s, which keeps its name, is another version',
  (name) => {
    const before = listApp(folder).version;
    expect(listApp(folder).version).toBe(before);
    write(name, 'changed');
    expect(listApp(folder).version).not.toBe(before);
  },
);

test('a change of the worker alone is seen by the browser, not by the version', () => {
  const before = listApp(folder).version;
  write('serviceWorker.js', 'changed');
  expect(listApp(folder).version).toBe(before);
});
