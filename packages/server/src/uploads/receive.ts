/**
 * Owns the bytes of uploads on their way in, by tus 1.0 (creation, HEAD, PATCH, termination, expiration). Who may
 * and how much is decided before tus is asked; it sees only headers made here.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { type FileId, isUuid, type Limits, NatterError, type UserId } from '@natter/protocol';
import { FileStore as TusFiles } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import { safeFileName } from './fileName.ts';
import { diskRefuses, isFull } from './fullDisk.ts';
import type { UploadEntry } from './ledger.ts';
import { createLocker } from './locker.ts';

export const uploadsPath = '/v1/uploads';
export const unsentHours = 24;

/** What tus answered, as far as clients need it. */
export interface TusAnswer {
  status: number;
  headers: Record<string, string>;
  /** How far the upload has got; null when the answer does not say. */
  offset: number | null;
}

export interface Receiver {
  create(
    entry: UploadEntry,
    first: { body: IncomingMessage; headers: Headers } | null,
  ): Promise<TusAnswer>;
  head(fileId: FileId): Promise<TusAnswer>;
  patch(fileId: FileId, body: IncomingMessage, headers: Headers): Promise<TusAnswer>;
  remove(fileId: FileId): Promise<TusAnswer>;
  pathOf(fileId: FileId): string;
  /** Drops the bytes; what is known about the upload stays. */
  dropBytes(fileId: FileId): Promise<void>;
  /** Drops all of it. Twice is harmless. */
  drop(fileId: FileId): Promise<void>;
  /** What an earlier process left. */
  list(): Promise<UploadEntry[]>;
}

export async function createReceiver(folder: string, limits: Limits): Promise<Receiver> {
  await mkdir(folder, { recursive: true });
  const pathOf = (fileId: FileId) => join(folder, fileId);
  const tus = new TusServer({
    path: uploadsPath,
    relativeLocation: true,
    datastore: new TusFiles({
      directory: folder,
      expirationPeriodInMilliseconds: unsentHours * 3_600_000,
    }),
    maxSize: limits.uploadBytesMax,
    locker: createLocker(),
    lockDrainTimeout: 500,
    namingFunction: (_request, metadata) => metadata?.fileId ?? '',
    getFileIdFromRequest: (_request, last) => (isUuid(last) ? last : undefined),
  });

  async function ask(
    method: string,
    path: string,
    headers: Headers,
    body: IncomingMessage | null,
  ): Promise<TusAnswer> {
    headers.set('tus-resumable', '1.0.0');
    const bytes = body === null ? null : streamOf(body);
    const request = new Request(`http://natter.invalid${path}`, {
      method,
      headers,
      ...(bytes === null ? {} : { body: bytes.stream, duplex: 'half' }),
    });
    const response = await tus.handleWeb(request).finally(() => bytes?.release());
    if (response.status < 500) return read(response);
    const said = await response.text();
    // tus does not say why it could not write.
    const cause = new Error(said.trim());
    if (/\b(ENOSPC|EDQUOT|EROFS)\b/.test(said) || (await isFull(folder))) throw diskRefuses(cause);
    throw refusal(response.status, said);
  }
  const at = (fileId: FileId) => `${uploadsPath}/${fileId}`;

  return {
    create(entry, first) {
      const headers = first?.headers ?? new Headers();
      headers.set('upload-length', String(entry.bytes));
      headers.set('upload-metadata', describe(entry));
      return ask('POST', uploadsPath, headers, first?.body ?? null);
    },
    head: (fileId) => ask('HEAD', at(fileId), new Headers(), null),
    patch: (fileId, body, headers) => ask('PATCH', at(fileId), headers, body),
    remove: (fileId) => ask('DELETE', at(fileId), new Headers(), null),
    pathOf,
    dropBytes: (fileId) => rm(pathOf(fileId), { force: true }),
    async drop(fileId) {
      await rm(pathOf(fileId), { force: true });
      await rm(`${pathOf(fileId)}.json`, { force: true });
    },
    async list() {
      const found: UploadEntry[] = [];
      for (const file of await readdir(folder)) {
        const fileId = file.replace(/\.json$/, '');
        if (!file.endsWith('.json') || !isUuid(fileId)) continue;
        const entry = recall(fileId as FileId, await readFile(join(folder, file), 'utf8'));
        if (entry === null) await rm(join(folder, file), { force: true });
        else found.push(entry);
      }
      const known = new Set<string>(found.map((entry) => entry.fileId));
      for (const file of await readdir(folder)) {
        if (isUuid(file) && !known.has(file)) await rm(join(folder, file), { force: true });
      }
      return found;
    },
  };
}

const told = ['upload-offset', 'upload-length', 'upload-expires', 'location', 'cache-control'];

async function read(response: Response): Promise<TusAnswer> {
  if (response.status >= 400) throw refusal(response.status, await response.text());
  const headers: Record<string, string> = {};
  for (const name of told) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const offset = response.headers.get('upload-offset');
  return { status: response.status, headers, offset: offset === null ? null : Number(offset) };
}

function refusal(status: number, said: string): NatterError {
  switch (status) {
    case 404:
    case 410:
      return new NatterError(
        'notFound',
        'unable to go on with the upload: there is none of this id; begin anew',
      );
    case 409:
      return new NatterError(
        'uploadIncomplete',
        'unable to go on with the upload: it stands at another offset; ask for it with HEAD and go on from there',
      );
    case 413:
      return new NatterError(
        'tooLarge',
        'unable to go on with the upload: more bytes came than were declared',
      );
    case 503:
      return new NatterError(
        'overloaded',
        'unable to go on with the upload: too many requests for it are under way; wait, then go on',
        { retryAfterMs: 1_000 },
      );
    case 500:
      return new NatterError(
        'internal',
        'unable to go on with the upload: the server failed; try again',
        { cause: new Error(said) },
      );
    default:
      return new NatterError('badRequest', `unable to take the upload: ${said.trim()}`);
  }
}

/** The form tus keeps beside the bytes, so that a restart knows whose they are. */
function describe(entry: UploadEntry): string {
  const facts = {
    fileId: entry.fileId,
    owner: entry.ownerId,
    filename: entry.name,
    begun: String(entry.begunAt),
  };
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

function recall(fileId: FileId, json: string): UploadEntry | null {
  try {
    const { size, metadata } = JSON.parse(json) as {
      size: unknown;
      metadata: Record<string, unknown>;
    };
    const begunAt = Number(metadata.begun);
    if (typeof size !== 'number' || typeof metadata.owner !== 'string') return null;
    if (!Number.isFinite(begunAt)) return null;
    const name = safeFileName(String(metadata.filename ?? ''));
    const ownerId = metadata.owner as UserId;
    return { fileId, ownerId, name, bytes: size, begunAt, state: 'unfinished' };
  } catch {
    return null;
  }
}

/**
 * What tus leaves unread must be thrown away once it has answered: a request that is not read to its end blocks its
 * connection, and the next call on it would be reset.
 * Node's stream and the web's are one thing with two declarations, which differ where a project knows the DOM too.
 */
function streamOf(body: IncomingMessage): {
  stream: NonNullable<RequestInit['body']>;
  release(): void;
} {
  const through = new PassThrough();
  const fail = (error: Error) => through.destroy(error);
  const close = () => {
    if (!body.complete) fail(new Error('the connection was cut'));
  };
  body.once('error', fail);
  body.once('close', close);
  body.pipe(through);
  return {
    stream: Readable.toWeb(through) as unknown as NonNullable<RequestInit['body']>,
    release() {
      body.unpipe(through);
      body.resume();
    },
  };
}
