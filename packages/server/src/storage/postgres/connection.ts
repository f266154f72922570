/**
 * Owns connections to PostgreSQL: their bounds, their prepared statements, and what is sent together. Statements are
 * pipelined: each goes out at once, whoever needs its rows waits for them.
 */
import { Pool, type PoolClient, type QueryResult, types } from 'pg';
import type { Clock, Log } from '../../runtime/contract.ts';
import { Interrupted } from './faults.ts';
import { fromStored, fromStoredJson, toStored } from './text.ts';

type Scalar = string | number | boolean | Uint8Array | null;
export type Parameter = Scalar | readonly Scalar[];

/** A connection while somebody has it. */
export interface Session {
  /** `Row` is what the statement's columns are, as the schema declares them. */
  get<Row>(sql: string, ...parameters: Parameter[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...parameters: Parameter[]): Promise<Row[]>;
  /** The number of rows changed. */
  run(sql: string, ...parameters: Parameter[]): Promise<number>;
  /** Statements without parameters, not kept prepared. */
  exec(sql: string): Promise<void>;
}

export interface Connections {
  /** One statement, which sees one moment by itself. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Every statement of `work` sees the same moment. */
  readMoment<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * One transaction. What `work` has sent and not waited for travels with the commit. Rejects with `Interrupted`; with
   * another error only when `work` itself throws one, and then nothing is saved.
   */
  transact<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** How many wait for a connection. */
  waiting(): number;
  /** Waits for what is under way. Twice is harmless. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  url: string;
  connectionsMax: number;
  clock: Clock;
  log: Log;
}

/*
 * How long a change may take from its stamp to its commit, which `overlapMs` in postgres.ts must exceed. The stamp is
 * taken in the first flight of statements. Later ones are sent until `transactionMsMax` and never after it, the commit
 * with the last of them; they reach the database within `idleMsMax`, or it has given up the transaction; the at most
 * five statements before the commit take `statementMsMax` each:
 * 15 s + 5 s + 5 × 4 s = 40 s. The commit's own flush has no bound: it is looked for (`readOldestWrite`).
 */
const transactionMsMax = 15_000;
const idleMsMax = 5_000;
const statementMsMax = 4_000;
const lockMsMax = 3_000;
/** Not longer than a statement that waits behind another: then the connection is given up for lost. */
const answerMsMax = 10_000;
const connectMsMax = 5_000;
/** So that machines that took over are found, and connections are spread anew. */
const lifetimeSeconds = 1_800;

/*
 * No statement of ours has a reason to walk a table. Whoever plans while it is empty thinks otherwise, and the plan is
 * kept while it grows, until statistics are next taken.
 */
const begin = [
  'BEGIN',
  'SET LOCAL enable_seqscan = off',
  'SET LOCAL synchronous_commit = on',
  `SET LOCAL statement_timeout = ${statementMsMax}`,
  `SET LOCAL lock_timeout = ${lockMsMax}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${idleMsMax}`,
].join('; ');
const beginMoment = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${statementMsMax}; SET LOCAL idle_in_transaction_session_timeout = ${idleMsMax}`;

export function openConnections(options: ConnectionOptions): Connections {
  const { clock, log } = options;
  const url = new URL(options.url);
  const prepare = url.searchParams.get('prepare') !== 'false';
  url.searchParams.delete('prepare');
  const pool = new Pool({
    connectionString: url.href,
    max: options.connectionsMax,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: answerMsMax,
    maxLifetimeSeconds: lifetimeSeconds,
    application_name: 'natter',
    types: { getTypeParser },
  });
  // Whoever has the connection is told by what they asked.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log.debug({ error }, 'a connection to the database was lost'));
  let closing: Promise<void> | null = null;

  async function withSession<T>(work: (session: TrackedSession) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw new Interrupted(error, false);
    }
    const session = track(client, prepare);
    try {
      const value = await work(session);
      client.release();
      return value;
    } catch (error) {
      // Whatever state it is in: another one is opened where it is needed.
      client.release(true);
      throw error;
    }
  }

  return {
    read: (work) =>
      withSession(async (session) => {
        try {
          return await work(session);
        } catch (error) {
          throw explained(session, error);
        }
      }),

    readMoment: (work) =>
      withSession(async (session) => {
        try {
          void session.exec(beginMoment);
          const value = await work(session);
          await session.exec('COMMIT');
          return value;
        } catch (error) {
          throw explained(session, error);
        }
      }),

    transact: (work) =>
      withSession(async (session) => {
        const begunAt = clock.now();
        void session.exec(begin);
        let value: Awaited<ReturnType<typeof work>>;
        try {
          value = await work(session);
        } catch (error) {
          throw explained(session, error);
        }
        const tookMs = clock.now() - begunAt;
        if (tookMs > transactionMsMax) {
          throw new Error(`the transaction took longer than ${transactionMsMax} ms`);
        }
        try {
          await session.commit();
        } catch (error) {
          throw new Interrupted(session.firstError() ?? error, true);
        }
        return value;
      }),

    waiting: () => pool.waitingCount,
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** What the database or the way to it did, or else what `work` itself threw. */
function explained(session: TrackedSession, error: unknown): unknown {
  const cause = session.firstError();
  return cause === null ? error : new Interrupted(cause, false);
}

interface TrackedSession extends Session {
  /** Waits for everything that was sent; rejects when any of it failed, since then nothing is saved. */
  commit(): Promise<void>;
  /** What failed first: the rest are its consequences. */
  firstError(): unknown;
}

function track(client: PoolClient, prepare: boolean): TrackedSession {
  let first: unknown = null;
  const sent: Promise<unknown>[] = [];

  function send<T>(
    sql: string,
    parameters: readonly Parameter[] | null,
    take: (result: QueryResult) => T,
  ): Promise<T> {
    const query =
      parameters === null
        ? client.query(sql)
        : client.query({
            text: sql,
            values: parameters.map(toParameter),
            ...(prepare ? { name: nameOf(sql) } : {}),
          });
    const answer = query.then(take, (error: unknown) => {
      first ??= error;
      throw error;
    });
    // Whoever waits for it is told; what nobody waits for is told by the commit.
    answer.catch(() => {});
    sent.push(answer);
    return answer;
  }

  return {
    get: <Row>(sql: string, ...parameters: Parameter[]) =>
      send(sql, parameters, ({ rows }) => rows[0] as Row | undefined),
    all: <Row>(sql: string, ...parameters: Parameter[]) =>
      send(sql, parameters, ({ rows }) => rows as Row[]),
    run: (sql, ...parameters) => send(sql, parameters, ({ rowCount }) => rowCount ?? 0),
    exec: (sql) => send(sql, null, () => {}),
    async commit() {
      const committed = send('COMMIT', null, ({ command }) => command);
      await Promise.all(sent);
      const command = await committed;
      if (command !== 'COMMIT') throw new Error(`the database answered ${command}`);
    },
    firstError: () => first,
  };
}

/** As many as there are statements in this folder. */
const names = new Map<string, string>();
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = `natter_${names.size + 1}`;
    names.set(sql, name);
  }
  return name;
}

function toParameter(parameter: Parameter): unknown {
  if (typeof parameter === 'string') return toStored(parameter);
  if (parameter instanceof Uint8Array) return Buffer.from(parameter);
  if (Array.isArray(parameter)) return parameter.map(toParameter);
  return parameter;
}

const { builtins } = types;
/** Times, numbers and counts are all less than 2^53. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  if (type === builtins.INT8) return Number;
  if (type === builtins.TEXT) return fromStored;
  if (type === builtins.JSON) return fromStoredJson;
  return types.getTypeParser(type, format ?? 'text');
}
