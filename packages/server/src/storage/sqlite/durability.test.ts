import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ConversationId, type FileId, type UserId, uuidv7 } from '@natter/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../runtime/contract.ts';
import { StorageError } from '../contract.ts';
import { createWorld, testRuntime } from '../suite/world.suite.ts';
import { connect } from './connection.ts';
import { migrate } from './migrate.ts';
import { migrations } from './schema.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';

const folder = await mkdtemp(join(tmpdir(), 'natter-sqlite-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
function newPath(): string {
  count += 1;
  return join(folder, `${count}.db`);
}
const open = (path: string, options: Partial<SqliteOptions> = {}) =>
  openSqlite({ path, runtime: testRuntime, ...options });
const fileId = (n: number) => uuidv7(n, new Uint8Array(10)) as FileId;
/** Sent in one turn of the event loop, so that they are one transaction. */
const atOnce = Promise.allSettled.bind(Promise);

describe('opening', () => {
  it('[SEND1] what was saved is there after reopening, and the epoch stays', async () => {
    const path = newPath();
    const storage = await open(path);
    const world = createWorld(storage);
    const [ada, bob] = (await world.users(2)) as [UserId, UserId];
    const id = await world.group(ada, bob);
    const message = await world.send(id, ada);
    await storage.close();
    await storage.close();
    const again = await open(path);
    expect(again.epoch).toBe(storage.epoch);
    expect(await createWorld(again).history(bob, id)).toEqual([message]);
    await again.close();
  });

  it('[HELLO6] another database has another epoch', async () => {
    const [a, b] = [await open(newPath()), await open(':memory:')];
    expect(a.epoch).not.toBe(b.epoch);
    await Promise.all([a.close(), b.close()]);
  });

  it('[SEND1] closing finishes what waits, refuses what comes after, and leaves one file', async () => {
    const path = newPath();
    const storage = await open(path);
    const world = createWorld(storage);
    const ada = await world.user();
    const id = await world.group(ada);
    const writes = Array.from({ length: 50 }, () => world.send(id, ada));
    await storage.close();
    expect((await Promise.all(writes)).map(({ seq }) => seq)).toHaveLength(50);
    await expect(world.append(id, ada)).rejects.toThrow(StorageError);
    const files = (await readdir(folder)).filter((name) => path.endsWith(name.split('-')[0] ?? ''));
    expect(files).toHaveLength(1);
  });

  it.each([
    ['a folder that is missing', async () => join(folder, 'missing', 'natter.db')],
    ['a folder', async () => folder],
    [
      'another kind of file',
      async () => {
        const path = newPath();
        await writeFile(
          path,
          'this is not a database, and it is longer than one header of it'.repeat(9),
        );
        return path;
      },
    ],
  ])('[LIMITS1] %s in place of the database is an error that names it', async (_, makePath) => {
    const path = await makePath();
    const opening = open(path);
    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toThrow(path);
  });

  it('[HELLO6] a database newer than the program is refused and left as it is', async () => {
    const path = newPath();
    await (await open(path)).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    const opening = open(path);
    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toThrow(/version 99.*start a newer Natter/);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    database.close();
  });
});

describe('migrations', () => {
  it('[ORDER3] one that fails in the middle leaves the version before it, whole', () => {
    const db = connect(newPath(), 'write');
    const broken = 'CREATE TABLE half (a) STRICT; CREATE TABLE users (id)';
    expect(() => migrate(db, 'the file', [...migrations, broken])).toThrow(
      `the file from version ${migrations.length} to ${migrations.length + 1}`,
    );
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: migrations.length });
    expect(db.get(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`)).toBeUndefined();
    migrate(db, 'the file', [...migrations, 'CREATE TABLE whole (a TEXT) STRICT']);
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: migrations.length + 1 });
    db.close();
  });

  it('[PROFILE1] a database of before pictures keeps what it has, and takes pictures from then on', async () => {
    const path = newPath();
    const before = connect(path, 'write');
    migrate(before, path, migrations.slice(0, 2));
    before.exec(`
      INSERT INTO users (id, name, last_seen_at) VALUES ('ada', 'Ada', 5), ('bob', 'Bob', NULL);
      INSERT INTO conversations (key, id, kind, version, last_seq, member_count, active_at, changed_at,
        created_at, creator_id, name) VALUES (1, '${fileId(9)}', 'group', 2, 0, 1, 1, 1, 1, 'ada', 'Old');
      INSERT INTO members (conversation, user_id, role, joined_at, delivered_seq, read_seq, version, changed_at)
        VALUES (1, 'ada', 'owner', 1, 0, 0, 2, 1);
      INSERT INTO files (id, owner_id, kind, name, media_type, bytes, created_at)
        VALUES ('${fileId(1)}', 'ada', 'image', 'a.png', 'image/png', 3, 1),
          ('${fileId(2)}', 'ada', 'image', 'b.png', 'image/png', 3, 1),
          ('${fileId(3)}', 'ada', 'image', 'c.png', 'image/png', 3, 1);`);
    before.close();
    const storage = await open(path);
    const [ada, conversationId] = ['ada' as UserId, fileId(9) as string as ConversationId];
    expect(await storage.getUsers([ada])).toEqual([
      { id: ada, name: 'Ada', picture: null, lastSeenAt: 5 },
    ]);
    // No name of before was chosen by the person.
    expect(await storage.saveUser({ id: ada, name: 'Ada L.', keepChosen: true })).toMatchObject({
      name: 'Ada L.',
    });
    await storage.updateProfile({ userId: ada, picture: fileId(1) });
    const change = { conversationId, actorId: ada, picture: fileId(2) };
    expect(await storage.updateConversation(change)).toMatchObject({
      conversation: { name: 'Old', picture: fileId(2), version: 4 },
    });
    expect(await storage.deleteUnsentFiles(2)).toEqual([fileId(3)]);
    expect(await storage.getReadableFile(fileId(1), 'bob' as UserId, 'everyone')).not.toBeNull();
    await storage.close();
  });

  it('[SYSTEM1] a database of before system lines keeps its history and counts, and takes lines from then on', async () => {
    const path = newPath();
    const before = connect(path, 'write');
    migrate(before, path, migrations.slice(0, 3));
    before.exec(`
      INSERT INTO users (id, name) VALUES ('ada', 'Ada'), ('bob', 'Bob');
      INSERT INTO conversations (key, id, kind, version, last_seq, member_count, active_at, changed_at,
        created_at, creator_id, name) VALUES (1, '${fileId(9)}', 'group', 7, 3, 2, 3, 3, 1, 'ada', 'Old');
      INSERT INTO members (conversation, user_id, role, joined_at, delivered_seq, read_seq, version, changed_at)
        VALUES (1, 'ada', 'owner', 1, 3, 3, 2, 3), (1, 'bob', 'member', 1, 0, 0, 3, 1);
      INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, deleted_at, created_version,
        body_hash, sender_name, content) VALUES
        (1, 1, '${fileId(1)}', 'ada', 4, 1, NULL, 4, x'00', 'Ada', 'one'),
        (1, 2, '${fileId(2)}', 'ada', 7, 2, 4, 5, x'00', 'Ada', ''),
        (1, 3, '${fileId(3)}', 'ada', 6, 3, NULL, 6, x'00', 'Ada', 'three');`);
    before.close();
    const storage = await open(path);
    const { history, entry } = createWorld(storage);
    const [ada, bob] = ['ada' as UserId, 'bob' as UserId];
    const conversationId = fileId(9) as string as ConversationId;
    expect(await history(bob, conversationId)).toMatchObject([
      { seq: 1, type: 'text', content: 'one' },
      { seq: 2, type: 'text', content: '', deletedAt: 4 },
      { seq: 3, type: 'text', content: 'three' },
    ]);
    expect(await entry(bob, conversationId)).toMatchObject({ unreadCount: 2 });

    const renamed = { conversationId, actorId: ada, name: 'New' };
    const outcome = await storage.updateConversation(renamed);
    expect(outcome).toMatchObject({ outcome: 'done', conversation: { version: 9, lastSeq: 4 } });
    expect((await history(bob, conversationId)).at(-1)).toMatchObject({
      seq: 4,
      type: 'system',
      system: { kind: 'renamed', name: 'New' },
      senderName: 'Ada',
    });
    // Nobody wrote it: it is unread to nobody.
    expect(await entry(bob, conversationId)).toMatchObject({ unreadCount: 2 });
    await storage.close();
  });

  it('[ORDER3] what is done is not done again', () => {
    const db = connect(newPath(), 'write');
    migrate(db, 'the file', migrations);
    migrate(db, 'the file', migrations);
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: migrations.length });
    db.close();
  });
});

describe('group commit', () => {
  /** Rows that a rule of the database refuses: at once, or when the transaction commits. */
  const rules = `
    CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER at_commit AFTER INSERT ON messages WHEN new.content = 'fails the commit'
      BEGIN INSERT INTO children VALUES (1); END;
    CREATE TRIGGER at_once AFTER INSERT ON messages WHEN new.content = 'fails'
      BEGIN SELECT raise(ABORT, 'a rule of the test'); END`;

  it.each(['thread', 'inline'] as const)(
    '[ORDER3] a command that fails undoes only itself (%s)',
    async (writer) => {
      const path = newPath();
      const storage = await open(path, { writer });
      new DatabaseSync(path).exec(rules);
      const world = createWorld(storage);
      const ada = await world.user();
      const id = await world.group(ada);
      const outcomes = await atOnce(
        ['one', 'fails', 'two'].map((content) => world.send(id, ada, content)),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[1]).toMatchObject({ reason: { name: 'StorageError' } });
      const rows = await world.history(ada, id);
      expect(rows.map(({ seq, content }) => [seq, content])).toEqual([
        [1, 'one'],
        [2, 'two'],
      ]);
      await storage.close();
    },
  );

  it.each(['thread', 'inline'] as const)(
    '[ORDER3] a commit that fails acknowledges nothing of it, and the next one goes on (%s)',
    async (writer) => {
      const path = newPath();
      const storage = await open(path, { writer });
      new DatabaseSync(path).exec(rules);
      const world = createWorld(storage);
      const ada = await world.user();
      const id = await world.group(ada);
      const outcomes = await atOnce(
        ['one', 'fails the commit', 'two'].map((content) => world.send(id, ada, content)),
      );
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StorageError' } });
        expect(String((outcome as PromiseRejectedResult).reason)).toContain(path);
      }
      expect(await world.history(ada, id)).toEqual([]);
      expect(await world.send(id, ada, 'three')).toMatchObject({ seq: 1, version: 3 });
      await storage.close();
    },
  );

  it('[LIMITS1] more waiting writes than the bound are refused as overloaded, the others are kept', async () => {
    const storage = await open(newPath(), { queue: { waitingMax: 8, batchMax: 3 } });
    const world = createWorld(storage);
    const ada = await world.user();
    const id = await world.group(ada);
    const outcomes = await atOnce(Array.from({ length: 12 }, () => world.send(id, ada)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array(8).fill('fulfilled'),
      ...Array(4).fill('rejected'),
    ]);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'overloaded', retry: 'later' } });
    expect(await world.history(ada, id)).toHaveLength(8);
    await storage.close();
  });

  it('[HEADS3] a transaction longer than the overlap allows for is not committed', async () => {
    let now = 1_700_000_000_000;
    let stepMs = 0;
    const clock: Clock = {
      ...testRuntime.clock,
      now: () => {
        now += stepMs;
        return now;
      },
    };
    const storage = await open(':memory:', { runtime: { ...testRuntime, clock } });
    const world = createWorld(storage);
    const ada = await world.user();
    const id = await world.group(ada);
    stepMs = 20_000;
    await expect(world.append(id, ada)).rejects.toThrow(/longer than/);
    stepMs = 0;
    expect((await world.send(id, ada)).seq).toBe(1);
    await storage.close();
  });
});

describe('by a clock of the test', () => {
  it('[HEADS1][HEADS6] only what changed since is among the heads, by my reading as well', async () => {
    let now = 1_000_000;
    const clock: Clock = { ...testRuntime.clock, now: () => now };
    const storage = await open(':memory:', { runtime: { ...testRuntime, clock } });
    const world = createWorld(storage);
    const [ada, bob] = (await world.users(2)) as [UserId, UserId];
    const ids = await Promise.all(Array.from({ length: 5 }, () => world.group(ada, bob)));
    for (const id of ids) await world.send(id, bob);
    now += 1_000;
    const since = now;
    expect(await storage.listHeads(ada, since, 10)).toEqual([]);
    now += 1_000;
    await world.send(ids[1] as ConversationId, bob);
    now += 1_000;
    const read = { conversationId: ids[3] as ConversationId, userId: ada, readSeq: 1 };
    await storage.moveCursors([read]);
    const heads = await storage.listHeads(ada, since, 10);
    expect(heads.map(({ conversationId }) => conversationId)).toEqual([ids[3], ids[1]]);
    expect(heads[0]).toMatchObject({ readSeq: 1, unreadCount: 0, version: 4 });
    expect(await storage.listHeads(bob, since, 10)).toMatchObject([
      { conversationId: ids[3], readSeq: 1, cursorVersion: 1 },
      { conversationId: ids[1], cursorVersion: 0 },
    ]);
    expect(await storage.resumePoint()).toBeLessThan(now);
    await storage.close();
  });

  it('[HEADS3] a clock that is set back hides nothing from one who resumes, across a restart too', async () => {
    let now = 10_000_000;
    const clock: Clock = { ...testRuntime.clock, now: () => now };
    const [path, options] = [newPath(), { runtime: { ...testRuntime, clock }, writer: 'inline' }];
    let storage = await open(path, options as Partial<SqliteOptions>);
    let world = createWorld(storage);
    const [ada, bob] = (await world.users(2)) as [UserId, UserId];
    const ids = await Promise.all(Array.from({ length: 4 }, () => world.group(ada, bob)));
    const [sent, read, left, later] = ids as [
      ConversationId,
      ConversationId,
      ConversationId,
      ConversationId,
    ];
    await world.send(read, bob);
    now += 3_600_000;
    const since = await storage.resumePoint();
    now -= 7_200_000;
    await storage.close();
    storage = await open(path, options as Partial<SqliteOptions>);
    world = createWorld(storage);
    expect((await world.send(sent, bob)).createdAt).toBe(now);
    await storage.moveCursors([{ conversationId: read, userId: bob, deliveredSeq: 1 }]);
    await storage.moveCursors([{ conversationId: read, userId: ada, readSeq: 1 }]);
    await storage.removeMember({ conversationId: left, actorId: ada, userId: ada });
    const heads = await storage.listHeads(ada, since, 10);
    const brief = heads.map((head) => [head.conversationId, head.membership, head.readSeq]);
    expect(brief).toEqual(
      expect.arrayContaining([
        [sent, 'owner', 0],
        [read, 'owner', 1],
        [left, 'left', 0],
      ]),
    );
    const again = await storage.resumePoint();
    await world.send(later, bob);
    const found = await storage.listHeads(ada, again, 10);
    expect(found.map(({ conversationId }) => conversationId)).toContain(later);
    await storage.close();
  });

  it('[HEADS1] what I left before is not among them again, and a change at that very moment is', async () => {
    let now = 1_000_000;
    const clock: Clock = { ...testRuntime.clock, now: () => now };
    const storage = await open(':memory:', { runtime: { ...testRuntime, clock } });
    const world = createWorld(storage);
    const [ada, bob] = (await world.users(2)) as [UserId, UserId];
    const [left, read] = [await world.group(bob, ada), await world.group(bob, ada)];
    await world.send(read, bob);
    await storage.removeMember({ conversationId: left, actorId: ada, userId: ada });
    now += 1_000;
    const since = now;
    await world.send(left, bob);
    expect(await storage.listHeads(ada, since, 10)).toEqual([]);
    await storage.moveCursors([{ conversationId: read, userId: ada, readSeq: 1 }]);
    const heads = await storage.listHeads(ada, since, 10);
    expect(heads.map(({ conversationId }) => conversationId)).toEqual([read]);
    await storage.close();
  });

  it('[HEADS1] the heads are the same when more changed everywhere than is walked', async () => {
    let now = 1_000_000;
    const clock: Clock = { ...testRuntime.clock, now: () => now };
    const storage = await open(':memory:', { runtime: { ...testRuntime, clock } });
    const world = createWorld(storage);
    const [ada, bob, eve] = (await world.users(3)) as [UserId, UserId, UserId];
    const ids = [await world.group(ada, bob), await world.group(ada, bob), await world.group(ada)];
    now += 1_000;
    const since = now;
    await world.send(ids[0] as ConversationId, bob);
    now += 1;
    const leave = { conversationId: ids[1] as ConversationId, actorId: ada, userId: ada };
    await storage.removeMember(leave);
    const heads = await storage.listHeads(ada, since, 10);
    expect(heads.map(({ conversationId }) => conversationId)).toEqual([ids[1], ids[0]]);
    await Promise.all(Array.from({ length: 1_001 }, () => world.group(eve)));
    expect(await storage.listHeads(ada, since, 10)).toEqual(heads);
    await storage.close();
  });

  it('[ROLES4] the heir is the one who came first, not the first by id; a new membership counts anew', async () => {
    let now = 1_000_000;
    const clock: Clock = { ...testRuntime.clock, now: () => now++ };
    const storage = await open(':memory:', { runtime: { ...testRuntime, clock } });
    const world = createWorld(storage);
    const [eve, bob, sue, ada] = (await world.users(4)) as [UserId, UserId, UserId, UserId];
    const id = await world.group(ada);
    for (const userId of [bob, sue, eve]) await world.give(id, ada, userId, 'member');
    await storage.removeMember({ conversationId: id, actorId: bob, userId: bob });
    await world.give(id, ada, bob, 'member');
    await storage.removeMember({ conversationId: id, actorId: ada, userId: ada });
    expect((await storage.getMembership(id, sue))?.role).toBe('owner');
    await storage.close();
  });
});
