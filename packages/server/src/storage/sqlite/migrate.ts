/** Owns bringing a database up to this program's version: forward only, each step in a transaction. */
import { StorageError } from '../contract.ts';
import type { Connection } from './connection.ts';

export function migrate(connection: Connection, path: string, migrations: readonly string[]): void {
  const version = readVersion(connection);
  if (version > migrations.length) {
    throw new StorageError(
      `unable to open the database ${path}: it has version ${version}, and this program knows versions up to ${migrations.length}; start a newer Natter, or restore a backup made before the update`,
    );
  }
  for (let at = version; at < migrations.length; at++)
    step(connection, path, at, migrations[at] ?? '');
}

function step(connection: Connection, path: string, from: number, migration: string): void {
  try {
    connection.exec('BEGIN IMMEDIATE');
    // Another process may have done it between.
    if (readVersion(connection) === from) {
      connection.exec(migration);
      connection.exec(`PRAGMA user_version = ${from + 1}`);
    }
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction()) connection.exec('ROLLBACK');
    throw new StorageError(
      `unable to bring the database ${path} from version ${from} to ${from + 1}: ${error instanceof Error ? error.message : String(error)}; nothing was changed`,
      { cause: error },
    );
  }
}

function readVersion(connection: Connection): number {
  return connection.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/** Given once, when the database is made. */
export function readEpoch(connection: Connection, newEpoch: () => string): string {
  connection.run(
    `INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING`,
    newEpoch(),
  );
  const row = connection.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'epoch'`);
  if (row === undefined) throw new StorageError('unable to open the database: it has no epoch');
  return row.value;
}
