/** Two people, two clients, the real server with a real database, over real sockets and HTTP. */
import type { ConversationId, UserId } from '@natter/protocol';
import { expect, it } from 'vitest';
import type { ChatClient } from './contract.ts';
import { createMemoryDevice } from './persistence/memory/memory.ts';
import { onePixel, synced, until, useRealServer } from './realServer.suite.ts';
import { createSystemClock } from './runtime/system.ts';

const server = useRealServer();

async function pair(): Promise<{ ada: ChatClient; ben: ChatClient; id: ConversationId }> {
  const ada = server.client('Ada');
  const ben = server.client('Ben');
  await Promise.all([synced(ada), synced(ben)]);
  const id = await ada.conversations.createDirect('ben' as UserId);
  await until(ben.conversations, ({ items }) =>
    items.find(({ conversation }) => conversation.id === id),
  );
  for (const one of [ada, ben]) one.messages(id).subscribe(() => {});
  return { ada, ben, id };
}

it('[CLIENT9] a message shows at once as mine, then at the other side, then delivered, then read', async () => {
  const { ada, ben, id } = await pair();
  const messageId = ada.messages(id).send({ content: 'Hello Ben' });
  expect(ada.messages(id).getSnapshot().messages.at(-1)).toMatchObject({
    id: messageId,
    status: 'sending',
    isMine: true,
    senderName: 'Ada',
  });
  const got = await until(ben.messages(id), ({ messages }) =>
    messages.find((message) => message.id === messageId),
  );
  expect(got).toMatchObject({ content: 'Hello Ben', isMine: false, senderName: 'Ada', seq: 1 });
  const status = (wanted: string) =>
    until(
      ada.messages(id),
      ({ messages }) => messages.length === 1 && messages[0]?.status === wanted,
    );
  await status('delivered');
  expect(ben.conversations.getSnapshot().unreadCount).toBe(1);
  ben.messages(id).markAsRead();
  expect(ben.conversations.getSnapshot().unreadCount).toBe(0);
  await status('read');
  expect(
    ada
      .receipts(id)
      .getSnapshot()
      .get('ben' as UserId),
  ).toMatchObject({ name: 'Ben', readSeq: 1, deliveredSeq: 1 });
});

it('[TYPING1] who watches a conversation sees who types, and no longer once the message is there', async () => {
  const { ada, ben, id } = await pair();
  await until(ben.messages(id), ({ state }) => state === 'ready');
  const seen = until(ben.typing(id), (typists) => typists[0]);
  // Watching is told to the server first: keystrokes go on until it has been.
  const keys = setInterval(() => {
    ada.typing(id).stopped();
    ada.typing(id).started();
  }, 50);
  expect(await seen).toEqual({ userId: 'ada', name: 'Ada' });
  clearInterval(keys);
  const gone = until(ben.typing(id), (typists) => typists.length === 0);
  ada.messages(id).send({ content: 'done' });
  await gone;
});

it('[FILES3] an image goes up, is sent once, and can be read by the other side', async () => {
  const { ada, ben, id } = await pair();
  const messageId = ada.messages(id).send({ files: [{ data: onePixel, name: 'Möwe.png' }] });
  expect(ada.messages(id).getSnapshot().messages.at(-1)).toMatchObject({
    type: 'image',
    pending: [{ name: 'Möwe.png', progress: 0 }],
  });
  const got = await until(ben.messages(id), ({ messages }) =>
    messages.find((message) => message.id === messageId),
  );
  expect(got.attachments).toMatchObject([{ kind: 'image', name: 'Möwe.png', width: 1, height: 1 }]);
  const fileId = got.attachments[0]?.fileId;
  expect((await ben.uploads.fetchFile(fileId as NonNullable<typeof fileId>)).size).toBeGreaterThan(
    0,
  );
  const mine = await until(
    ada.messages(id),
    ({ messages }) => messages.length === 1 && messages[0]?.seq === 1 && messages[0],
  );
  expect(mine.pending).toEqual([]);
  expect(ada.uploads.getSnapshot()).toEqual([]);
});

it('[FAULT 2] what was sent while I was away is there after the server came back, once and in order', async () => {
  const { ada, ben, id } = await pair();
  ada.messages(id).send({ content: 'before' });
  await until(ben.messages(id), ({ messages }) => messages.length === 1);
  ben.connection.disconnect();
  for (const content of ['one', 'two', 'three']) ada.messages(id).send({ content });
  await until(
    ada.messages(id),
    ({ messages }) => messages.length === 4 && messages.every(({ seq }) => seq !== null),
  );
  await server.stop();
  ada.messages(id).send({ content: 'written while it was down' });
  await server.start();
  ada.connection.reconnect();
  ben.connection.connect();
  const all = await until(ben.messages(id), ({ messages }) => messages.length === 5 && messages);
  expect(all.map(({ content }) => content)).toEqual([
    'before',
    'one',
    'two',
    'three',
    'written while it was down',
  ]);
  expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  await until(
    ada.messages(id),
    ({ messages }) => messages.length === 5 && messages.every(({ seq }) => seq !== null),
  );
});

it('[KEEP2] what was written offline survives the page: the next one sends it, once, in order, to the real server', async () => {
  const device = createMemoryDevice({ clock: createSystemClock() });
  const { ada: first, ben, id } = await pair();
  first.dispose();
  const tab = device.tab();
  const ada = server.client('Ada', { persistence: tab });
  await synced(ada);
  await until(ada.persistence, ({ state }) => state === 'kept');
  const timeline = ada.messages(id);
  timeline.subscribe(() => {});
  const old = timeline.send({ content: 'there before' });
  await until(ben.messages(id), ({ messages }) => messages.length === 1);
  await until(timeline, ({ messages }) => messages[0]?.seq === 1);
  ada.connection.disconnect();
  for (const content of ['1', '2', '3', '4']) timeline.send({ content });
  const fifth = timeline.send({ content: 'fvie' });
  timeline.send({
    content: 'an image',
    files: [{ data: onePixel, name: 'p.png' }],
  });
  await timeline.edit(fifth, 'five');
  await timeline.edit(old, 'there before, and edited');
  tab.crash();
  ada.dispose();

  const again = server.client('Ada', { persistence: device.tab() });
  again.messages(id).subscribe(() => {});
  const wanted = ['there before, and edited', '1', '2', '3', '4', 'five', 'an image'];
  for (const one of [ben, again]) {
    const all = await until(one.messages(id), ({ messages }) =>
      messages.length === 7 &&
      messages.every(({ seq }) => seq !== null) &&
      messages.some(({ editedAt }) => editedAt !== null)
        ? messages
        : null,
    );
    expect(all.map(({ content }) => content)).toEqual(wanted);
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(all.map(({ editedAt }) => editedAt !== null)).toEqual([true, ...Array(6).fill(false)]);
    expect(all.at(-1)?.attachments).toMatchObject([{ name: 'p.png', width: 1 }]);
  }
  const kept = await device.tab().open({ origin: server.url(), person: 'ada' });
  await expect.poll(() => kept.readItems()).toEqual([]);
});

it('[SEND7] an edit and a deletion show on both sides, and leave a tombstone', async () => {
  const { ada, ben, id } = await pair();
  const messageId = ada.messages(id).send({ content: 'helo' });
  await until(ben.messages(id), ({ messages }) => messages[0]?.content === 'helo');
  await until(ada.messages(id), ({ messages }) => messages[0]?.seq === 1);
  const editing = ada.messages(id).edit(messageId, 'hello');
  expect(ada.messages(id).getSnapshot().messages[0]?.content).toBe('hello');
  await editing;
  await until(
    ben.messages(id),
    ({ messages }) => messages[0]?.content === 'hello' && messages[0].editedAt,
  );
  await ada.messages(id).delete(messageId);
  await until(
    ben.messages(id),
    ({ messages }) => messages[0]?.deletedAt && messages[0].content === '',
  );
  expect(ada.messages(id).getSnapshot().messages).toMatchObject([
    { id: messageId, content: '', error: null },
  ]);
  await until(ben.conversations, ({ unreadCount }) => unreadCount === 0);
});

it('[ROLES6] a group has members, a name, and an end for who leaves', async () => {
  const { ada, ben } = await pair();
  const id = await ada.conversations.createGroup({ name: 'Birds', userIds: ['ben' as UserId] });
  await until(ben.conversations, ({ items }) => items.find(({ title }) => title === 'Birds'));
  await ada.conversations.rename(id, 'Seabirds');
  expect(ada.conversations.get(id)?.title).toBe('Seabirds');
  await until(ben.conversations, ({ items }) => items.find(({ title }) => title === 'Seabirds'));
  ada.messages(id).subscribe(() => {});
  ada.messages(id).send({ content: 'gull' });
  await until(ada.messages(id), ({ messages }) => messages[1]?.status === 'delivered');
  expect(ada.messages(id).getSnapshot().messages).toMatchObject([
    { type: 'system', system: { kind: 'renamed', name: 'Seabirds' }, isMine: true, status: 'sent' },
    { type: 'text', system: null, content: 'gull' },
  ]);
  await ben.conversations.leave(id);
  expect(ben.conversations.get(id)).toBeNull();
  await until(ada.conversations, () => ada.conversations.get(id)?.conversation.memberCount === 1);
  await until(ada.messages(id), ({ messages }) => messages[2]?.system?.kind === 'left');
});

it('[PRESENCE3] a watched person comes online', async () => {
  const { ada } = await pair();
  ada.presence.watch(['ben' as UserId]);
  await until(ada.presence, (people) => people.get('ben' as UserId)?.online);
});
