import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type ConversationId,
  type FileId,
  type MessageId,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { openSqlite, silentLog, systemClock, systemRandom } from '@natter/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder, restoringName } from '../dataFolder.ts';
import { lockFolder } from '../lock.ts';
import { makeBackup } from './backup.ts';
import { readCommand } from './command.ts';
import { restoreBackup } from './restore.ts';

const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const newId = <Id extends string>() => uuidv7(systemClock.now(), systemRandom.bytes(10)) as Id;
let root: string;
let said: string[];
const world = {
  version: '1.2.3',
  now: systemClock.now,
  say: (line: string) => void said.push(line),
};
const data = () => join(root, 'data');
const target = () => join(root, 'backup');
const restore = (replace = false, to = data()) =>
  restoreBackup(target(), to, { replace, runtime, say: world.say });

beforeEach(async () => {
  said = [];
  root = await mkdtemp(join(tmpdir(), 'natter-backup-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A data folder with one message that has an image. */
async function fill(): Promise<{ epoch: string; fileId: FileId }> {
  await mkdir(data(), { recursive: true });
  const storage = await openSqlite({ path: join(data(), 'natter.db'), runtime, writer: 'inline' });
  const [ada, fileId, conversationId] = ['ada' as UserId, newId<FileId>(), newId<ConversationId>()];
  await storage.saveUser({ id: ada, name: 'Ada' });
  const facts = { name: 'cat.png', mediaType: 'image/png', bytes: 3, width: 1, height: 1 };
  await storage.saveFile({ fileId, kind: 'image', ...facts, thumbhash: null, ownerId: ada });
  const files = join(data(), 'files', fileId.slice(-3));
  await mkdir(files, { recursive: true });
  for (const variant of ['original', 'thumbnail'])
    await writeFile(join(files, `${fileId}.${variant}`), variant);
  const group = { id: conversationId, kind: 'group' as const, name: 'Cats', userIds: [] };
  await storage.createConversation({ ...group, creatorId: ada });
  const message = { id: newId<MessageId>(), conversationId, senderId: ada, content: 'a cat' };
  const sent = await storage.appendMessage({ ...message, fileIds: [fileId] });
  expect(sent.outcome).toBe('accepted');
  const { epoch } = storage;
  await storage.close();
  return { epoch, fileId };
}

function contents(folder: string): { epoch: string; messages: string[] } {
  const database = new DatabaseSync(join(folder, 'natter.db'));
  const messages = database.prepare('SELECT content FROM messages ORDER BY seq').all();
  const epoch = database.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).get();
  database.close();
  return {
    epoch: String(epoch?.value),
    messages: messages.map(({ content }) => String(content)),
  };
}

test('[HELLO10] what was backed up is restored, files too, under a new epoch', async () => {
  const { epoch, fileId } = await fill();
  const manifest = await makeBackup(data(), target(), world);
  expect(manifest).toMatchObject({ natter: '1.2.3', epoch, files: 2, missing: 0 });
  expect(said.some((line) => line.includes('100 %'))).toBe(true);
  const fresh = join(root, 'fresh');
  const restored = await restore(false, fresh);
  expect(restored).toMatchObject({ movedTo: null });
  expect(contents(fresh)).toEqual({ epoch: restored.epoch, messages: ['a cat'] });
  expect(restored.epoch).not.toBe(epoch);
  const path = join(fresh, 'files', fileId.slice(-3), `${fileId}.thumbnail`);
  expect(await readFile(path, 'utf8')).toBe('thumbnail');
  await openDataFolder(fresh);
});

test('what is there is moved aside only when told to, and never deleted', async () => {
  const { epoch } = await fill();
  await makeBackup(data(), target(), world);
  await expect(restore()).rejects.toThrow('--replace');
  expect(contents(data()).epoch).toBe(epoch);
  const { movedTo } = await restore(true);
  expect(contents(movedTo ?? '')).toEqual({ epoch, messages: ['a cat'] });
  expect(await readdir(join(movedTo ?? '', 'files'))).toHaveLength(1);
  expect(contents(data()).epoch).not.toBe(epoch);
});

test('a folder that a program uses is left alone', async () => {
  await fill();
  await makeBackup(data(), target(), world);
  using _lock = lockFolder(data());
  await expect(restore(true)).rejects.toThrow('in use by another Natter');
});

test('a restore that was cut off keeps a program from starting, until it is done again', async () => {
  await fill();
  await makeBackup(data(), target(), world);
  await mkdir(join(data(), restoringName));
  await expect(openDataFolder(data())).rejects.toThrow('run natter restore again');
  await restore();
  await openDataFolder(data());
});

test('a backup goes into an empty folder, outside of the data, and of a database', async () => {
  await expect(makeBackup(data(), target(), world)).rejects.toThrow('there is no database in');
  await fill();
  await expect(makeBackup(data(), join(data(), 'backup'), world)).rejects.toThrow('outside');
  await mkdir(target());
  await writeFile(join(target(), 'photo.jpg'), 'mine');
  await expect(makeBackup(data(), target(), world)).rejects.toThrow('not empty');
  expect(await readFile(join(target(), 'photo.jpg'), 'utf8')).toBe('mine');
});

test('one that fails half way leaves nothing', async () => {
  await fill();
  await writeFile(join(root, 'flat'), '');
  await expect(makeBackup(data(), join(root, 'flat', 'backup'), world)).rejects.toThrow(
    'unable to back up',
  );
  const damaged = new DatabaseSync(join(data(), 'natter.db'));
  damaged.exec(`DELETE FROM meta`);
  damaged.close();
  await expect(makeBackup(data(), target(), world)).rejects.toThrow('none of Natter');
  await expect(readdir(target())).rejects.toThrow('ENOENT');
});

test('files in a bucket stay there, and nothing of them is missed', async () => {
  const { fileId } = await fill();
  await rm(join(data(), 'files', fileId.slice(-3)), { recursive: true });
  const made = await makeBackup(data(), target(), { ...world, bucket: true });
  expect(made).toMatchObject({ files: 0, missing: 0, bucket: true });
  expect(said.join('\n')).not.toContain('missing');
  expect((await restore(false, join(root, 'other'))).manifest.bucket).toBe(true);
});

test('a file that is missing is told, and its absence from a backup is found', async () => {
  const { fileId } = await fill();
  await makeBackup(data(), target(), world);
  await rm(join(target(), 'files', fileId.slice(-3), `${fileId}.original`));
  await expect(restore(true)).rejects.toThrow('1 of its 2 files are missing');
  expect(contents(data()).messages).toEqual(['a cat']);
  await rm(join(data(), 'files', fileId.slice(-3), `${fileId}.original`));
  await rm(target(), { recursive: true });
  expect(await makeBackup(data(), target(), world)).toMatchObject({ files: 1, missing: 1 });
  expect(said.join('\n')).toContain(`${fileId}.original is missing`);
});

test('what is no whole backup, or a newer one, is refused and changes nothing', async () => {
  await expect(restore()).rejects.toThrow('there is no whole backup');
  const { epoch } = await fill();
  await makeBackup(data(), target(), world);
  const note = join(target(), 'natter-backup.json');
  const manifest = await readFile(note, 'utf8');
  await writeFile(note, manifest.slice(0, 20));
  await expect(restore(true)).rejects.toThrow('damaged');
  await writeFile(note, manifest.replace('"format": 1', '"format": 2'));
  await expect(restore(true)).rejects.toThrow('update first');
  await writeFile(note, manifest);
  const database = new DatabaseSync(join(target(), 'natter.db'));
  database.exec('PRAGMA user_version = 999');
  database.close();
  await expect(restore(true)).rejects.toThrow('start a newer Natter');
  await writeFile(join(target(), 'natter.db'), 'no database at all'.repeat(1_000));
  await expect(restore(true)).rejects.toThrow('unable to');
  expect(contents(data()).epoch).toBe(epoch);
  expect(await readdir(data())).not.toContain(restoringName);
});

test('nobody else may read a backup, also in a folder that others may enter', async () => {
  await fill();
  await writeFile(join(data(), 'demo.key'), 'secret', { mode: 0o600 });
  await mkdir(target());
  await chmod(target(), 0o755);
  await makeBackup(data(), target(), world);
  await restore(true);
  const folders = [target(), data()];
  for (const name of ['natter.db', 'demo.key', 'files'])
    for (const folder of folders) {
      const { mode } = await stat(join(folder, name));
      expect([folder, name, mode & 0o077]).toEqual([folder, name, 0]);
    }
});

test('a backup that was tampered with takes no files from elsewhere, and puts none there', async () => {
  const { fileId } = await fill();
  await makeBackup(data(), target(), world);
  const copy = join(target(), 'files', fileId.slice(-3), `${fileId}.original`);
  await writeFile(join(root, 'private'), 'not in the backup');
  await rm(copy);
  await symlink(join(root, 'private'), copy);
  await expect(restore(true)).rejects.toThrow(/original is a link/);
  await rm(copy);
  await writeFile(copy, 'original');
  const database = new DatabaseSync(join(target(), 'natter.db'));
  const outside = `${'../'.repeat(4)}out`;
  database.prepare('UPDATE files SET id = ?').run(outside);
  database.close();
  await writeFile(join(root, 'out.original'), 'outside');
  await expect(restore(true)).rejects.toThrow('names a file that is none of Natter');
  expect(contents(data()).messages).toEqual(['a cat']);
});

test('a data folder whose restore was cut off is not backed up: it may be neither the old nor the new', async () => {
  await fill();
  await mkdir(join(data(), restoringName));
  await expect(makeBackup(data(), target(), world)).rejects.toThrow('run natter restore again');
  await expect(readdir(target())).rejects.toThrow('ENOENT');
});

test('commands are read as they are typed', () => {
  expect(readCommand(['--demo'], {})).toEqual({ kind: 'none' });
  expect(readCommand(['backup', 'there', '--data', 'here'], {})).toMatchObject({
    command: { name: 'backup', folder: 'there', data: 'here', replace: false },
  });
  expect(readCommand(['restore', '--replace', 'there'], { NATTER_DATA: 'it' })).toMatchObject({
    command: { name: 'restore', folder: 'there', data: 'it', replace: true },
  });
  const databaseUrl = 'postgres://natter@db/natter';
  for (const told of [
    readCommand(['new-epoch'], { NATTER_DATABASE_URL: databaseUrl }),
    readCommand(['new-epoch', '--database-url', databaseUrl], {}),
    readCommand(['new-epoch', `--database-url=${databaseUrl}`], {}),
  ])
    expect(told).toEqual({ kind: 'ready', command: { name: 'new-epoch', databaseUrl } });
  for (const args of [['new-epoch'], ['new-epoch', 'it'], ['new-epoch', '--database-url', 'it']])
    expect(readCommand(args, {})).toMatchObject({ kind: 'invalid' });
  for (const name of ['backup', 'restore'])
    expect(readCommand([name, 'a'], { NATTER_DATABASE_URL: databaseUrl })).toMatchObject({
      problems: [expect.stringContaining('pg_dump')],
    });
  for (const args of [['backup'], ['backup', 'a', 'b'], ['backup', 'a', '--replace']])
    expect(readCommand(args, {})).toMatchObject({ kind: 'invalid' });
});
