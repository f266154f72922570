/** Beginning, renaming and listing conversations. */
import type { ConversationEntry, ConversationId, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function conversations(theWorld: () => World): void {
  it('[ORDER2][ROLES6] a group begins at version 1, each member joins by an event of their own', async () => {
    const { storage, users, newId, entry } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const id = newId() as ConversationId;
    const made = await storage.createConversation({
      id,
      kind: 'group',
      creatorId: ada,
      userIds: [bob, ada, eve, bob],
      name: 'Three',
    });
    if (made.outcome !== 'created') throw new Error(made.outcome);
    expect(made.conversationId).toBe(id);
    expect(made.events.map(({ type, version }) => [type, version])).toEqual([
      ['conversationUpdated', 1],
      ['memberJoined', 2],
      ['memberJoined', 3],
      ['memberJoined', 4],
    ]);
    const joined = made.events.flatMap((event) => (event.type === 'memberJoined' ? [event] : []));
    expect(joined.map(({ userId, data }) => [userId, data.member.role, data.memberCount])).toEqual([
      [ada, 'owner', 1],
      [bob, 'member', 2],
      [eve, 'member', 3],
    ]);
    const seen = await entry(bob, id);
    expect(seen).toMatchObject({
      conversation: { id, kind: 'group', name: 'Three', version: 4, lastSeq: 0, memberCount: 3 },
      role: 'member',
      unreadCount: 0,
      lastMessage: null,
      peer: null,
      activeAt: seen.conversation.createdAt,
    });
    const { members } = await storage.listMembers(id, { after: null, limit: 10 });
    expect(members).toEqual(joined.map(({ data }) => data.member));
  });

  it('[ROLES6] creating a group twice with one id is creating it once; an id of others is a conflict', async () => {
    const { storage, users, group, direct } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const id = await group(ada, bob);
    const again = { id, kind: 'group', creatorId: ada, userIds: [], name: 'other' } as const;
    expect(await storage.createConversation(again)).toEqual({
      outcome: 'existing',
      conversationId: id,
    });
    const conflict = { outcome: 'refused', reason: 'conflict' };
    expect(await storage.createConversation({ ...again, creatorId: bob })).toEqual(conflict);
    expect(await storage.createConversation({ ...again, kind: 'direct', userIds: [bob] })).toEqual(
      conflict,
    );
    const pair = await direct(ada, bob);
    expect(await storage.createConversation({ ...again, id: pair })).toEqual(conflict);
  });

  it('[ROLES6] people who do not exist are refused, and nothing is left behind', async () => {
    const { storage, user, newId } = theWorld();
    const ada = await user();
    const id = newId() as ConversationId;
    for (const kind of ['direct', 'group'] as const) {
      const userIds = ['nobody' as UserId];
      expect(
        await storage.createConversation({ id, kind, creatorId: ada, userIds, name: 'x' }),
      ).toEqual({ outcome: 'refused', reason: 'unknownUser' });
    }
    expect(await storage.listMemberships(ada)).toEqual([]);
    const made = { id, kind: 'group', creatorId: ada, userIds: [], name: 'x' } as const;
    expect((await storage.createConversation(made)).outcome).toBe('created');
  });

  it('[ROLES5] a pair has one direct conversation, whoever begins it and under whatever id', async () => {
    const { storage, users, newId, entry } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        storage.createConversation({
          id: newId() as ConversationId,
          kind: 'direct',
          creatorId: at % 2 === 0 ? ada : bob,
          userIds: [at % 2 === 0 ? bob : ada],
          name: 'never kept',
        }),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      'created',
      ...Array(9).fill('existing'),
    ]);
    const ids = new Set(
      outcomes.map((each) => (each.outcome === 'refused' ? null : each.conversationId)),
    );
    expect(ids.size).toBe(1);
    const [id] = [...ids];
    const seen = await entry(ada, id as ConversationId);
    expect(seen).toMatchObject({ role: 'member', peer: { userId: bob, role: 'member' } });
    expect(seen.conversation).toMatchObject({ kind: 'direct', name: null, memberCount: 2 });
    expect((await entry(bob, id as ConversationId)).peer?.userId).toBe(ada);
  });

  it('[ROLES5] nobody has a direct conversation with themselves', async () => {
    const { storage, user, newId } = theWorld();
    const ada = await user();
    const id = newId() as ConversationId;
    const self = { id, kind: 'direct', creatorId: ada, userIds: [ada], name: null } as const;
    expect(await storage.createConversation(self)).toEqual({
      outcome: 'refused',
      reason: 'forbidden',
    });
  });

  it('[ORDER2] renaming takes one version, its line another, and the same name again changes nothing', async () => {
    const { storage, users, group } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const rename = { conversationId, actorId: ada, name: 'renamed' };
    const done = await storage.updateConversation(rename);
    if (done.outcome !== 'done') throw new Error(done.outcome);
    expect(done.conversation).toMatchObject({ name: 'renamed', version: 5, lastSeq: 1 });
    expect(done.events).toEqual([
      {
        type: 'conversationUpdated',
        conversationId,
        version: 4,
        data: { conversation: { ...done.conversation, version: 4, lastSeq: 0 } },
      },
      expect.objectContaining({ type: 'newMessage', conversationId, version: 5 }),
    ]);
    expect(await storage.updateConversation(rename)).toEqual({ ...done, events: [] });
  });

  it('[PAGE4] the list begins with the most recently active, and its pages join without holes', async () => {
    const { storage, users, group, send, direct } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const ids = [await direct(ada, bob)];
    for (let at = 0; at < 24; at++) ids.push(await group(ada, bob));
    for (const at of [3, 17, 3, 9]) await send(ids[at] as ConversationId, bob);
    const listed: ConversationEntry[] = [];
    for (let after: string | null = null; ; ) {
      const page = await storage.listConversations(ada, { after, limit: 4 });
      listed.push(...page.entries);
      after = page.next;
      if (after === null) break;
      expect(page.entries).toHaveLength(4);
    }
    expect(new Set(listed.map(({ conversation }) => conversation.id))).toEqual(new Set(ids));
    expect(listed).toHaveLength(ids.length);
    const times = listed.map(({ activeAt }) => activeAt);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    for (const each of listed) {
      expect(each.activeAt).toBe(each.lastMessage?.createdAt ?? each.conversation.createdAt);
    }
    const byIds = await storage.getConversations(ada, ids);
    expect(byIds.map(({ conversation }) => conversation.id)).toEqual(ids);
    expect(new Set(byIds)).toEqual(new Set(listed));
  });

  it('[PAGE4] a cursor that is none of ours is refused', async () => {
    const { storage, user } = theWorld();
    const ada = await user();
    for (const after of ['nonsense', 'x y', ' ']) {
      await expect(storage.listConversations(ada, { after, limit: 5 })).rejects.toMatchObject({
        code: 'badRequest',
      });
    }
  });

  it('[PAGE4][ROLES2] only what I am in is listed, by ids as well', async () => {
    const { storage, users, group, newId } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const mine = await group(ada, bob);
    const other = await group(bob, eve);
    const unknown = newId() as ConversationId;
    const found = await storage.getConversations(ada, [unknown, other, mine]);
    expect(found.map(({ conversation }) => conversation.id)).toEqual([mine]);
    await storage.removeMember({ conversationId: mine, actorId: ada, userId: ada });
    expect(await storage.getConversations(ada, [mine])).toEqual([]);
    expect(await storage.listConversations(ada, { after: null, limit: 5 })).toEqual({
      entries: [],
      next: null,
    });
  });
}
