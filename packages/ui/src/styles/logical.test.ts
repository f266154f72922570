import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const sheets = globSync('{packages/ui,apps/web}/src/**/*.css', { cwd: root });
/** A side of the screen, where the side of the line is meant. */
const physical =
  /\b(?:margin|padding|border|inset)-(?:left|right)\b|(?:^|[\s;{])(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)/u;
/** The middle is the same from both sides; the emoji card is placed by measures of the screen; a name stands as the page does, a text as it runs. */
const meant = [/^left: 50%;$/u, /^left: var\(--natter-emoji-left, 8px\);$/u];

test('the sheets of the kit and the app are found', () => {
  expect(sheets.length).toBeGreaterThan(8);
});

test.each(sheets)('%s names sides by the line, so that it fits Arabic too', (sheet) => {
  const lines = readFileSync(join(root, sheet), 'utf8').split('\n');
  const isDirected = (at: number) => /:dir\((?:ltr|rtl)\)/u.test(lines[at - 1] ?? '');
  const found = lines
    .filter((_, at) => !isDirected(at))
    // The rounded corners of a phone are where they are, whatever the script.
    .map((line) => line.trim().replaceAll(/env\([^)]*\)/gu, ''))
    .filter((line) => physical.test(line) && !meant.some((each) => each.test(line)));
  expect(found).toEqual([]);
});
