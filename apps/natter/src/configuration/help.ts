/** Owns what `--help` prints: the table of settings, in words. */
import { type Setting, settingNames, settings } from './settings.ts';

export function helpText(): string {
  const rows = settingNames.map((name) => describe(settings[name]));
  const width = Math.max(...rows.map((row) => row.flag.length));
  return [
    'natter: real-time chat that you own',
    '',
    'Usage: natter [flags]',
    '       natter backup <folder>                 while it runs or not; the folder must be empty',
    '       natter restore <folder> [--replace]    while it does not run',
    '       natter migrate-to-postgres             moves NATTER_DATA to NATTER_DATABASE_URL and NATTER_FILES_URL',
    '       natter revoke --user <id>              closes the sockets of a person; or --token <jti>',
    '       natter new-epoch                       after a PostgreSQL database was restored',
    '',
    'Each setting is a flag or an environment variable; the flag wins.',
    '',
    ...rows.flatMap((row) => [
      `  ${row.flag.padEnd(width)}  ${row.about}`,
      `  ${''.padEnd(width)}  ${row.env}`,
    ]),
    '',
    `  ${'--help, -h'.padEnd(width)}  print this`,
    `  ${'--version, -v'.padEnd(width)}  print the version`,
    '',
  ].join('\n');
}

function describe(row: Setting<unknown>): { flag: string; about: string; env: string } {
  const flag =
    row.placeholder === null
      ? `${row.flag}, --no-${row.flag.slice(2)}`
      : `${row.flag} ${row.placeholder}`;
  return { flag, about: row.about, env: `${row.env}${fallbackOf(row)}` };
}

function fallbackOf(row: Setting<unknown>): string {
  if (typeof row.fallback === 'boolean') return row.fallback ? ' (on)' : ' (off)';
  if (typeof row.fallback === 'string' || typeof row.fallback === 'number') {
    return ` (${row.fallback})`;
  }
  return '';
}
