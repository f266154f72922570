/** Owns what comes before a database is used: is it fit, is it up to date, and what to say when it cannot be opened. */
import type { Runtime } from '../../runtime/contract.ts';
import { StorageError } from '../contract.ts';
import type { Connections, Session } from './connection.ts';
import { Interrupted, sentenceOf, sqlStateOf } from './faults.ts';
import { migrate, readEpoch, readTransfer } from './migrate.ts';
import { migrations } from './schema.ts';

export const newEpoch = ({ random }: Runtime) => Buffer.from(random.bytes(16)).toString('hex');

/** Migrates, and answers the epoch. Closes the connections when it cannot. */
export async function prepareDatabase(
  connections: Connections,
  name: string,
  runtime: Runtime,
): Promise<string> {
  try {
    return await connections.transact(async (session) => {
      await refuseUnfit(session, name, runtime);
      await migrate(session, name, migrations);
      if ((await readTransfer(session)) !== undefined)
        throw new StorageError(
          `unable to open the database ${name}: natter migrate-to-postgres was begun in it and did not end; run it again, it goes on where it was`,
        );
      return readEpoch(session, newEpoch(runtime));
    });
  } catch (error) {
    await connections.close();
    throw explain(name, error);
  }
}

export async function refuseUnfit(session: Session, name: string, { log }: Runtime): Promise<void> {
  const row = await session.get<{ encoding: string; fsync: string }>(
    `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync`,
  );
  if (row?.encoding !== 'UTF8')
    throw new StorageError(
      `unable to use the database ${name}: its encoding is ${row?.encoding}, and people write in all languages; make one with ENCODING 'UTF8' and name it in NATTER_DATABASE_URL`,
    );
  if (row.fsync !== 'on')
    log.warn(
      { database: name },
      'the database is set to fsync = off: what it acknowledged can be lost when its machine stops',
    );
}

/** Host and database, never the password. */
export function nameOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new StorageError(
      'unable to open the database: NATTER_DATABASE_URL must be like postgres://user:password@host:5432/database',
    );
  return `${parsed.host}${parsed.pathname}`;
}

const advice: Record<string, string> = {
  '28P01': 'check user and password in NATTER_DATABASE_URL',
  '28000': 'check user and password in NATTER_DATABASE_URL, and what the server allows this user',
  '3D000': 'make the database, or name another one in NATTER_DATABASE_URL',
  '42501': 'let the user of NATTER_DATABASE_URL own the database',
};

export function explain(name: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const cause = error instanceof Interrupted ? error.cause : error;
  const what =
    advice[sqlStateOf(cause) ?? ''] ?? 'check that it runs and that NATTER_DATABASE_URL is right';
  return new StorageError(`unable to open the database ${name}: ${sentenceOf(cause)}; ${what}`, {
    cause: error,
  });
}
