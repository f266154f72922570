/** Owns `natter backup`, `natter restore` and `natter new-epoch` as they are typed, and what they print. */
import {
  type Runtime,
  renewPostgresEpoch,
  StorageError,
  systemClock,
  systemRandom,
} from '@natter/server';
import { type Setting, settings } from '../configuration/settings.ts';
import { StartError } from '../startError.ts';
import { makeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

export type BackupCommand =
  | { name: 'backup' | 'restore'; folder: string; data: string; replace: boolean; bucket: boolean }
  /** After a database elsewhere was restored with its own tools. */
  | { name: 'new-epoch'; databaseUrl: string };

export type ToldCommand =
  | { kind: 'none' }
  | { kind: 'invalid'; problems: readonly string[] }
  | { kind: 'ready'; command: BackupCommand };

const usage = {
  backup: 'natter backup <folder> [--data <folder>]',
  restore: 'natter restore <folder> [--data <folder>] [--replace]',
} as const;

export function readCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ToldCommand {
  const [name, ...rest] = args;
  if (name === 'new-epoch') return readNewEpoch(rest, env);
  if (name !== 'backup' && name !== 'restore') return { kind: 'none' };
  if (env[settings.databaseUrl.env]?.trim())
    return {
      kind: 'invalid',
      problems: [
        `natter ${name} is for the embedded database, and NATTER_DATABASE_URL names another; use pg_dump and pg_restore, then natter new-epoch, as docs/postgres.md says`,
      ],
    };
  const problems: string[] = [];
  const folders: string[] = [];
  const row: Setting<string> = settings.data;
  let data = env[row.env]?.trim() || row.fallback;
  const bucket = Boolean(env[settings.filesUrl.env]?.trim());
  let replace = false;
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? '';
    if (arg === '--replace' && name === 'restore') replace = true;
    else if (arg.startsWith(`${row.flag}=`)) data = arg.slice(row.flag.length + 1);
    else if (arg === row.flag && rest[at + 1] !== undefined) {
      at += 1;
      data = rest[at] ?? data;
    } else if (arg.startsWith('-'))
      problems.push(`${arg.slice(0, 100)} is no flag of ${usage[name]}`);
    else folders.push(arg);
  }
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) problems.push(`name one folder: ${usage[name]}`);
  const reading = row.read(data);
  if ('problem' in reading) problems.push(`${row.env} ${reading.problem}`);
  if (problems.length > 0 || folder === undefined) return { kind: 'invalid', problems };
  return { kind: 'ready', command: { name, folder, data, replace, bucket } };
}

function readNewEpoch(
  rest: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ToldCommand {
  const { databaseUrl } = settings;
  const [flag, ...values] = rest.length === 1 ? (rest[0]?.split('=') ?? []) : rest;
  const given = rest.length === 0 ? env[databaseUrl.env]?.trim() : values.join('=');
  if (!given || (flag !== undefined && flag !== databaseUrl.flag) || rest.length > 2)
    return {
      kind: 'invalid',
      problems: [`set NATTER_DATABASE_URL, or give ${databaseUrl.flag} <url> to natter new-epoch`],
    };
  const reading = databaseUrl.read(given);
  return 'problem' in reading
    ? { kind: 'invalid', problems: [`${databaseUrl.env} ${reading.problem}`] }
    : { kind: 'ready', command: { name: 'new-epoch', databaseUrl: given } };
}

/** Resolves with what is to be printed; rejects with `StartError`. */
export async function runCommand(command: BackupCommand, version: string): Promise<string> {
  const say = (line: string): void => console.error(`natter: ${line}`);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const runtime = { clock: systemClock, random: systemRandom, log };
  if (command.name === 'new-epoch') {
    const epoch = await startAnew(command.databaseUrl, runtime);
    return `The database has the epoch ${epoch} now. Start every node: clients notice, and start afresh.`;
  }
  if (command.name === 'backup') {
    const { bucket } = command;
    const world = { version, bucket, now: systemClock.now, say };
    const { files, epoch, startedAt } = await makeBackup(command.data, command.folder, world);
    const where = command.folder;
    return bucket
      ? `Backed up as of ${startedAt}: the database (${epoch}) is in ${where}. Its files stay in the bucket of NATTER_FILES_URL: keep that too.`
      : `Backed up as of ${startedAt}: the database (${epoch}) and ${files} files are in ${where}.`;
  }
  const { manifest, movedTo } = await restoreBackup(command.folder, command.data, {
    replace: command.replace,
    runtime,
    say,
  });
  return [
    `Restored ${command.data} as of ${manifest.startedAt}, ${manifest.bucket ? 'without its files: they are in the bucket that NATTER_FILES_URL named' : `with ${manifest.files} files`}.`,
    ...(movedTo === null ? [] : [`What was there is in ${movedTo}; delete it when you are sure.`]),
    'Start Natter as before: clients notice, and start afresh.',
  ].join('\n');
}

async function startAnew(databaseUrl: string, runtime: Runtime): Promise<string> {
  try {
    return await renewPostgresEpoch(databaseUrl, runtime);
  } catch (error) {
    if (error instanceof StorageError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}
