/**
 * Owns how a whole installation travels from one kind of database to another: tables in one order, rows in the order of
 * their keys, a row as the values of its columns. Both sides agree on that, so what arrived is compared with what was
 * sent, row by row. A chunk of rows and how far it leads are saved together: whatever is cut off goes on from there.
 */
import { createHash, type Hash } from 'node:crypto';
import { StorageError } from './contract.ts';

type Value = string | number | boolean | Uint8Array | null;
export type Row = readonly Value[];

type ColumnType = 'text' | 'uuid' | 'bigint' | 'integer' | 'boolean' | 'bytea';

export interface Table {
  name: string;
  columns: Readonly<Record<string, ColumnType>>;
  /** They come first among the columns. */
  key: readonly string[];
}

export const tables: readonly Table[] = [
  {
    name: 'users',
    key: ['id'],
    columns: {
      id: 'text',
      name: 'text',
      last_seen_at: 'bigint',
      picture: 'uuid',
      name_chosen: 'boolean',
    },
  },
  {
    name: 'user_names',
    key: ['part', 'user_id'],
    columns: { part: 'text', user_id: 'text', whole: 'boolean' },
  },
  {
    name: 'conversations',
    key: ['id'],
    columns: {
      id: 'uuid',
      kind: 'text',
      version: 'bigint',
      cursor_version: 'bigint',
      last_seq: 'bigint',
      member_count: 'integer',
      active_at: 'bigint',
      changed_at: 'bigint',
      created_at: 'bigint',
      creator_id: 'text',
      name: 'text',
      picture: 'uuid',
      pair: 'text',
    },
  },
  {
    name: 'members',
    key: ['conversation_id', 'user_id'],
    columns: {
      conversation_id: 'uuid',
      user_id: 'text',
      role: 'text',
      joined_at: 'bigint',
      delivered_seq: 'bigint',
      read_seq: 'bigint',
      version: 'bigint',
      changed_at: 'bigint',
      left_at: 'bigint',
      left_seq: 'bigint',
    },
  },
  {
    name: 'messages',
    key: ['conversation_id', 'seq'],
    columns: {
      conversation_id: 'uuid',
      seq: 'bigint',
      id: 'uuid',
      sender_id: 'text',
      version: 'bigint',
      created_at: 'bigint',
      edited_at: 'bigint',
      deleted_at: 'bigint',
      created_version: 'bigint',
      body_hash: 'bytea',
      sender_name: 'text',
      attachments: 'text',
      system: 'text',
      content: 'text',
    },
  },
  {
    name: 'files',
    key: ['id'],
    columns: {
      id: 'uuid',
      owner_id: 'text',
      conversation_id: 'uuid',
      message_id: 'uuid',
      kind: 'text',
      name: 'text',
      media_type: 'text',
      bytes: 'bigint',
      width: 'integer',
      height: 'integer',
      thumbhash: 'text',
      created_at: 'bigint',
      gone_at: 'bigint',
      picture: 'text',
    },
  },
  { name: 'revocations', key: ['kind', 'id'], columns: { kind: 'text', id: 'text', at: 'bigint' } },
];

export interface Source {
  /** Identity of the database; it goes with the rows. */
  readonly epoch: string;
  count(table: Table): number;
  /** In the order of keys, from the one after `after` on. */
  rows(table: Table, after: Row | null): Iterable<Row>;
  close(): void;
}

export interface Position {
  table: string;
  /** Of the last row that was saved. */
  key: Row;
}

export interface Target {
  /** `done`: all of this source came in before, and the database is in use. */
  readonly state: { kind: 'begun'; at: Position | null } | { kind: 'done' };
  /** The rows and that they are the last so far: both or neither. */
  save(table: Table, rows: readonly Row[]): Promise<void>;
  /** Those of the keys that are there, in any order. */
  find(table: Table, keys: readonly Row[]): Promise<Row[]>;
  count(table: Table): Promise<number>;
  /** From now on it is a database like any other. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

export interface Progress {
  table: string;
  done: number;
  all: number;
}

const chunkRowsMax = 1_000;
/** Characters and bytes, about: bounds what is in memory, and how long one transaction takes. */
const chunkSizeMax = 1_048_576;

/** Rows of the table that wait while the ones before are saved: one chunk. */
export async function copyRows(
  source: Source,
  target: Target,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const at = target.state.kind === 'begun' ? target.state.at : null;
  const first = at === null ? 0 : tables.findIndex(({ name }) => name === at.table);
  for (const table of tables.slice(first)) {
    const all = source.count(table);
    const after = at?.table === table.name ? at.key : null;
    let done = after === null ? 0 : await target.count(table);
    let saving: Promise<void> = Promise.resolve();
    for (const chunk of inChunks(source.rows(table, after))) {
      await saving;
      done += chunk.length;
      onProgress({ table: table.name, done, all });
      saving = target.save(table, chunk);
      // Whoever waits for it next is told.
      saving.catch(() => {});
    }
    await saving;
  }
}

export interface Compared {
  table: string;
  rows: number;
  /** SHA-256 of all rows, alike on both sides. */
  digest: string;
}

/** Rejects with `StorageError` at the first row that differs, is missing, or that the source does not have. */
export async function compareRows(
  source: Source,
  target: Target,
  onProgress: (progress: Progress) => void,
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const table of tables) {
    const all = source.count(table);
    const sides = { sent: createHash('sha256'), arrived: createHash('sha256') };
    let done = 0;
    for (const chunk of inChunks(source.rows(table, null))) {
      const keys = chunk.map((row) => keyOf(table, row));
      const found = new Map(
        (await target.find(table, keys)).map((row) => [textOf(keyOf(table, row)), row]),
      );
      for (const [at, sent] of chunk.entries()) {
        const key = textOf(keys[at] as Row);
        const arrived = found.get(key);
        if (arrived === undefined) throw differs(table, key, 'is missing');
        if (digest(sides.sent, sent) !== digest(sides.arrived, arrived))
          throw differs(table, key, 'is another');
      }
      done += chunk.length;
      onProgress({ table: table.name, done, all });
    }
    const count = await target.count(table);
    if (done !== all || count !== all)
      throw new StorageError(
        `the databases differ: ${table.name} has ${all} rows here and ${count} there`,
      );
    const [sent, arrived] = [sides.sent.digest('hex'), sides.arrived.digest('hex')];
    if (sent !== arrived) throw new StorageError(`the databases differ: ${table.name}`);
    compared.push({ table: table.name, rows: count, digest: arrived });
  }
  return compared;
}

function differs(table: Table, key: string, how: string): StorageError {
  return new StorageError(`the databases differ: the row ${key} of ${table.name} ${how} there`);
}

function digest(hash: Hash, row: Row): string {
  const text = textOf(row);
  hash.update(text);
  return text;
}

/** The same values give the same text, whichever database they are from. */
function textOf(row: Row): string {
  return JSON.stringify(
    row.map((value) =>
      value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value,
    ),
  );
}

export function keyOf(table: Table, row: Row): Row {
  return row.slice(0, table.key.length);
}

function* inChunks(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = [];
  let size = 0;
  for (const row of rows) {
    chunk.push(row);
    for (const value of row)
      size += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
    if (chunk.length < chunkRowsMax && size < chunkSizeMax) continue;
    yield chunk;
    chunk = [];
    size = 0;
  }
  if (chunk.length > 0) yield chunk;
}
