/**
 * Owns moving an embedded installation to PostgreSQL, and its files to a bucket where there is one. The source is only
 * read. Whatever is cut off goes on where it was when it is run again, and nothing is served before all was compared.
 * The epoch goes along: to clients it is the same database, so they resume with what changed.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Compared,
  compareRows,
  copyRows,
  openPostgresTarget,
  openSqliteSource,
  type Progress,
  type Runtime,
  StorageError,
} from '@natter/server';
import type { S3Options } from '@natter/server/s3';
import { checkDatabase, explain } from '../backup/copying.ts';
import { openBucket } from '../chat.ts';
import { isRestoring, markMoved } from '../dataFolder.ts';
import { lockFolder } from '../lock.ts';
import { StartError } from '../startError.ts';
import { type Carried, carryFiles, countFiles } from './files.ts';

export interface MoveCommand {
  data: string;
  databaseUrl: string;
  /** Null: files stay where they are. */
  bucket: S3Options | null;
  /** What an earlier attempt has copied goes first. */
  restart: boolean;
}

export interface MoveWorld {
  runtime: Runtime;
  say(line: string): void;
}

export type Moved =
  /** An earlier run did all of it. */
  { kind: 'before' } | { kind: 'now'; tables: Compared[]; files: Carried };

/** Rejects with `StartError`. */
export async function moveToPostgres(command: MoveCommand, world: MoveWorld): Promise<Moved> {
  const folder = resolve(command.data);
  const attempt = `unable to move ${folder} to PostgreSQL`;
  if (!existsSync(join(folder, 'natter.db')))
    throw new StartError(`${attempt}: there is no database in it; is NATTER_DATA right?`);
  if (isRestoring(folder))
    throw new StartError(`${attempt}: a restore was cut off in it; run natter restore again`);
  try {
    return await move(folder, command, world);
  } catch (error) {
    if (error instanceof StorageError)
      throw new StartError(`${attempt}: ${error.message}`, { cause: error });
    throw explain(attempt, error);
  }
}

async function move(
  folder: string,
  { databaseUrl, bucket, restart }: MoveCommand,
  { runtime, say }: MoveWorld,
): Promise<Moved> {
  await using opened = new AsyncDisposableStack();
  opened.use(lockFolder(folder));
  const path = join(folder, 'natter.db');
  check(path);
  const source = opened.adopt(openSqliteSource(path), (each) => each.close());
  const target = opened.adopt(
    await openPostgresTarget(databaseUrl, { epoch: source.epoch, restart, runtime }),
    (each) => each.close(),
  );
  const { host, pathname } = new URL(databaseUrl);
  const noteMoved = () =>
    markMoved(folder, { database: `${host}${pathname}`, at: runtime.clock.now() });
  if (target.state.kind === 'done') {
    await noteMoved();
    return { kind: 'before' };
  }
  if (target.state.at !== null) say(`going on after what was copied before`);

  const tell = (what: string) => tellSteps((line) => say(`${what} ${line}`));
  await copyRows(source, target, tell('copied'));
  const root = join(folder, 'files');
  let files: Carried;
  if (bucket === null) files = await countFiles(source, root, say);
  else {
    const store = opened.adopt(await openBucket(bucket), (each) => each.close());
    files = await carryFiles(source, root, store, { say, onProgress: tell('carried') });
  }
  const tables = await compareDatabases();
  await target.finish();
  await noteMoved();
  return { kind: 'now', tables, files };

  async function compareDatabases(): Promise<Compared[]> {
    try {
      return await compareRows(source, target, tell('compared'));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      throw new StartError(
        `${error.message}; has somebody used ${folder} since the move began? Run natter migrate-to-postgres --restart, which begins anew`,
        { cause: error },
      );
    }
  }
}

function check(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    checkDatabase(database, path);
  } finally {
    database.close();
  }
}

/** Every tenth of a table, and its end. */
function tellSteps(say: (line: string) => void): (progress: Progress) => void {
  let said = '';
  return ({ table, done, all }) => {
    const percent = Math.floor((done / Math.max(1, all)) * 10) * 10;
    const line = `${table}: ${percent} % of ${all}`;
    if (line !== said) say(line);
    said = line;
  };
}
