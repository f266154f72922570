/**
 * Owns what the server asks of the place where bytes of files live. Names are made by the server (`FileId` and a
 * variant), never by a user. A file appears whole or not at all.
 */
import type { Readable } from 'node:stream';
import type { FileId } from '@natter/protocol';

export type FileVariant = 'original' | 'thumbnail';

export interface FileStore {
  /** Takes over a finished local file or a buffer. Saving over an existing one replaces it. */
  save(
    fileId: FileId,
    variant: FileVariant,
    source: { path: string } | { data: Uint8Array },
  ): Promise<void>;
  /** Null when there is none. `range` is inclusive, in bytes. */
  open(
    fileId: FileId,
    variant: FileVariant,
    range?: { start: number; end: number },
  ): Promise<{ stream: Readable; bytes: number } | null>;
  /** Both variants. Deleting what is not there is harmless. */
  delete(fileId: FileId): Promise<void>;
  close(): Promise<void>;
}
