/** Who is in a conversation: joining, leaving, coming back, roles that change hands. */
import type { ConversationId, DurableEvent, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import { createWorld, type OpenStorage, testRuntime, type World } from './world.suite.ts';

export function members(theWorld: () => World, open: OpenStorage): void {
  const listed = async (conversationId: ConversationId) =>
    (await theWorld().storage.listMembers(conversationId, { after: null, limit: 100 })).members;
  const brief = (events: readonly DurableEvent[]) =>
    events.map((event) =>
      event.type === 'memberJoined'
        ? [event.type, event.version, event.userId, event.data.member.role]
        : [event.type, event.version, 'userId' in event ? event.userId : null],
    );

  it('[ORDER2][ROLES3] each person added is one version, and the line about them one; adding whom is there changes nothing', async () => {
    const { storage, users, group } = theWorld();
    const [ada, bob, eve, sue] = (await users(4)) as [UserId, UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    const add = { conversationId, actorId: ada, userIds: [eve, bob, sue, eve], role: null };
    const done = await storage.addMembers(add);
    if (done.outcome !== 'done') throw new Error(done.outcome);
    expect(brief(done.events)).toEqual([
      ['memberJoined', 4, eve, 'member'],
      ['memberJoined', 5, sue, 'member'],
      ['newMessage', 6, null],
    ]);
    expect(done.conversation).toMatchObject({ version: 6, memberCount: 4 });
    expect(done.members.map(({ userId }) => userId)).toEqual([eve, bob, sue]);
    expect(await storage.addMembers(add)).toEqual({ ...done, events: [] });
    expect(await storage.addMembers({ ...add, role: 'member' })).toEqual({ ...done, events: [] });
  });

  it('[ROLES3] without a role nobody’s role changes; with one it does', async () => {
    const { storage, users, group, give } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    await give(conversationId, ada, bob, 'admin');
    const add = { conversationId, actorId: ada, userIds: [bob], role: null };
    const same = await storage.addMembers(add);
    expect(same).toMatchObject({ outcome: 'done', events: [], members: [{ role: 'admin' }] });
    const back = await storage.addMembers({ ...add, role: 'member' });
    expect(back.outcome === 'done' && brief(back.events)).toEqual([
      ['memberJoined', 6, bob, 'member'],
      ['newMessage', 7, null],
    ]);
  });

  it('[ROLES10] a role for members only brings back nobody who has left, and changes nothing then', async () => {
    const { storage, users, group, entry } = theWorld();
    const [ada, bob, eve, sue] = (await users(4)) as [UserId, UserId, UserId, UserId];
    const conversationId = await group(ada, bob, eve);
    await storage.removeMember({ conversationId, actorId: eve, userId: eve });
    const { version } = (await entry(ada, conversationId)).conversation;
    for (const who of [eve, sue, 'nobody' as UserId]) {
      const give = { conversationId, actorId: ada, userIds: [bob, who], role: 'admin' } as const;
      const refused = await storage.addMembers({ ...give, membersOnly: true });
      expect(refused).toEqual({ outcome: 'refused', reason: 'noSuchMember' });
    }
    expect((await entry(ada, conversationId)).conversation).toMatchObject({ version });
    expect(await storage.getMembership(conversationId, eve)).toBeNull();
    expect((await storage.getMembership(conversationId, bob))?.role).toBe('member');
    const there = { conversationId, actorId: ada, userIds: [bob], role: 'admin' } as const;
    const given = await storage.addMembers({ ...there, membersOnly: true });
    expect(given).toMatchObject({ outcome: 'done', members: [{ userId: bob, role: 'admin' }] });
  });

  it('[ORDER3] one person who cannot be added undoes the whole command', async () => {
    const { storage, users, group, entry } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    const userIds = [eve, 'nobody' as UserId];
    expect(await storage.addMembers({ conversationId, actorId: ada, userIds, role: null })).toEqual(
      { outcome: 'refused', reason: 'unknownUser' },
    );
    expect(await storage.getMembership(conversationId, eve)).toBeNull();
    expect((await entry(ada, conversationId)).conversation).toMatchObject({
      version: 3,
      memberCount: 2,
    });
  });

  it('[LARGE4] members come in pages, in order of user id', async () => {
    const { storage, users, group } = theWorld();
    const ids = await users(11);
    const conversationId = await group(...(ids as [UserId, ...UserId[]]));
    const gone = ids[4] as UserId;
    await storage.removeMember({ conversationId, actorId: gone, userId: gone });
    const seen: UserId[] = [];
    for (let after: UserId | null = null; ; ) {
      const page = await storage.listMembers(conversationId, { after, limit: 3 });
      seen.push(...page.members.map(({ userId }) => userId));
      after = page.next;
      if (after === null) break;
    }
    expect(seen).toEqual(ids.filter((id) => id !== gone).sort());
  });

  it('[ORDER2] leaving is one version, its line another, tells the count, and a repeat by another changes nothing', async () => {
    const { storage, users, group } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const remove = { conversationId, actorId: ada, userId: bob };
    const done = await storage.removeMember(remove);
    if (done.outcome !== 'done') throw new Error(done.outcome);
    expect(done.events).toEqual([
      {
        type: 'memberLeft',
        conversationId,
        userId: bob,
        version: 4,
        data: { memberCount: 1 },
      },
      expect.objectContaining({ type: 'newMessage', conversationId, version: 5 }),
    ]);
    expect(done.conversation).toMatchObject({ version: 5, memberCount: 1 });
    expect(await storage.removeMember(remove)).toEqual({ ...done, events: [] });
    const again = await storage.removeMember({ ...remove, actorId: bob });
    expect(again).toEqual({ outcome: 'refused', reason: 'notMember' });
  });

  it('[CLOSE4] whoever is out reads, writes and marks nothing any more', async () => {
    const { storage, users, group, send, append } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const own = await send(conversationId, bob);
    await storage.removeMember({ conversationId, actorId: ada, userId: bob });
    const notMember = { outcome: 'refused', reason: 'notMember' };
    const messageId = own.id;
    expect(await append(conversationId, bob)).toEqual(notMember);
    expect(await append(conversationId, bob, own.content, [], own.id)).toEqual(notMember);
    expect(
      await storage.editMessage({ conversationId, messageId, actorId: bob, content: 'x' }),
    ).toEqual(notMember);
    expect(await storage.deleteMessage({ conversationId, messageId, actorId: bob })).toEqual(
      notMember,
    );
    expect(await storage.getMessages(bob, { conversationId, limit: 5 })).toBeNull();
    expect(await storage.getChanges(bob, conversationId, 0)).toBeNull();
    expect(await storage.getMembership(conversationId, bob)).toBeNull();
    expect(await storage.listMemberships(bob)).toEqual([]);
    expect(await storage.moveCursors([{ conversationId, userId: bob, readSeq: 1 }])).toEqual([
      null,
    ]);
  });

  it('[ROLES8] one who comes back is a new member who has read everything, and sees it all', async () => {
    const { storage, users, group, give, send, entry, history } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    await give(conversationId, ada, bob, 'admin');
    await send(conversationId, ada, 'one');
    await storage.removeMember({ conversationId, actorId: bob, userId: bob });
    await send(conversationId, ada, 'two');
    await storage.addMembers({ conversationId, actorId: ada, userIds: [bob], role: null });
    expect(await entry(bob, conversationId)).toMatchObject({
      role: 'member',
      readSeq: 4,
      deliveredSeq: 4,
      unreadCount: 0,
    });
    const rows = await history(bob, conversationId);
    expect(rows.map(({ system, content }) => system?.kind ?? content)).toEqual([
      'roleChanged',
      'one',
      'left',
      'two',
      'added',
    ]);
  });

  it('[ROLES4] when the last owner leaves, the longest-standing admin becomes owner, after the leaving', async () => {
    const { storage, users, group, give } = theWorld();
    const [ada, bob, eve, sue] = (await users(4)) as [UserId, UserId, UserId, UserId];
    const conversationId = await group(ada, bob, eve, sue);
    await give(conversationId, ada, eve, 'admin');
    await give(conversationId, ada, sue, 'admin');
    const left = await storage.removeMember({ conversationId, actorId: ada, userId: ada });
    if (left.outcome !== 'done') throw new Error(left.outcome);
    expect(brief(left.events)).toEqual([
      ['memberLeft', 10, ada],
      ['memberJoined', 11, eve, 'owner'],
      ['newMessage', 12, null],
    ]);
    expect(left.conversation.version).toBe(12);
  });

  it('[ROLES4] without an admin it is the longest-standing member; of two owners the other stays', async () => {
    const { storage, users, group, give } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const conversationId = await group(ada, bob, eve);
    const leave = (userId: UserId) =>
      storage.removeMember({ conversationId, actorId: userId, userId });
    const first = await leave(ada);
    expect(first.outcome === 'done' && brief(first.events)).toEqual([
      ['memberLeft', 5, ada],
      ['memberJoined', 6, bob, 'owner'],
      ['newMessage', 7, null],
    ]);
    await give(conversationId, bob, eve, 'owner');
    const second = await leave(bob);
    expect(second.outcome === 'done' && brief(second.events)).toEqual([
      ['memberLeft', 10, bob],
      ['newMessage', 11, null],
    ]);
    const last = await leave(eve);
    expect(last.outcome === 'done' && brief(last.events)).toEqual([
      ['memberLeft', 12, eve],
      ['newMessage', 13, null],
    ]);
    expect(await listed(conversationId)).toEqual([]);
  });

  it('[ROLES4] the last owner cannot give the role away without an heir', async () => {
    const { storage, users, group, give } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const step = { conversationId, actorId: ada, userIds: [ada], role: 'member' } as const;
    expect(await storage.addMembers(step)).toEqual({ outcome: 'refused', reason: 'forbidden' });
    await give(conversationId, ada, bob, 'owner');
    expect((await storage.addMembers(step)).outcome).toBe('done');
    expect((await listed(conversationId)).map(({ role }) => role).sort()).toEqual([
      'member',
      'owner',
    ]);
  });

  it('[LIMITS5] more members than the bound are refused', async () => {
    const storage = await open({ runtime: testRuntime, membersMax: 3 });
    try {
      const world = createWorld(storage);
      const [ada, bob, eve, sue] = (await world.users(4)) as [UserId, UserId, UserId, UserId];
      const tooMany = { outcome: 'refused', reason: 'tooManyMembers' };
      expect(
        await storage.createConversation({
          id: world.newId() as ConversationId,
          kind: 'group',
          creatorId: ada,
          userIds: [bob, eve, sue],
          name: 'x',
        }),
      ).toEqual(tooMany);
      const conversationId = await world.group(ada, bob);
      const add = { conversationId, actorId: ada, userIds: [eve, sue], role: null };
      expect(await storage.addMembers(add)).toEqual(tooMany);
      expect((await storage.addMembers({ ...add, userIds: [eve] })).outcome).toBe('done');
      expect(await storage.addMembers(add)).toEqual(tooMany);
    } finally {
      await storage.close();
    }
  });

  it('[ORDER2] a membership tells kind, role, count and version of one moment', async () => {
    const { storage, users, group, direct } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const first = await group(ada, bob);
    const second = await direct(ada, bob);
    const expected = [
      {
        conversationId: first,
        kind: 'group',
        role: 'owner',
        memberCount: 2,
        version: 3,
        cursorVersion: 0,
      },
      {
        conversationId: second,
        kind: 'direct',
        role: 'member',
        memberCount: 2,
        version: 3,
        cursorVersion: 0,
      },
    ];
    expect(new Set(await storage.listMemberships(ada))).toEqual(new Set(expected));
    expect(await storage.getMembership(first, ada)).toEqual(expected[0]);
    expect(await storage.getMembership(first, 'nobody' as UserId)).toBeNull();
  });
}
