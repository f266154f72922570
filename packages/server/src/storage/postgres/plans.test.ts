/** How PostgreSQL goes about what is asked: what one person asks must not cost by what everybody has. */
import type { ConversationId, FileId, Message, MessageId, UserId } from '@natter/protocol';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { describePostgres } from '../../../../../tests/services/postgres.ts';
import { createWorld, testRuntime } from '../suite/world.suite.ts';
import { openPostgres } from './postgres.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A town of people who are none of the test's, so that walking all of them would not pay. */
const town = `
  INSERT INTO natter.users SELECT 'town' || n, 'Town ' || n FROM generate_series(1, 20000) n;
  INSERT INTO natter.user_names SELECT 'town ' || n, 'town' || n, true FROM generate_series(1, 20000) n;
  INSERT INTO natter.conversations (id, kind, version, last_seq, member_count, active_at, changed_at, created_at, creator_id)
    SELECT md5('c' || n)::uuid, 'group', 9, 5, 3, n, n, n, 'town1' FROM generate_series(1, 20000) n;
  INSERT INTO natter.members
    SELECT md5('c' || n)::uuid, 'town' || (n * 7 + k * 11) % 20000 + 1, 'member', n, 0, 0, k, n
    FROM generate_series(1, 20000) n, generate_series(1, 3) k;
  INSERT INTO natter.messages
    SELECT md5('c' || n)::uuid, k, md5(n || 'm' || k)::uuid, 'town1', k + 4, n, NULL, NULL, k + 4, '', 'Town', NULL, NULL, 'x'
    FROM generate_series(1, 20000) n, generate_series(1, 5) k;
  INSERT INTO natter.files
    SELECT md5('f' || n)::uuid, 'town1', md5('c' || n)::uuid, md5(n || 'm1')::uuid, 'file', 'a', 'b', 1, NULL, NULL, NULL, n
    FROM generate_series(1, 20000) n;
  ANALYZE natter.users, natter.user_names, natter.conversations, natter.members, natter.messages, natter.files;`;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** The statements with parameters that `work` sends, each once, with the parameters of its first time. */
async function statementsOf(work: () => Promise<void>): Promise<Map<string, unknown[]>> {
  const statements = new Map<string, unknown[]>();
  const { query } = pg.Client.prototype;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [config] = args as [string | { text: string; values: unknown[] }];
    if (typeof config !== 'string' && !statements.has(config.text)) {
      statements.set(config.text, config.values);
    }
    return Reflect.apply(query, this, args);
  });
  await work().finally(() => spy.mockRestore());
  return statements;
}

describePostgres('plans', {}, (server) => {
  it('[HEADS6][REPAIR3] no table is walked from end to end, whether or not the parameters are known', async () => {
    const url = server.createDatabase();
    const storage = await openPostgres(url, { runtime: testRuntime });
    server.query(town, url);
    const { users, group, direct, send, file } = createWorld(storage);
    const statements = await statementsOf(async () => {
      const [ada, bob] = (await users(2)) as [UserId, UserId];
      const [first, second] = [await group(ada, bob), await direct(ada, bob)] as ConversationId[];
      const id = first as ConversationId;
      const { fileId } = await file(ada);
      const { id: messageId } = await send(id, ada, 'x', [fileId]);
      await send(second as ConversationId, bob);
      const change = { conversationId: id, messageId: messageId as MessageId, actorId: ada };
      await storage.editMessage({ ...change, content: 'otherwise' });
      await storage.deleteMessage(change);
      await storage.moveCursors([{ conversationId: id, userId: bob, readSeq: 1 }]);
      await storage.updateConversation({ conversationId: id, actorId: ada, name: 'other' });
      const picture = await file(ada);
      await storage.updateProfile({ userId: ada, name: 'Ada L.', picture: picture.fileId });
      await storage.setLastSeen(bob, 1);
      const since = await storage.resumePoint();
      // Both ways to find heads: by what is mine, since the town changed at the beginning of time; and by what changed.
      await storage.listHeads(ada, 0, 10);
      await storage.listHeads(ada, Math.max(since, 1_000_000), 10);
      await storage.listVersions([id]);
      await storage.listMembershipChanges([ada], Math.max(since, 1_000_000), 10);
      await storage.listMemberships(ada);
      await storage.getMembership(id, ada);
      await storage.listConversations(ada, { after: null, limit: 10 });
      await storage.getConversations(ada, [id]);
      await storage.listMembers(id, { after: null, limit: 10 });
      await storage.getMessages(ada, { conversationId: id, limit: 10 });
      await storage.getChanges(ada, id, 0);
      await storage.whoSharesConversation(ada, [bob]);
      await storage.getUsers([bob]);
      await storage.searchUsers({ query: 'ada', after: null, limit: 10 });
      await storage.searchUsers({ query: '', after: null, limit: 10 });
      await storage.getFile(messageId as string as FileId);
      await storage.getReadableFile(messageId as string as FileId, ada, 'shared');
      await storage.addMembers({ conversationId: id, actorId: ada, userIds: [bob], role: 'owner' });
      await storage.removeMember({ conversationId: id, actorId: ada, userId: ada });
      await storage.deleteUnsentFiles(1);
    });
    await storage.close();
    expect(statements.size).toBeGreaterThan(40);

    const client = new pg.Client(url);
    await client.connect();
    const walks: string[] = [];
    const indexes = new Set<string>();
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      await client.query(`SET plan_cache_mode = ${mode}`);
      for (const [sql, values] of statements) {
        const { rows } = await client.query({ text: `EXPLAIN (FORMAT JSON) ${sql}`, values });
        for (const node of nodesOf(rows[0]['QUERY PLAN'][0].Plan as PlanNode)) {
          // The catalogue's own tables are small.
          if (node['Node Type'] === 'Seq Scan' && !node['Relation Name']?.startsWith('pg_'))
            walks.push(`${mode}: ${node['Relation Name']} in ${sql}`);
          if (node['Index Name'] !== undefined) indexes.add(node['Index Name']);
        }
      }
    }
    await client.end();
    expect(walks).toEqual([]);
    expect([...indexes]).toEqual(
      expect.arrayContaining([
        'conversations_by_change',
        'members_by_user',
        'members_by_change',
        'messages_uncounted',
      ]),
    );
  });
});

describePostgres('plans of the first hour', { settings: { autovacuum: 'off' } }, (server) => {
  /** How often each table was walked, once nobody is connected any more and all is counted. */
  async function walks(url: string): Promise<string> {
    const connected = `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'natter'`;
    await vi.waitFor(() => expect(server.query(connected)).toBe('0'), 10_000);
    return server.query(
      `SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname IN ('conversations', 'members', 'messages') ORDER BY 1`,
      url,
    );
  }

  it('[HEADS6] a write plans to walk no table while it is small, since the plan is kept while it grows', async () => {
    const [untouched, used] = [server.createDatabase(), server.createDatabase()];
    await (await openPostgres(untouched, { runtime: testRuntime })).close();
    const storage = await openPostgres(used, { runtime: testRuntime });
    const { users, group, send } = createWorld(storage);
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const ids = await Promise.all(Array.from({ length: 20 }, () => group(ada, bob)));
    for (let round = 0; round < 10; round++) {
      const sent = await Promise.all(ids.map((id) => send(id, ada)));
      const [{ id: messageId, conversationId }] = sent as [Message];
      await storage.editMessage({ conversationId, messageId, actorId: ada, content: `${round}` });
      await storage.moveCursors(sent.map((each) => ({ ...each, userId: bob, readSeq: each.seq })));
    }
    await storage.close();
    expect(await walks(used)).toBe(await walks(untouched));
  });
});

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
