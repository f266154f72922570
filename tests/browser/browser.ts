/** Owns the one browser of a file's tests. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts before the tests of the file; the function gives it to them. */
export function useBrowser(flags: readonly string[] = args): () => Browser {
  let browser: Browser | null = null;

  beforeAll(async () => {
    const executablePath = process.env.NATTER_TEST_CHROMIUM;
    if (executablePath === undefined) {
      throw new Error('set NATTER_TEST_CHROMIUM to the path of Chromium; `npm test` does it');
    }
    browser = await chromium.launch({ executablePath, args: [...flags] });
  });

  afterAll(async () => {
    await browser?.close();
  });

  return () => {
    if (browser === null) throw new Error('the browser runs only inside tests');
    return browser;
  };
}
