import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileId, uuidv7 } from '@natter/protocol';
import { afterAll, expect, it } from 'vitest';
import { describeFiles } from '../contract.suite.ts';
import { openDisk } from './disk.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'natter-disk-'));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describeFiles('disk', async () => openDisk(await newFolder()));

it('files outlive the program, and what a crash left half written does not', async () => {
  const folder = await newFolder();
  const id = uuidv7(1_700_000_000_000, randomBytes(10)) as FileId;
  await (await openDisk(folder)).save(id, 'original', { data: Buffer.from('kept') });
  await mkdir(join(folder, 'incoming'), { recursive: true });
  await writeFile(join(folder, 'incoming', 'half'), 'ha');

  const store = await openDisk(folder);
  const found = await store.open(id, 'original');
  expect(found?.bytes).toBe(4);
  found?.stream.destroy();
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

it('a saved file leaves nothing aside, and lies in a folder of its shard', async () => {
  const folder = await newFolder();
  const store = await openDisk(folder);
  const id = uuidv7(1_700_000_000_000, randomBytes(10)) as FileId;
  await store.save(id, 'original', { data: Buffer.from('x') });
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  expect(await readdir(join(folder, id.slice(-3)))).toEqual([`${id}.original`]);
});
