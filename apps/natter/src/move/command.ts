/** Owns `natter migrate-to-postgres` as it is typed, and what it prints. */
import { systemClock, systemRandom } from '@natter/server';
import { readSettings } from '../configuration/read.ts';
import { type MoveCommand, moveToPostgres } from './move.ts';

const name = 'migrate-to-postgres';

export type ToldMove =
  | { kind: 'none' }
  | { kind: 'invalid'; problems: readonly string[] }
  | { kind: 'ready'; command: MoveCommand };

export function readMove(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ToldMove {
  const [first, ...rest] = args;
  if (first !== name) return { kind: 'none' };
  const restart = rest.includes('--restart');
  const flags = rest.filter((arg) => arg !== '--restart');
  const { configuration, problems } = readSettings(flags, env);
  const { data, databaseUrl, filesUrl } = configuration;
  if (databaseUrl === null && problems.length === 0)
    problems.push(`set NATTER_DATABASE_URL to an empty PostgreSQL database: natter ${name}`);
  return databaseUrl === null || problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'ready', command: { data, databaseUrl, bucket: filesUrl, restart } };
}

/** Resolves with what is to be printed; rejects with `StartError`. */
export async function runMove(command: MoveCommand): Promise<string> {
  const say = (line: string): void => console.error(`natter: ${line}`);
  const log = { debug() {}, info() {}, warn: (_: object, line: string) => say(line), error() {} };
  const runtime = { clock: systemClock, random: systemRandom, log };
  const moved = await moveToPostgres(command, { runtime, say });
  if (moved.kind === 'before')
    return 'All of it was moved before. Start Natter with NATTER_DATABASE_URL.';
  const { tables, files } = moved;
  const width = Math.max(...tables.map(({ table }) => table.length));
  const where = command.bucket === null ? 'stay where they are' : 'in the bucket';
  return [
    'Moved, and compared with what was there:',
    ...tables.map(
      ({ table, rows, digest }) =>
        `  ${table.padEnd(width)}  ${String(rows).padStart(10)} rows  sha256 ${digest.slice(0, 16)}`,
    ),
    `  Files ${where}: ${files.found}, originals and thumbnails, ${megabytes(files.bytes)} MB`,
    ...(files.missing === 0 ? [] : [`  Files that were missing before: ${files.missing}`]),
    'Start Natter with NATTER_DATABASE_URL from now on: clients come back and go on where they were.',
  ].join('\n');
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
