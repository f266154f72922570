/**
 * Owns files in one folder of this machine. A file is written aside, flushed, then renamed into place, so that it
 * appears whole or not at all, also after a power cut. Paths are made of ids only, never of what a user wrote.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type FileId, isUuid } from '@natter/protocol';
import type { FileStore, FileVariant } from '../contract.ts';

const variants: readonly FileVariant[] = ['original', 'thumbnail'];

/** Makes the folder when it is missing, and clears what a crash left half written. */
export async function openDisk(folder: string): Promise<FileStore> {
  const root = resolve(folder);
  const incoming = join(root, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });

  return {
    async save(fileId, variant, source) {
      const target = pathOf(root, fileId, variant);
      const aside = join(incoming, randomUUID());
      try {
        if ('path' in source) await takeOver(source.path, aside);
        else await write('stream' in source ? source.stream : source.data, aside);
        await mkdir(dirname(target), { recursive: true });
        await rename(aside, target);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      await flush(dirname(target));
      await flush(root);
    },

    async open(fileId, variant, range) {
      const handle = await openIfThere(pathOf(root, fileId, variant));
      if (handle === null) return null;
      try {
        const { size } = await handle.stat();
        return { stream: handle.createReadStream(range ?? {}), bytes: size };
      } catch (error) {
        await handle.close();
        throw error;
      }
    },

    async delete(fileId) {
      for (const variant of variants) await rm(pathOf(root, fileId, variant), { force: true });
    },

    async close() {},
  };
}

/** The last characters of a UUIDv7 are random: they spread files evenly over 4,096 folders. */
function pathOf(root: string, fileId: FileId, variant: FileVariant): string {
  if (!isUuid(fileId)) throw new Error('unable to name a file: its id is not a UUIDv7');
  if (!variants.includes(variant)) throw new Error('unable to name a file: no such variant');
  return join(root, fileId.slice(-3), `${fileId}.${variant}`);
}

async function takeOver(path: string, aside: string): Promise<void> {
  await flush(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (!isCode(error, 'EXDEV')) throw error;
    await copyFile(path, aside, constants.COPYFILE_EXCL);
    await flush(aside);
    await rm(path, { force: true });
  }
}

async function write(data: Uint8Array | Readable, aside: string): Promise<void> {
  const handle = await open(aside, 'wx');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Of a folder: makes its entries durable. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
