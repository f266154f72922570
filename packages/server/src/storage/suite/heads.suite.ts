/** Heads: what a client that was away compares itself with. */
import type { ConversationId, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function heads(theWorld: () => World): void {
  it('[HEADS4] a head says where a conversation stands for me', async () => {
    const { storage, users, group, send, entry } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const id = await group(ada, bob);
    await send(id, ada);
    await send(id, ada);
    await storage.moveCursors([{ conversationId: id, userId: bob, readSeq: 1 }]);
    expect(await storage.listHeads(bob, 0, 10)).toEqual([
      {
        conversationId: id,
        version: 5,
        lastSeq: 2,
        readSeq: 1,
        unreadCount: 1,
        membership: 'member',
        cursorVersion: 1,
      },
    ]);
    expect(await storage.listHeads(ada, 0, 10)).toMatchObject([
      { unreadCount: 0, readSeq: 2, membership: 'owner' },
    ]);
    expect((await entry(bob, id)).unreadCount).toBe(1);
  });

  it('[HEADS1] the newest change comes first, each conversation once, up to the limit', async () => {
    const { storage, users, group, send } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const ids: ConversationId[] = [];
    for (let at = 0; at < 6; at++) ids.push(await group(ada, bob));
    let newest = 0;
    for (const at of [2, 4, 0]) newest = (await send(ids[at] as ConversationId, bob)).createdAt;
    const all = await storage.listHeads(ada, 0, 100);
    expect(new Set(all.map(({ conversationId }) => conversationId))).toEqual(new Set(ids));
    expect(all).toHaveLength(6);
    expect(await storage.listHeads(ada, 0, 4)).toEqual(all.slice(0, 4));
    const since = await storage.listHeads(ada, newest, 100);
    expect(since.map(({ conversationId }) => conversationId)).toContain(ids[0]);
    expect(all.slice(0, since.length)).toEqual(since);
    expect(await storage.listHeads(ada, newest + 3_600_000, 100)).toEqual([]);
  });

  it('[HEADS1] of a conversation I left, the head says so, and nothing of what came later', async () => {
    const { storage, users, group, send } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const id = await group(ada, bob);
    await send(id, ada);
    await storage.removeMember({ conversationId: id, actorId: ada, userId: bob });
    const left = {
      conversationId: id,
      version: 5,
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 0,
      membership: 'left',
      cursorVersion: 0,
    };
    expect(await storage.listHeads(bob, 0, 10)).toEqual([left]);
    await send(id, ada);
    await storage.updateConversation({ conversationId: id, actorId: ada, name: 'without Bob' });
    expect(await storage.listHeads(bob, 0, 10)).toEqual([left]);
    await storage.addMembers({ conversationId: id, actorId: ada, userIds: [bob], role: null });
    expect(await storage.listHeads(bob, 0, 10)).toMatchObject([
      // Read up to where it was before the line about coming back, which is unread to nobody.
      { version: 11, lastSeq: 5, readSeq: 4, unreadCount: 0, membership: 'member' },
    ]);
  });

  it('[HEADS3] what changes after a resume point was taken is among the heads since', async () => {
    const { storage, users, group, send } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const id = await group(ada, bob);
    const other = await group(ada, bob);
    const since = await storage.resumePoint();
    expect(Number.isSafeInteger(since)).toBe(true);
    const { version } = await send(id, bob);
    await storage.removeMember({ conversationId: other, actorId: ada, userId: ada });
    const found = await storage.listHeads(ada, since, 10);
    const brief = found.map((head) => [head.conversationId, head.version, head.membership]);
    expect(new Set(brief)).toEqual(
      new Set([
        [id, version, 'owner'],
        [other, 4, 'left'],
      ]),
    );
  });

  it('[HEADS7] cursors that moved count, and make a head for every member', async () => {
    const { storage, users, group, direct, send, entry } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    for (const id of [await group(ada, bob), await direct(ada, bob)]) {
      const { createdAt } = await send(id, ada);
      // Its sender has read it: told by its version.
      expect((await entry(bob, id)).cursorVersion).toBe(0);
      let now = createdAt;
      while (now <= createdAt) now = (await send(await group(ada), ada)).createdAt;
      const move = { conversationId: id, userId: bob };
      await storage.moveCursors([{ ...move, deliveredSeq: 1 }]);
      expect(await storage.listHeads(ada, now, 10)).toMatchObject([
        { conversationId: id, cursorVersion: 1 },
        {},
      ]);
      await storage.moveCursors([{ ...move, readSeq: 1 }]);
      // Replays move nothing.
      await storage.moveCursors([{ ...move, readSeq: 1, deliveredSeq: 1 }]);
      expect(await entry(ada, id)).toMatchObject({ cursorVersion: 2 });
      expect(await entry(bob, id)).toMatchObject({ cursorVersion: 2 });
    }
  });

  it('[HEADS7] cursors of many moved in one write count once in each conversation', async () => {
    const { storage, users, group, send, entry } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const id = await group(ada, bob, eve);
    const other = await group(ada, bob);
    await send(id, ada);
    await send(other, ada);
    await storage.moveCursors([
      { conversationId: id, userId: bob, readSeq: 1 },
      { conversationId: id, userId: eve, readSeq: 1 },
      { conversationId: other, userId: bob, deliveredSeq: 1 },
    ]);
    expect((await entry(ada, id)).cursorVersion).toBe(1);
    expect((await entry(ada, other)).cursorVersion).toBe(1);
  });

  it('[HEADS7][LARGE1] moves in a large conversation do not count, and what was missed counts once it is small again', async () => {
    const { storage, users, group, send, entry } = theWorld();
    const all = (await users(101)) as [UserId, UserId, ...UserId[]];
    const [ada, bob] = all;
    const id = await group(...all);
    const { createdAt } = await send(id, ada);
    await storage.moveCursors([{ conversationId: id, userId: bob, readSeq: 1 }]);
    expect((await entry(ada, id)).cursorVersion).toBe(0);
    expect(await storage.listHeads(bob, createdAt, 10)).toMatchObject([{ readSeq: 1 }]);
    const leaver = all.at(-1) as UserId;
    await storage.removeMember({ conversationId: id, actorId: ada, userId: leaver });
    expect((await entry(ada, id)).cursorVersion).toBe(1);
    await storage.moveCursors([{ conversationId: id, userId: all[2] as UserId, readSeq: 1 }]);
    expect((await entry(ada, id)).cursorVersion).toBe(2);
  });

  it('[HEADS1] somebody’s heads are theirs alone', async () => {
    const { storage, users, group } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    await group(ada, bob);
    expect(await storage.listHeads(eve, 0, 10)).toEqual([]);
  });

  it('[HELLO6] the epoch names the database', () => {
    expect(theWorld().storage.epoch).toMatch(/^[\x21-\x7e]{8,64}$/);
  });
}
