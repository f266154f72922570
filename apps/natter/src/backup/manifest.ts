/**
 * Owns what makes a folder a backup: a note that is written last, when everything else is there and was checked.
 * A backup that was cut off has none, and so is none.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError, systemCode } from '../startError.ts';
import { flushFolder } from './copying.ts';

export interface Manifest {
  /** Of this note. */
  format: 1;
  /** Of the program that made it. */
  natter: string;
  databaseVersion: number;
  epoch: string;
  /** When it began: everything acknowledged before is in it. */
  startedAt: string;
  files: number;
  /** Files were in a bucket, and stay there. */
  bucket?: true;
  /** Files that the database names and that were not there. */
  missing: number;
}

const name = 'natter-backup.json';

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const aside = join(folder, `${name}.part`);
  const file = await open(aside, 'w');
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, name));
  await flushFolder(folder);
}

export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, name), 'utf8');
  } catch (error) {
    const code = systemCode(error);
    const why =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `there is no whole backup: no ${name} is in it`
        : `it cannot be read (${code ?? String(error)})`;
    throw new StartError(`unable to restore from ${folder}: ${why}`, { cause: error });
  }
  const manifest = parse(text);
  if (manifest === null)
    throw new StartError(`unable to restore from ${folder}: its ${name} is damaged`);
  if (manifest.format !== 1)
    throw new StartError(
      `unable to restore from ${folder}: it was made by Natter ${manifest.natter}, which is newer than this one; update first`,
    );
  return manifest;
}

function parse(text: string): Manifest | null {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    const isWhole =
      typeof value?.format === 'number' &&
      typeof value.natter === 'string' &&
      typeof value.databaseVersion === 'number' &&
      typeof value.epoch === 'string' &&
      typeof value.files === 'number';
    return isWhole ? (value as Manifest) : null;
  } catch {
    return null;
  }
}
