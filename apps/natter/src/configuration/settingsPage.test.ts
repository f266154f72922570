import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Setting, settingNames, settings } from './settings.ts';

const page = fileURLToPath(new URL('../../../../docs/settings.md', import.meta.url));

it('docs/settings.md lists every setting as it is; vitest -u writes it anew', async () => {
  await expect(pageOf(settingNames.map((name) => settings[name]))).toMatchFileSnapshot(page);
});

function pageOf(rows: readonly Setting<unknown>[]): string {
  return [
    '# Settings',
    '',
    'Each is an environment variable or a flag; the flag wins. An empty variable counts as not set. What is wrong is',
    'said at the start, all of it at once, with the name of the setting; the program then ends with 2.',
    '',
    '| variable | flag | default | what it says |',
    '|---|---|---|---|',
    ...rows.map(rowOf),
    '',
  ].join('\n');
}

function rowOf({ env, flag, placeholder, fallback, about, secret }: Setting<unknown>): string {
  const typed = placeholder === null ? `${flag}, --no-${flag.slice(2)}` : `${flag} ${placeholder}`;
  const name = secret ? `\`${env}\` (secret)` : `\`${env}\``;
  return `| ${name} | \`${typed}\` | ${defaultOf(fallback)} | ${about.replaceAll('<', '&lt;')} |`;
}

function defaultOf(fallback: unknown): string {
  if (typeof fallback === 'boolean') return fallback ? 'on' : 'off';
  return typeof fallback === 'string' || typeof fallback === 'number' ? `\`${fallback}\`` : '';
}
