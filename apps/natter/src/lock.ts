/**
 * Owns that one data folder is one program's. The lock is the database engine's own on a file of its own: the
 * operating system takes it back when the program ends, however it ends, so that nothing stale is ever in the way.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './startError.ts';

export const lockName = 'natter.lock';

/** What SQLite calls a file that another connection has locked. */
const busy = 5;

/** Throws `StartError` while another program has the folder. */
export function lockFolder(folder: string): Disposable {
  const path = join(folder, lockName);
  let file: DatabaseSync | null = null;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file?.close();
    throw refusal(folder, path, error);
  }
  const held = file;
  return { [Symbol.dispose]: () => held.close() };
}

function refusal(folder: string, path: string, error: unknown): StartError {
  const cause = { cause: error };
  if (error instanceof Error && 'errcode' in error && error.errcode === busy) {
    return new StartError(
      `the data folder ${folder} is in use by another Natter; stop that one, or set NATTER_DATA to another folder`,
      cause,
    );
  }
  const why = error instanceof Error ? error.message : String(error);
  return new StartError(
    `unable to lock ${path}: ${why}; it must be writable, and may be deleted while no Natter runs`,
    cause,
  );
}
