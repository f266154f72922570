/**
 * Owns the database for several nodes. Writes go out in lanes, in groups; reads have connections of their own. All
 * time is the database's. What is away is waited for, and refused as overloaded when that takes long.
 */
import { limits, NatterError } from '@natter/protocol';
import type { Runtime } from '../../runtime/contract.ts';
import { type OnCommit, type Storage, StorageError } from '../contract.ts';
import { decodeCursor } from '../pages.ts';
import { findSaved } from './commands/users.ts';
import { type Connections, openConnections, type Session } from './connection.ts';
import { type Fault, faultOf, Interrupted } from './faults.ts';
import { renewEpoch } from './migrate.ts';
import { explain, nameOf, newEpoch, prepareDatabase } from './prepare.ts';
import { getChanges, getSnapshot } from './reads/changes.ts';
import {
  decodeActiveCursor,
  getConversations,
  getMembership,
  listConversations,
  listMembers,
  listMemberships,
  whoSharesConversation,
} from './reads/conversations.ts';
import { getFile, getReadableFile } from './reads/files.ts';
import { getMessages } from './reads/messages.ts';
import { listRevocations } from './reads/revocations.ts';
import {
  listMembershipChanges,
  listVersions,
  readOldestWrite,
  readTime,
} from './reads/standing.ts';
import { getUsers, searchUsers } from './reads/users.ts';
import { createLanes, type LaneBounds, laneBounds } from './writer/lanes.ts';

export interface PostgresOptions {
  runtime: Runtime;
  /** Connections for reads, beside one for each lane of writes: 8. */
  readersMax?: number;
  membersMax?: number;
  lanes?: Partial<LaneBounds>;
  onCommit?: OnCommit | undefined;
}

/**
 * Longer than a change may take from its stamp to its commit, which is 40 s (connection.ts), and than nodes take to find
 * what the bus lost. While a commit waits for longer, resume points wait with it.
 */
const overlapMs = 60_000;
const readersMax = 8;

/**
 * `url`: `postgres://user:password@host:5432/database`. `?sslmode=verify-full` is TLS; `?prepare=false` is for a pooler
 * that cannot keep prepared statements, such as PgBouncer before 1.21. Rejects with `StorageError`.
 */
export async function openPostgres(url: string, options: PostgresOptions): Promise<Storage> {
  const { runtime } = options;
  const { clock, log } = runtime;
  const name = nameOf(url);
  const bounds = { ...laneBounds, ...options.lanes };
  const open = (connectionsMax: number) => openConnections({ url, connectionsMax, clock, log });
  const writers = open(bounds.lanes);
  const epoch = await prepareDatabase(writers, name, runtime);
  const readers = open(options.readersMax ?? readersMax);
  const reader = createReader(readers, runtime);
  const writer = createLanes({
    connections: writers,
    name,
    membersMax: options.membersMax ?? limits.membersMax,
    bounds,
    clock,
    random: runtime.random,
    onCommit: options.onCommit,
    onTrouble(why) {
      if (why === null) log.info({ database: name }, 'the database takes writes again');
      else
        log.error(
          { database: name },
          `nothing can be saved in the database: ${why}; once mended it goes on by itself`,
        );
    },
  });
  const { one, moment } = reader;

  return {
    epoch,
    saveUser: async (user) =>
      (await one((db) => findSaved(db, user))) ?? writer.write('saveUser', user),
    updateProfile: (command) => writer.write('updateProfile', command),
    setLastSeen: (userId, at) => writer.write('setLastSeen', userId, at),
    createConversation: (command) => writer.write('createConversation', command),
    updateConversation: (command) => writer.write('updateConversation', command),
    addMembers: (command) => writer.write('addMembers', command),
    removeMember: (command) => writer.write('removeMember', command),
    appendMessage: (command) => writer.write('appendMessage', command),
    editMessage: (command) => writer.write('editMessage', command),
    deleteMessage: (command) => writer.write('deleteMessage', command),
    moveCursors: (moves) => writer.write('moveCursors', moves),
    saveFile: (file) => writer.write('saveFile', file),
    deleteUnsentFiles: (olderThan) => writer.write('deleteUnsentFiles', olderThan),
    saveRevocation: (what) => writer.write('saveRevocation', what),

    async resumePoint() {
      const [{ now, newest }, oldestWrite] = await one((db) =>
        Promise.all([readTime(db), readOldestWrite(db)]),
      );
      // Nothing is stamped before the newest change any more, whatever becomes of the clock.
      return Math.min(Math.min(now, oldestWrite ?? now) - overlapMs, newest);
    },
    getMembership: (conversationId, userId) =>
      one((db) => getMembership(db, conversationId, userId)),
    listMemberships: (userId) => one((db) => listMemberships(db, userId)),
    listHeads: async (userId, since, limit) =>
      (await one((db) => getSnapshot(db, userId, since, limit))).heads,
    getSnapshot: (userId, since, limit) => one((db) => getSnapshot(db, userId, since, limit)),
    listVersions: (ids) => one((db) => listVersions(db, ids)),
    listMembershipChanges: (userIds, since, limit) =>
      one((db) => listMembershipChanges(db, userIds, since, limit)),
    async listConversations(userId, { after, limit }) {
      const page = { after: after === null ? null : decodeActiveCursor(after), limit };
      return one((db) => listConversations(db, userId, page));
    },
    getConversations: (userId, ids) => one((db) => getConversations(db, userId, ids)),
    listMembers: (conversationId, page) => one((db) => listMembers(db, conversationId, page)),
    getMessages: (userId, page) => moment((db) => getMessages(db, userId, page)),
    getChanges: (userId, conversationId, from) =>
      one((db) => getChanges(db, userId, conversationId, from)),
    getUsers: (ids) => one((db) => getUsers(db, ids)),
    async searchUsers({ after, ...rest }) {
      const page = { ...rest, after: after === null ? null : decodeCursor(after) };
      return one((db) => searchUsers(db, page));
    },
    whoSharesConversation: (userId, others) =>
      one((db) => whoSharesConversation(db, userId, others)),
    getFile: (fileId) => one((db) => getFile(db, fileId)),
    getReadableFile: (fileId, userId, directory) =>
      moment((db) => getReadableFile(db, fileId, userId, directory)),
    listRevocations: (since, limit) => one((db) => listRevocations(db, since, limit)),

    async close() {
      await writer.close();
      await readers.close();
    },
  };
}

/**
 * For a database that was restored from a backup: another past than the one that clients know, so they start afresh
 * (HELLO10). Nodes that run know the old one until they are started anew.
 */
export async function renewPostgresEpoch(url: string, runtime: Runtime): Promise<string> {
  const name = nameOf(url);
  const connections = openConnections({ url, connectionsMax: 1, ...runtime });
  await prepareDatabase(connections, name, runtime);
  const epoch = newEpoch(runtime);
  try {
    await connections.transact((session) => renewEpoch(session, epoch));
  } catch (error) {
    throw explain(name, error);
  } finally {
    await connections.close();
  }
  return epoch;
}

const readWaitMsMax = 5_000;
const readPauseMs = 200;
const readsWaitingMax = 2_000;

/** Reads wait a moment for a database that is away: it may only have changed its machine. */
function createReader(connections: Connections, { clock }: Runtime) {
  async function patiently<T>(read: () => Promise<T>): Promise<T> {
    if (connections.waiting() >= readsWaitingMax) throw unreadable('too many reads wait');
    const until = clock.now() + readWaitMsMax;
    for (;;) {
      try {
        return await read();
      } catch (error) {
        const fault = faultOf(error);
        if (fault.kind === 'other') throw failedRead(error);
        if (clock.now() >= until) throw unreadable(whyAway(fault), error);
        await new Promise<void>((resolve) => void clock.after(readPauseMs, resolve));
      }
    }
  }
  return {
    one: <T>(work: (session: Session) => Promise<T>) => patiently(() => connections.read(work)),
    moment: <T>(work: (session: Session) => Promise<T>) =>
      patiently(() => connections.readMoment(work)),
  };
}

function whyAway(fault: Fault): string {
  return fault.kind === 'away' ? `of the database: ${fault.why}` : 'too many changes meet';
}

function unreadable(why: string, cause?: unknown): NatterError {
  return new NatterError('overloaded', `unable to read: ${why}; try again in a moment`, {
    retryAfterMs: 3_000,
    cause,
  });
}

function failedRead(error: unknown): unknown {
  return error instanceof Interrupted
    ? new StorageError(`unable to read from the database: ${error.message}`, { cause: error })
    : error;
}
