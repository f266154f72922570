import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  type ConversationId,
  type FileId,
  type Message,
  type MessageId,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import {
  openPostgres,
  openSqlite,
  type Storage,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { openS3 } from '@natter/server/s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startS3, type TestS3 } from '../../../../packages/server/test/s3.ts';
import { describePostgres } from '../../../../tests/services/postgres.ts';
import { pathOf } from '../backup/copying.ts';
import { refuseMoved } from '../dataFolder.ts';
import { lockFolder } from '../lock.ts';
import { readMove } from './command.ts';
import { moveToPostgres } from './move.ts';

vi.setConfig({ testTimeout: 60_000 });

const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const newId = <Id extends string>() => uuidv7(systemClock.now(), systemRandom.bytes(10)) as Id;
const odd = 'Zoë\0 \ufdd0 \u{1f600}';
const people = ['ada', 'ben', 'eve'] as UserId[];
const [ada, ben, eve] = people as [UserId, UserId, UserId];

/** Something of everything that an installation holds. */
async function livedIn(data: string) {
  await mkdir(data, { recursive: true });
  const storage = await openSqlite({ path: join(data, 'natter.db'), runtime, writer: 'inline' });
  for (const id of people) await storage.saveUser({ id, name: id === eve ? odd : `${id} B.` });
  const [group, left, direct] = [
    newId<ConversationId>(),
    newId<ConversationId>(),
    newId<ConversationId>(),
  ];
  const made = { creatorId: ada, name: 'a group', kind: 'group' } as const;
  await storage.createConversation({ ...made, id: group, userIds: [ben, eve] });
  await storage.createConversation({ ...made, id: left, userIds: [ben] });
  await storage.createConversation({
    id: direct,
    kind: 'direct',
    creatorId: ada,
    userIds: [ben],
    name: null,
  });
  const files = new Map<FileId, Buffer>();
  async function file(kind: 'image' | 'file'): Promise<FileId> {
    const fileId = newId<FileId>();
    const bytes = Buffer.from(systemRandom.bytes(50_000));
    files.set(fileId, bytes);
    for (const variant of kind === 'image'
      ? (['original', 'thumbnail'] as const)
      : (['original'] as const)) {
      const path = join(data, 'files', pathOf(fileId, variant));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, variant === 'original' ? bytes : bytes.subarray(0, 100));
    }
    const size = kind === 'image' ? { width: 10, height: 20 } : { width: null, height: null };
    const row = { fileId, kind, name: 'it', mediaType: 'a/b', bytes: 50_000, thumbhash: null };
    await storage.saveFile({ ...row, ...size, ownerId: ada });
    return fileId;
  }
  const append = (conversationId: ConversationId, content: string, fileIds: FileId[] = []) => ({
    id: newId<MessageId>(),
    conversationId,
    senderId: ada,
    content,
    fileIds,
  });
  const sent = [
    append(group, 'first'),
    append(group, odd),
    append(direct, 'with files', [await file('image'), await file('file')]),
    ...Array.from({ length: 2_500 }, (_, at) => append(group, `number ${at}`)),
  ];
  await Promise.all(sent.map((each) => storage.appendMessage(each)));
  const [edited, deleted] = sent.map(({ id }) => id) as [MessageId, MessageId];
  const change = { conversationId: group, actorId: ada };
  await storage.editMessage({ ...change, messageId: edited, content: 'otherwise' });
  await storage.deleteMessage({ ...change, messageId: deleted });
  await storage.updateProfile({ userId: ada, name: 'Ada', picture: await file('image') });
  await storage.updateConversation({ ...change, name: 'named', picture: await file('image') });
  await storage.removeMember({ conversationId: left, actorId: ada, userId: ben });
  await storage.moveCursors([{ conversationId: group, userId: ben, readSeq: 7 }]);
  await storage.setLastSeen(ben, 4_711);
  await storage.saveRevocation({ userId: eve });
  const { epoch } = storage;
  return { storage, epoch, files, sent, group, direct };
}

/** What three people see of it all. */
async function seen(storage: Storage) {
  const all = [];
  for (const user of people) {
    const heads = await storage.listHeads(user, 0, 100);
    const histories: (Message[] | undefined)[] = [];
    for (const { conversationId } of heads) {
      for (let after = 0; ; ) {
        const page = await storage.getMessages(user, { conversationId, after, limit: 100 });
        histories.push(page?.messages);
        if (!page?.hasAfter) break;
        after = page.messages.at(-1)?.seq ?? after;
      }
    }
    const ids = heads.map(({ conversationId }) => conversationId);
    all.push({
      heads: heads.toSorted((a, b) => a.conversationId.localeCompare(b.conversationId)),
      histories: histories.flat().toSorted((a, b) => (a?.id ?? '').localeCompare(b?.id ?? '')),
      entries: await storage.getConversations(user, ids.toSorted()),
      found: await storage.searchUsers({ query: '', after: null, limit: 50 }),
      starting: await storage.searchUsers({ query: 'b', after: null, limit: 50 }),
      people: await storage.getUsers(people),
      revoked: await storage.listRevocations(0, 10),
    });
  }
  return all;
}

describePostgres('moving to PostgreSQL', {}, (server) => {
  let root: string;
  let s3: TestS3;
  let said: string[];
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'natter-move-'));
    s3 = await startS3();
  });
  afterAll(async () => {
    await s3.close();
    await rm(root, { recursive: true, force: true });
  });
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(root, 'data-'));
    said = [];
  });
  const world = { runtime, say: (line: string) => void said.push(line) };
  const bucketOf = ({ endpoint, bucket, credentials }: TestS3, prefix = '') => ({
    endpoint,
    bucket,
    credentials,
    prefix,
  });
  const move = (databaseUrl: string, changes: Partial<Parameters<typeof moveToPostgres>[0]> = {}) =>
    moveToPostgres({ data, databaseUrl, bucket: null, restart: false, ...changes }, world);

  it('[HELLO6][SEND2] people find everything as it was, with the same epoch, and a repeat is one still', async () => {
    const { storage, epoch, sent, files } = await livedIn(data);
    const before = await seen(storage);
    const since = await storage.resumePoint();
    await storage.close();
    const database = await readFile(join(data, 'natter.db'));
    const url = server.createDatabase();
    const bucket = bucketOf(s3, 'whole/');
    const moved = await move(url, { bucket });
    expect(moved).toMatchObject({ kind: 'now', files: { found: 7, missing: 0 } });
    expect((await readFile(join(data, 'natter.db'))).equals(database)).toBe(true);

    const there = await openPostgres(url, { runtime });
    expect(there.epoch).toBe(epoch);
    expect(await seen(there)).toEqual(before);
    const [first, second, third] = sent as [(typeof sent)[0], (typeof sent)[0], (typeof sent)[0]];
    for (const each of [first, second, third])
      expect(await there.appendMessage(each)).toMatchObject({ outcome: 'duplicate' });
    expect(await there.appendMessage({ ...first, content: 'another' })).toMatchObject({
      outcome: 'refused',
      reason: 'conflict',
    });
    const next = { ...first, id: newId<MessageId>() };
    await there.appendMessage(next);
    const heads = await there.listHeads(ada, since, 10);
    expect(heads[0]).toMatchObject({ conversationId: first.conversationId });
    await there.close();

    const store = await openS3(bucket);
    for (const [id, bytes] of files) {
      const found = await store.open(id, 'original');
      expect(found && bytes.equals(await buffer(found.stream))).toBe(true);
    }
    await store.close();
  });

  it('every column of both databases travels', async () => {
    const { storage } = await livedIn(data);
    await storage.close();
    const url = server.createDatabase();
    await move(url);
    const { tables } = await import('@natter/server');
    const database = new DatabaseSync(join(data, 'natter.db'), { readOnly: true });
    const listed = database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta'`)
      .all()
      .map(({ name }) => String(name));
    expect(listed.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
    for (const { name, columns } of tables) {
      const here = database
        .prepare(`SELECT name FROM pragma_table_info(?)`)
        .all(name)
        .map((column) => String(column.name).replace(/^conversation$/, 'conversation_id'))
        .filter((column) => column !== 'key');
      const there = server
        .query(
          `SELECT column_name FROM information_schema.columns WHERE table_schema = 'natter' AND table_name = '${name}'`,
          url,
        )
        .split('\n');
      expect(here.toSorted(), name).toEqual(Object.keys(columns).toSorted());
      expect(there.toSorted(), name).toEqual(Object.keys(columns).toSorted());
    }
    database.close();
  });

  it('[HELLO6] a second run finds all done, and the folder is not served by mistake', async () => {
    const { storage } = await livedIn(data);
    await storage.close();
    const url = server.createDatabase();
    await move(url);
    expect(await move(url)).toEqual({ kind: 'before' });
    expect(() => refuseMoved(data)).toThrow(/was moved to PostgreSQL.*NATTER_DATABASE_URL/);
    expect(said.join('\n')).toContain('compared messages: 100 % of');
  });

  describe('refuses, saying why:', () => {
    it('a folder without a database', async () => {
      await expect(move(server.createDatabase())).rejects.toThrow(/is NATTER_DATA right/);
    });

    it('a folder that is being served', async () => {
      await (await livedIn(data)).storage.close();
      using _served = lockFolder(data);
      await expect(move(server.createDatabase())).rejects.toThrow(/in use by another Natter/);
    });

    it('a database that has been used, by itself or by another installation that is moving in', async () => {
      await (await livedIn(data)).storage.close();
      const used = server.createDatabase();
      await (await openPostgres(used, { runtime })).close();
      await expect(move(used)).rejects.toThrow(/another installation already.*empty/);

      const half = server.createDatabase();
      const broken = { ...bucketOf(s3), bucket: 'absent' };
      await expect(move(half, { bucket: broken })).rejects.toThrow(/no such bucket/);
      data = await mkdtemp(join(root, 'other-'));
      await (await livedIn(data)).storage.close();
      await expect(move(half, { restart: true })).rejects.toThrow(/part of another installation/);
    });
  });

  it('[HELLO6] what is half moved opens for no node, goes on, and finds what changed meanwhile', async () => {
    const { storage, group } = await livedIn(data);
    await storage.close();
    const url = server.createDatabase();
    const broken = { ...bucketOf(s3), bucket: 'absent' };
    await expect(move(url, { bucket: broken })).rejects.toThrow(/no such bucket/);
    await expect(openPostgres(url, { runtime })).rejects.toThrow(/did not end; run it again/);

    const served = await openSqlite({ path: join(data, 'natter.db'), runtime, writer: 'inline' });
    await served.moveCursors([{ conversationId: group, userId: ben, readSeq: 9 }]);
    await served.close();
    await expect(move(url)).rejects.toThrow(
      /row .* of (members|conversations) is another.*--restart/,
    );
    expect(await move(url, { restart: true })).toMatchObject({ kind: 'now' });
    const there = await openPostgres(url, { runtime });
    const [head] = (await there.listHeads(ben, 0, 9)).filter((it) => it.conversationId === group);
    expect(head?.readSeq).toBe(9);
    await there.close();
  });

  it('a file that is missing is told, and one that arrived otherwise is carried again', async () => {
    const { storage, files } = await livedIn(data);
    await storage.close();
    const [gone, torn] = [...files.keys()] as [FileId, FileId];
    await rm(join(data, 'files', pathOf(gone, 'original')));
    const bucket = bucketOf(s3, 'torn/');
    const store = await openS3(bucket);
    await store.save(torn, 'original', { data: Buffer.from('half of it') });
    const moved = await move(server.createDatabase(), { bucket });
    expect(moved).toMatchObject({ files: { found: 6, missing: 1 } });
    expect(said.join('\n')).toContain(`${gone}.original is missing`);
    const found = await store.open(torn, 'original');
    const digest = createHash('sha256').update(await buffer(found?.stream ?? Readable.from([])));
    expect(digest.digest('hex')).toBe(
      createHash('sha256')
        .update(files.get(torn) as Buffer)
        .digest('hex'),
    );
    await store.close();
    expect((await stat(join(data, 'files', pathOf(torn, 'original')))).size).toBe(50_000);
  });
});

it('the command takes its settings like the program, and says what is missing', () => {
  const url = 'postgres://me@db/natter';
  expect(readMove(['backup'], {})).toEqual({ kind: 'none' });
  expect(readMove(['migrate-to-postgres'], {})).toMatchObject({
    problems: [expect.stringContaining('NATTER_DATABASE_URL')],
  });
  expect(
    readMove(['migrate-to-postgres', '--restart', '--data', 'x'], { NATTER_DATABASE_URL: url }),
  ).toEqual({
    kind: 'ready',
    command: { data: 'x', databaseUrl: url, bucket: null, restart: true },
  });
  expect(readMove(['migrate-to-postgres', 'folder'], { NATTER_DATABASE_URL: url })).toMatchObject({
    kind: 'invalid',
  });
});
