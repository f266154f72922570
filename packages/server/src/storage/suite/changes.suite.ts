/** What changed after a version: however long a client was away, its pages bring it to the present. */
import {
  type ConversationId,
  type DurableEvent,
  type GetChangesResult,
  limits,
  type Member,
  type Message,
  type UserId,
} from '@natter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

/** A client's copy of one conversation. Cursors come by other ways, and are left out. */
interface Copy {
  version: number;
  messages: Map<string, Message>;
  members: Map<string, Omit<Member, 'readSeq' | 'deliveredSeq'>>;
}

export function changes(theWorld: () => World): void {
  async function catchUp(userId: UserId, id: ConversationId, copy: Copy): Promise<Copy> {
    for (;;) {
      const page = await theWorld().storage.getChanges(userId, id, copy.version);
      if (page === null || page.tooFar) throw new Error('unable to catch up');
      applyPage(copy, page);
      if (!page.more) return copy;
    }
  }

  async function present(userId: UserId, id: ConversationId): Promise<Copy> {
    const { storage, history, entry } = theWorld();
    const { members } = await storage.listMembers(id, { after: null, limit: 100 });
    return {
      version: (await entry(userId, id)).conversation.version,
      messages: new Map((await history(userId, id)).map((message) => [message.id, message])),
      members: new Map(members.map((member) => [member.userId, withoutCursors(member)])),
    };
  }

  it('[APPLY3][APPLY4] from any version on, the changes lead to the present; so do the events', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), who: fc.nat(2) }) },
      fc.record({
        do: fc.constant('edit' as const),
        which: fc.nat(9),
        content: fc.constantFrom('a', 'b'),
      }),
      fc.record({ do: fc.constant('delete' as const), which: fc.nat(9) }),
      fc.record({ do: fc.constant('rename' as const), name: fc.constantFrom('a', 'b') }),
      fc.record({ do: fc.constant('leave' as const), who: fc.integer({ min: 1, max: 2 }) }),
      fc.record({
        do: fc.constant('add' as const),
        who: fc.integer({ min: 1, max: 2 }),
        role: fc.constantFrom('admin' as const, 'member' as const, null),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { storage, users, group, append, history } = theWorld();
        const people = (await users(3)) as [UserId, UserId, UserId];
        const [owner] = people;
        const id = await group(...people);
        const copies = [emptyCopy()];
        const live = await present(owner, id);

        for (const each of steps) {
          copies.push(await present(owner, id));
          const at = { conversationId: id, actorId: owner };
          const messageId =
            'which' in each ? (await history(owner, id))[each.which]?.id : undefined;
          const userId = 'who' in each ? (people[each.who] as UserId) : owner;
          const events: DurableEvent[] = [];
          if (each.do === 'send') events.push(...caused(await append(id, userId)));
          if (each.do === 'rename') {
            events.push(...caused(await storage.updateConversation({ ...at, name: each.name })));
          }
          if (each.do === 'leave') {
            events.push(...caused(await storage.removeMember({ ...at, userId })));
          }
          if (each.do === 'add') {
            const { role } = each;
            events.push(...caused(await storage.addMembers({ ...at, userIds: [userId], role })));
          }
          if (each.do === 'edit' && messageId !== undefined) {
            const { content } = each;
            events.push(...caused(await storage.editMessage({ ...at, messageId, content })));
          }
          if (each.do === 'delete' && messageId !== undefined) {
            events.push(...caused(await storage.deleteMessage({ ...at, messageId })));
          }
          for (const event of events) applyEvent(live, event);
        }

        const now = await present(owner, id);
        expect(live).toEqual(now);
        for (const copy of copies) expect(await catchUp(owner, id, copy)).toEqual(now);
      }),
      { numRuns: 40 },
    );
  });

  it('[APPLY3] whatever people write and are called comes with the changes as it was sent', async () => {
    const strange = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(strange, strange, async (name, content) => {
        const { storage, user, group, file, append } = theWorld();
        const ada = await user(name);
        const id = await group(ada);
        const { fileId } = await file(ada);
        const sent = await append(id, ada, content, [fileId]);
        if (sent.outcome !== 'accepted') throw new Error(sent.outcome);
        const page = await storage.getChanges(ada, id, 0);
        expect(page?.messages).toContainEqual(sent.message);
        expect(page?.joined.map((member) => member.name)).toEqual([name]);
        expect((await storage.getSnapshot(ada, 0, 10)).user?.name).toBe(name);
      }),
      { numRuns: 60, examples: [['\0\ufdd0"', 'a\0b\ufdd0\ufdd00\\u0000\u2028']] },
    );
  });

  it('[APPLY4] the changes come in pages, oldest first, each saying how far it reaches', async () => {
    const { storage, user, group, append, give } = theWorld();
    const ada = await user();
    const id = await group(ada);
    await Promise.all(Array.from({ length: 250 }, () => append(id, ada)));
    const late = await user();
    await give(id, ada, late, 'member');
    const first = await storage.getChanges(ada, id, 0);
    expect(first).toMatchObject({ version: 201, more: true, tooFar: false });
    expect(first?.messages).toHaveLength(limits.changesPerPageMax - 1);
    expect(first?.joined.map(({ userId }) => userId)).toEqual([ada]);
    const second = await storage.getChanges(ada, id, first?.version ?? 0);
    expect(second).toMatchObject({ version: 254, more: false, tooFar: false });
    expect(second?.messages[0]?.version).toBe(202);
    // With the line about who joined.
    expect(second?.messages).toHaveLength(52);
    expect(second?.joined.map(({ userId }) => userId)).toEqual([late]);
    const versions = second?.messages.map(({ version }) => version) ?? [];
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  it('[APPLY4] a last page that is exactly full says that no more come', async () => {
    const { storage, user, group, append } = theWorld();
    const ada = await user();
    const id = await group(ada);
    const size = limits.changesPerPageMax;
    await Promise.all(Array.from({ length: size }, () => append(id, ada)));
    const page = await storage.getChanges(ada, id, 2);
    expect(page).toMatchObject({ version: size + 2, more: false });
    expect(page?.messages).toHaveLength(size);
  });

  it('[APPLY3] fifty edits of one message travel once, and a rename travels as the entry and its line', async () => {
    const { storage, user, group, send, entry } = theWorld();
    const ada = await user();
    const id = await group(ada);
    const message = await send(id, ada);
    const edit = { conversationId: id, messageId: message.id, actorId: ada };
    for (let at = 0; at < 50; at++) await storage.editMessage({ ...edit, content: `${at}` });
    await storage.updateConversation({ conversationId: id, actorId: ada, name: 'renamed' });
    const page = await storage.getChanges(ada, id, message.version);
    expect(page?.messages.map(({ content, type }) => [content, type])).toEqual([
      ['49', 'text'],
      ['', 'system'],
    ]);
    expect(page).toMatchObject({ joined: [], left: [], version: message.version + 52 });
    expect(page?.entry).toEqual(await entry(ada, id));
    expect(page?.entry.conversation.name).toBe('renamed');
  });

  it('[APPLY3] nothing changed is an empty page, also for a version that is not yet', async () => {
    const { storage, user, group } = theWorld();
    const ada = await user();
    const id = await group(ada);
    for (const from of [2, 1_000]) {
      expect(await storage.getChanges(ada, id, from)).toMatchObject({
        messages: [],
        joined: [],
        left: [],
        version: 2,
        more: false,
        tooFar: false,
      });
    }
  });

  it('[APPLY5] past the bound the answer is empty and says so; at the bound it is not', async () => {
    const { storage, user, group, append } = theWorld();
    const ada = await user();
    const id = await group(ada);
    await Promise.all(Array.from({ length: limits.changesMax + 1 }, () => append(id, ada)));
    const version = limits.changesMax + 3;
    const tooFar = await storage.getChanges(ada, id, 2);
    expect(tooFar).toMatchObject({
      messages: [],
      joined: [],
      left: [],
      version,
      more: false,
      tooFar: true,
      entry: { conversation: { version, lastSeq: limits.changesMax + 1 } },
    });
    expect(await storage.getChanges(ada, id, 3)).toMatchObject({ tooFar: false, more: true });
  });
}

const emptyCopy = (): Copy => ({ version: 0, messages: new Map(), members: new Map() });

function withoutCursors({ readSeq: _, deliveredSeq: __, ...member }: Member) {
  return member;
}

function caused(outcome: { outcome: string; events?: DurableEvent[] }): DurableEvent[] {
  return outcome.events ?? [];
}

function applyPage(copy: Copy, page: GetChangesResult): void {
  const rows = page.messages.length + page.joined.length + page.left.length;
  expect(rows).toBeLessThanOrEqual(limits.changesPerPageMax);
  for (const message of page.messages) copy.messages.set(message.id, message);
  for (const member of page.joined) copy.members.set(member.userId, withoutCursors(member));
  for (const userId of page.left) copy.members.delete(userId);
  copy.version = page.version;
}

function applyEvent(copy: Copy, event: DurableEvent): void {
  expect(event.version).toBe(copy.version + 1);
  copy.version = event.version;
  switch (event.type) {
    case 'newMessage':
    case 'messageUpdated':
    case 'messageDeleted':
      expect(event.message.version).toBe(event.version);
      copy.messages.set(event.message.id, event.message);
      return;
    case 'memberJoined':
      copy.members.set(event.userId, withoutCursors(event.data.member));
      expect(event.data.memberCount).toBe(copy.members.size);
      return;
    case 'memberLeft':
      copy.members.delete(event.userId);
      expect(event.data.memberCount).toBe(copy.members.size);
      return;
    case 'conversationUpdated':
      expect(event.data.conversation.version).toBe(event.version);
  }
}
