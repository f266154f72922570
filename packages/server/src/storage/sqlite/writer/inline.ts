/** Owns committing in this thread, on a connection that readers share: for a database in memory, and for the simulation. */
import type { Connection } from '../connection.ts';
import { type BatchOptions, runBatch } from './batch.ts';
import type { Committer } from './queue.ts';

export function createInlineCommitter(db: Connection, options: BatchOptions): Committer {
  return {
    commit: async (calls) => runBatch(db, calls, options),
    close: async () => db.close(),
  };
}
