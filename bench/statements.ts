/** Owns counting what a database is asked: every statement that is run in this thread, whoever prepared it. */
import { DatabaseSync, StatementSync } from 'node:sqlite';

let count = 0;

/** Begins counting, once and for all connections of this thread. */
export function countStatements(): () => number {
  for (const name of ['get', 'all', 'run', 'iterate'] as const) {
    const original = StatementSync.prototype[name] as (...args: unknown[]) => unknown;
    function counted(this: StatementSync, ...args: unknown[]): unknown {
      count += 1;
      return original.apply(this, args);
    }
    Object.defineProperty(StatementSync.prototype, name, { value: counted });
  }
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function counted(this: DatabaseSync, sql: string) {
    count += 1;
    return exec.call(this, sql);
  };
  return () => count;
}
