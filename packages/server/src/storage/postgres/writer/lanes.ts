/**
 * Owns the writes that wait. They wait in lanes, each with one transaction under way: what comes meanwhile forms the
 * next one. A transaction costs as much as dozens of messages in it, so another lane is used only when there is enough
 * for it. A conversation keeps to its lane while anything of it waits, so it stays in order.
 */
import { NatterError } from '@natter/protocol';
import type { Clock, Random } from '../../../runtime/contract.ts';
import { type OnCommit, StorageError } from '../../contract.ts';
import {
  type Call,
  type CommandArguments,
  type CommandName,
  type CommandResult,
  mayRepeat,
  subjectOf,
} from '../commands/commands.ts';
import type { Connections } from '../connection.ts';
import { faultOf, Interrupted, sentenceOf } from '../faults.ts';
import { runBatch, takeBatch } from './batch.ts';

export interface Writer {
  write<Name extends CommandName>(
    name: Name,
    ...args: CommandArguments<Name>
  ): Promise<CommandResult<Name>>;
  /** Finishes what waits. Twice is harmless. */
  close(): Promise<void>;
}

export interface LaneBounds {
  lanes: number;
  /** So many wait in a lane before another one is used. */
  spreadAt: number;
  /** Beyond this many that wait, a write is refused with `overloaded`. */
  waitingMax: number;
  /** Bounds how long the first of a batch waits for the last. */
  batchMax: number;
  /** A write that waited longer for a database that is away is refused with `overloaded`. */
  waitMsMax: number;
}

export const laneBounds: LaneBounds = {
  lanes: 4,
  spreadAt: 16,
  waitingMax: 10_000,
  batchMax: 256,
  waitMsMax: 10_000,
};

interface Entry {
  call: Call;
  subject: string;
  until: number;
  collisions: number;
  /** An earlier attempt ended without an answer. */
  mayBeSaved: boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const collisionsMax = 10;
const collisionPauseMs = 20;
const awayPauseMs = 500;
const overloadedRetryMs = 1_000;
const awayRetryMs = 3_000;

export function createLanes(options: {
  connections: Connections;
  /** Of the database, without its password. */
  name: string;
  membersMax: number;
  bounds?: LaneBounds;
  clock: Clock;
  random: Random;
  /** Told why nothing can be saved, once, and with null when it can be again. */
  onTrouble: (why: string | null) => void;
  onCommit?: OnCommit | undefined;
}): Writer {
  const { connections, clock, random, membersMax, onCommit = () => () => {} } = options;
  const bounds = options.bounds ?? laneBounds;
  const lanes = Array.from({ length: bounds.lanes }, () => ({
    waiting: [] as Entry[],
    running: null as Promise<void> | null,
  }));
  type Lane = (typeof lanes)[number];
  /** Where those of one subject go, while any of them is not settled. */
  const homes = new Map<string, { lane: Lane; entries: number }>();
  let waiting = 0;
  let trouble: string | null = null;
  let closing: Promise<void> | null = null;

  async function run(lane: Lane): Promise<void> {
    // What is written in one turn of the event loop is one batch.
    await Promise.resolve();
    while (lane.waiting.length > 0) {
      const batch = takeBatch(lane.waiting, bounds.batchMax);
      const again = await attempt(batch);
      lane.waiting.unshift(...again);
    }
    lane.running = null;
  }

  /** Settles what it can; those that are to be tried again come back, in order. */
  async function attempt(batch: readonly Entry[]): Promise<Entry[]> {
    const committed = onCommit(batch.length);
    try {
      const answers = await runBatch(
        connections,
        batch.map(({ call }) => call),
        { membersMax, isRepeat: batch.some(({ mayBeSaved }) => mayBeSaved) },
      ).finally(committed);
      tell(null);
      for (const [at, entry] of batch.entries()) {
        leave(entry);
        entry.resolve(answers[at]);
      }
      return [];
    } catch (error) {
      return afterFailure(batch, error);
    }
  }

  async function afterFailure(batch: readonly Entry[], error: unknown): Promise<Entry[]> {
    const fault = faultOf(error);
    const mayBeSaved = error instanceof Interrupted && error.mayBeSaved;
    switch (fault.kind) {
      case 'collided': {
        const again = batch.filter((entry) => {
          entry.collisions += 1;
          if (entry.collisions < collisionsMax) return true;
          refuse(entry, overloaded('too many changes meet', overloadedRetryMs, error));
          return false;
        });
        await pause(collisionPauseMs);
        return again;
      }
      case 'away': {
        tell(fault.why);
        await pause(awayPauseMs);
        return batch.filter((entry) => {
          entry.mayBeSaved ||= mayBeSaved;
          const isLate = clock.now() >= entry.until;
          if (!isLate && !(entry.mayBeSaved && !mayRepeat(entry.call))) return true;
          refuse(entry, overloaded(`of the database: ${fault.why}`, awayRetryMs, error));
          return false;
        });
      }
      case 'other': {
        const [first] = batch;
        if (batch.length === 1 && first !== undefined) {
          refuse(first, failure(error));
          return [];
        }
        // One that the database refuses takes none of the others with it.
        const again: Entry[] = [];
        for (const entry of batch) again.push(...(await attempt([entry])));
        return again;
      }
    }
  }

  function refuse(entry: Entry, error: Error): void {
    leave(entry);
    entry.reject(error);
  }

  function enter(subject: string): Lane {
    const home = homes.get(subject) ?? { lane: quietLane(), entries: 0 };
    homes.set(subject, home);
    home.entries += 1;
    waiting += 1;
    return home.lane;
  }

  function leave({ subject }: Entry): void {
    waiting -= 1;
    const home = homes.get(subject);
    if (home === undefined) return;
    home.entries -= 1;
    if (home.entries === 0) homes.delete(subject);
  }

  /** The first with room, or where the fewest wait. */
  function quietLane(): Lane {
    const [first, ...others] = lanes as [Lane, ...Lane[]];
    return (
      lanes.find((lane) => lane.waiting.length < bounds.spreadAt) ??
      others.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a), first)
    );
  }

  function failure(cause: unknown): StorageError {
    return new StorageError(
      `unable to save to the database ${options.name}: ${sentenceOf(cause)}`,
      { cause },
    );
  }

  function tell(now: string | null): void {
    if (now === trouble) return;
    trouble = now;
    options.onTrouble(now);
  }

  /** Between half of it and all of it, so that those who met do not meet again. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      clock.after((ms * (1 + random.fraction())) / 2, resolve);
    });
  }

  return {
    write: <Name extends CommandName>(name: Name, ...args: CommandArguments<Name>) =>
      new Promise<CommandResult<Name>>((resolve, reject) => {
        if (closing !== null) {
          reject(failure(new Error('it is closed')));
          return;
        }
        if (waiting >= bounds.waitingMax) {
          reject(overloaded('too many writes wait', overloadedRetryMs));
          return;
        }
        const call = { name, args } as Call;
        const subject = subjectOf(call);
        const lane = enter(subject);
        lane.waiting.push({
          call,
          subject,
          until: clock.now() + bounds.waitMsMax,
          collisions: 0,
          mayBeSaved: false,
          resolve: resolve as (value: unknown) => void,
          reject,
        });
        lane.running ??= run(lane);
      }),

    close() {
      closing ??= (async () => {
        for (const lane of lanes) while (lane.running !== null) await lane.running;
        await connections.close();
      })();
      return closing;
    },
  };
}

function overloaded(why: string, retryAfterMs: number, cause?: unknown): NatterError {
  return new NatterError('overloaded', `unable to save: ${why}; try again in a moment`, {
    retryAfterMs,
    cause,
  });
}
