/**
 * Owns what happens once all bytes of an upload are here: the type is found, an image is made anew, the bytes go to
 * the store, and last the file is recorded. The upload's own bytes stay until then, so a process that dies in
 * between only has to do it again, and doing it again is harmless.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment, FileId, Limits } from '@natter/protocol';
import { fileTypeFromFile } from 'file-type';
import type { FileStore } from '../files/contract.ts';
import { createWorkQueue } from '../runtime/workQueue.ts';
import type { Storage } from '../storage/contract.ts';
import { imageFamily, makeImage } from './images.ts';
import type { UploadEntry } from './ledger.ts';

export interface Finisher {
  /** Concurrent calls for one upload are one. Rejects with `tooLarge`, `unsupportedFile` or `overloaded`. */
  finish(entry: UploadEntry, path: string): Promise<Attachment>;
  isBusy(fileId: FileId): boolean;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

export async function createFinisher(deps: {
  storage: Storage;
  files: FileStore;
  limits: Limits;
  /** For links to bytes on their way into the store; emptied here. */
  workFolder: string;
}): Promise<Finisher> {
  const { storage, files, limits, workFolder } = deps;
  const queue = createWorkQueue({
    atOnce: 2,
    waitingMax: 32,
    refusal:
      'unable to finish the upload: the server is busy with others; try again in a few seconds',
  });
  const underWay = new Map<FileId, Promise<Attachment>>();
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });

  async function process(entry: UploadEntry, path: string): Promise<Attachment> {
    const recorded = await storage.getFile(entry.fileId);
    if (recorded !== null) return attachmentOf(recorded);
    const found = (await fileTypeFromFile(path))?.mime ?? 'application/octet-stream';
    const family = imageFamily(found);
    const attachment =
      family === null
        ? await keepAsFile(entry, path, found)
        : await queue.run(() => keepAsImage(entry, path, family));
    await storage.saveFile({ ...attachment, ownerId: entry.ownerId });
    return attachment;
  }

  async function keepAsImage(
    entry: UploadEntry,
    path: string,
    family: NonNullable<ReturnType<typeof imageFamily>>,
  ): Promise<Attachment> {
    const { fileId, name } = entry;
    const image = await makeImage(path, family, limits);
    await files.save(fileId, 'original', { data: image.data });
    await files.save(fileId, 'thumbnail', { data: image.thumbnail });
    const { mediaType, width, height, thumbhash } = image;
    const bytes = image.data.byteLength;
    return { fileId, kind: 'image', name, mediaType, bytes, width, height, thumbhash };
  }

  async function keepAsFile(
    entry: UploadEntry,
    path: string,
    mediaType: string,
  ): Promise<Attachment> {
    const { fileId, name, bytes } = entry;
    const handedOver = join(workFolder, randomUUID());
    try {
      await link(path, handedOver).catch(() => copyFile(path, handedOver));
      await files.save(fileId, 'original', { path: handedOver });
    } finally {
      await rm(handedOver, { force: true });
    }
    const noImage = { width: null, height: null, thumbhash: null };
    return { fileId, kind: 'file', name, mediaType, bytes, ...noImage };
  }

  return {
    finish(entry, path) {
      const begun = underWay.get(entry.fileId);
      if (begun !== undefined) return begun;
      const work = process(entry, path).finally(() => underWay.delete(entry.fileId));
      underWay.set(entry.fileId, work);
      return work;
    },
    isBusy: (fileId) => underWay.has(fileId),
    async settle() {
      await Promise.allSettled(underWay.values());
    },
  };
}

export function attachmentOf(file: Attachment): Attachment {
  const { fileId, kind, name, mediaType, bytes, width, height, thumbhash } = file;
  return { fileId, kind, name, mediaType, bytes, width, height, thumbhash };
}
