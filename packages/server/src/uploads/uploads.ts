/**
 * Owns uploads over HTTP: who may begin, go on and stop, how much each may leave here, and what they are told. Only
 * the one who began an upload may touch it; for everybody else it does not exist.
 */
import { join } from 'node:path';
import {
  type Attachment,
  errors,
  type FileId,
  isUuid,
  type Limits,
  NatterError,
  uuidv7,
} from '@natter/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import sharp from 'sharp';
import type { Identity } from '../auth/contract.ts';
import type { FileStore } from '../files/contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Directory, Storage } from '../storage/contract.ts';
import { registerDownloads } from './downloads.ts';
import { attachmentOf, createFinisher } from './finish.ts';
import { diskRefuses, isDiskRefusal } from './fullDisk.ts';
import {
  type BeginDecision,
  createLedger,
  decideBegin,
  type UploadEntry,
  uploadBounds,
} from './ledger.ts';
import { createReceiver, type TusAnswer, uploadsPath } from './receive.ts';
import { bytesHeaders, bytesType, checkVersion, readCreation } from './request.ts';
import { startSweep } from './sweep.ts';

export interface UploadsDeps {
  storage: Storage;
  files: FileStore;
  runtime: Runtime;
  /** For bytes on their way in. Belongs to this process alone. */
  folder: string;
  /** Who finds whom, and so may see whose picture. */
  directory: Directory;
  authenticateRequest: (request: FastifyRequest) => Promise<Identity>;
  limits: Limits;
}

/** What a browser on another origin may read of the answers. */
export const exposedHeaders = [
  'Location',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Expires',
  'Tus-Resumable',
  'Content-Disposition',
  'Content-Range',
];

/** Adds the routes of uploads and files. They stop, and wait for what is under way, when `app` closes. */
export function registerUploads(app: FastifyInstance, deps: UploadsDeps): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => answerError(deps, error, reply));
    registerDownloads(scope, deps);
    await registerReceiving(scope, deps);
  });
}

async function registerReceiving(app: FastifyInstance, deps: UploadsDeps): Promise<void> {
  const { storage, runtime, limits, authenticateRequest } = deps;
  // One thread an image: two images at once fill a small machine, and a host has other things to do.
  sharp.concurrency(1);
  sharp.cache(false);
  const receiver = await createReceiver(join(deps.folder, 'incoming'), limits);
  const finisher = await createFinisher({ ...deps, workFolder: join(deps.folder, 'work') });
  const ledger = createLedger();
  for (const entry of await receiver.list()) {
    const recorded = (await storage.getFile(entry.fileId)) !== null;
    if (recorded) await receiver.dropBytes(entry.fileId);
    ledger.add(recorded ? { ...entry, state: 'whole' } : entry);
  }
  const stopSweep = startSweep({ ...deps, ledger, receiver, finisher });
  app.addHook('onClose', async () => {
    stopSweep();
    await finisher.settle();
  });

  // The bytes are not parsed: tus reads them from the request itself.
  app.addContentTypeParser(bytesType, (_request, _payload, done) => done(null));

  async function findOwn(request: FastifyRequest): Promise<UploadEntry> {
    checkVersion(request.headers);
    const { userId } = await authenticateRequest(request);
    const { fileId } = request.params as { fileId: string };
    if (!isUuid(fileId)) throw noUpload();
    const entry = ledger.get(fileId as FileId) ?? (await findWhole(fileId as FileId));
    if (entry === null || entry.ownerId !== userId) throw noUpload();
    return entry;
  }

  /** One that another node took in, whose last answer got lost. */
  async function findWhole(fileId: FileId): Promise<UploadEntry | null> {
    const file = await storage.getFile(fileId);
    if (file === null || file.conversationId !== null || file.picture !== null) return null;
    const { ownerId, name, bytes } = file;
    return { fileId, ownerId, name, bytes, begunAt: runtime.clock.now(), state: 'whole' };
  }

  /** Files that were sent since, or are pictures, no longer count. */
  async function forgetSent(entries: readonly UploadEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.state !== 'whole') continue;
      const file = await storage.getFile(entry.fileId);
      if (file !== null && file.conversationId === null && file.picture === null) continue;
      ledger.remove(entry.fileId);
      await receiver.drop(entry.fileId);
    }
  }

  async function finish(entry: UploadEntry): Promise<Attachment> {
    try {
      const attachment = await finisher.finish(entry, receiver.pathOf(entry.fileId));
      entry.state = 'whole';
      await receiver.dropBytes(entry.fileId);
      return attachment;
    } catch (error) {
      if (error instanceof NatterError && error.retry === 'never') {
        ledger.remove(entry.fileId);
        await receiver.drop(entry.fileId);
      }
      throw error;
    }
  }

  app.post(uploadsPath, async (request, reply) => {
    checkVersion(request.headers);
    const { userId } = await authenticateRequest(request);
    const { bytes, name } = readCreation(request.headers, limits);
    let decision = decideBegin(ledger.ofOwner(userId), bytes);
    if (decision !== 'accepted') {
      await forgetSent(ledger.ofOwner(userId));
      decision = decideBegin(ledger.ofOwner(userId), bytes);
    }
    if (decision !== 'accepted') throw tooMany(decision);

    const begunAt = runtime.clock.now();
    const fileId = uuidv7(begunAt, runtime.random.bytes(10)) as FileId;
    const entry: UploadEntry = {
      fileId,
      ownerId: userId,
      name,
      bytes,
      begunAt,
      state: 'unfinished',
    };
    // Before the first wait, so that beginnings at the same time count each other.
    ledger.add(entry);
    const withBytes = request.headers['content-type'] === bytesType;
    const first = withBytes ? { body: request.raw, headers: bytesHeaders(request.headers) } : null;
    let answer: TusAnswer;
    try {
      answer = await receiver.create(entry, first);
    } catch (error) {
      ledger.remove(fileId);
      await receiver.drop(fileId);
      throw error;
    }
    if (answer.offset === bytes) return tell(reply, answer).send(await finish(entry));
    return tell(reply, answer).send();
  });

  app.head(`${uploadsPath}/:fileId`, async (request, reply) => {
    const entry = await findOwn(request);
    if (entry.state === 'whole') {
      return tell(reply, wholeAnswer(entry)).header('cache-control', 'no-store').send();
    }
    const answer = await receiver.head(entry.fileId);
    // All bytes are here and nothing is recorded: a process died in between. A client that is told "all of it"
    // goes on to send the file, so it is finished first.
    if (answer.offset === entry.bytes) await finish(entry);
    return tell(reply, answer).send();
  });

  app.patch(`${uploadsPath}/:fileId`, async (request, reply) => {
    const entry = await findOwn(request);
    if (request.headers['content-type'] !== bytesType) {
      throw new NatterError(
        'badRequest',
        `unable to go on with the upload: the header Content-Type must be ${bytesType}`,
      );
    }
    if (entry.state === 'whole') {
      const recorded = await storage.getFile(entry.fileId);
      if (recorded === null) throw noUpload();
      return tell(reply, wholeAnswer(entry)).send(attachmentOf(recorded));
    }
    const headers = bytesHeaders(request.headers);
    const answer = await receiver.patch(entry.fileId, request.raw, headers);
    if (answer.offset !== entry.bytes) return tell(reply, answer).send();
    const attachment = await finish(entry);
    return tell(reply, { ...answer, status: 200 }).send(attachment);
  });

  app.delete(`${uploadsPath}/:fileId`, async (request, reply) => {
    const entry = await findOwn(request);
    if (entry.state === 'whole' || finisher.isBusy(entry.fileId)) {
      throw new NatterError(
        'conflict',
        'unable to stop the upload: it is whole; what is not sent goes by itself after a day',
      );
    }
    const answer = await receiver.remove(entry.fileId);
    ledger.remove(entry.fileId);
    return tell(reply, answer).send();
  });
}

function wholeAnswer(entry: UploadEntry): TusAnswer {
  const length = String(entry.bytes);
  return {
    status: 200,
    headers: { 'upload-offset': length, 'upload-length': length },
    offset: entry.bytes,
  };
}

function tell(reply: FastifyReply, answer: TusAnswer): FastifyReply {
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .header('tus-resumable', '1.0.0')
    .header('access-control-expose-headers', exposedHeaders.join(', '));
}

function noUpload(): NatterError {
  return new NatterError(
    'notFound',
    'unable to go on with the upload: there is none of this id; begin anew',
  );
}

function tooMany(decision: Exclude<BeginDecision, 'accepted'>): NatterError {
  const why = {
    tooManyUnfinished: `${uploadBounds.unfinishedMax} uploads of yours are unfinished; finish or cancel one`,
    tooManyWaiting: `${uploadBounds.waitingMax} files of yours are not sent yet; send some`,
    tooManyBytes: `files of ${Math.floor(uploadBounds.waitingBytesMax / 1_048_576)} MiB of yours are not sent yet; send some`,
  }[decision];
  return new NatterError('rateLimited', `unable to begin the upload: ${why}, then try again`);
}

function answerError(deps: UploadsDeps, error: unknown, reply: FastifyReply): FastifyReply {
  if (isDiskRefusal(error)) return answerError(deps, diskRefuses(error), reply);
  if (error instanceof NatterError) {
    const isDisk = error.code === 'overloaded' && error.cause !== undefined;
    if (error.code === 'internal' || isDisk) deps.runtime.log.error({ error }, 'an upload failed');
    return reply.code(errors[error.code].status).send({ error: error.toBody() });
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const refused =
    status >= 400 && status < 500
      ? new NatterError('badRequest', 'unable to read the request: its form is wrong')
      : new NatterError('internal', 'unable to answer: the server failed; try again', {
          cause: error,
        });
  if (refused.code === 'internal') deps.runtime.log.error({ error }, 'a file request failed');
  return reply.code(errors[refused.code].status).send({ error: refused.toBody() });
}
