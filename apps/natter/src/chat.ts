/** Owns Natter on one HTTP server with what it needs under it. Opened in order, closed in reverse. */
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type Authenticate,
  type Bus,
  BusError,
  createMemoryBus,
  createNatter,
  type FileStore,
  FilesError,
  type NatterCounters,
  type OnCommit,
  openDisk,
  openNats,
  openPostgres,
  openSqlite,
  type ProfileNames,
  type Runtime,
  type Storage,
  StorageError,
} from '@natter/server';
import type { S3Options } from '@natter/server/s3';
import type { DataFolder } from './dataFolder.ts';
import { type Listening, listen } from './listen.ts';
import { readRevoked } from './revoke/revoked.ts';
import { StartError } from './startError.ts';

export interface Chat extends Listening {
  storage: Storage;
  counters: () => NatterCounters;
  /** No new sockets; those there are go over `drainMs`, what is under way finishes within `graceMs`, then everything is closed. Twice is harmless. */
  close(graceMs: number, drainMs?: number): Promise<void>;
}

export async function openChat(options: {
  data: DataFolder;
  /** Null: the embedded database, in the data folder. */
  databaseUrl: string | null;
  runtime: Runtime;
  /** Of the embedded database. `inline`: messages get their time from `runtime`, not from the writer's thread. */
  writer: 'thread' | 'inline';
  authenticate: Authenticate;
  profiles: ProfileNames;
  /** Of NATS; null where this process is the only one. */
  busUrl: string | null;
  origins: readonly string[];
  trustProxy: number;
  /** For files; null: they are in the data folder. */
  bucket: S3Options | null;
  /** Answers what is not Natter's. */
  otherwise: RequestListener;
  /** Called once when nothing can be saved any more. */
  onFault: (error: Error) => void;
  onCommit?: OnCommit | undefined;
  port: number;
  host: string;
}): Promise<Chat> {
  const { data, runtime } = options;
  await using opened = new AsyncDisposableStack();
  const storage = opened.adopt(await openStorage(options), (each) => each.close());
  const files = opened.adopt(await openFiles(options), (each) => each.close());
  const bus = opened.adopt(await openBus(options), (each) => each.close());
  const revoked = await readRevoked(storage, runtime);
  const server = opened.adopt(createServer(options.otherwise), closeServer);
  const natter = await createNatter({
    server,
    storage,
    bus,
    files,
    authenticate: revoked.guard(options.authenticate),
    uploadsFolder: data.uploads,
    profiles: options.profiles,
    trustProxy: options.trustProxy,
    origins: options.origins.length === 0 ? 'same' : options.origins,
    log: runtime.log,
    runtime,
  });
  // Until the last socket has gone.
  opened.defer(revoked.watch((what) => natter.revoke(what, 'here')));
  let farewell = { graceMs: 0, drainMs: 0 };
  opened.defer(() => natter.close(farewell));
  const listening = await listen(server, options);

  const all = opened.move();
  let closed: Promise<void> | null = null;
  return {
    ...listening,
    storage,
    counters: natter.counters,
    close(graceMs, drainMs = 0) {
      farewell = { graceMs, drainMs };
      closed ??= all.disposeAsync();
      return closed;
    },
  };
}

async function openStorage(options: {
  data: DataFolder;
  databaseUrl: string | null;
  runtime: Runtime;
  writer: 'thread' | 'inline';
  onFault: (error: Error) => void;
  onCommit?: OnCommit | undefined;
}): Promise<Storage> {
  const { data, databaseUrl, runtime, writer, onFault, onCommit } = options;
  try {
    if (databaseUrl !== null) return await openPostgres(databaseUrl, { runtime, onCommit });
    return await openSqlite({ path: data.database, runtime, writer, onFault, onCommit });
  } catch (error) {
    if (error instanceof StorageError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function openBus({
  busUrl,
  runtime,
}: {
  busUrl: string | null;
  runtime: Runtime;
}): Promise<Bus> {
  const onError = (error: unknown) =>
    runtime.log.error({ error }, 'an event could not be delivered: a fault of the server');
  if (busUrl === null) return createMemoryBus({ onError });
  try {
    return await openNats({ url: busUrl, runtime, onError });
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    throw new StartError(`NATTER_BUS_URL does not work: ${error.message}`, { cause: error });
  }
}

async function openFiles(options: {
  data: DataFolder;
  bucket: S3Options | null;
}): Promise<FileStore> {
  const { data, bucket } = options;
  return bucket === null ? openDisk(data.files) : openBucket(bucket);
}

/** What talks to a bucket weighs 35 MB, so it is loaded where there is one. */
export async function openBucket(bucket: S3Options): Promise<FileStore> {
  const { openS3 } = await import('@natter/server/s3');
  try {
    return await openS3(bucket);
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    throw new StartError(`${error.message}; see NATTER_FILES_URL`, { cause: error });
  }
}

/** Whatever is still connected has been told, and is cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
