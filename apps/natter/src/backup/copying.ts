/** Owns copying so that it lasts: flushed to the disk, and explained when it cannot be done. */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isUuid } from '@natter/protocol';
import type { FileVariant } from '@natter/server';
import { StartError, systemCode } from '../startError.ts';

export interface NamedFile {
  id: string;
  kind: 'image' | 'file';
  /** A message that stands has it: then it must be there. */
  sent: boolean;
}

/** What a database names. Paths are made of ids: throws for one that is none, since it might lead elsewhere. */
export function namedFiles(database: DatabaseSync): NamedFile[] {
  const rows = database
    .prepare('SELECT id, kind, message_id IS NOT NULL AND gone_at IS NULL AS sent FROM files')
    .all() as { id: string; kind: 'image' | 'file'; sent: number }[];
  const stray = rows.find(({ id }) => !isUuid(id));
  if (stray !== undefined)
    throw new StartError(
      `the database names a file that is none of Natter: ${stray.id.slice(0, 100)}`,
    );
  return rows.map(({ id, kind, sent }) => ({ id, kind, sent: sent === 1 }));
}

export function variantsOf(kind: NamedFile['kind']): readonly FileVariant[] {
  return kind === 'image' ? ['original', 'thumbnail'] : ['original'];
}

/** In the folder of files. */
export function pathOf(id: string, variant: FileVariant): string {
  return join(id.slice(-3), `${id}.${variant}`);
}

/** Files never change once they are there, so they may be copied while the server runs. */
export async function copyFiles(
  files: readonly NamedFile[],
  from: string,
  to: string,
  onProgress: (done: number) => void = () => {},
): Promise<{ copied: number; missing: string[] }> {
  const folders = new Set<string>();
  const missing: string[] = [];
  let copied = 0;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const [at, { id, kind, sent }] of files.entries()) {
    for (const variant of variantsOf(kind)) {
      const path = pathOf(id, variant);
      const target = join(to, path);
      if (!folders.has(dirname(target))) {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        folders.add(dirname(target));
      }
      if (await copyOne(join(from, path), target)) copied += 1;
      else if (sent) missing.push(path);
    }
    onProgress(at + 1);
  }
  for (const folder of [...folders, to]) await flushFolder(folder);
  return { copied, missing };
}

/** False: it is not there. A link is refused: nobody can tell what it leads to. */
export async function copyOne(from: string, to: string): Promise<boolean> {
  try {
    if ((await lstat(from)).isSymbolicLink())
      throw new StartError(`${from} is a link, and Natter makes none`);
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return true;
}

export async function flushFolder(folder: string): Promise<void> {
  // Windows has no way to.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Null when it is not there. */
export async function listFolder(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Throws when the file is no database, or is damaged. */
export function checkDatabase(database: DatabaseSync, path: string): void {
  const rows = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  const [first] = rows;
  if (rows.length === 1 && first?.integrity_check === 'ok') return;
  throw new StartError(`the database ${path} is damaged: ${first?.integrity_check ?? 'no answer'}`);
}

/** SQLite's code for a full disk. */
const full = 13;

export function explain(attempt: string, error: unknown): StartError {
  if (error instanceof StartError) return error;
  const code = systemCode(error);
  const isFull =
    code === 'ENOSPC' || (error instanceof Error && 'errcode' in error && error.errcode === full);
  const why = isFull
    ? 'the disk is full'
    : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
      ? 'this user may not write there'
      : error instanceof Error
        ? error.message
        : String(error);
  return new StartError(`${attempt}: ${why}`, { cause: error });
}
