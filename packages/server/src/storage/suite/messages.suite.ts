/** Sending, repeating, editing and deleting. */
import type { ConversationId, MessageId, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function messages(theWorld: () => World): void {
  async function pair(): Promise<[ConversationId, UserId, UserId]> {
    const { users, group } = theWorld();
    const [ada, bob] = (await users(2)) as [UserId, UserId];
    return [await group(ada, bob), ada, bob];
  }
  const refused = (reason: string) => ({ outcome: 'refused', reason });

  it('[SEND1] what was acknowledged is what everybody reads', async () => {
    const { append, history, entry } = theWorld();
    const [id, ada, bob] = await pair();
    const content = 'hello ‮ \u{1f44b}\n— \u0000 "quoted"';
    const sent = await append(id, ada, content);
    if (sent.outcome !== 'accepted') throw new Error(sent.outcome);
    expect(sent.message).toMatchObject({
      conversationId: id,
      seq: 1,
      version: 4,
      senderId: ada,
      senderName: 'Ada',
      type: 'text',
      content,
      attachments: [],
      editedAt: null,
      deletedAt: null,
    });
    expect(sent.events).toEqual([
      { type: 'newMessage', conversationId: id, version: 4, message: sent.message },
    ]);
    expect(await history(bob, id)).toEqual([sent.message]);
    expect((await entry(bob, id)).lastMessage).toEqual(sent.message);
    expect((await entry(bob, id)).activeAt).toBe(sent.message.createdAt);
  });

  it('[ORDER1][ORDER2][ORDER3] a hundred at once are numbered without holes, refusals between them or not', async () => {
    const { append, users, group, history, entry } = theWorld();
    const senders = await users(10);
    const stranger = await theWorld().user();
    const id = await group(...(senders as [UserId, ...UserId[]]));
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        append(id, at % 2 === 0 ? (senders[(at / 2) % 10] as UserId) : stranger, `${at}`),
      ),
    );
    const sent = outcomes.flatMap((each) => (each.outcome === 'accepted' ? [each] : []));
    expect(sent.map(({ message }) => message.seq)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 1),
    );
    expect(sent.map(({ message }) => message.version)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 12),
    );
    expect(await history(senders[0] as UserId, id)).toEqual(sent.map(({ message }) => message));
    expect((await entry(senders[0] as UserId, id)).conversation).toMatchObject({
      version: 111,
      lastSeq: 100,
    });
  });

  it('[ORDER3] what is refused half way is undone alone, and what was saved with it is numbered without holes', async () => {
    const { storage, append, newId, users, group, history, entry } = theWorld();
    const [ada, bob, eve] = (await users(3)) as [UserId, UserId, UserId];
    const id = await group(ada, bob);
    const messageId = newId() as MessageId;
    const userIds = [eve, 'nobody' as UserId];
    const outcomes = await Promise.all([
      append(id, ada, 'one', [], messageId),
      storage.addMembers({ conversationId: id, actorId: ada, userIds, role: null }),
      append(id, bob, 'two'),
      append(id, bob, 'one', [], messageId),
      append(id, ada, 'one', [], messageId),
      append(id, ada, 'three'),
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'accepted', message: { seq: 1, version: 4 } },
      refused('unknownUser'),
      { outcome: 'accepted', message: { seq: 2, version: 5 } },
      refused('conflict'),
      { outcome: 'duplicate', seq: 1, version: 4 },
      { outcome: 'accepted', message: { seq: 3, version: 6 } },
    ]);
    expect(await history(bob, id)).toHaveLength(3);
    expect(await storage.getMembership(id, eve)).toBe(null);
    expect(await entry(ada, id)).toMatchObject({
      conversation: { version: 6, lastSeq: 3, memberCount: 2 },
      readSeq: 3,
      deliveredSeq: 3,
      unreadCount: 0,
    });
    expect(await entry(bob, id)).toMatchObject({ readSeq: 2, unreadCount: 1 });
  });

  it('[SEND2] a repeated id returns the first acknowledgement, also after an edit and a deletion', async () => {
    const { storage, append, send, entry } = theWorld();
    const [id, ada] = await pair();
    const first = await send(id, ada, 'hello');
    await send(id, ada, 'and more');
    const repeat = () => append(id, ada, 'hello', [], first.id);
    const numbers = { seq: first.seq, version: first.version, createdAt: first.createdAt };
    expect(await repeat()).toEqual({ outcome: 'duplicate', ...numbers, message: first });
    const change = { conversationId: id, messageId: first.id, actorId: ada };
    await storage.editMessage({ ...change, content: 'hello!' });
    expect(await repeat()).toMatchObject({ ...numbers, message: { content: 'hello!' } });
    await storage.deleteMessage(change);
    expect(await repeat()).toMatchObject({ ...numbers, message: { content: '' } });
    expect((await entry(ada, id)).conversation).toMatchObject({ lastSeq: 2, version: 7 });
  });

  it('[SEND2] the same send many times at once is stored once', async () => {
    const { append, newId, history } = theWorld();
    const [id, ada] = await pair();
    const messageId = newId() as MessageId;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => append(id, ada, 'once', [], messageId)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      ...Array(19).fill('duplicate'),
    ]);
    expect(await history(ada, id)).toHaveLength(1);
  });

  it('[SEND3] an id in use with another body, sender or conversation is a conflict', async () => {
    const { append, send, users, group, file, history } = theWorld();
    const [id, ada, bob] = await pair();
    const first = await send(id, ada, 'hello');
    const attachment = await file(ada);
    expect(await append(id, ada, 'hello!', [], first.id)).toEqual(refused('conflict'));
    expect(await append(id, ada, 'hello', [attachment.fileId], first.id)).toEqual(
      refused('conflict'),
    );
    expect(await append(id, bob, 'hello', [], first.id)).toEqual(refused('conflict'));
    const [eve] = (await users(1)) as [UserId];
    const elsewhere = await group(eve, ada);
    // Whether the id is in use in a conversation that one may read makes no difference.
    expect(await append(elsewhere, ada, 'hello', [], first.id)).toEqual(refused('conflict'));
    expect(await append(elsewhere, eve, 'hello', [], first.id)).toEqual(refused('conflict'));
    expect(await history(ada, id)).toEqual([first]);
    expect(await history(eve, elsewhere)).toEqual([]);
  });

  it('[CURSOR3] sending reads up to the message', async () => {
    const { send, entry } = theWorld();
    const [id, ada, bob] = await pair();
    await send(id, bob);
    await send(id, bob);
    expect(await entry(ada, id)).toMatchObject({ readSeq: 0, unreadCount: 2 });
    await send(id, ada);
    expect(await entry(ada, id)).toMatchObject({ readSeq: 3, deliveredSeq: 3, unreadCount: 0 });
    expect(await entry(bob, id)).toMatchObject({ readSeq: 2, deliveredSeq: 2, unreadCount: 1 });
  });

  it('[SEND6] the name is the one at the time of sending; type says what is attached', async () => {
    const { storage, send, file, history } = theWorld();
    const [id, ada] = await pair();
    const [image, other] = [await file(ada, 'image'), await file(ada, 'file')];
    const picture = await send(id, ada, '', [image.fileId]);
    expect(picture).toMatchObject({ type: 'image', attachments: [image], senderName: 'Ada' });
    await storage.saveUser({ id: ada, name: 'Countess' });
    const second = await file(ada, 'image');
    const mixed = await send(id, ada, 'both', [second.fileId, other.fileId]);
    expect(mixed).toMatchObject({
      type: 'file',
      attachments: [second, other],
      senderName: 'Countess',
    });
    expect(await history(ada, id)).toEqual([picture, mixed]);
  });

  it('[SEND7] an edit changes the content under a new version; the same again changes nothing', async () => {
    const { storage, send, history } = theWorld();
    const [id, ada, bob] = await pair();
    const first = await send(id, ada, 'helo');
    const edit = { conversationId: id, messageId: first.id, actorId: ada, content: 'hello' };
    const done = await storage.editMessage(edit);
    if (done.outcome !== 'done') throw new Error(done.outcome);
    expect(done.message).toEqual({
      ...first,
      content: 'hello',
      version: 5,
      editedAt: done.message.editedAt,
    });
    expect(done.message.editedAt).toBeGreaterThanOrEqual(first.createdAt);
    expect(done.events).toEqual([
      { type: 'messageUpdated', conversationId: id, version: 5, message: done.message },
    ]);
    expect(await storage.editMessage(edit)).toEqual({ ...done, events: [] });
    expect(await history(bob, id)).toEqual([done.message]);
  });

  it('[ROLES7] nobody edits what another has written, not even an owner', async () => {
    const { storage, send, history } = theWorld();
    const [id, ada, bob] = await pair();
    const message = await send(id, bob);
    expect(
      await storage.editMessage({
        conversationId: id,
        messageId: message.id,
        actorId: ada,
        content: 'x',
      }),
    ).toEqual(refused('forbidden'));
    expect(await history(ada, id)).toEqual([message]);
  });

  it('[SEND8] a deletion leaves the place and the times, and nothing of what was said', async () => {
    const { storage, send, file, history, entry } = theWorld();
    const [id, ada, bob] = await pair();
    const attachment = await file(ada);
    const message = await send(id, ada, 'a secret', [attachment.fileId]);
    const remove = { conversationId: id, messageId: message.id, actorId: ada };
    const done = await storage.deleteMessage(remove);
    if (done.outcome !== 'done') throw new Error(done.outcome);
    expect(done.message).toEqual({
      ...message,
      type: 'text',
      content: '',
      attachments: [],
      version: 5,
      deletedAt: done.message.deletedAt,
    });
    expect(done.message.deletedAt).toBeGreaterThanOrEqual(message.createdAt);
    expect(done.events).toEqual([
      { type: 'messageDeleted', conversationId: id, version: 5, message: done.message },
    ]);
    expect(await storage.deleteMessage(remove)).toEqual({ ...done, events: [] });
    expect(await history(bob, id)).toEqual([done.message]);
    expect((await entry(bob, id)).lastMessage).toEqual(done.message);
    expect(await storage.editMessage({ ...remove, content: 'x' })).toEqual(refused('notFound'));
  });

  it('[SEND9] a message of another conversation is not found in this one', async () => {
    const { storage, send, group, newId } = theWorld();
    const [id, ada, bob] = await pair();
    const other = await group(ada, bob);
    const message = await send(other, ada);
    for (const messageId of [message.id, newId() as MessageId]) {
      const change = { conversationId: id, messageId, actorId: ada };
      expect(await storage.editMessage({ ...change, content: 'x' })).toEqual(refused('notFound'));
      expect(await storage.deleteMessage(change)).toEqual(refused('notFound'));
    }
  });
}
