/**
 * Owns carrying files into a bucket. Each is compared by its hash once it is there; one that is there and alike already
 * is passed over, so whatever was cut off goes on.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileId, isUuid } from '@natter/protocol';
import {
  type FileStore,
  type FileVariant,
  type Progress,
  type Source,
  tables,
} from '@natter/server';
import { type NamedFile, pathOf, variantsOf } from '../backup/copying.ts';
import { StartError, systemCode } from '../startError.ts';

export interface Carried {
  found: number;
  bytes: number;
  /** A message that stands has it, and it was not there before either. */
  missing: number;
}

const atOnce = 4;
const warningsMax = 10;

/** Rejects with `StartError` when one does not arrive as it is. */
export async function carryFiles(
  source: Source,
  root: string,
  store: FileStore,
  { say, onProgress }: { say(line: string): void; onProgress(progress: Progress): void },
): Promise<Carried> {
  const carried = createTally(root, say);
  const all = source.count(filesTable);
  let done = 0;
  await forEachFile(source, root, async (file) => {
    for (const variant of variantsOf(file.kind)) {
      const path = join(root, pathOf(file.id, variant));
      const bytes = await sizeOf(path);
      if (bytes !== null) await carry(store, file.id as FileId, variant, path);
      carried.count(file, variant, bytes);
    }
    done += 1;
    onProgress({ table: 'files', done, all });
  });
  return carried.sum();
}

/** Of those that stay where they are. */
export async function countFiles(
  source: Source,
  root: string,
  say: (line: string) => void,
): Promise<Carried> {
  const carried = createTally(root, say);
  await forEachFile(source, root, async (file) => {
    for (const variant of variantsOf(file.kind))
      carried.count(file, variant, await sizeOf(join(root, pathOf(file.id, variant))));
  });
  return carried.sum();
}

const filesTable = tables.find(({ name }) => name === 'files') as (typeof tables)[number];

/** A few at once, from one walk over the table. */
async function forEachFile(
  source: Source,
  root: string,
  work: (file: NamedFile) => Promise<void>,
): Promise<void> {
  const names = Object.keys(filesTable.columns);
  const rows = source.rows(filesTable, null)[Symbol.iterator]();
  async function worker(): Promise<void> {
    for (let next = rows.next(); !next.done; next = rows.next()) {
      const row = next.value;
      const at = (name: string) => row[names.indexOf(name)];
      const id = String(at('id'));
      if (!isUuid(id)) throw new StartError(`${root} cannot hold a file with the name ${id}`);
      await work({
        id,
        kind: at('kind') === 'image' ? 'image' : 'file',
        sent: at('message_id') !== null && at('gone_at') === null,
      });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function carry(
  store: FileStore,
  fileId: FileId,
  variant: FileVariant,
  path: string,
): Promise<void> {
  const sent = await digestOf(createReadStream(path));
  if ((await digestThere()) === sent) return;
  const stream = createReadStream(path);
  try {
    await store.save(fileId, variant, { stream });
  } finally {
    stream.destroy();
  }
  if ((await digestThere()) !== sent)
    throw new StartError(`${path} did not arrive as it is; is the store sound?`);

  async function digestThere(): Promise<string | null> {
    const there = await store.open(fileId, variant);
    return there === null ? null : digestOf(there.stream);
  }
}

async function digestOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(stream, hash);
  return hash.digest('hex');
}

/** Null when it is not there. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function createTally(root: string, say: (line: string) => void) {
  const sum: Carried = { found: 0, bytes: 0, missing: 0 };
  return {
    count({ id, sent }: NamedFile, variant: FileVariant, bytes: number | null): void {
      if (bytes !== null) {
        sum.found += 1;
        sum.bytes += bytes;
      } else if (sent) {
        sum.missing += 1;
        if (sum.missing <= warningsMax)
          say(`warning: ${join(root, pathOf(id, variant))} is missing, and so it stays`);
      }
    },
    sum: () => sum,
  };
}
