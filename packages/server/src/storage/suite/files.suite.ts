/** Files: whose they are, sent once, and readable by whom. */
import type { FileId, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function files(theWorld: () => World): void {
  it('[FILES5] an unsent file is its owner’s alone', async () => {
    const { storage, users, direct, file, newId } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    await direct(ada, bob);
    const attachment = await file(ada);
    const stored = await storage.getReadableFile(attachment.fileId, ada, 'everyone');
    expect(stored).toEqual({
      ...attachment,
      ownerId: ada,
      conversationId: null,
      picture: null,
      createdAt: stored?.createdAt,
    });
    expect(await storage.getFile(attachment.fileId)).toEqual(stored);
    expect(await storage.getReadableFile(attachment.fileId, bob, 'everyone')).toBeNull();
    expect(await storage.getReadableFile(newId() as FileId, ada, 'everyone')).toBeNull();
    expect(await storage.getFile(newId() as FileId)).toBeNull();
  });

  it('[FILES5] a sent file is readable by members, while they are, and while its message stands', async () => {
    const { storage, users, group, file, send } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const conversationId = await group(ada, bob);
    const { fileId } = await file(bob);
    const message = await send(conversationId, bob, '', [fileId]);
    const readers = async () =>
      Promise.all(
        [ada, bob, eve].map(async (userId) => {
          const found = await storage.getReadableFile(fileId, userId, 'everyone');
          if (found !== null) expect(found).toMatchObject({ conversationId, ownerId: bob });
          return found !== null;
        }),
      );
    expect(await readers()).toEqual([true, true, false]);
    await storage.removeMember({ conversationId, actorId: ada, userId: bob });
    expect(await readers()).toEqual([true, false, false]);
    await storage.addMembers({ conversationId, actorId: ada, userIds: [eve], role: null });
    expect(await readers()).toEqual([true, false, true]);
    await storage.deleteMessage({ conversationId, messageId: message.id, actorId: ada });
    expect(await readers()).toEqual([false, false, false]);
  });

  it('[FILES6] a file that is not mine, unknown, named twice or sent before is refused, and nothing is sent', async () => {
    const { storage, users, group, file, append, send, newId, history } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const id = await group(ada, bob);
    const [mine, sent, theirs] = [await file(ada), await file(ada), await file(bob)];
    await send(id, ada, '', [sent.fileId]);
    const unknown = newId() as FileId;
    for (const bad of [theirs.fileId, sent.fileId, unknown, mine.fileId]) {
      expect(await append(id, ada, 'x', [mine.fileId, bad])).toEqual({
        outcome: 'refused',
        reason: 'badFile',
      });
    }
    expect(await history(ada, id)).toHaveLength(1);
    expect((await storage.getFile(mine.fileId))?.conversationId).toBeNull();
    await send(id, ada, '', [mine.fileId]);
  });

  it('[FILES6] two messages that claim one file at once: one has it', async () => {
    const { users, group, file, append } = theWorld();
    const [ada] = (await users(1)) as [UserId];
    const id = await group(ada);
    const { fileId } = await file(ada);
    const outcomes = await Promise.all([
      append(id, ada, '', [fileId]),
      append(id, ada, '', [fileId]),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused']);
  });

  it('[SEND2] a repeat with its files is the first send', async () => {
    const { users, group, file, append, send } = theWorld();
    const [ada] = (await users(1)) as [UserId];
    const id = await group(ada);
    const { fileId } = await file(ada);
    const first = await send(id, ada, '', [fileId]);
    expect(await append(id, ada, '', [fileId], first.id)).toMatchObject({
      outcome: 'duplicate',
      seq: first.seq,
      message: first,
    });
  });

  it('[FILES1] recording a file twice keeps the first', async () => {
    const { storage, users, file } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    const attachment = await file(ada);
    const stored = await storage.getFile(attachment.fileId);
    await storage.saveFile({ ...attachment, name: 'other', ownerId: bob });
    expect(await storage.getFile(attachment.fileId)).toEqual(stored);
  });

  it('[FILES7] what nobody sent in time is forgotten, and what a deleted message carried', async () => {
    const { storage, users, group, file, send } = theWorld();
    const [ada] = (await users(1)) as [UserId];
    const id = await group(ada);
    const [unsent, kept, deleted] = [await file(ada), await file(ada), await file(ada)];
    await send(id, ada, '', [kept.fileId]);
    const message = await send(id, ada, '', [deleted.fileId]);
    const done = await storage.deleteMessage({
      conversationId: id,
      messageId: message.id,
      actorId: ada,
    });
    if (done.outcome !== 'done') throw new Error(done.outcome);
    const forgotten = await storage.deleteUnsentFiles(0);
    expect(forgotten).toEqual([]);
    const later = await storage.deleteUnsentFiles((done.message.deletedAt ?? 0) + 1);
    expect(later).toContain(unsent.fileId);
    expect(later).toContain(deleted.fileId);
    expect(later).not.toContain(kept.fileId);
    expect(await storage.getFile(unsent.fileId)).toBeNull();
    expect(await storage.getFile(kept.fileId)).not.toBeNull();
    expect(await storage.deleteUnsentFiles((done.message.deletedAt ?? 0) + 1)).toEqual([]);
  });
}
