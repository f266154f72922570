/** What PostgreSQL must do beyond the contract: be away and come back, be shared by several nodes, and refuse. */
import { type ConversationId, type MessageId, type UserId, uuidv7 } from '@natter/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describePostgres } from '../../../../../tests/services/postgres.ts';
import type { Clock } from '../../runtime/contract.ts';
import { type Storage, StorageError } from '../contract.ts';
import { createWorld, testRuntime } from '../suite/world.suite.ts';
import { openPostgres, type PostgresOptions, renewPostgresEpoch } from './postgres.ts';
import { migrations } from './schema.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Sent in one turn of the event loop, so that they wait together. */
const atOnce = Promise.allSettled.bind(Promise);
const overloaded = { code: 'overloaded', retry: 'later' };

describePostgres('postgres', { durable: true }, (server) => {
  const opened: Storage[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((storage) => storage.close()));
  });
  async function open(url: string, options: Partial<PostgresOptions> = {}): Promise<Storage> {
    const storage = await openPostgres(url, { runtime: testRuntime, ...options });
    opened.push(storage);
    return storage;
  }
  async function openWorld(options: Partial<PostgresOptions> = {}, url = server.createDatabase()) {
    const storage = await open(url, options);
    return { url, ...createWorld(storage) };
  }

  describe('opening', () => {
    it('[ORDER3] four nodes that start at once on an empty database make it once', async () => {
      const url = server.createDatabase();
      const nodes = await Promise.all(Array.from({ length: 4 }, () => open(url)));
      expect(new Set(nodes.map(({ epoch }) => epoch)).size).toBe(1);
      expect(server.query(`SELECT value FROM natter.meta WHERE name = 'version'`, url)).toBe(
        String(migrations.length),
      );
      const [first, second] = nodes as [Storage, Storage];
      const ada = await createWorld(first).user();
      expect(await second.getUsers([ada])).toHaveLength(1);
    });

    it('[HELLO6] a database newer than the program is refused by a sentence that names the setting, and left as it is', async () => {
      const url = server.createDatabase();
      await (await openPostgres(url, { runtime: testRuntime })).close();
      server.query(`UPDATE natter.meta SET value = '99' WHERE name = 'version'`, url);
      const opening = open(url);
      await expect(opening).rejects.toThrow(StorageError);
      await expect(opening).rejects.toThrow(
        /version 99.*start a newer Natter.*NATTER_DATABASE_URL/,
      );
      expect(server.query(`SELECT value FROM natter.meta WHERE name = 'version'`, url)).toBe('99');
    });

    it('[HELLO6] what cannot be opened says why and what to do, and never the password', async () => {
      const missing = server.createDatabase().replace(/natter\d+$/, 'absent');
      const latin = server.createDatabase();
      server.query(
        `CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
      );
      for (const [url, says] of [
        [missing, /does not exist; make the database/],
        ['postgres://me:hush@127.0.0.1:1/natter', /check that it runs/],
        ['mysql://me:hush@db/natter', /must be like postgres:/],
        [latin.replace(/natter\d+$/, 'latin'), /encoding is LATIN1/],
      ] as const) {
        const error = await open(url).catch((each: unknown) => each);
        expect(error).toBeInstanceOf(StorageError);
        expect(String(error)).toMatch(says);
        expect(String(error)).toContain('NATTER_DATABASE_URL');
        expect(String(error)).not.toContain('hush');
      }
    });

    it('[HELLO10] a restored database gets a new epoch, for good', async () => {
      const { url, storage } = await openWorld();
      const epoch = await renewPostgresEpoch(url, testRuntime);
      expect(epoch).not.toBe(storage.epoch);
      expect((await open(url)).epoch).toBe(epoch);
    });

    it('[SEND1] closing finishes what waits and refuses what comes after', async () => {
      const { storage, user, group, send, append } = await openWorld();
      const ada = await user();
      const id = await group(ada);
      const writes = Array.from({ length: 50 }, () => send(id, ada));
      await Promise.all([storage.close(), storage.close()]);
      expect((await Promise.all(writes)).map(({ seq }) => seq)).toHaveLength(50);
      await expect(append(id, ada)).rejects.toThrow(StorageError);
    });

    it('[SEND1] statements go without being kept prepared, for poolers that cannot keep them', async () => {
      const url = server.createDatabase();
      const { storage, user, group, send, history } = await openWorld({}, `${url}?prepare=false`);
      const ada = await user();
      const id = await group(ada);
      const sent = await Promise.all([send(id, ada, 'one'), send(id, ada, 'two')]);
      expect(await history(ada, id)).toEqual(sent);
      expect(server.query('SELECT count(*) FROM pg_prepared_statements', url)).toBe('0');
      expect((await storage.listHeads(ada, 0, 5)).map(({ lastSeq }) => lastSeq)).toEqual([2]);
    });
  });

  describe('text', () => {
    it('[SEND1] every character comes back as it was, in names and cursors too', async () => {
      const { storage, user, group, send, history } = await openWorld();
      const odd = 'a\0b\ufdd0c\ufdd01\ufdd00\0\0 \u{10ffff}\u001a';
      const ada = await user(odd);
      const eve = await user(`${odd} Eve`);
      const id = await group(ada);
      const sent = await send(id, ada, odd);
      expect(sent).toMatchObject({ content: odd, senderName: odd });
      expect(await history(ada, id)).toEqual([sent]);
      const changes = await storage.getChanges(ada, id, 0);
      expect(changes?.messages.at(-1)).toEqual(sent);
      expect(changes?.joined[0]?.name).toBe(odd);
      expect((await storage.getSnapshot(ada, 0, 1)).user?.name).toBe(odd);
      const first = await storage.searchUsers({ query: 'a\0b', after: null, limit: 1 });
      const second = await storage.searchUsers({ query: 'a\0b', after: first.next, limit: 1 });
      const found = [...first.users, ...second.users].map((each) => each.id);
      expect(new Set(found)).toEqual(new Set([ada, eve]));
      expect(second.next).toBeNull();
    });
  });

  describe('in groups', () => {
    const rule = `
      CREATE FUNCTION natter.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a rule of the test'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON natter.messages FOR EACH ROW
        WHEN (new.content = 'fails') EXECUTE FUNCTION natter.refuse();
      CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON natter.messages
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (new.content = 'fails late') EXECUTE FUNCTION natter.refuse();`;

    it.each(['fails', 'fails late'])(
      '[ORDER3] a message that the database refuses takes none of the others with it, and leaves no hole (%s)',
      async (bad) => {
        const { url, user, group, send, history, entry } = await openWorld();
        server.query(rule, url);
        const ada = await user();
        const [id, other] = [await group(ada), await group(ada)];
        const outcomes = await atOnce([
          send(id, ada, 'one'),
          send(other, ada, 'beside'),
          send(id, ada, bad),
          send(id, ada, 'two'),
        ]);
        const statuses = outcomes.map(({ status }) => status);
        expect(statuses).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
        expect(outcomes[2]).toMatchObject({ reason: { name: 'StorageError' } });
        const rows = await history(ada, id);
        expect(rows.map(({ seq, content }) => [seq, content])).toEqual([
          [1, 'one'],
          [2, 'two'],
        ]);
        expect((await entry(ada, id)).conversation).toMatchObject({ lastSeq: 2, version: 4 });
      },
    );

    it('[LIMITS1] more waiting writes than the bound are refused as overloaded, the others are kept', async () => {
      const { user, group, send, history } = await openWorld({
        lanes: { waitingMax: 8, batchMax: 3 },
      });
      const ada = await user();
      const id = await group(ada);
      const outcomes = await atOnce(Array.from({ length: 12 }, () => send(id, ada)));
      expect(outcomes.map(({ status }) => status)).toEqual([
        ...Array(8).fill('fulfilled'),
        ...Array(4).fill('rejected'),
      ]);
      expect(outcomes.at(-1)).toMatchObject({ reason: overloaded });
      expect(await history(ada, id)).toHaveLength(8);
    });

    it('[ORDER3] the few that wait share one transaction, whatever conversations they are of; the many are spread', async () => {
      const { url, user, group, send, history } = await openWorld();
      const ada = await user();
      const ids = await Promise.all(Array.from({ length: 100 }, () => group(ada)));
      const transactions = () =>
        Number(
          server.query(
            `SELECT count(DISTINCT xmin::text) FROM natter.messages WHERE content <> ''`,
            url,
          ),
        );
      await Promise.all(ids.slice(0, 12).map((id) => send(id, ada)));
      expect(transactions()).toBe(1);
      const many = Array.from({ length: 5 }, (_, at) => ids.map((id) => send(id, ada, `${at}`)));
      await Promise.all(many.flat());
      expect(transactions()).toBeGreaterThanOrEqual(5);
      for (const id of ids.slice(12))
        expect((await history(ada, id)).map(({ content }) => content)).toEqual([...'01234']);
    });

    it('[ORDER1][ORDER2] three nodes that write to the same conversations at once number them without holes', async () => {
      const url = server.createDatabase();
      const { user, group, history, newId } = await openWorld({}, url);
      const nodes = await Promise.all(Array.from({ length: 3 }, () => open(url)));
      const ada = await user();
      const ids = await Promise.all(Array.from({ length: 5 }, () => group(ada)));
      const sends = Array.from({ length: 300 }, (_, at) => {
        const node = nodes[at % 3] as Storage;
        const conversationId = ids[(at * 7) % 5] as ConversationId;
        const id = newId() as MessageId;
        return Promise.all([
          node.appendMessage({ id, conversationId, senderId: ada, content: `${at}`, fileIds: [] }),
          // Cursors of several conversations: the locks of one write cross those of others.
          node.moveCursors(ids.map((each) => ({ conversationId: each, userId: ada, readSeq: at }))),
        ]);
      });
      const outcomes = (await Promise.all(sends)).map(([sent]) => sent);
      expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
      for (const id of ids) {
        const rows = await history(ada, id);
        expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
        expect(rows.map(({ version }) => version)).toEqual(rows.map((_, at) => at + 3));
      }
    });

    it('[SEND2] one send by three nodes at once is stored once, and in two conversations is a conflict', async () => {
      const url = server.createDatabase();
      const { user, group, newId, history } = await openWorld({}, url);
      const nodes = await Promise.all(Array.from({ length: 3 }, () => open(url)));
      const ada = await user();
      const [id, other] = [await group(ada), await group(ada)];
      for (let round = 0; round < 10; round++) {
        const message = { id: newId() as MessageId, senderId: ada, content: 'x', fileIds: [] };
        const same = nodes.map((node) => node.appendMessage({ ...message, conversationId: id }));
        const outcomes = (await Promise.all(same)).map(({ outcome }) => outcome);
        expect(outcomes.toSorted()).toEqual(['accepted', 'duplicate', 'duplicate']);
        const next = { ...message, id: newId() as MessageId };
        const both = await Promise.all(
          [id, other].map((conversationId, at) =>
            (nodes[at] as Storage).appendMessage({ ...next, conversationId }),
          ),
        );
        expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['accepted', 'refused']);
      }
      expect((await history(ada, id)).length + (await history(ada, other)).length).toBe(20);
    });

    it('[HEADS3] a transaction longer than the overlap allows for is not committed', async () => {
      let stepMs = 0;
      let now = testRuntime.clock.now();
      const clock: Clock = {
        ...testRuntime.clock,
        now: () => {
          now += stepMs;
          return now;
        },
      };
      const { user, group, append, send } = await openWorld({
        runtime: { ...testRuntime, clock },
      });
      const ada = await user();
      const id = await group(ada);
      stepMs = 20_000;
      await expect(append(id, ada)).rejects.toThrow(/longer than/);
      stepMs = 0;
      expect((await send(id, ada)).seq).toBe(1);
    });
  });

  describe('time', () => {
    it('[HEADS3] no resume point passes a commit that waits, however long it waits', async () => {
      const { url, storage, user, group, send, append } = await openWorld();
      const ada = await user();
      const [id, other] = [await group(ada), await group(ada)];
      const clock = () =>
        Number(server.query('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)'));
      const begun = await storage.resumePoint();
      // A machine that mirrors this one, and does not answer.
      server.query(`ALTER SYSTEM SET synchronous_standby_names = 'absent'`);
      server.query('SELECT pg_reload_conf()');
      const hung = append(id, ada);
      await vi.waitFor(() => {
        const waiting = `SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
        expect(server.query(waiting)).toBe('1');
      });
      const hungAt = clock();
      // Something else is seen that was stamped later.
      server.query(
        `SET synchronous_commit = local; UPDATE natter.conversations SET changed_at = ${hungAt + 1_000_000} WHERE id = '${other}'`,
        url,
      );
      await vi.waitFor(() => expect(clock()).toBeGreaterThan(hungAt + 500), 10_000);
      const point = await storage.resumePoint();
      expect(point).toBeGreaterThanOrEqual(begun);
      expect(point).toBeLessThanOrEqual(hungAt - 60_000);
      server.query('ALTER SYSTEM RESET synchronous_standby_names');
      server.query('SELECT pg_reload_conf()');
      expect(await hung).toMatchObject({ outcome: 'accepted' });
      await send(id, ada);
      expect(await storage.resumePoint()).toBeGreaterThan(hungAt - 60_000);
    });

    it('[HEADS3] a database whose clock was set back hides nothing from one who resumes', async () => {
      const { url, storage, users, group, send } = await openWorld();
      const [ada, bob] = (await users(2)) as [UserId, UserId];
      const [sent, read, left] = [
        await group(ada, bob),
        await group(ada, bob),
        await group(ada, bob),
      ];
      await send(read, bob);
      // What the clock would have stamped before it was set back by two hours.
      const ahead = 7_200_000;
      for (const table of ['conversations', 'members'])
        server.query(`UPDATE natter.${table} SET changed_at = changed_at + ${ahead}`, url);
      const newest = Number(server.query('SELECT max(changed_at) FROM natter.conversations', url));
      const since = newest;
      expect(await storage.resumePoint()).toBeLessThan(since);
      await send(sent, bob);
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
    });

    it('[HEADS1] the heads are the same when more changed everywhere than is walked', async () => {
      const { storage, users, group, send } = await openWorld();
      const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
      const ids = [await group(ada, bob), await group(ada, bob), await group(ada)];
      const { createdAt } = await send(ids[0] as ConversationId, bob);
      const leave = { conversationId: ids[1] as ConversationId, actorId: ada, userId: ada };
      await storage.removeMember(leave);
      const heads = await storage.listHeads(ada, createdAt, 10);
      expect(heads.length).toBeGreaterThanOrEqual(2);
      await Promise.all(Array.from({ length: 1_001 }, () => group(eve)));
      expect(await storage.listHeads(ada, createdAt, 10)).toEqual(heads);
    });
  });

  describe('away', () => {
    it('[SEND1] what is asked of a database that is away is refused in bounded time, and it heals by itself', async () => {
      const told: string[] = [];
      const log = { ...testRuntime.log, error: (_: object, what: string) => told.push(what) };
      const { storage, user, group, send, append, history } = await openWorld({
        runtime: { ...testRuntime, log },
        lanes: { waitMsMax: 500 },
      });
      const ada = await user();
      const id = await group(ada);
      await send(id, ada, 'before');
      await server.stop();
      const writes = await atOnce(Array.from({ length: 5 }, () => append(id, ada)));
      for (const each of writes) expect(each).toMatchObject({ reason: overloaded });
      await expect(storage.getUsers([ada])).rejects.toMatchObject(overloaded);
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/nothing can be saved in the database/);
      await server.start();
      await send(id, ada, 'after');
      const rows = await history(ada, id);
      expect(rows.map(({ seq, content }) => [seq, content])).toEqual([
        [1, 'before'],
        [2, 'after'],
      ]);
    });

    it('[SEND1] whoever waits while it is restarted is answered, and no message is there twice', async () => {
      const { user, group, send, history } = await openWorld();
      const ada = await user();
      const id = await group(ada);
      const sending = Array.from({ length: 20 }, (_, at) => send(id, ada, `${at}`));
      const restarting = server.stop().then(() => server.start());
      const late = Array.from({ length: 20 }, (_, at) => send(id, ada, `late ${at}`));
      await restarting;
      const sent = await Promise.all([...sending, ...late]);
      expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, at) => at + 1));
      expect(await history(ada, id)).toEqual(sent);
    });

    it('[SEND1] a connection that is cut between two writes, or in one, is no failure', async () => {
      const { url, user, group, send, history } = await openWorld();
      const ada = await user();
      const id = await group(ada);
      const cut = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name = 'natter' AND datname = current_database()`;
      for (let round = 0; round < 5; round++) {
        const sending = [send(id, ada), send(id, ada)];
        expect(Number(server.query(cut, url))).toBeGreaterThan(0);
        await Promise.all(sending);
      }
      expect((await history(ada, id)).map(({ seq }) => seq)).toHaveLength(10);
    });

    it('[SEND1] what was acknowledged before SIGKILL of the database is there, once, without holes', async () => {
      const { storage, user, history, entry } = await openWorld();
      const ada = await user();
      const conversationId = uuidv7(1, new Uint8Array(10)) as ConversationId;
      const made = { id: conversationId, kind: 'group', creatorId: ada, userIds: [], name: 'x' };
      await storage.createConversation(made as Parameters<Storage['createConversation']>[0]);
      const acknowledged = new Map<string, number>();
      const half = Promise.withResolvers<void>();
      let next = 0;
      let ending = false;
      async function sender(): Promise<void> {
        while (!ending) {
          next += 1;
          const random = new Uint8Array(10);
          new DataView(random.buffer).setUint32(6, next);
          const id = uuidv7(2, random) as MessageId;
          const message = { id, conversationId, senderId: ada, content: id, fileIds: [] };
          const sent = await storage.appendMessage(message).catch((error: unknown) => {
            expect(error).toMatchObject(overloaded);
            return null;
          });
          if (sent === null) continue;
          if (sent.outcome === 'refused') throw new Error(sent.reason);
          const { seq } = sent.outcome === 'accepted' ? sent.message : sent;
          acknowledged.set(id, seq);
          if (acknowledged.size === 500) half.resolve();
        }
      }
      const senders = Array.from({ length: 20 }, sender);
      await half.promise;
      for (let kills = 0; kills < 3; kills++) {
        const before = acknowledged.size;
        await server.kill();
        await server.start();
        await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before + 200), 60_000);
      }
      ending = true;
      await Promise.all(senders);
      const rows = await history(ada, conversationId);
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      const seqs = new Map<string, number>(rows.map((row) => [row.id, row.seq]));
      for (const [id, seq] of acknowledged) expect(seqs.get(id)).toBe(seq);
      const head = (await entry(ada, conversationId)).conversation;
      expect(head).toMatchObject({ lastSeq: rows.length, version: rows.length + 2 });
    });
  });
});
