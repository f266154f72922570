/** Lines about what changed in a group: when one is written, what it says, and that nobody has to read it. */
import {
  type ConversationId,
  type DurableEvent,
  limits,
  type Message,
  type SystemLine,
  systemNamesMax,
  type UserId,
} from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

type Outcome = { outcome: string; events?: DurableEvent[] };

export function systemLines(theWorld: () => World): void {
  async function pair(): Promise<[ConversationId, UserId, UserId]> {
    const { user, group } = theWorld();
    const [ada, bob] = [await user('Ada'), await user('Bob')];
    return [await group(ada, bob), ada, bob];
  }

  /** What a command told last, each of which is a message that nobody sent. */
  function lines({ outcome, events }: Outcome): SystemLine[] {
    expect(outcome).toBe('done');
    const told = (events ?? []).flatMap((event) => (event.type === 'newMessage' ? [event] : []));
    expect(told).toEqual((events ?? []).slice((events ?? []).length - told.length));
    return told.map(({ message: { type, system } }) => {
      if (type !== 'system' || system === undefined) throw new Error('not a system line');
      return system;
    });
  }

  it('[SYSTEM1] a line is a message without content, after the change, with the next numbers', async () => {
    const { storage, send, entry, history } = theWorld();
    const [conversationId, ada] = await pair();
    await send(conversationId, ada, 'before');
    const outcome = await storage.updateConversation({
      conversationId,
      actorId: ada,
      name: 'Hikers',
    });
    if (outcome.outcome !== 'done') throw new Error(outcome.outcome);
    const [renamed, told] = outcome.events;
    expect(renamed).toMatchObject({ type: 'conversationUpdated', version: 5 });
    const line: Message = {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      conversationId,
      seq: 2,
      version: 6,
      senderId: ada,
      senderName: 'Ada',
      type: 'system',
      system: { kind: 'renamed', name: 'Hikers' },
      content: '',
      attachments: [],
      createdAt: expect.any(Number),
      editedAt: null,
      deletedAt: null,
    };
    expect(told).toEqual({ type: 'newMessage', conversationId, version: 6, message: line });
    const seen = await entry(ada, conversationId);
    expect(seen.conversation).toEqual(outcome.conversation);
    expect(seen.conversation).toMatchObject({ version: 6, lastSeq: 2 });
    expect(seen.lastMessage).toEqual(line);
    expect(seen.activeAt).toBe(seen.lastMessage?.createdAt);
    expect((await history(ada, conversationId)).at(-1)).toEqual(line);
    const changes = await storage.getChanges(ada, conversationId, 5);
    expect(changes?.messages).toEqual([line]);
    expect((await send(conversationId, ada, 'after')).seq).toBe(3);
  });

  it('[SYSTEM1] every line has an id of its own', async () => {
    const { storage, history } = theWorld();
    const [first, ada] = await pair();
    const [second, eve] = await pair();
    for (let at = 0; at < 20; at++) {
      await storage.updateConversation({ conversationId: first, actorId: ada, name: `n ${at}` });
      await storage.updateConversation({ conversationId: second, actorId: eve, name: `n ${at}` });
    }
    const rows = [...(await history(ada, first)), ...(await history(eve, second))];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(40);
  });

  it('[SYSTEM2] added, made something, renamed, taken out and left each have their line', async () => {
    const { storage, user } = theWorld();
    const [conversationId, ada, bob] = await pair();
    const [eve, sue] = [await user('Eve'), await user('Sue')];
    const by = { conversationId, actorId: ada };
    const named = (...users: [UserId, string][]) => ({
      users: users.map(([userId, name]) => ({ userId, name })),
      count: users.length,
    });
    const add = { ...by, userIds: [eve, bob, sue], role: null };
    expect(lines(await storage.addMembers(add))).toEqual([
      { kind: 'added', ...named([eve, 'Eve'], [sue, 'Sue']) },
    ]);
    const raise = { ...by, userIds: [eve, bob], role: 'admin' as const };
    expect(lines(await storage.addMembers(raise))).toEqual([
      { kind: 'roleChanged', ...named([eve, 'Eve'], [bob, 'Bob']), role: 'admin' },
    ]);
    const out = await storage.removeMember({ ...by, userId: sue });
    expect(lines(out)).toEqual([{ kind: 'removed', ...named([sue, 'Sue']) }]);
    const mixed = { ...by, userIds: [eve, sue], role: 'member' as const };
    expect(lines(await storage.addMembers(mixed))).toEqual([
      { kind: 'added', ...named([sue, 'Sue']) },
      { kind: 'roleChanged', ...named([eve, 'Eve']), role: 'member' },
    ]);
    // Bob becomes the owner, which is in no line.
    const left = await storage.removeMember({ ...by, userId: ada });
    expect(lines(left)).toEqual([{ kind: 'left' }]);
    expect(left.outcome === 'done' && left.events.map(({ type }) => type)).toEqual([
      'memberLeft',
      'memberJoined',
      'newMessage',
    ]);
  });

  it('[SYSTEM2] a line names the first people and counts all of them', async () => {
    const { storage, users } = theWorld();
    const [conversationId, ada] = await pair();
    const userIds = await users(limits.largeConversationMembers - 2);
    const [line] = lines(
      await storage.addMembers({ conversationId, actorId: ada, userIds, role: null }),
    );
    if (line?.kind !== 'added') throw new Error('not about who was added');
    expect(line.count).toBe(userIds.length);
    expect(line.users.map(({ userId }) => userId)).toEqual(userIds.slice(0, systemNamesMax));
  });

  it('[SYSTEM3] a beginning is no line, and neither is what changed nothing', async () => {
    const { storage, history, entry } = theWorld();
    const [conversationId, ada, bob] = await pair();
    const by = { conversationId, actorId: ada };
    await storage.updateConversation({ ...by, name: 'a group' });
    await storage.addMembers({ ...by, userIds: [bob], role: 'member' });
    await storage.addMembers({ ...by, userIds: [ada, bob], role: null });
    await storage.addMembers({ ...by, userIds: ['nobody' as UserId], role: null });
    await storage.removeMember({ ...by, userId: 'nobody' as UserId });
    await storage.updateConversation({ ...by, actorId: bob, name: 'not mine to name' });
    expect(await history(ada, conversationId)).toEqual([]);
    expect((await entry(ada, conversationId)).conversation).toMatchObject({
      version: 3,
      lastSeq: 0,
    });
  });

  it('[SYSTEM3] in a large group a new name and new roles are lines, coming and going is none', async () => {
    const { storage, users, user, group } = theWorld();
    const [ada, bob, ...others] = (await users(limits.largeConversationMembers)) as [
      UserId,
      UserId,
      ...UserId[],
    ];
    const conversationId = await group(ada, bob, ...others);
    const by = { conversationId, actorId: ada };
    const [eve, sue] = [await user('Eve'), await user('Sue')];
    // The hundred-and-first makes it large.
    const add = { ...by, userIds: [eve], role: null };
    expect(lines(await storage.addMembers(add))).toEqual([]);
    expect(lines(await storage.addMembers({ ...add, userIds: [sue] }))).toEqual([]);
    expect(lines(await storage.updateConversation({ ...by, name: 'many' }))).toHaveLength(1);
    const raise = { ...by, userIds: [bob], role: 'admin' as const };
    expect(lines(await storage.addMembers(raise))).toHaveLength(1);
    const leave = { conversationId, actorId: sue, userId: sue };
    expect(lines(await storage.removeMember(leave))).toEqual([]);
    // Small again.
    expect(lines(await storage.removeMember({ ...by, userId: eve }))).toHaveLength(1);
  });

  it('[SYSTEM4] for who is out, it stands as it was before the line', async () => {
    const { storage, send } = theWorld();
    const [conversationId, ada, bob] = await pair();
    await send(conversationId, ada);
    await storage.removeMember({ conversationId, actorId: ada, userId: bob });
    expect(await storage.listHeads(bob, 0, 1)).toMatchObject([
      { conversationId, version: 5, lastSeq: 1, membership: 'left' },
    ]);
    expect(await storage.listHeads(ada, 0, 1)).toMatchObject([{ version: 6, lastSeq: 2 }]);
  });

  it('[SYSTEM5] lines are unread to nobody, and move nobody’s cursor', async () => {
    const { storage, send, entry, user } = theWorld();
    const [conversationId, ada, bob] = await pair();
    await send(conversationId, bob);
    const eve = await user('Eve');
    const by = { conversationId, actorId: ada };
    await storage.updateConversation({ ...by, name: 'renamed' });
    await storage.addMembers({ ...by, userIds: [eve], role: null });
    await storage.removeMember({ ...by, userId: eve });
    // Bob has read up to his own; Ada, who did it all, has read nothing.
    for (const [userId, readSeq, unreadCount] of [
      [ada, 0, 1],
      [bob, 1, 0],
    ] as const) {
      const cursor = { readSeq, deliveredSeq: readSeq, unreadCount };
      expect(await entry(userId, conversationId)).toMatchObject(cursor);
      expect(await storage.listHeads(userId, 0, 1)).toMatchObject([{ readSeq, unreadCount }]);
      const [moved] = await storage.moveCursors([{ conversationId, userId }]);
      expect(moved).toMatchObject(cursor);
    }
    await send(conversationId, bob);
    expect((await entry(ada, conversationId)).unreadCount).toBe(2);
    const read = { conversationId, userId: ada, readSeq: 3 };
    expect(await storage.moveCursors([read])).toMatchObject([{ readSeq: 3, unreadCount: 1 }]);
  });

  it('[SYSTEM6] nobody edits or deletes a line, and nothing is sent under its id', async () => {
    const { storage, history, append, send, give } = theWorld();
    const [conversationId, ada, bob] = await pair();
    await send(conversationId, ada);
    await give(conversationId, ada, bob, 'owner');
    const before = await history(ada, conversationId);
    const line = before.at(-1) as Message;
    const refused = { outcome: 'refused', reason: 'systemLine' };
    for (const actorId of [ada, bob]) {
      const at = { conversationId, messageId: line.id, actorId };
      expect(await storage.editMessage({ ...at, content: 'x' })).toEqual(refused);
      expect(await storage.editMessage({ ...at, content: '' })).toEqual(refused);
      expect(await storage.deleteMessage(at)).toEqual(refused);
      for (const content of ['x', '']) {
        const sent = await append(conversationId, actorId, content, [], line.id);
        expect(sent).toEqual({ outcome: 'refused', reason: 'conflict' });
      }
    }
    expect(await history(ada, conversationId)).toEqual(before);
  });
}
