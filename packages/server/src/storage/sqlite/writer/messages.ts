/** What main thread and writer thread tell one another: whole batches, one in flight. */
import type { Call } from '../commands/commands.ts';
import type { Answer } from './batch.ts';

export interface WriterSettings {
  path: string;
  membersMax: number;
}

export type ToWriter = { type: 'commit'; calls: readonly Call[] } | { type: 'close' };

export type FromWriter =
  | { type: 'ready' }
  | { type: 'committed'; answers: Answer[] }
  | { type: 'failed'; error: unknown };
