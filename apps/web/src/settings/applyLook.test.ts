import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { applyLook, followLook } from './applyLook.ts';
import { createSettings, readSettings, settingsKey, standardSettings } from './settings.ts';

const firstPaint = readFileSync(join(import.meta.dirname, '../../public/firstPaint.js'), 'utf8');
const root = document.documentElement;

beforeEach(() => {
  localStorage.clear();
  forget();
  document.head.innerHTML =
    '<meta name="theme-color" data-scheme="light"><meta name="theme-color" data-scheme="dark">';
});

function forget() {
  delete root.dataset.scheme;
  delete root.dataset.density;
}

const look = () => ({ scheme: root.dataset.scheme, density: root.dataset.density });
const media = () =>
  [...document.querySelectorAll<HTMLMetaElement>('meta')].map((meta) => meta.media);

test.each([
  null,
  '{"scheme":"dark","density":"compact"}',
  '{"scheme":"light"}',
  '{"scheme":"system","density":"comfortable"}',
  '{"scheme":"sepia","density":7}',
])('the first paint of %s is what the app then applies', (written) => {
  if (written !== null) localStorage.setItem(settingsKey, written);
  new Function(firstPaint)();
  const first = look();
  forget();
  applyLook(readSettings(written), document);
  expect(first).toEqual(look());
});

test('settings that cannot be read stop no page', () => {
  localStorage.setItem(settingsKey, 'not json');
  expect(() => new Function(firstPaint)()).not.toThrow();
});

test('the colour around the page follows the device, or the choice', () => {
  applyLook(standardSettings, document);
  expect(media()).toEqual(['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)']);
  applyLook({ ...standardSettings, scheme: 'dark' }, document);
  expect(media()).toEqual(['not all', 'all']);
});

test('a change shows at once, until the undo', () => {
  const settings = createSettings({ storage: localStorage });
  const undo = followLook(settings, document);
  expect(look()).toEqual({ scheme: undefined, density: 'comfortable' });
  settings.change({ scheme: 'light', density: 'compact' });
  expect(look()).toEqual({ scheme: 'light', density: 'compact' });
  undo();
  settings.change({ scheme: 'system' });
  expect(look().scheme).toBe('light');
});
