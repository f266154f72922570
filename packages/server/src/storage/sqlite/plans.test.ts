/** How SQLite goes about what is asked: what one person asks must not cost by what everybody has. */
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConversationId, FileId, MessageId, UserId } from '@natter/protocol';
import { expect, it, vi } from 'vitest';
import { createWorld, testRuntime } from '../suite/world.suite.ts';
import { openSqlite } from './sqlite.ts';

/** What may be walked whole: what was asked for, and what a bounded part of the statement has found. */
const bounded = /^SCAN (wanted |changed$|own$|page$|\(subquery-\d+\)$|CONSTANT ROW$)/;

/** The plans of all statements that `work` uses for the first time. */
async function plansOf(work: () => Promise<void>): Promise<Map<string, string[]>> {
  const plans = new Map<string, string[]>();
  const { prepare } = DatabaseSync.prototype;
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    if (/^\s*(SELECT|WITH|UPDATE|DELETE)/.test(sql)) {
      const steps = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
      plans.set(
        sql,
        steps.map(({ detail }) => detail),
      );
    }
    return prepare.call(this, sql);
  });
  await work().finally(() => spy.mockRestore());
  return plans;
}

it('[HEADS6][REPAIR3] no table is walked from end to end', async () => {
  const storage = await openSqlite({ path: ':memory:', runtime: testRuntime });
  const { users, group, direct, send } = createWorld(storage);
  const plans = await plansOf(async () => {
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const [first, second] = [await group(ada, bob), await direct(ada, bob)] as ConversationId[];
    const id = first as ConversationId;
    const { id: messageId } = await send(id, ada);
    await send(second as ConversationId, bob);
    const change = { conversationId: id, messageId: messageId as MessageId, actorId: ada };
    await storage.editMessage({ ...change, content: 'otherwise' });
    await storage.deleteMessage(change);
    await storage.moveCursors([{ conversationId: id, userId: bob, readSeq: 1 }]);
    await storage.updateConversation({ conversationId: id, actorId: ada, name: 'other' });
    await storage.setLastSeen(bob, 1);
    await storage.resumePoint();
    // All ways to find heads: of somebody in few, by what changed, and by what is mine.
    await storage.listHeads(ada, 0, 10);
    for (let at = 0; at < 101; at++) await group(bob);
    await storage.listHeads(bob, 0, 10);
    for (let at = 0; at < 900; at++) await group(bob);
    await storage.listHeads(bob, 0, 10);
    await storage.listVersions([id]);
    await storage.listMembershipChanges([ada], 0, 10);
    await storage.listMemberships(ada);
    await storage.getMembership(id, ada);
    await storage.listConversations(ada, { after: null, limit: 10 });
    await storage.getConversations(ada, [id]);
    await storage.listMembers(id, { after: null, limit: 10 });
    await storage.getChanges(ada, id, 0);
    await storage.whoSharesConversation(ada, [bob]);
    await storage.getUsers([bob]);
    await storage.getReadableFile(messageId as string as FileId, ada, 'shared');
    await storage.addMembers({ conversationId: id, actorId: ada, userIds: [bob], role: 'owner' });
    await storage.removeMember({ conversationId: id, actorId: ada, userId: ada });
    await storage.deleteUnsentFiles(0);
  });
  await storage.close();
  expect(plans.size).toBeGreaterThan(30);
  const walks = [...plans].flatMap(([sql, steps]) =>
    steps
      .filter((step) => step.startsWith('SCAN') && !bounded.test(step))
      .map((step) => [step, sql]),
  );
  expect(walks).toEqual([]);
  const counting = [...plans.values()].flat().filter((step) => step.startsWith('SEARCH d '));
  expect(new Set(counting)).toEqual(
    new Set(['SEARCH d USING INDEX messages_uncounted (conversation=? AND seq>?)']),
  );
});

it('[HEADS6] what a resume reads is one statement each, of somebody in many conversations two for the first', async () => {
  const storage = await openSqlite({ path: ':memory:', runtime: testRuntime });
  const { users, group, append } = createWorld(storage);
  const [ada, bob] = (await users(2)) as [UserId, UserId];
  const id = await group(ada);
  await Promise.all(Array.from({ length: 50 }, () => append(id, ada)));
  for (let at = 0; at < 101; at++) await group(bob);
  const count = countRuns();
  const { user, heads } = await storage.getSnapshot(ada, 0, 1_000);
  expect([user?.id, heads.length, count()]).toEqual([ada, 1, 1]);
  const page = await storage.getChanges(ada, id, 2);
  expect([page?.messages.length, count()]).toEqual([50, 2]);
  const many = await storage.getSnapshot(bob, 0, 1_000);
  expect([many.user?.id, many.heads.length, count()]).toEqual([bob, 101, 4]);
  vi.restoreAllMocks();
  await storage.close();
});

/** How many statements have run since, whoever prepared them. */
function countRuns(): () => number {
  let count = 0;
  for (const name of ['get', 'all', 'run'] as const) {
    const original = StatementSync.prototype[name];
    vi.spyOn(StatementSync.prototype, name).mockImplementation(function (
      this: StatementSync,
      ...args: unknown[]
    ) {
      count += 1;
      return Reflect.apply(original, this, args);
    } as never);
  }
  return () => count;
}
