/** Profiles: names that people choose, pictures of people and groups, and who may read those. */
import { type FileId, limits, type UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

const badFile = { outcome: 'refused', reason: 'badFile' };

export function profiles(theWorld: () => World): void {
  it('[PROFILE1] name and picture are changed, each alone or together, and found from then on', async () => {
    const { storage, user, file } = theWorld();
    const ada = await user('Ada Byron');
    const { fileId } = await file(ada);
    expect(await storage.updateProfile({ userId: ada, name: 'Ada Quillfeather' })).toEqual({
      outcome: 'done',
      changed: true,
      user: { id: ada, name: 'Ada Quillfeather', picture: null, lastSeenAt: null },
    });
    const both = await storage.updateProfile({ userId: ada, name: 'Ada L.', picture: fileId });
    const now = { id: ada, name: 'Ada L.', picture: fileId, lastSeenAt: null };
    expect(both).toEqual({ outcome: 'done', changed: true, user: now });
    expect(await storage.getUsers([ada])).toEqual([now]);
    const search = async (query: string) =>
      (await storage.searchUsers({ query, after: null, limit: 10 })).users;
    expect(await search('quillf')).toEqual([]);
    expect(await search('ada l.')).toContainEqual(now);
    expect(await storage.updateProfile({ userId: ada, picture: null })).toMatchObject({
      changed: true,
      user: { name: 'Ada L.', picture: null },
    });
  });

  it('[PROFILE1] saying again what is so already changes nothing', async () => {
    const { storage, user, file } = theWorld();
    const ada = await user('Ada');
    const { fileId } = await file(ada);
    const change = { userId: ada, name: 'Countess', picture: fileId };
    await storage.updateProfile(change);
    expect(await storage.updateProfile(change)).toMatchObject({ outcome: 'done', changed: false });
    expect(await storage.getReadableFile(fileId, ada, 'shared')).not.toBeNull();
    expect(await storage.updateProfile({ userId: 'nobody' as UserId, name: 'X' })).toEqual({
      outcome: 'refused',
      reason: 'unknownUser',
    });
  });

  it('[PROFILE4] a chosen name is kept where it may be, and gives way to the token’s where not', async () => {
    const { storage, user } = theWorld();
    const id = await user('Ada');
    const save = async (name: string, keepChosen: boolean) =>
      (await storage.saveUser({ id, name, keepChosen })).name;
    // Not chosen yet: the token's newer name is the name.
    expect(await save('Ada B.', true)).toBe('Ada B.');
    await storage.updateProfile({ userId: id, name: 'Countess' });
    expect(await save('Ada C.', true)).toBe('Countess');
    expect(await save('Ada B.', true)).toBe('Countess');
    expect(await save('Ada D.', false)).toBe('Ada D.');
    expect(await save('Ada E.', true)).toBe('Ada E.');
    // The same name as the chosen one, and now the token's.
    await storage.updateProfile({ userId: id, name: 'Countess' });
    expect(await save('Countess', false)).toBe('Countess');
    expect(await save('Ada F.', true)).toBe('Ada F.');
  });

  it('[PROFILE4] a picture survives a sign-in with another name', async () => {
    const { storage, user, file } = theWorld();
    const ada = await user('Ada');
    const { fileId } = await file(ada);
    await storage.updateProfile({ userId: ada, picture: fileId });
    expect(await storage.saveUser({ id: ada, name: 'Ada B.' })).toMatchObject({ picture: fileId });
  });

  it('[PROFILE1] a picture of a group is one version and a line after it, and stands in entries, changes and events', async () => {
    const { storage, users, group, file, entry } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const { conversation: before } = await entry(bob, conversationId);
    const { fileId } = await file(ada);
    const change = { conversationId, actorId: ada, picture: fileId };
    const outcome = await storage.updateConversation(change);
    const changed = { ...before, picture: fileId, version: before.version + 1 };
    const after = { ...changed, version: changed.version + 1, lastSeq: before.lastSeq + 1 };
    expect(outcome).toEqual({
      outcome: 'done',
      conversation: expect.objectContaining({ picture: fileId, version: after.version }),
      events: [
        {
          type: 'conversationUpdated',
          conversationId,
          version: changed.version,
          data: { conversation: changed },
        },
        expect.objectContaining({ type: 'newMessage', version: after.version }),
      ],
    });
    expect((await entry(bob, conversationId)).conversation).toEqual(after);
    const changes = await storage.getChanges(bob, conversationId, before.version);
    expect(changes?.entry.conversation.picture).toBe(fileId);
    expect(await storage.updateConversation(change)).toMatchObject({ events: [] });
    expect(
      await storage.updateConversation({ ...change, name: 'both', picture: null }),
    ).toMatchObject({
      conversation: { name: 'both', picture: null },
      events: [
        { type: 'conversationUpdated', version: after.version + 1 },
        { type: 'newMessage', version: after.version + 2 },
        { type: 'newMessage', version: after.version + 3 },
      ],
    });
  });

  it('[PROFILE1][ROLES2] who may not rename a group may not give it a picture either', async () => {
    const { storage, users, group, direct, file } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const [many, two] = [await group(ada, bob), await direct(ada, bob)];
    const { fileId } = await file(bob);
    const set = async (conversationId: typeof many, actorId: UserId) =>
      storage.updateConversation({ conversationId, actorId, picture: fileId });
    expect(await set(many, bob)).toEqual({ outcome: 'refused', reason: 'forbidden' });
    expect(await set(two, bob)).toEqual({ outcome: 'refused', reason: 'forbidden' });
    expect(await set(many, eve)).toEqual({ outcome: 'refused', reason: 'notMember' });
    expect((await storage.getFile(fileId))?.picture).toBeNull();
  });

  it('[PROFILE2] only an unused image of one’s own can be a picture', async () => {
    const { storage, users, group, file, send, append, newId } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const conversationId = await group(ada, bob);
    const [sent, theirs, paper, mine, groups] = [
      await file(ada),
      await file(bob),
      await file(ada, 'file'),
      await file(ada),
      await file(ada),
    ];
    await send(conversationId, ada, '', [sent.fileId]);
    await storage.updateProfile({ userId: ada, picture: mine.fileId });
    await storage.updateConversation({ conversationId, actorId: ada, picture: groups.fileId });
    const asOwn = async (picture: FileId) => storage.updateProfile({ userId: ada, picture });
    const asGroups = async (picture: FileId) =>
      storage.updateConversation({ conversationId, actorId: ada, picture });
    for (const bad of [sent.fileId, theirs.fileId, newId() as FileId]) {
      expect(await asOwn(bad)).toEqual(badFile);
      expect(await asGroups(bad)).toEqual(badFile);
    }
    expect(await asOwn(groups.fileId)).toEqual(badFile);
    expect(await asGroups(mine.fileId)).toEqual(badFile);
    expect(await asOwn(paper.fileId)).toEqual({ outcome: 'refused', reason: 'noImage' });
    expect(await asGroups(paper.fileId)).toEqual({ outcome: 'refused', reason: 'noImage' });
    for (const picture of [mine.fileId, groups.fileId])
      expect(await append(conversationId, ada, 'x', [picture])).toEqual(badFile);
    expect((await storage.getUsers([ada]))[0]?.picture).toBe(mine.fileId);
  });

  it('[PROFILE2] a refused picture leaves the name and the picture before as they were', async () => {
    const { storage, user, file, newId } = theWorld();
    const ada = await user('Ada');
    const { fileId } = await file(ada);
    await storage.updateProfile({ userId: ada, picture: fileId });
    const bad = { userId: ada, name: 'Other', picture: newId() as FileId };
    expect(await storage.updateProfile(bad)).toEqual(badFile);
    expect(await storage.getUsers([ada])).toMatchObject([{ name: 'Ada', picture: fileId }]);
    expect(await storage.getReadableFile(fileId, ada, 'shared')).not.toBeNull();
  });

  it('[PROFILE2][FILES7] a picture in use stays for good; one that was replaced goes', async () => {
    const { storage, users, group, file, newId } = theWorld();
    const [ada] = (await users(1)) as [UserId];
    const conversationId = await group(ada);
    const [first, second, groups, later] = [
      await file(ada),
      await file(ada),
      await file(ada),
      await file(ada),
    ].map(({ fileId }) => fileId) as [FileId, FileId, FileId, FileId];
    await storage.updateProfile({ userId: ada, picture: first });
    await storage.updateConversation({ conversationId, actorId: ada, picture: groups });
    const always = Number.MAX_SAFE_INTEGER;
    const forgotten = await storage.deleteUnsentFiles(always);
    expect(forgotten).toContain(later);
    expect(forgotten).not.toContain(first);
    expect(forgotten).not.toContain(groups);
    expect(await storage.getFile(second)).toBeNull();
    const third = await file(ada);
    await storage.updateProfile({ userId: ada, picture: third.fileId });
    expect(await storage.getReadableFile(first, ada, 'everyone')).toBeNull();
    expect(await storage.updateProfile({ userId: ada, picture: first })).toEqual(badFile);
    await storage.updateConversation({ conversationId, actorId: ada, picture: null });
    expect(await storage.getReadableFile(groups, ada, 'everyone')).toBeNull();
    const gone = await storage.deleteUnsentFiles(always);
    expect(gone).toEqual(expect.arrayContaining([first, groups]));
    expect(gone).not.toContain(third.fileId);
    expect(await storage.getFile(newId() as FileId)).toBeNull();
  });

  it('[PROFILE3] a person’s picture is read by who finds the person in the directory', async () => {
    const { storage, users, direct, file } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const { fileId } = await file(ada);
    const readers = async (directory: 'everyone' | 'shared') =>
      Promise.all(
        [ada, bob, eve].map(
          async (id) => (await storage.getReadableFile(fileId, id, directory)) !== null,
        ),
      );
    await direct(ada, bob);
    expect(await readers('everyone')).toEqual([true, false, false]);
    await storage.updateProfile({ userId: ada, picture: fileId });
    expect(await readers('everyone')).toEqual([true, true, true]);
    expect(await readers('shared')).toEqual([true, true, false]);
    await storage.updateProfile({ userId: ada, picture: null });
    expect(await readers('everyone')).toEqual([false, false, false]);
  });

  it('[PROFILE3][LARGE2] sharing only a large group is not finding', async () => {
    const { storage, users, group, file } = theWorld();
    const all = await users(limits.largeConversationMembers + 1);
    const [ada, bob, ...others] = all as [UserId, UserId, ...UserId[]];
    const { fileId } = await file(ada);
    await storage.updateProfile({ userId: ada, picture: fileId });
    const conversationId = await group(ada, bob, ...others);
    expect(await storage.getReadableFile(fileId, bob, 'shared')).toBeNull();
    const out = others.at(-1) as UserId;
    await storage.removeMember({ conversationId, actorId: ada, userId: out });
    expect(await storage.getReadableFile(fileId, bob, 'shared')).not.toBeNull();
  });

  it('[PROFILE3] a group’s picture is read by its members, and stays when who set it has left', async () => {
    const { storage, users, group, give, file } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    await give(conversationId, ada, bob, 'admin');
    const { fileId } = await file(bob);
    await storage.updateConversation({ conversationId, actorId: bob, picture: fileId });
    const readers = async () =>
      Promise.all(
        [ada, bob, eve].map(
          async (id) => (await storage.getReadableFile(fileId, id, 'everyone')) !== null,
        ),
      );
    expect(await readers()).toEqual([true, true, false]);
    await storage.removeMember({ conversationId, actorId: bob, userId: bob });
    expect(await readers()).toEqual([true, false, false]);
  });

  it('[PROFILE5] members, peers and events show the picture that somebody now has', async () => {
    const { storage, users, group, direct, give, file, entry } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const [many, two] = [await group(ada, bob), await direct(ada, bob)];
    const { fileId } = await file(bob);
    await storage.updateProfile({ userId: bob, name: 'Bobby', picture: fileId });
    const shown = { userId: bob, name: 'Bobby', picture: fileId };
    expect((await entry(ada, two)).peer).toMatchObject(shown);
    const { members } = await storage.listMembers(many, { after: null, limit: 10 });
    expect(members).toContainEqual(expect.objectContaining(shown));
    await give(many, ada, bob, 'admin');
    const changes = await storage.getChanges(ada, many, 3);
    expect(changes?.joined).toMatchObject([{ ...shown, role: 'admin' }]);
  });
}
