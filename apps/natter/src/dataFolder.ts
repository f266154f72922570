/** Owns the one folder where everything is kept, so that moving or backing up Natter is moving one folder. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartError, systemCode } from './startError.ts';

export interface DataFolder {
  path: string;
  database: string;
  files: string;
  uploads: string;
  /** Where the demo notes that its conversations are written. */
  demoMark: string;
  /** The demo's own secret, made at the first call. Only the owner of the folder can read it. */
  demoSecret(): Promise<string>;
}

/** Where a backup is copied to before it is put in place. */
export const restoringName = 'restoring';

/** A restore was cut off: what is in the folder may be neither the old nor the new. */
export function isRestoring(path: string): boolean {
  return existsSync(join(path, restoringName));
}

const movedName = 'moved-to-postgres.json';

/** Notes that the database of this folder lives on elsewhere, so that it is not served by mistake. */
export async function markMoved(path: string, to: { database: string; at: number }): Promise<void> {
  const note = { database: to.database, at: new Date(to.at).toISOString() };
  await writeFile(join(path, movedName), `${JSON.stringify(note, null, 2)}\n`, { flush: true });
}

/** Throws `StartError` when the database of this folder lives on elsewhere. */
export function refuseMoved(path: string): void {
  if (!existsSync(join(path, movedName))) return;
  throw new StartError(
    `the database in ${path} was moved to PostgreSQL, as ${movedName} there says; set NATTER_DATABASE_URL, or delete that file to go back to the past as it was then`,
  );
}

/** Makes the folder when it is missing. */
export async function openDataFolder(given: string): Promise<DataFolder> {
  const path = resolve(given);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await tryToWrite(path);
  } catch (error) {
    throw unusable(path, (await whyNoFolder(path)) ?? error);
  }
  if (isRestoring(path))
    throw new StartError(
      `unable to use the data folder ${path}: a restore is under way, or was cut off; run natter restore again`,
    );
  return {
    path,
    database: join(path, 'natter.db'),
    files: join(path, 'files'),
    uploads: join(path, 'uploads'),
    demoMark: join(path, 'demo.json'),
    demoSecret: () => readOrMakeSecret(path, join(path, 'demo.key')),
  };
}

async function readOrMakeSecret(folder: string, path: string): Promise<string> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('base64url')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw unusable(folder, error);
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 43) throw new StartError(`${path} is damaged; delete it and start again`);
  return secret;
}

/** A disk that failed under a program is read-only for writes alone: permissions say nothing of it. */
async function tryToWrite(folder: string): Promise<void> {
  const path = join(folder, 'natter.probe');
  await (await open(path, 'w', 0o600)).close();
  await rm(path, { force: true });
}

/** Making several folders at once says "no such file" where it means that the disk is read-only. */
async function whyNoFolder(path: string): Promise<unknown> {
  if (existsSync(path)) return null;
  let missing = path;
  while (!existsSync(dirname(missing))) missing = dirname(missing);
  return mkdir(missing, { mode: 0o700 }).then(
    () => null,
    (error: unknown) => error,
  );
}

function unusable(path: string, error: unknown): StartError {
  const code = systemCode(error);
  const why =
    code === 'EROFS'
      ? 'the disk is mounted read-only'
      : code === 'EACCES' || code === 'EPERM'
        ? 'this user may not write there'
        : code === 'ENOTDIR' || code === 'EEXIST'
          ? 'a file is in the way'
          : code === 'ENOSPC'
            ? 'the disk is full'
            : String(error);
  return new StartError(
    `unable to use the data folder ${path}: ${why}; change NATTER_DATA or make room for it`,
    { cause: error },
  );
}
