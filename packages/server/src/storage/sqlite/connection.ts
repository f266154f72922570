/** Owns one connection to the database: its settings, its prepared statements, and reading at one moment. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

type Parameter = SQLInputValue;

export interface Connection {
  /** `Row` is what the statement's columns are, as the schema declares them. */
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined;
  all<Row>(sql: string, ...parameters: Parameter[]): Row[];
  /** The number of rows changed. */
  run(sql: string, ...parameters: Parameter[]): number;
  /** How often `run` has changed rows: whether there is anything to undo. */
  readonly writes: number;
  /** Statements of several lines, not kept prepared. */
  exec(sql: string): void;
  /** Every statement of `work` sees the same moment. */
  read<T>(work: () => T): T;
  /** False also after an error that made SQLite roll back by itself. */
  inTransaction(): boolean;
  close(): void;
}

const busyTimeoutMs = 5_000;
const cacheKibibytes = 65_536;
const walBytesMax = 67_108_864;
/** 16 MB, where 4 are usual: what changes in every batch is folded into the file once. */
const checkpointPages = 4_000;

export function connect(path: string, mode: 'read' | 'write'): Connection {
  const database = new DatabaseSync(path, {
    readOnly: mode === 'read',
    timeout: busyTimeoutMs,
    enableDoubleQuotedStringLiterals: false,
  });
  try {
    if (mode === 'write') {
      database.exec('PRAGMA journal_mode = WAL');
      database.exec('PRAGMA synchronous = FULL');
      database.exec(`PRAGMA journal_size_limit = ${walBytesMax}`);
      database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    }
    database.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
    database.exec('PRAGMA temp_store = MEMORY');
  } catch (error) {
    database.close();
    throw error;
  }
  return wrap(database);
}

function wrap(database: DatabaseSync): Connection {
  /** As many as there are statements in this folder. */
  const statements = new Map<string, Prepared>();
  let writes = 0;
  function prepared(sql: string): Prepared {
    let known = statements.get(sql);
    if (known === undefined) {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      known = { statement, columns: statement.columns().map(({ name }) => name) };
      statements.set(sql, known);
    }
    return known;
  }

  return {
    get<Row>(sql: string, ...parameters: Parameter[]) {
      const { statement, columns } = prepared(sql);
      const values = statement.get(...parameters) as unknown as Values | undefined;
      return values === undefined ? undefined : toRow<Row>(columns, values);
    },
    all<Row>(sql: string, ...parameters: Parameter[]) {
      const { statement, columns } = prepared(sql);
      const rows = statement.all(...parameters) as unknown as Values[];
      return rows.map((values) => toRow<Row>(columns, values));
    },
    run(sql, ...parameters) {
      const changed = Number(prepared(sql).statement.run(...parameters).changes);
      if (changed > 0) writes += 1;
      return changed;
    },
    get writes() {
      return writes;
    },
    exec: (sql) => database.exec(sql),
    read(work) {
      prepared('BEGIN').statement.run();
      try {
        return work();
      } finally {
        prepared('COMMIT').statement.run();
      }
    },
    inTransaction: () => database.isTransaction,
    close() {
      if (database.isOpen) database.close();
    },
  };
}

type Values = readonly unknown[];

interface Prepared {
  statement: StatementSync;
  columns: readonly string[];
}

/** Made here, since the objects that `node:sqlite` makes take twice the time to make, and are slow to read. */
function toRow<Row>(columns: readonly string[], values: Values): Row {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) row[columns[at] as string] = values[at];
  return row as Row;
}
