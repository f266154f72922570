/** Owns reading a whole embedded database, to move it elsewhere. Nothing of it is changed. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { StorageError } from '../contract.ts';
import type { Row, Source, Table } from '../transfer.ts';
import { migrations } from './schema.ts';

/** Rows name their conversation by its key here, and by its id elsewhere. The order is that of ids. */
const origins: Record<string, string> = {
  members: 'conversations c CROSS JOIN members t ON t.conversation = c.key',
  messages: 'conversations c CROSS JOIN messages t ON t.conversation = c.key',
  files: 'files t LEFT JOIN conversations c ON c.key = t.conversation',
};
const columnOf = (name: string) => (name === 'conversation_id' ? 'c.id' : `t.${name}`);

/** While no program writes to it. Throws `StorageError`. */
export function openSqliteSource(path: string): Source {
  const database = open(path);
  const epoch = database.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).get()?.value;
  if (typeof epoch !== 'string') {
    database.close();
    throw new StorageError(`the database ${path} is none of Natter: it has no epoch`);
  }
  return {
    epoch,
    count({ name }) {
      return Number(database.prepare(`SELECT count(*) AS count FROM ${name}`).get()?.count);
    },
    *rows(table, after) {
      const statement = database.prepare(selectFrom(table, after !== null));
      const parameters = after === null ? [] : [after[0], ...after];
      const names = Object.entries(table.columns);
      for (const row of statement.iterate(...(parameters as SQLInputValue[])))
        yield names.map(([name, type]) =>
          type === 'boolean' ? row[name] === 1 : row[name],
        ) as Row;
    },
    close: () => database.close(),
  };
}

function selectFrom(table: Table, isContinued: boolean): string {
  const keys = table.key.map(columnOf);
  const places = keys.map(() => '?').join(', ');
  const columns = Object.keys(table.columns).map((name) => `${columnOf(name)} AS ${name}`);
  return [
    `SELECT ${columns.join(', ')} FROM ${origins[table.name] ?? `${table.name} t`}`,
    // The first condition is what the index is entered with.
    isContinued ? `WHERE ${keys[0]} >= ? AND (${keys.join(', ')}) > (${places})` : '',
    `ORDER BY ${keys.join(', ')}`,
  ].join(' ');
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version === migrations.length) return database;
  database.close();
  throw new StorageError(
    version < migrations.length
      ? `the database ${path} is of an older Natter (version ${version}, not ${migrations.length}); start this Natter with it once, which brings it up to date`
      : `the database ${path} has version ${version}, and this program knows versions up to ${migrations.length}; use a newer Natter`,
  );
}
