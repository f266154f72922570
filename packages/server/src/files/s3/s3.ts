/**
 * Owns files in a bucket of an S3-compatible store. An object appears whole or not at all: the store itself sees to
 * that, and a large one goes up in parts that become an object together. Keys are made of ids only.
 */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type FileId, isUuid } from '@natter/protocol';
import { createWorkQueue } from '../../runtime/workQueue.ts';
import type { FileStore, FileVariant } from '../contract.ts';
import { checkBucket } from './check.ts';

export interface S3Options {
  bucket: string;
  /** Before every key, so that a bucket may hold other things too. Default: none. */
  prefix?: string;
  /** Default: `us-east-1`, which stores other than Amazon's most often call themselves. */
  region?: string;
  /** `https://host:port` of another store than Amazon's. */
  endpoint?: string;
  /** Default: what the environment says in the ways of AWS (variables, profile, role of the machine). */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /**
   * `through`: the server passes the bytes on, so that a person who may no longer read is refused at once, and the
   * bucket needs no public address. `signed`: people fetch them from the store, by links that expire within minutes.
   */
  reads?: 'through' | 'signed';
  /** Where people reach the store, when that is not `endpoint`. */
  publicEndpoint?: string;
}

const variants: readonly FileVariant[] = ['original', 'thumbnail'];
const partBytes = 8_388_608;
const partsAtOnce = 2;
const savesAtOnce = 4;
const readsAtOnce = 256;
const attemptsMax = 3;
const connectMs = 5_000;
/** Until an answer begins; a part is on its way in this time. */
const answerMs = 60_000;
/** Nothing moves any more: the store hangs, or the reader does. */
const silentMs = 60_000;
export const signedForSeconds = 120;

/** Rejects with `FilesError` when the bucket cannot be written or read. */
export async function openS3(options: S3Options): Promise<FileStore> {
  const { bucket, prefix = '', reads = 'through' } = options;
  const client = createClient(options, options.endpoint);
  try {
    await checkBucket(client, bucket, prefix);
  } catch (error) {
    client.destroy();
    throw error;
  }
  const publicClient = createClient(options, options.publicEndpoint ?? options.endpoint);
  const saving = createWorkQueue({
    atOnce: savesAtOnce,
    waitingMax: 256,
    refusal: 'unable to keep the file: too many wait to be kept; try again in a few seconds',
  });
  const reading = createWorkQueue({
    atOnce: readsAtOnce,
    waitingMax: 1_024,
    refusal: 'unable to read the file: too many are being read; try again in a few seconds',
  });
  const at = (fileId: FileId, variant: FileVariant) => ({
    Bucket: bucket,
    Key: `${prefix}${keyOf(fileId, variant)}`,
  });

  const store: FileStore = {
    async save(fileId, variant, source) {
      const target = at(fileId, variant);
      await saving.run(async () => {
        if ('data' in source) {
          await client.send(new PutObjectCommand({ ...target, Body: source.data }));
          return;
        }
        const Body = 'stream' in source ? source.stream : createReadStream(source.path);
        const params = { ...target, Body };
        try {
          await new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done();
        } finally {
          Body.destroy();
        }
        if ('path' in source) await rm(source.path, { force: true });
      });
    },

    async open(fileId, variant, range) {
      const target = at(fileId, variant);
      const end = await reading.enter();
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
      try {
        const answer = await client.send(new GetObjectCommand({ ...target, ...Range }));
        if (!(answer.Body instanceof Readable)) throw new Error('the store answered nothing');
        answer.Body.once('close', end);
        return { stream: answer.Body, bytes: sizeOf(answer) };
      } catch (error) {
        end();
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },

    async delete(fileId) {
      const targets = variants.map((variant) => at(fileId, variant));
      // One by one: the call that takes several wants checksums on which stores do not agree.
      for (const target of targets) await client.send(new DeleteObjectCommand(target));
    },

    async close() {
      client.destroy();
      publicClient.destroy();
    },
  };
  if (reads === 'through') return store;
  return {
    ...store,
    signedUrl: (fileId, variant, { contentType, contentDisposition, cacheControl }) =>
      getSignedUrl(
        publicClient,
        new GetObjectCommand({
          ...at(fileId, variant),
          ResponseContentType: contentType,
          ResponseContentDisposition: contentDisposition,
          ResponseCacheControl: cacheControl,
        }),
        { expiresIn: signedForSeconds },
      ),
  };
}

function createClient(options: S3Options, endpoint: string | undefined): S3Client {
  const { region = 'us-east-1', credentials } = options;
  const agent = { keepAlive: true, maxSockets: readsAtOnce + savesAtOnce * partsAtOnce + 8 };
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: attemptsMax,
    // What Amazon adds by default, other stores refuse. The signature covers the bytes as it is.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      socketTimeout: silentMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}

/** As on disk, so that a folder of files can be copied into a bucket as it is. */
function keyOf(fileId: FileId, variant: FileVariant): string {
  if (!isUuid(fileId)) throw new Error('unable to name a file: its id is not a UUIDv7');
  if (!variants.includes(variant)) throw new Error('unable to name a file: no such variant');
  return `${fileId.slice(-3)}/${fileId}.${variant}`;
}

/** Of the whole, of which a range is a part. */
function sizeOf(answer: {
  ContentRange?: string | undefined;
  ContentLength?: number | undefined;
}): number {
  const whole = /\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1];
  const bytes = whole === undefined ? answer.ContentLength : Number(whole);
  if (bytes === undefined) throw new Error('the store did not say how large the file is');
  return bytes;
}
