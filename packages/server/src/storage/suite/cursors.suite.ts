/** Cursors and what is unread. */
import { type ConversationId, countUnread, limits, type UserId } from '@natter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function cursors(theWorld: () => World): void {
  async function pair(): Promise<[ConversationId, UserId, UserId]> {
    const { users, group } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    return [await group(ada, bob), ada, bob];
  }
  const move = async (
    conversationId: ConversationId,
    userId: UserId,
    to: { readSeq?: number; deliveredSeq?: number },
  ) => (await theWorld().storage.moveCursors([{ conversationId, userId, ...to }]))[0];

  it('[CURSOR1] cursors move forward only, and no further than the newest message', async () => {
    const { send, entry } = theWorld();
    const [id, ada, bob] = await pair();
    for (let at = 0; at < 5; at++) await send(id, ada);
    const at = (readSeq: number, deliveredSeq: number, readMoved: boolean, moved: boolean) => ({
      readSeq,
      deliveredSeq,
      unreadCount: 5 - readSeq,
      readMoved,
      deliveredMoved: moved,
      cursorVersion: expect.any(Number),
    });
    expect(await move(id, bob, { deliveredSeq: 2 })).toEqual(at(0, 2, false, true));
    expect(await move(id, bob, { readSeq: 3 })).toEqual(at(3, 3, true, true));
    expect(await move(id, bob, { readSeq: 1, deliveredSeq: 2 })).toEqual(at(3, 3, false, false));
    expect(await move(id, bob, { readSeq: 3 })).toEqual(at(3, 3, false, false));
    expect(await move(id, bob, {})).toEqual(at(3, 3, false, false));
    expect(await move(id, bob, { deliveredSeq: 4, readSeq: 2 })).toEqual(at(3, 4, false, true));
    expect(await move(id, bob, { readSeq: 4 })).toEqual(at(4, 4, true, false));
    expect(await move(id, bob, { readSeq: Number.MAX_SAFE_INTEGER })).toEqual(at(5, 5, true, true));
    expect(await entry(bob, id)).toMatchObject({ readSeq: 5, deliveredSeq: 5, unreadCount: 0 });
  });

  it('[CURSOR2] reading includes delivery', async () => {
    const { send } = theWorld();
    const [id, ada, bob] = await pair();
    await send(id, ada);
    expect(await move(id, bob, { readSeq: 1 })).toMatchObject({ deliveredSeq: 1, readSeq: 1 });
  });

  it('[CURSOR5] many moves are one command, answered in their order', async () => {
    const { storage, send, newId } = theWorld();
    const [id, ada, bob] = await pair();
    await send(id, ada);
    await send(id, ada);
    const outcomes = await storage.moveCursors([
      { conversationId: id, userId: bob, readSeq: 1 },
      { conversationId: newId() as ConversationId, userId: bob, readSeq: 1 },
      { conversationId: id, userId: 'nobody' as UserId, readSeq: 1 },
      { conversationId: id, userId: bob, deliveredSeq: 2 },
    ]);
    expect(outcomes).toEqual([
      {
        readSeq: 1,
        deliveredSeq: 1,
        unreadCount: 1,
        readMoved: true,
        deliveredMoved: true,
        cursorVersion: 1,
      },
      null,
      null,
      {
        readSeq: 1,
        deliveredSeq: 2,
        unreadCount: 1,
        readMoved: false,
        deliveredMoved: true,
        cursorVersion: 1,
      },
    ]);
    expect(await storage.moveCursors([])).toEqual([]);
  });

  it('[CURSOR8] a move is the mover’s alone: others’ cursors and the version stay', async () => {
    const { storage, send, entry } = theWorld();
    const [id, ada, bob] = await pair();
    await send(id, ada);
    const before = await entry(ada, id);
    await move(id, bob, { readSeq: 1 });
    const counted = before.cursorVersion + 1;
    expect(await entry(ada, id)).toEqual({ ...before, cursorVersion: counted });
    const { members } = await storage.listMembers(id, { after: null, limit: 5 });
    expect(members.map(({ userId, readSeq }) => [userId, readSeq])).toEqual([
      [ada, 1],
      [bob, 1],
    ]);
  });

  it('[CURSOR4] unread is counted up to the bound', async () => {
    const { append, storage, entry } = theWorld();
    const [id, ada, bob] = await pair();
    const count = limits.unreadCountMax + 2;
    const sent = await Promise.all(Array.from({ length: count }, () => append(id, ada)));
    expect((await entry(bob, id)).unreadCount).toBe(limits.unreadCountMax);
    for (const each of sent.slice(0, 3)) {
      if (each.outcome !== 'accepted') throw new Error(each.outcome);
      const messageId = each.message.id;
      await storage.deleteMessage({ conversationId: id, messageId, actorId: ada });
    }
    expect((await entry(bob, id)).unreadCount).toBe(limits.unreadCountMax - 1);
  });

  it('[CURSOR4] after any sends, deletions, moves and comings and goings, unread is what a recount says', async () => {
    const who = fc.nat(2);
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
      fc.record({ do: fc.constant('delete' as const), seq: fc.integer({ min: 1, max: 12 }) }),
      fc.record({
        do: fc.constant('read' as const),
        who,
        seq: fc.integer({ min: 1, max: 15 }),
      }),
      fc.record({ do: fc.constant('rejoin' as const), who: fc.integer({ min: 1, max: 2 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { storage, users, group, send, history, entry } = theWorld();
        const people = (await users(3)) as [UserId, UserId, UserId];
        const id = await group(...people);
        for (const each of steps) {
          if (each.do === 'send') await send(id, people[each.who] as UserId);
          else if (each.do === 'read') {
            await move(id, people[each.who] as UserId, { readSeq: each.seq });
          } else if (each.do === 'rejoin') {
            const userId = people[each.who] as UserId;
            const at = { conversationId: id, actorId: people[0] };
            await storage.removeMember({ ...at, userId });
            await storage.addMembers({ ...at, userIds: [userId], role: null });
          } else {
            const message = (await history(people[0], id))[each.seq - 1];
            if (message === undefined) continue;
            const change = { conversationId: id, messageId: message.id, actorId: people[0] };
            await storage.deleteMessage(change);
          }
        }
        const messages = await history(people[0], id);
        for (const userId of people) {
          const { readSeq, unreadCount } = await entry(userId, id);
          expect(unreadCount).toBe(countUnread(messages, userId, readSeq));
          const [head] = await storage.listHeads(userId, 0, 1);
          expect(head).toMatchObject({ conversationId: id, readSeq, unreadCount });
          expect((await move(id, userId, {}))?.unreadCount).toBe(unreadCount);
        }
      }),
      { numRuns: 40 },
    );
  });
}
