/**
 * Owns taking in the rows of another database. Until all are there, a row of `natter.meta` says how far they have come:
 * it moves in the transaction of the rows, keeps nodes from opening the database, and lets only one program go on.
 */
import type { Runtime } from '../../runtime/contract.ts';
import { StorageError } from '../contract.ts';
import { keyOf, type Position, type Row, type Table, type Target, tables } from '../transfer.ts';
import { openConnections, type Parameter, type Session } from './connection.ts';
import { migrate, readTransfer } from './migrate.ts';
import { explain, nameOf, refuseUnfit } from './prepare.ts';
import { migrations } from './schema.ts';

interface Mark {
  epoch: string;
  at: Position | null;
}

/** The database must be new, or have part of the same source; with `restart` that part goes. Rejects with `StorageError`. */
export async function openPostgresTarget(
  url: string,
  options: { epoch: string; restart: boolean; runtime: Runtime },
): Promise<Target> {
  const { epoch, runtime } = options;
  const name = nameOf(url);
  const connections = openConnections({ url, connectionsMax: 2, ...runtime });
  const explained = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw explain(name, error);
    });
  const transact = <T>(work: (session: Session) => Promise<T>) =>
    explained(connections.transact(work));

  let mark: Mark | null;
  try {
    mark = await transact(async (session) => {
      await refuseUnfit(session, name, runtime);
      await migrate(session, name, migrations);
      return begin(session, name, options);
    });
  } catch (error) {
    await connections.close();
    throw error;
  }

  /** Nothing is saved when another program has moved the mark meanwhile. */
  async function moveMark(session: Session, next: Mark | null): Promise<void> {
    const [sql, ...parameters]: [string, ...string[]] =
      next === null
        ? [`DELETE FROM natter.meta WHERE name = 'transfer' AND value = $1`]
        : [
            `UPDATE natter.meta SET value = $2 WHERE name = 'transfer' AND value = $1`,
            JSON.stringify(next),
          ];
    if ((await session.run(sql, JSON.stringify(mark), ...parameters)) !== 1)
      throw new StorageError(`another program moves rows to the database ${name}`);
  }

  return {
    state: mark === null ? { kind: 'done' } : { kind: 'begun', at: mark.at },

    async save(table, rows) {
      const last = rows.at(-1);
      if (last === undefined) return;
      const next = { epoch, at: { table: table.name, key: keyOf(table, last) } };
      await transact(async (session) => {
        void session.run(insertInto(table), ...columnsOf(table, rows));
        await moveMark(session, next);
      });
      mark = next;
    },

    async find(table, keys) {
      const names = Object.keys(table.columns);
      const rows = await explained(
        connections.read((session) =>
          session.all<Record<string, Row[number]>>(
            `SELECT ${names.map((each) => `t.${each}`).join(', ')}
             FROM unnest(${arraysOf(table, table.key)}) AS wanted (${table.key.join(', ')})
               JOIN natter.${table.name} t USING (${table.key.join(', ')})`,
            ...columnsOf({ ...table, columns: pick(table) }, keys),
          ),
        ),
      );
      return rows.map((row) => names.map((each) => row[each] ?? null));
    },

    async count(table) {
      // In steps that each take a moment, however large the table is.
      let counted = 0;
      for (let after: Row | null = null; ; counted += countStep) {
        const key: Row | null = await explained(
          connections.read((session) => findKey(session, table, after)),
        );
        if (key === null) {
          const rest = await explained(
            connections.read((session) => countAfter(session, table, after)),
          );
          return counted + rest;
        }
        after = key;
      }
    },

    async finish() {
      for (const { name: table } of tables)
        await transact((session) => session.exec(`ANALYZE natter.${table}`));
      await transact(async (session) => {
        void session.run(`INSERT INTO natter.meta (name, value) VALUES ('epoch', $1)`, epoch);
        await moveMark(session, null);
      });
      mark = null;
    },

    close: () => connections.close(),
  };
}

/** Null: all of it is there already. */
async function begin(
  session: Session,
  name: string,
  { epoch, restart }: { epoch: string; restart: boolean },
): Promise<Mark | null> {
  const [text, own] = await Promise.all([
    readTransfer(session),
    session.get<{ value: string }>(`SELECT value FROM natter.meta WHERE name = 'epoch'`),
  ]);
  const found = text === undefined ? null : (JSON.parse(text) as Mark);
  if (found !== null && found.epoch !== epoch)
    throw new StorageError(
      `the database ${name} has part of another installation; name an empty database`,
    );
  if (own !== undefined) {
    if (own.value === epoch) return null;
    throw new StorageError(
      `the database ${name} is another installation already; name an empty database`,
    );
  }
  if (found !== null && !restart) return found;
  const mark = { epoch, at: null };
  await session.exec(`TRUNCATE ${tables.map((table) => `natter.${table.name}`).join(', ')}`);
  await session.run(
    `INSERT INTO natter.meta (name, value) VALUES ('transfer', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    JSON.stringify(mark),
  );
  return mark;
}

const insertInto = (table: Table) =>
  `INSERT INTO natter.${table.name} (${Object.keys(table.columns).join(', ')})
   SELECT * FROM unnest(${arraysOf(table, Object.keys(table.columns))})`;

const arraysOf = ({ columns }: Table, names: readonly string[]) =>
  names.map((name, at) => `$${at + 1}::${columns[name]}[]`).join(', ');

const pick = ({ columns, key }: Table) =>
  Object.fromEntries(Object.entries(columns).slice(0, key.length));

/** Rows as one array a column. */
function columnsOf({ columns }: Pick<Table, 'columns'>, rows: readonly Row[]): Parameter[] {
  return Object.keys(columns).map((_, at) => rows.map((row) => row[at] ?? null));
}

const countStep = 10_000;

const afterKey = ({ columns, key }: Table, after: Row | null) =>
  after === null
    ? ''
    : `WHERE (${key.join(', ')}) > (${key.map((name, at) => `$${at + 1}::${columns[name]}`).join(', ')})`;

/** The key of the row that is a step further; null when there are not as many. */
async function findKey(session: Session, table: Table, after: Row | null): Promise<Row | null> {
  const keys = table.key.join(', ');
  const row = await session.get<Record<string, Row[number]>>(
    `SELECT ${keys} FROM natter.${table.name} ${afterKey(table, after)}
     ORDER BY ${keys} OFFSET ${countStep - 1} LIMIT 1`,
    ...(after ?? []),
  );
  return row === undefined ? null : table.key.map((name) => row[name] ?? null);
}

async function countAfter(session: Session, table: Table, after: Row | null): Promise<number> {
  const row = await session.get<{ count: number }>(
    `SELECT count(*) AS count FROM natter.${table.name} ${afterKey(table, after)}`,
    ...(after ?? []),
  );
  return row?.count ?? 0;
}
