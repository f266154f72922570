/**
 * Owns making a backup, also while the server runs. The database is copied as of one moment, by a read that writers
 * do not wait for; then the files that it names, which were all there before it named them.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { isRestoring } from '../dataFolder.ts';
import { StartError } from '../startError.ts';
import {
  checkDatabase,
  copyFiles,
  copyOne,
  explain,
  flushFolder,
  listFolder,
  namedFiles,
} from './copying.ts';
import { type Manifest, writeManifest } from './manifest.ts';

const pagesAtOnce = 2_000;
const busyTimeoutMs = 10_000;

export interface BackupWorld {
  version: string;
  /** Files are in one: they are its own matter. */
  bucket?: boolean;
  now(): number;
  say(line: string): void;
}

/** Rejects with `StartError`; then nothing that looks like a backup is left. */
export async function makeBackup(
  data: string,
  target: string,
  world: BackupWorld,
): Promise<Manifest> {
  const from = resolve(data);
  const to = resolve(target);
  const source = join(from, 'natter.db');
  if (!existsSync(source))
    throw new StartError(
      `unable to back up: there is no database in ${from}; is NATTER_DATA right?`,
    );
  if (`${to}${sep}`.startsWith(`${from}${sep}`))
    throw new StartError(
      `unable to back up: ${to} is in the data folder; choose one outside of it`,
    );
  if (isRestoring(from))
    throw new StartError(
      `unable to back up: a restore to ${from} is under way, or was cut off; run natter restore again`,
    );
  const attempt = `unable to back up to ${to}`;
  let before: string[] | null;
  try {
    before = await listFolder(to);
    if (before !== null && before.length > 0)
      throw new StartError(`${attempt}: the folder is not empty; choose a new one`);
    await mkdir(to, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explain(attempt, error);
  }
  try {
    return await fill(from, source, to, world);
  } catch (error) {
    for (const name of (await listFolder(to).catch(() => null)) ?? [])
      await rm(join(to, name), { recursive: true, force: true }).catch(() => {});
    if (before === null) await rm(to, { recursive: true, force: true }).catch(() => {});
    throw explain(attempt, error);
  }
}

async function fill(
  from: string,
  source: string,
  to: string,
  { version, bucket = false, now, say }: BackupWorld,
): Promise<Manifest> {
  const startedAt = new Date(now()).toISOString();
  const copy = join(to, 'natter.db');
  // Only the owner's from its first byte on, whoever may enter the folder.
  await (await open(copy, 'wx', 0o600)).close();
  await copyDatabase(source, copy, say);
  const database = new DatabaseSync(copy);
  let facts: Pick<Manifest, 'databaseVersion' | 'epoch'>;
  let files: ReturnType<typeof namedFiles>;
  try {
    // One file, whole in itself.
    database.exec('PRAGMA journal_mode = DELETE');
    checkDatabase(database, copy);
    facts = readFacts(database);
    files = bucket ? [] : namedFiles(database);
  } finally {
    database.close();
  }
  await flushFile(copy);
  say(
    `database: checked; ${bucket ? 'files stay in the bucket' : `copying ${files.length} files`}`,
  );
  const { copied, missing } = await copyFiles(
    files,
    join(from, 'files'),
    join(to, 'files'),
    tenths(files.length, (percent) => say(`files: ${percent} %`)),
  );
  for (const path of missing.slice(0, 10))
    say(`warning: ${join(from, 'files', path)} is missing, and so it is in the backup`);
  for (const name of ['demo.key', 'demo.json']) await copyOne(join(from, name), join(to, name));
  await flushFolder(to);
  const manifest: Manifest = {
    format: 1,
    natter: version,
    ...facts,
    startedAt,
    files: copied,
    missing: missing.length,
    ...(bucket ? { bucket } : {}),
  };
  await writeManifest(to, manifest);
  return manifest;
}

async function copyDatabase(
  source: string,
  copy: string,
  say: (line: string) => void,
): Promise<void> {
  const database = new DatabaseSync(source, { timeout: busyTimeoutMs });
  try {
    // Holds one moment: otherwise every commit of the server would begin the copy anew.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM meta').get();
    const tell = tenths(100, (percent) => say(`database: ${percent} %`));
    await backup(database, copy, {
      rate: pagesAtOnce,
      progress: ({ totalPages, remainingPages }) =>
        tell(100 - Math.ceil((remainingPages / Math.max(1, totalPages)) * 100)),
    });
  } finally {
    database.close();
  }
}

function readFacts(database: DatabaseSync): Pick<Manifest, 'databaseVersion' | 'epoch'> {
  const version = database.prepare('PRAGMA user_version').get() as { user_version: number };
  const epoch = database.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).get() as
    | { value: string }
    | undefined;
  if (epoch === undefined) throw new StartError('the database is none of Natter: it has no epoch');
  return { databaseVersion: version.user_version, epoch: epoch.value };
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Calls for every tenth of the way that is behind. */
function tenths(all: number, say: (percent: number) => void): (done: number) => void {
  let said = 0;
  return (done) => {
    const percent = Math.floor((done / Math.max(1, all)) * 10) * 10;
    if (percent <= said) return;
    said = percent;
    say(percent);
  };
}
