/** Owns what is told when the disk takes no more bytes: to wait. What has come so far stays, and the upload goes on from there. */
import { statfs } from 'node:fs/promises';
import { NatterError } from '@natter/protocol';

const retryMs = 10_000;
/** Less free than this is full: what was being written needed more. */
const roomBytes = 1_048_576;
const codes = ['ENOSPC', 'EDQUOT', 'EROFS'];

export function isDiskRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

export async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < roomBytes;
}

export function diskRefuses(cause: unknown): NatterError {
  return new NatterError(
    'overloaded',
    'unable to take the upload: the disk of the server takes no more; try again later',
    { retryAfterMs: retryMs, cause },
  );
}
