/**
 * Owns telling apart what goes wrong with a database that is elsewhere: away, in each other's way, full, or a fault of
 * ours. What is away comes back, and callers are to wait; what was in the way is tried again at once.
 */
import { DatabaseError } from 'pg';

export type Fault =
  /** Nothing listens, it starts or stops, another machine took over, or it has no room. */
  | { kind: 'away'; why: string }
  /** Two transactions met: one of them is to begin again. */
  | { kind: 'collided' }
  | { kind: 'other' };

/** Thrown in the place of the cause: whether the transaction may be saved although nobody said so. */
export class Interrupted extends Error {
  readonly mayBeSaved: boolean;
  constructor(cause: unknown, mayBeSaved: boolean) {
    super(sentenceOf(cause), { cause });
    this.name = 'Interrupted';
    this.mayBeSaved = mayBeSaved;
  }
}

const collisions = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // a lock that was not to be had in time
  '23505', // the same id at the same moment: the next look finds it
]);

const absences: Record<string, string> = {
  '25006': 'it can only be read',
  '53100': 'its disk is full',
  '53200': 'it is out of memory',
  '53300': 'it takes no more connections',
  '57P01': 'it is stopping',
  '57P02': 'it crashed',
  '57P03': 'it is starting',
  '57014': 'it takes too long',
  '25P03': 'it takes too long',
};

export function faultOf(error: unknown): Fault {
  const cause = error instanceof Interrupted ? error.cause : error;
  const code = sqlStateOf(cause);
  if (code === null) return isLost(cause) ? { kind: 'away', why: 'it cannot be reached' } : other;
  if (collisions.has(code)) return { kind: 'collided' };
  const why = absences[code] ?? (code.startsWith('08') ? 'it cannot be reached' : undefined);
  return why === undefined ? other : { kind: 'away', why };
}

const other: Fault = { kind: 'other' };

/** What the database itself said; null for what happened on the way to it. */
export function sqlStateOf(error: unknown): string | null {
  return error instanceof DatabaseError ? (error.code ?? '') : null;
}

export function sentenceOf(error: unknown): string {
  // Of several addresses that were tried there is one error each, and no sentence of its own.
  if (error instanceof AggregateError) return error.errors.map(sentenceOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

const lostSentences =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection error and is not queryable|Client was closed/;

function isLost(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isLost);
  if (!(error instanceof Error)) return false;
  const isOfSystem = 'syscall' in error || 'errno' in error;
  return isOfSystem || lostSentences.test(error.message);
}
