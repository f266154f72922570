/**
 * Owns group commit: all commands that waited are one transaction, each in its own savepoint, so that one that is
 * refused or fails undoes only itself. Nothing is answered before the commit is durable.
 */
import type { Clock } from '../../../runtime/contract.ts';
import { type Call, runCommand } from '../commands/commands.ts';
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

/** Throws when the commit as a whole failed; then nothing of it was saved. */
export function runBatch(db: Connection, calls: readonly Call[], options: BatchOptions): Answer[] {
  const { clock, membersMax } = options;
  const begunAt = clock.now();
  try {
    db.run('BEGIN IMMEDIATE');
    const newest = newestChange(db);
    const answers = calls.map((call) =>
      runOne(db, () => {
        const now = clock.now();
        return runCommand({ db, now, changedAt: Math.max(now, newest), membersMax }, call);
      }),
    );
    if (clock.now() - begunAt > batchMsMax) {
      throw new Error(`the transaction took longer than ${batchMsMax} ms`);
    }
    db.run('COMMIT');
    return answers;
  } catch (error) {
    if (db.inTransaction()) db.run('ROLLBACK');
    throw error;
  }
}

function runOne(db: Connection, run: () => unknown): Answer {
  db.run('SAVEPOINT command');
  try {
    const value = run();
    if (isRefused(value)) db.run('ROLLBACK TO command');
    db.run('RELEASE command');
    return { value };
  } catch (error) {
    // A full disk or a broken file can make SQLite undo everything by itself: then all have failed.
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
