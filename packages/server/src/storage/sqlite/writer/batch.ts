/**
 * Owns group commit: all commands that waited are one transaction, and one that is refused or fails undoes only itself.
 * Nothing is answered before the commit is durable.
 */
import type { Clock } from '../../../runtime/contract.ts';
import type { AppendMessage } from '../../contract.ts';
import { type Call, runCommand } from '../commands/commands.ts';
import { appendMessages } from '../commands/messages.ts';
import type { Transaction } from '../commands/transaction.ts';
import type { Connection } from '../connection.ts';
import { newestChange } from '../reads/standing.ts';

/** In the order of the calls. */
export type Answer = { value: unknown } | { error: unknown };

export interface BatchOptions {
  clock: Clock;
  membersMax: number;
}

/** `since` reaches back further than this, so a change is never stamped before a point already told. */
export const batchMsMax = 30_000;

/**
 * Throws when the commit as a whole failed; then nothing of it was saved. A savepoint costs as much as what is written
 * in it, and hardly ever is there anything to undo: then the batch is run again, with savepoints.
 */
export function runBatch(db: Connection, calls: readonly Call[], options: BatchOptions): Answer[] {
  const begunAt = options.clock.now();
  try {
    db.run('BEGIN IMMEDIATE');
    const together = runTogether(db, calls, options);
    if (together === null) {
      db.run('ROLLBACK');
      db.run('BEGIN IMMEDIATE');
    }
    const answers = together ?? runApart(db, calls, options);
    if (options.clock.now() - begunAt > batchMsMax) {
      throw new Error(`the transaction took longer than ${batchMsMax} ms`);
    }
    db.run('COMMIT');
    return answers;
  } catch (error) {
    if (db.inTransaction()) db.run('ROLLBACK');
    throw error;
  }
}

/** Null when something of it must be undone. */
function runTogether(
  db: Connection,
  calls: readonly Call[],
  options: BatchOptions,
): Answer[] | null {
  const newest = newestChange(db);
  const answers: Answer[] = [];
  try {
    while (answers.length < calls.length) {
      const tx = transactionOf(db, newest, options);
      const messages = messagesAt(calls, answers.length);
      for (const value of appendMessages(tx, messages)) answers.push({ value });
      const call = calls[answers.length];
      if (call === undefined) break;
      const before = db.writes;
      const value = runCommand(transactionOf(db, newest, options), call);
      if (isRefused(value) && db.writes > before) return null;
      answers.push({ value });
    }
    return answers;
  } catch (error) {
    // A full disk or a broken file can make SQLite undo everything by itself: then all have failed.
    if (!db.inTransaction()) throw error;
    return null;
  }
}

/** Those that come one behind the other from here on. */
function messagesAt(calls: readonly Call[], from: number): AppendMessage[] {
  const messages: AppendMessage[] = [];
  for (let call = calls[from]; call?.name === 'appendMessage'; call = calls[from + messages.length])
    messages.push(call.args[0]);
  return messages;
}

function runApart(db: Connection, calls: readonly Call[], options: BatchOptions): Answer[] {
  const newest = newestChange(db);
  return calls.map((call) =>
    runOne(db, () => runCommand(transactionOf(db, newest, options), call)),
  );
}

function transactionOf(
  db: Connection,
  newest: number,
  { clock, membersMax }: BatchOptions,
): Transaction {
  const now = clock.now();
  return { db, now, changedAt: Math.max(now, newest), membersMax };
}

function runOne(db: Connection, run: () => unknown): Answer {
  db.run('SAVEPOINT command');
  try {
    const value = run();
    if (isRefused(value)) db.run('ROLLBACK TO command');
    db.run('RELEASE command');
    return { value };
  } catch (error) {
    if (!db.inTransaction()) throw error;
    db.run('ROLLBACK TO command');
    db.run('RELEASE command');
    return { error };
  }
}

function isRefused(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'outcome' in value && value.outcome === 'refused'
  );
}
