/** The code that README and pages show stands in files that are compiled, so that it cannot grow old. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Without what is only said of it, and without where it stands. */
const linesOf = (code: string) =>
  code
    .split('\n')
    .map((line) => line.replace(/\s+\/\/ .*$/u, '').trim())
    .filter((line) => line !== '' && !line.startsWith('// '));

const examples = globSync('docs/examples/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  linesOf(read(file)),
);

const shown = ['README.md', ...globSync('docs/*.md', { cwd: root })].flatMap((page) =>
  [...read(page).matchAll(/```tsx?\n(.*?)```/gsu)].map(
    ([, code = '']) => [page, linesOf(code)] as const,
  ),
);

test('there is code to be looked at', () => {
  expect(shown.length).toBeGreaterThan(3);
});

test.each(shown)('in %s: %j', (_page, lines) => {
  expect(examples.some((example) => holds(example, lines))).toBe(true);
});

/** One after the other; others may stand between. */
function holds(example: readonly string[], lines: readonly string[]): boolean {
  let from = 0;
  return lines.every((line) => {
    const at = example.indexOf(line, from);
    from = at + 1;
    return at >= 0;
  });
}
