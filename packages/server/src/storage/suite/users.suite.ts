/** People: saving, finding, and who knows whom. */
import { limits, type UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function users(theWorld: () => World): void {
  it('[PAGE6] people are found by id, in the order of the ids, and unknown ids are passed over', async () => {
    const { storage, user } = theWorld();
    const [ada, bob] = [await user('Ada'), await user('Bob')];
    const found = await storage.getUsers([bob, 'nobody' as UserId, ada]);
    expect(found).toEqual([
      { id: bob, name: 'Bob', picture: null, lastSeenAt: null },
      { id: ada, name: 'Ada', picture: null, lastSeenAt: null },
    ]);
  });

  it('[PRESENCE6] when somebody was last seen is kept, moves forward only, and survives a new name', async () => {
    const { storage, user } = theWorld();
    const ada = await user('Ada');
    await storage.setLastSeen(ada, 2_000);
    await storage.setLastSeen(ada, 1_000);
    const renamed = await storage.saveUser({ id: ada, name: 'Ada L.' });
    expect(renamed).toEqual({ id: ada, name: 'Ada L.', picture: null, lastSeenAt: 2_000 });
    expect(await storage.getUsers([ada])).toEqual([renamed]);
    await storage.setLastSeen('nobody' as UserId, 1);
    expect(await storage.getUsers(['nobody' as UserId])).toEqual([]);
  });

  it('[PAGE6] a query matches the start of any word of the name, whatever case and accents', async () => {
    const { storage, user } = theWorld();
    const zoe = await user('Zoë Xylander-Quist');
    const search = async (query: string) =>
      (await storage.searchUsers({ query, after: null, limit: 10 })).users.map(({ id }) => id);
    for (const query of ['zoe', 'ZOË', 'xyl', 'Quist', 'zoe xyl', ' xylander-q']) {
      expect(await search(query), query).toEqual([zoe]);
    }
    for (const query of ['lander', 'oë', 'zoe q', 'xylanderx', '%', '_', "' OR 1"]) {
      expect(await search(query), query).toEqual([]);
    }
    await storage.saveUser({ id: zoe, name: 'Wyona Quist' });
    expect(await search('xyl')).toEqual([]);
    expect(await search('wyo')).toEqual([zoe]);
  });

  it('[PAGE6] pages of a search join without holes and name everybody once', async () => {
    const { storage, user } = theWorld();
    const ids = new Set<string>();
    for (let at = 0; at < 23; at++) ids.add(await user(`Qwerty ${at % 5} Qwertz`));
    ids.add(await user('Qwe\u{1f600}'));
    expect(await collect(storage, 'qwe', 4)).toEqual({ ids, count: ids.size });
  });

  it('[PAGE6] without a query the pages are everybody, in order of name', async () => {
    const { storage, user } = theWorld();
    await user('\u{1f600}');
    await user('Ö'.repeat(limits.nameCharactersMax));
    const all = await collect(storage, '', 7);
    expect(all.ids.size).toBe(all.count);
    expect(await collect(storage, '  ', 100)).toEqual(all);
  });

  it('[PAGE6][LIMITS1] the cursor of the longest name and id fits into a call', async () => {
    const { storage } = theWorld();
    const name = '\ufdfa'.repeat(limits.nameCharactersMax);
    for (const last of ['a', 'b']) {
      await storage.saveUser({ id: `${'u'.repeat(127)}${last}` as UserId, name });
    }
    const first = await storage.searchUsers({ query: '\ufdfa', after: null, limit: 1 });
    expect(first.next?.length).toBeLessThanOrEqual(limits.cursorCharactersMax);
    const second = await storage.searchUsers({ query: '\ufdfa', after: first.next, limit: 1 });
    expect(second.users.map(({ id }) => id.at(-1))).toEqual(['b']);
    expect(second.next).toBeNull();
  });

  it('[PAGE6] a cursor that is none of ours is refused', async () => {
    const { storage } = theWorld();
    const page = { query: 'a', after: 'nonsense', limit: 5 };
    await expect(storage.searchUsers(page)).rejects.toMatchObject({ code: 'badRequest' });
  });

  it('[PRESENCE2] people share a conversation while both are in it', async () => {
    const { storage, users: some, group, direct } = theWorld();
    const [ada, bob, eve, sue] = (await some(4)) as [UserId, UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    await direct(ada, sue);
    const asked = [eve, sue, ada, bob, 'nobody' as UserId];
    expect(await storage.whoSharesConversation(ada, asked)).toEqual([sue, bob]);
    await storage.removeMember({ conversationId, actorId: bob, userId: bob });
    expect(await storage.whoSharesConversation(ada, asked)).toEqual([sue]);
    expect(await storage.whoSharesConversation(bob, [ada])).toEqual([]);
  });

  it('[PAGE6] who is found by those who share a conversation is found by nobody else, page by page', async () => {
    const { storage, users: some, group, direct } = theWorld();
    const [ada, bob, eve, sue] = (await some(4)) as [UserId, UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    await direct(ada, sue);
    const find = async (foundBy: UserId, query: string) =>
      (await collect(storage, query, 1, foundBy)).ids;
    const name = (await storage.getUsers([ada]))[0]?.name ?? '';
    const [word = ''] = name.split(' ');
    for (const query of ['', word]) {
      expect(await find(ada, query), query).toEqual(new Set([ada, bob, sue]));
      expect(await find(eve, query), query).toEqual(new Set([eve]));
    }
    await storage.removeMember({ conversationId, actorId: bob, userId: bob });
    expect(await find(ada, '')).toEqual(new Set([ada, sue]));
    expect(await find(bob, '')).toEqual(new Set([bob]));
  });

  it('[LARGE2] sharing only a large conversation is not sharing', async () => {
    const { storage, users: some, group } = theWorld();
    const [ada, bob, ...others] = (await some(limits.largeConversationMembers)) as [
      UserId,
      UserId,
      ...UserId[],
    ];
    const conversationId = await group(ada, bob, ...others);
    expect(await storage.whoSharesConversation(ada, [bob])).toEqual([bob]);
    const more = await theWorld().user();
    await storage.addMembers({ conversationId, actorId: ada, userIds: [more], role: null });
    expect(await storage.whoSharesConversation(ada, [bob])).toEqual([]);
    const found = { query: '', after: null, limit: 2, foundBy: ada };
    expect(await storage.searchUsers(found)).toMatchObject({ users: [{ id: ada }], next: null });
  });
}

async function collect(storage: World['storage'], query: string, limit: number, foundBy?: UserId) {
  const ids = new Set<string>();
  let count = 0;
  for (let after: string | null = null; ; ) {
    const who = foundBy === undefined ? {} : { foundBy };
    const page = await storage.searchUsers({ query, after, limit, ...who });
    for (const { id } of page.users) ids.add(id);
    count += page.users.length;
    after = page.next;
    if (after === null) return { ids, count };
    expect(page.users.length).toBe(limit);
  }
}
