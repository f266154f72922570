/** Owns what a page must never do, whatever a test looks at: throw, complain, or break the content security policy. */
import type { Page } from 'playwright-core';

export interface Trouble {
  /** What went wrong so far, one line each. */
  readonly lines: readonly string[];
}

/** The browser's own words about a connection that a test cut, or about a call that the server refused. */
const expected = /net::ERR_|WebSocket connection to|server responded with a status of 4\d\d/;

/** `earlier`: told there too. */
export function watchTrouble(page: Page, earlier?: Trouble): Trouble {
  const lines = (earlier?.lines ?? []) as string[];
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => lines.push('the page crashed'));
  page.on('console', (message) => {
    const text = message.text();
    const complains = message.type() === 'error' || /content security policy/i.test(text);
    if (complains && !expected.test(text)) lines.push(`console: ${text}`);
  });
  return { lines };
}
