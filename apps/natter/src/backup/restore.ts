/**
 * Owns putting a backup back. It is copied and checked aside first; only then the old data, where there is any, is
 * moved away, never deleted, and the new put in its place. The restored database is another past than the one that
 * clients know: it gets a new epoch, and they start afresh.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, type Runtime, StorageError } from '@natter/server';
import { isRestoring, restoringName } from '../dataFolder.ts';
import { lockFolder, lockName } from '../lock.ts';
import { StartError } from '../startError.ts';
import { checkDatabase, copyFiles, copyOne, explain, flushFolder, namedFiles } from './copying.ts';
import { type Manifest, readManifest } from './manifest.ts';

export interface Restored {
  manifest: Manifest;
  epoch: string;
  /** Where the old data is now; null when there was none. */
  movedTo: string | null;
}

/** Rejects with `StartError`; until the new data is whole, the old stays where it is. */
export async function restoreBackup(
  backup: string,
  data: string,
  { replace, runtime, say }: { replace: boolean; runtime: Runtime; say(line: string): void },
): Promise<Restored> {
  const from = resolve(backup);
  const to = resolve(data);
  const manifest = await readManifest(from);
  const attempt = `unable to restore to ${to}`;
  if (`${from}${sep}`.startsWith(`${to}${sep}`))
    throw new StartError(`${attempt}: the backup is in that folder; move it elsewhere first`);
  try {
    await mkdir(to, { recursive: true, mode: 0o700 });
    using _lock = lockFolder(to);
    const old = (await readdir(to)).filter((name) => !isOurs(name));
    if (old.length > 0 && !replace && !isRestoring(to))
      throw new StartError(
        `${attempt}: the folder is not empty; with --replace what is in it is moved aside, not deleted`,
      );
    const aside = join(to, restoringName);
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside, { mode: 0o700 });
    let epoch: string;
    try {
      epoch = await copyAside(from, aside, manifest, runtime, say);
    } catch (error) {
      await rm(aside, { recursive: true, force: true }).catch(() => {});
      throw error;
    }
    const movedTo = old.length === 0 ? null : await moveAway(to, old, runtime.clock.now());
    await putInPlace(aside, to);
    return { manifest, epoch, movedTo };
  } catch (error) {
    throw explain(attempt, error);
  }
}

/** The lock is held, and what was moved aside before stays. */
function isOurs(name: string): boolean {
  return name.startsWith(lockName) || name === restoringName || name.startsWith('replaced-');
}

async function copyAside(
  from: string,
  aside: string,
  manifest: Manifest,
  runtime: Runtime,
  say: (line: string) => void,
): Promise<string> {
  const path = join(aside, 'natter.db');
  if (!(await copyOne(join(from, 'natter.db'), path)))
    throw new StartError(`the backup ${from} has no database`);
  const epoch = randomBytes(16).toString('hex');
  await migrate(path, runtime);
  const database = new DatabaseSync(path);
  let files: ReturnType<typeof namedFiles>;
  try {
    checkDatabase(database, join(from, 'natter.db'));
    database.prepare(`UPDATE meta SET value = ? WHERE name = 'epoch'`).run(epoch);
    files = namedFiles(database);
  } finally {
    database.close();
  }
  say(`database: checked; copying ${files.length} files`);
  const { copied } = await copyFiles(files, join(from, 'files'), join(aside, 'files'));
  if (copied < manifest.files)
    throw new StartError(
      `the backup ${from} is damaged: ${manifest.files - copied} of its ${manifest.files} files are missing`,
    );
  await copyOne(join(from, 'demo.key'), join(aside, 'demo.key'));
  // The demo's conversations are in it.
  if (await copyOne(join(from, 'demo.json'), join(aside, 'demo.json')))
    await writeFile(join(aside, 'demo.json'), `${JSON.stringify({ epoch })}\n`);
  await flushFolder(aside);
  return epoch;
}

/** Also refuses what a newer program made, or what is no database of Natter. */
async function migrate(path: string, runtime: Runtime): Promise<void> {
  try {
    const storage = await openSqlite({ path, runtime, writer: 'inline' });
    await storage.close();
  } catch (error) {
    if (error instanceof StorageError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function moveAway(to: string, names: readonly string[], now: number): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(':', '-');
  const away = join(to, `replaced-${stamp}`);
  await mkdir(away, { mode: 0o700 });
  // The database last, with its log: a folder that lacks it is seen to be none.
  const last = (name: string): number => (name.startsWith('natter.db') ? 1 : 0);
  for (const name of names.toSorted((a, b) => last(a) - last(b)))
    await rename(join(to, name), join(away, name));
  await flushFolder(away);
  return away;
}

/** The database last. The folder that it came in stands until then, and with it no program starts. */
async function putInPlace(aside: string, to: string): Promise<void> {
  const names = await readdir(aside);
  for (const name of names.filter((each) => each !== 'natter.db'))
    await rename(join(aside, name), join(to, name));
  await rename(join(aside, 'natter.db'), join(to, 'natter.db'));
  await flushFolder(to);
  await rm(aside, { recursive: true, force: true });
  await flushFolder(to);
}
