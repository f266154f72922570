/** IndexedDB keeps the contract, in the browser itself: each rule on a site of its own. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, it } from 'vitest';
import { useBrowser } from '../../../../../tests/browser/browser.ts';
import { indexedDbRules, plainHttpRules } from './indexeddb.suite.ts';

const browser = useBrowser();
let script = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('indexeddb.suite.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['source'],
    write: false,
  });
  script = outputFiles[0]?.text ?? '';
});

describe('IndexedDB', () => {
  it.each(indexedDbRules)('$title', ({ title }) => check('https://chat.example/', title));
  it.each(plainHttpRules)('$title', ({ title }) => check('http://chat.example/', title));
});

async function check(site: string, title: string): Promise<void> {
  // A profile of its own, gone with the context.
  const context = await browser().newContext();
  try {
    await context.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Kept</title>' }),
    );
    const page = await context.newPage();
    await page.goto(site);
    await page.addScriptTag({ content: script });
    await page.evaluate(
      (rule) =>
        (globalThis as unknown as { checkRule(title: string): Promise<void> }).checkRule(rule),
      title,
    );
  } finally {
    await context.close();
  }
}
