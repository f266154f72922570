/** Owns the checks of an upload's headers, before any of its bytes are taken. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Limits, NatterError } from '@natter/protocol';
import { Metadata } from '@tus/server';
import { safeFileName } from './fileName.ts';

const metadataCharactersMax = 4_096;
export const bytesType = 'application/offset+octet-stream';

export function checkVersion(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] !== '1.0.0') {
    throw bad('the header Tus-Resumable must be 1.0.0');
  }
}

/** What a creation declares. */
export function readCreation(
  headers: IncomingHttpHeaders,
  limits: Limits,
): { bytes: number; name: string } {
  if (headers['upload-defer-length'] !== undefined || headers['upload-concat'] !== undefined) {
    throw bad('its length must be known from the start, and it must be one upload');
  }
  const declared = headers['upload-length'];
  if (typeof declared !== 'string' || !/^\d{1,15}$/.test(declared)) {
    throw bad('the header Upload-Length must be its size in bytes');
  }
  const bytes = Number(declared);
  if (bytes === 0) throw bad('the file is empty');
  if (bytes > limits.uploadBytesMax) {
    const allowed = Math.floor(limits.uploadBytesMax / 1_048_576);
    throw new NatterError(
      'tooLarge',
      `unable to take the upload: it is larger than ${allowed} MiB; make it smaller and try again`,
    );
  }
  return { bytes, name: readName(headers['upload-metadata']) };
}

/** The headers of bytes as tus may see them. */
export function bytesHeaders(headers: IncomingHttpHeaders): Headers {
  const kept = new Headers({ 'content-type': bytesType });
  for (const name of ['upload-offset', 'content-length']) {
    const value = headers[name];
    if (typeof value === 'string') kept.set(name, value);
  }
  return kept;
}

function readName(metadata: string | string[] | undefined): string {
  if (metadata === undefined || metadata === '') return safeFileName(null);
  if (typeof metadata !== 'string' || metadata.length > metadataCharactersMax) {
    throw bad(`the header Upload-Metadata must be at most ${metadataCharactersMax} characters`);
  }
  try {
    return safeFileName(Metadata.parse(metadata).filename);
  } catch (cause) {
    throw new NatterError(
      'badRequest',
      'unable to take the upload: the header Upload-Metadata must be pairs of a name and base64, with commas between',
      { cause },
    );
  }
}

function bad(why: string): NatterError {
  return new NatterError('badRequest', `unable to take the upload: ${why}`);
}
