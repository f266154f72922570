/**
 * Owns the writes that wait. One batch is under way at a time, and what comes meanwhile forms the next one, in order:
 * the slower the disk, the larger the batches.
 */
import { NatterError } from '@natter/protocol';
import { type OnCommit, StorageError } from '../../contract.ts';
import type { Call, CommandArguments, CommandName, CommandResult } from '../commands/commands.ts';
import type { Answer } from './batch.ts';
import { type DiskTrouble, diskTroubleOf } from './trouble.ts';

/** Where batches are committed: in this thread or in another. */
export interface Committer {
  /** Rejects when nothing of the batch was saved. */
  commit(calls: readonly Call[]): Promise<Answer[]>;
  close(): Promise<void>;
}

export interface Writer {
  write<Name extends CommandName>(
    name: Name,
    ...args: CommandArguments<Name>
  ): Promise<CommandResult<Name>>;
  /** Finishes what waits. Twice is harmless. */
  close(): Promise<void>;
}

export interface QueueBounds {
  /** Beyond this many that wait, a write is refused with `overloaded`. */
  waitingMax: number;
  /** Bounds how long the first of a batch waits for the last. */
  batchMax: number;
}

export const queueBounds: QueueBounds = { waitingMax: 10_000, batchMax: 512 };

interface Entry {
  call: Call;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const overloadedRetryMs = 1_000;
const diskRetryMs = 5_000;

export function createWriteQueue(
  committer: Committer,
  path: string,
  bounds: QueueBounds = queueBounds,
  /** Told when the disk begins to refuse, and with null when it takes writes again. */
  onDisk: (trouble: DiskTrouble | null) => void = () => {},
  onCommit: OnCommit = () => () => {},
): Writer {
  let trouble: DiskTrouble | null = null;
  let waiting: Entry[] = [];
  let running: Promise<void> | null = null;
  let closing: Promise<void> | null = null;

  async function run(): Promise<void> {
    // What is written in one turn of the event loop is one batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, bounds.batchMax);
      waiting = waiting.slice(bounds.batchMax);
      await commit(batch);
    }
    running = null;
  }

  async function commit(batch: readonly Entry[]): Promise<void> {
    const committed = onCommit(batch.length);
    try {
      const answers = await committer.commit(batch.map((entry) => entry.call)).finally(committed);
      if (!answers.some((answer) => 'error' in answer)) tellDisk(null);
      for (const [at, entry] of batch.entries()) settle(entry, answers[at]);
    } catch (error) {
      for (const entry of batch) entry.reject(failure(error));
    }
  }

  function settle(entry: Entry, answer: Answer | undefined): void {
    if (answer === undefined) entry.reject(failure(new Error('the writer did not answer')));
    else if ('error' in answer) entry.reject(failure(answer.error));
    else entry.resolve(answer.value);
  }

  function tellDisk(now: DiskTrouble | null): void {
    if (now === trouble) return;
    trouble = now;
    onDisk(now);
  }

  function failure(cause: unknown): StorageError | NatterError {
    const disk = diskTroubleOf(cause);
    if (disk !== null) {
      tellDisk(disk);
      return new NatterError(
        'overloaded',
        `unable to save: ${disk} on the server; try again later`,
        { retryAfterMs: diskRetryMs, cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new StorageError(`unable to save to the database ${path}: ${reason}`, { cause });
  }

  return {
    write: <Name extends CommandName>(name: Name, ...args: CommandArguments<Name>) =>
      new Promise<CommandResult<Name>>((resolve, reject) => {
        if (closing !== null) {
          reject(failure(new Error('it is closed')));
          return;
        }
        if (waiting.length >= bounds.waitingMax) {
          const message = 'unable to save: too many writes wait; try again in a moment';
          reject(new NatterError('overloaded', message, { retryAfterMs: overloadedRetryMs }));
          return;
        }
        const call = { name, args } as Call;
        waiting.push({ call, resolve: resolve as (value: unknown) => void, reject });
        running ??= run();
      }),

    close() {
      closing ??= (async () => {
        while (running !== null) await running;
        await committer.close();
      })();
      return closing;
    },
  };
}
