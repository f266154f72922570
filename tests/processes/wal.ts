/** Owns the write-ahead log as bytes: where its commits end, so that a test tears it exactly there, or before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const headerBytes = 32;
const frameHeaderBytes = 24;

export interface Wal {
  path: string;
  frames: number;
  frameBytes: number;
  /** The size after each commit, oldest first. */
  commitEnds: number[];
}

/** A frame counts while it carries the salt of the header; one that ends a transaction names the size of the database. */
export function readWal(folder: string): Wal {
  const path = join(folder, 'natter.db-wal');
  const bytes = readFileSync(path);
  const frameBytes = frameHeaderBytes + bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  const commitEnds: number[] = [];
  let frames = 0;
  for (let at = headerBytes; at + frameBytes <= bytes.length; at += frameBytes) {
    if (!bytes.subarray(at + 8, at + 16).equals(salt)) break;
    frames += 1;
    if (bytes.readUInt32BE(at + 4) !== 0) commitEnds.push(at + frameBytes);
  }
  return { path, frames, frameBytes, commitEnds };
}
