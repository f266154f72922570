/** Owns bringing a database up to this program's version: forward only, all of it or nothing, one node at a time. */
import { StorageError } from '../contract.ts';
import type { Session } from './connection.ts';

/** Any number that no other program locks in the same database. */
const lockKey = 4_600_001;

/** In one transaction. Nodes that start at once come after one another, and the later ones find it done. */
export async function migrate(
  session: Session,
  name: string,
  migrations: readonly string[],
): Promise<void> {
  // Another node may take its time: longer than any other lock here.
  await session.exec("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0");
  await session.run('SELECT pg_advisory_xact_lock($1)', lockKey);
  await session.exec(
    `CREATE SCHEMA IF NOT EXISTS natter;
     CREATE TABLE IF NOT EXISTS natter.meta (name text PRIMARY KEY, value text NOT NULL)`,
  );
  const version = await readVersion(session);
  if (version > migrations.length) {
    throw new StorageError(
      `unable to open the database ${name}: it has version ${version}, and this program knows versions up to ${migrations.length}; start a newer Natter, or let NATTER_DATABASE_URL name another database`,
    );
  }
  if (version === migrations.length) return;
  for (const migration of migrations.slice(version)) await session.exec(migration);
  await session.run(
    `INSERT INTO natter.meta (name, value) VALUES ('version', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    String(migrations.length),
  );
}

async function readVersion(session: Session): Promise<number> {
  const row = await session.get<{ value: string }>(
    `SELECT value FROM natter.meta WHERE name = 'version'`,
  );
  return Number(row?.value ?? 0);
}

/** Given once, when the database is made. */
export async function readEpoch(session: Session, newEpoch: string): Promise<string> {
  await session.run(
    `INSERT INTO natter.meta (name, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING`,
    newEpoch,
  );
  const row = await session.get<{ value: string }>(
    `SELECT value FROM natter.meta WHERE name = 'epoch'`,
  );
  if (row === undefined) throw new StorageError('unable to open the database: it has no epoch');
  return row.value;
}

export async function renewEpoch(session: Session, epoch: string): Promise<void> {
  await session.run(`UPDATE natter.meta SET value = $1 WHERE name = 'epoch'`, epoch);
}

/** How far rows of another database have come in here; undefined when none are on their way. */
export async function readTransfer(session: Session): Promise<string | undefined> {
  const row = await session.get<{ value: string }>(
    `SELECT value FROM natter.meta WHERE name = 'transfer'`,
  );
  return row?.value;
}
