/**
 * Owns the embedded database. One writer commits in groups, in a thread of its own; readers have their own connection
 * and never wait for it. A database in memory cannot be shared between threads: it is written in this one.
 */
import { limits } from '@natter/protocol';
import type { Runtime } from '../../runtime/contract.ts';
import { type OnCommit, type Storage, StorageError } from '../contract.ts';
import { toOutcome } from './commands/messages.ts';
import { type Connection, connect } from './connection.ts';
import { migrate, readEpoch } from './migrate.ts';
import { getChanges, getSnapshot } from './reads/changes.ts';
import {
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
import { listMembershipChanges, listVersions, newestChange } from './reads/standing.ts';
import { getUsers, searchUsers } from './reads/users.ts';
import { migrations } from './schema.ts';
import { createInlineCommitter } from './writer/inline.ts';
import type { WriterSettings } from './writer/messages.ts';
import { type Committer, createWriteQueue, type QueueBounds, queueBounds } from './writer/queue.ts';
import { startThreadedCommitter } from './writer/threaded.ts';
import type { DiskTrouble } from './writer/trouble.ts';

export interface SqliteOptions {
  /** A file, whose folder exists; or `:memory:`. */
  path: string;
  runtime: Runtime;
  /** `inline`: in this thread, by the runtime's clock. `thread`, the default for a file: by the system's. */
  writer?: 'thread' | 'inline';
  /** Called once when the writer's thread has died: nothing is saved any more, and only opening it anew helps. */
  onFault?: (error: StorageError) => void;
  membersMax?: number;
  queue?: QueueBounds;
  onCommit?: OnCommit | undefined;
}

/** Longer than the longest allowed transaction, and than nodes take to find what the bus lost. */
const overlapMs = 60_000;

export async function openSqlite(options: SqliteOptions): Promise<Storage> {
  const { path, runtime } = options;
  const { db, epoch, committer } = await open(options);
  const onDisk = (trouble: DiskTrouble | null) => {
    if (trouble === null) runtime.log.info({ path }, 'the database is saved again');
    else
      runtime.log.error(
        { path },
        `nothing can be saved: ${trouble}; once mended it goes on by itself`,
      );
  };
  const bounds = options.queue ?? queueBounds;
  const writer = createWriteQueue(committer, path, bounds, onDisk, options.onCommit);

  return {
    epoch,
    saveUser: (user) => writer.write('saveUser', user),
    updateProfile: (command) => writer.write('updateProfile', command),
    setLastSeen: (userId, at) => writer.write('setLastSeen', userId, at),
    createConversation: (command) => writer.write('createConversation', command),
    updateConversation: (command) => writer.write('updateConversation', command),
    addMembers: (command) => writer.write('addMembers', command),
    removeMember: (command) => writer.write('removeMember', command),
    appendMessage: async (command) =>
      toOutcome(command, await writer.write('appendMessage', command)),
    editMessage: (command) => writer.write('editMessage', command),
    deleteMessage: (command) => writer.write('deleteMessage', command),
    moveCursors: (moves) => writer.write('moveCursors', moves),
    saveFile: (file) => writer.write('saveFile', file),
    deleteUnsentFiles: (olderThan) => writer.write('deleteUnsentFiles', olderThan),
    saveRevocation: (what) => writer.write('saveRevocation', what),

    // Nothing is stamped before the newest change any more, whatever becomes of the clock.
    resumePoint: async () => Math.min(runtime.clock.now() - overlapMs, newestChange(db)),
    getMembership: async (conversationId, userId) => getMembership(db, conversationId, userId),
    listMemberships: async (userId) => listMemberships(db, userId),
    listHeads: async (userId, since, limit) => getSnapshot(db, userId, since, limit).heads,
    getSnapshot: async (userId, since, limit) => getSnapshot(db, userId, since, limit),
    listVersions: async (ids) => listVersions(db, ids),
    listMembershipChanges: async (userIds, since, limit) =>
      listMembershipChanges(db, userIds, since, limit),
    listConversations: async (userId, page) => listConversations(db, userId, page),
    getConversations: async (userId, ids) => getConversations(db, userId, ids),
    listMembers: async (conversationId, page) => listMembers(db, conversationId, page),
    getMessages: async (userId, page) => getMessages(db, userId, page),
    getChanges: async (userId, conversationId, from) =>
      getChanges(db, userId, conversationId, from),
    getUsers: async (ids) => getUsers(db, ids),
    searchUsers: async (page) => searchUsers(db, page),
    whoSharesConversation: async (userId, others) => whoSharesConversation(db, userId, others),
    getFile: async (fileId) => getFile(db, fileId),
    getReadableFile: async (fileId, userId, directory) =>
      getReadableFile(db, fileId, userId, directory),
    listRevocations: async (since, limit) => listRevocations(db, since, limit),

    close: () => writer.close(),
  };
}

/** `db` is what reads use. Closing the committer closes both. */
interface Opened {
  db: Connection;
  epoch: string;
  committer: Committer;
}

async function open(options: SqliteOptions): Promise<Opened> {
  const { path, runtime } = options;
  const inline = path === ':memory:' || options.writer === 'inline';
  const membersMax = options.membersMax ?? limits.membersMax;
  const first = connectOrExplain(path, 'write');
  try {
    migrate(first, path, migrations);
    const epoch = readEpoch(first, () => Buffer.from(runtime.random.bytes(16)).toString('hex'));
    if (inline) {
      const settings = { clock: runtime.clock, membersMax };
      return { db: first, epoch, committer: createInlineCommitter(first, settings) };
    }
    const db = connectOrExplain(path, 'read');
    first.close();
    const onFault = (cause: Error) => {
      const error = new StorageError(
        `the database ${path} can no longer be written: ${cause.message}`,
        { cause },
      );
      runtime.log.error({ error }, 'the database can no longer be written: restart');
      options.onFault?.(error);
    };
    return { db, epoch, committer: await startThread(db, { path, membersMax }, onFault) };
  } catch (error) {
    first.close();
    throw explain(path, error);
  }
}

async function startThread(
  db: Connection,
  settings: WriterSettings,
  onFault: (error: Error) => void,
): Promise<Committer> {
  try {
    const committer = await startThreadedCommitter(settings, onFault);
    return {
      commit: committer.commit,
      async close() {
        // The writer is the last to go, and so folds its log into the file.
        db.close();
        await committer.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function connectOrExplain(path: string, mode: 'read' | 'write'): Connection {
  try {
    return connect(path, mode);
  } catch (error) {
    throw explain(path, error);
  }
}

function explain(path: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageError(
    `unable to open the database ${path}: ${reason}; check that its folder exists, that both may be written, and that it is a database of Natter`,
    { cause: error },
  );
}
