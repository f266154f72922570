/**
 * Owns what the server asks of the place where bytes of files live. Names are made by the server (`FileId` and a
 * variant), never by a user. A file appears whole or not at all.
 */
import type { Readable } from 'node:stream';
import type { FileId } from '@natter/protocol';

export type FileVariant = 'original' | 'thumbnail';

/** Says which place cannot be used, why, and what to do. */
export class FilesError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FilesError';
  }
}

export interface FileStore {
  /** Takes over a finished local file, or what a buffer or stream holds. Saving over an existing one replaces it. */
  save(
    fileId: FileId,
    variant: FileVariant,
    source: { path: string } | { data: Uint8Array } | { stream: Readable },
  ): Promise<void>;
  /** Null when there is none. `range` is inclusive, in bytes. */
  open(
    fileId: FileId,
    variant: FileVariant,
    range?: { start: number; end: number },
  ): Promise<{ stream: Readable; bytes: number } | null>;
  /**
   * Where whoever holds the link may read it for a few minutes, past the server. Not there: the server passes the
   * bytes on. The headers are part of the link: whoever has it cannot make another kind of answer of it.
   */
  signedUrl?(
    fileId: FileId,
    variant: FileVariant,
    headers: { contentType: string; contentDisposition: string; cacheControl: string },
  ): Promise<string>;
  /** Both variants. Deleting what is not there is harmless. */
  delete(fileId: FileId): Promise<void>;
  close(): Promise<void>;
}
