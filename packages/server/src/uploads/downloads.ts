/**
 * Owns reading files. Who may read is asked of the database at every request. Images are shown; everything else is
 * only ever a download, in a sandbox, whatever it claims to be.
 */
import type { FileId } from '@natter/protocol';
import { isUuid, NatterError } from '@natter/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../auth/contract.ts';
import type { FileStore, FileVariant } from '../files/contract.ts';
import type { Directory, Storage, StoredFile } from '../storage/contract.ts';
import { contentDisposition as dispositionOf } from './fileName.ts';
import { readRange } from './range.ts';

const headersOfAll = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-site',
  /** A file never changes. Kept by the browser of the one who may read it, and under their token only. */
  'cache-control': 'private, max-age=31536000, immutable',
};

/** Links stand at least twice as long. */
const linkSeconds = 60;

export function registerDownloads(
  app: FastifyInstance,
  deps: {
    storage: Storage;
    files: FileStore;
    directory: Directory;
    authenticateRequest: (request: FastifyRequest) => Promise<Identity>;
  },
): void {
  const { storage, files, directory, authenticateRequest } = deps;

  async function find(request: FastifyRequest): Promise<StoredFile> {
    const { userId } = await authenticateRequest(request);
    const { fileId } = request.params as { fileId: string };
    if (!isUuid(fileId)) throw notFound();
    const file = await storage.getReadableFile(fileId as FileId, userId, directory);
    if (file === null) throw notFound();
    return file;
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    file: StoredFile,
    variant: FileVariant,
  ): Promise<FastifyReply> {
    const etag = `"${file.fileId}.${variant}"`;
    reply.headers(headersOfAll).header('etag', etag).header('accept-ranges', 'bytes');
    addVary(reply, 'Authorization');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();

    if (files.signedUrl !== undefined && request.method === 'GET') {
      const url = await files.signedUrl(file.fileId, variant, {
        ...headersOf(file, variant),
        cacheControl: headersOfAll['cache-control'],
      });
      // The same link again while it stands, so that the browser finds what it has kept.
      reply.removeHeader('etag').header('cache-control', `private, max-age=${linkSeconds}`);
      return reply.code(307).header('location', url).send();
    }

    const range = rangeOf(request, etag, file, variant);
    if (range.kind === 'unsatisfiable') {
      reply.removeHeader('etag');
      reply.header('cache-control', 'no-store').header('content-range', `bytes */${file.bytes}`);
      return reply.code(416).send();
    }
    if (range.kind === 'whole') {
      const whole = await files.open(file.fileId, variant);
      if (whole === null) throw notFound();
      describe(reply, file, variant).header('content-length', whole.bytes);
      return reply.send(whole.stream);
    }
    const { start, end } = range;
    const part = await files.open(file.fileId, variant, { start, end });
    if (part === null) throw notFound();
    describe(reply, file, variant)
      .code(206)
      .header('content-range', `bytes ${start}-${end}/${part.bytes}`)
      .header('content-length', end - start + 1);
    return reply.send(part.stream);
  }

  app.get('/v1/files/:fileId', async (request, reply) => {
    return send(request, reply, await find(request), 'original');
  });

  app.get('/v1/files/:fileId/thumbnail', async (request, reply) => {
    const file = await find(request);
    if (file.kind !== 'image') throw notFound();
    return send(request, reply, file, 'thumbnail');
  });
}

/** The size of a thumbnail is not recorded, and it is small: it always comes whole. */
function rangeOf(request: FastifyRequest, etag: string, file: StoredFile, variant: FileVariant) {
  const ifRange = request.headers['if-range'];
  const isSame = ifRange === undefined || ifRange === etag;
  const asked = isSame && variant === 'original' ? request.headers.range : undefined;
  return readRange(asked, file.bytes);
}

function describe(reply: FastifyReply, file: StoredFile, variant: FileVariant): FastifyReply {
  const { contentType, contentDisposition } = headersOf(file, variant);
  return reply.type(contentType).header('content-disposition', contentDisposition);
}

/** What is no image is a download, whatever it claims to be. */
function headersOf(file: StoredFile, variant: FileVariant) {
  if (file.kind !== 'image') {
    const contentType = 'application/octet-stream';
    return { contentType, contentDisposition: dispositionOf('attachment', file.name) };
  }
  const contentType = variant === 'thumbnail' ? 'image/webp' : file.mediaType;
  return { contentType, contentDisposition: dispositionOf('inline', file.name) };
}

function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}

function notFound(): NatterError {
  return new NatterError('notFound', 'unable to read the file: there is none that you may read');
}
