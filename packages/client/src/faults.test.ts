/** The twelve known faults of the worked example (SEED), each as what this client does instead. */
import {
  type Attachment,
  type FileId,
  type MessageId,
  NatterError,
  type ServerEvent,
} from '@natter/protocol';
import { expect, it } from 'vitest';
import {
  conversationId,
  createWorld,
  noAnswer,
  type ScriptedServer,
  userId,
  uuid,
} from './scripted.suite.ts';

const direct = conversationId(1);
const group = conversationId(2);

function twoPeople(server: ScriptedServer): void {
  server.begin(direct, 'direct', ['ben']);
}

async function open(prepare: (server: ScriptedServer) => void = twoPeople, options = {}) {
  const world = createWorld(options, prepare);
  const timeline = world.client.messages(direct);
  timeline.subscribe(() => {});
  await world.clock.pass(0);
  return {
    ...world,
    timeline,
    contents: () => timeline.getSnapshot().messages.map(({ content }) => content),
  };
}

it('[FAULT 1] it is connected only once the server has answered hello, not when the socket opens', async () => {
  const { clock, client, server } = createWorld({}, (it) => {
    it.handlers.hello = () => noAnswer;
  });
  await clock.pass(0);
  expect(server.socket.sent[0]?.method).toBe('hello');
  expect(client.connection.getSnapshot()).toEqual({ status: 'connecting' });
  expect(client.me.getSnapshot()).toBeNull();
  delete server.handlers.hello;
  await clock.pass(10_000);
  await clock.pass(2_000);
  expect(client.connection.getSnapshot()).toEqual({ status: 'connected', synced: true });
  expect(client.me.getSnapshot()).toMatchObject({ userId: 'ada', name: 'Ada' });
});

it('[FAULT 2] what was said, edited and deleted while it was away is there after a reconnect, without a hole', async () => {
  const { clock, server, contents, client } = await open((it) => {
    twoPeople(it);
    for (const content of ['a', 'b', 'c']) it.say(direct, 'ben', content);
  });
  expect(contents()).toEqual(['a', 'b', 'c']);
  server.calls.length = 0;
  server.socket.end();
  server.say(direct, 'ben', 'd', { lost: true });
  server.change(direct, 2, { content: 'B', editedAt: 1 }, { lost: true });
  server.change(direct, 1, { content: '', deletedAt: 1 }, { lost: true });
  server.say(direct, 'ben', 'e', { lost: true });
  await clock.pass(1_000);
  expect(contents()).toEqual(['', 'B', 'c', 'd', 'e']);
  expect(client.conversations.getSnapshot().items[0]).toMatchObject({ unreadCount: 4 });
  const methods = server.calls.map(({ method }) => method);
  expect(methods.filter((method) => method !== 'markAsDelivered')).toEqual(['hello', 'getChanges']);
});

it('[FAULT 3] an error and the close that follows it are one loss: one wait, one new socket', async () => {
  const { clock, server } = await open();
  const timers = clock.timers();
  const socket = server.socket;
  socket.onerror?.();
  const onclose = socket.onclose;
  socket.end();
  onclose?.({ code: 1006, reason: '' });
  expect(clock.timers()).toBeLessThanOrEqual(timers + 1);
  await clock.pass(60_000);
  expect(server.sockets).toHaveLength(2);
});

it('[FAULT 4] it waits a random part of a growing time, never gives up, and tries at once when the network comes back', async () => {
  const world = createWorld({}, (it) => {
    it.handlers.hello = () => {
      throw new NatterError('internal', 'not now');
    };
  });
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt++) {
    await world.clock.pass(0);
    const snapshot = world.client.connection.getSnapshot();
    if (snapshot.status !== 'reconnecting' || snapshot.retryAt === null)
      throw new Error(JSON.stringify(snapshot));
    expect(snapshot.attempt).toBe(attempt);
    waits.push(snapshot.retryAt - world.clock.now());
    await world.clock.pass(snapshot.retryAt - world.clock.now());
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  delete world.server.handlers.hello;
  world.signal('online');
  await world.clock.pass(0);
  expect(world.client.connection.getSnapshot()).toEqual({ status: 'connected', synced: true });
});

it('[FAULT 5] messages that arrive while someone scrolls back shift no page: each comes once, none never', async () => {
  const { clock, server, timeline, contents } = await open(
    (it) => {
      twoPeople(it);
      for (let n = 1; n <= 100; n++) it.say(direct, 'ben', String(n));
    },
    { pageSize: 10 },
  );
  for (let n = 101; n <= 140; n++) {
    server.say(direct, 'ben', String(n));
    if (n % 4 === 0) void timeline.loadBefore();
    await clock.pass(10);
  }
  while (timeline.getSnapshot().hasBefore) {
    await Promise.all([timeline.loadBefore(), timeline.loadBefore(), clock.pass(0)]);
  }
  expect(contents()).toEqual(Array.from({ length: 140 }, (_, at) => String(at + 1)));
});

for (const order of ['event first', 'reply first', 'event only, after a reconnect']) {
  it(`[FAULT 6] my own message shows once when its event and its reply both come (${order})`, async () => {
    const { clock, server, timeline } = await open();
    const usual = server.usual.sendMessage;
    server.handlers.sendMessage = ((params: never, socket: { deliver(frame: object): void }) => {
      const result = usual?.(params);
      const message = server.room(direct).messages.at(-1);
      const event = {
        type: 'newMessage',
        conversationId: direct,
        version: message?.version,
        message,
      };
      if (order === 'event first') socket.deliver({ event });
      if (order === 'reply first') clock.soon(() => socket.deliver({ event }));
      if (order.startsWith('event only')) {
        server.socket.end();
        return noAnswer;
      }
      return result;
    }) as never;
    const id = timeline.send({ content: 'once' });
    const shown = new Set<number>();
    timeline.subscribe(() => shown.add(timeline.getSnapshot().messages.length));
    await clock.pass(0);
    delete server.handlers.sendMessage;
    await clock.pass(20_000);
    expect(timeline.getSnapshot().messages).toMatchObject([
      { id, seq: 1, status: 'sent', isMine: true },
    ]);
    expect([...shown]).toEqual([1]);
    expect(server.room(direct).messages).toHaveLength(1);
  });
}

it('[FAULT 7] a retry is the same message: one id, one row, whether the reply was lost or refused', async () => {
  const { clock, server, timeline } = await open();
  const usual = server.usual.sendMessage;
  let tries = 0;
  server.handlers.sendMessage = ((params: never) => {
    tries += 1;
    const result = usual?.(params);
    if (tries === 1) return noAnswer;
    if (tries === 2) throw new NatterError('overloaded', 'busy');
    if (tries === 3) throw new NatterError('forbidden', 'not you');
    return result;
  }) as never;
  const id = timeline.send({ content: 'only once' });
  await clock.pass(60_000);
  expect(timeline.getSnapshot().messages).toMatchObject([
    { id, status: 'failed', error: { code: 'forbidden' } },
  ]);
  timeline.resend(id);
  await clock.pass(1_000);
  expect(timeline.getSnapshot().messages).toMatchObject([{ id, status: 'sent', seq: 1 }]);
  const ids = server.calls
    .filter(({ method }) => method === 'sendMessage')
    .map(({ params }) => (params as { id: MessageId }).id);
  expect(ids.length).toBe(4);
  expect(new Set(ids)).toEqual(new Set([id]));
  expect(server.room(direct).messages).toHaveLength(1);
});

it("[FAULT 8] another's read mark says how far they have read, and changes nothing of what is unread for me", async () => {
  const { clock, server, timeline, client } = await open();
  server.say(direct, 'ben', 'unread for me');
  const id = timeline.send({ content: 'mine' });
  await clock.pass(0);
  server.say(direct, 'ben', 'unread too');
  server.say(direct, 'ben', 'and this');
  await clock.pass(0);
  expect(client.conversations.getSnapshot().unreadCount).toBe(2);
  server.tell({
    type: 'messageRead',
    conversationId: direct,
    userId: userId('ben'),
    data: { seq: 4, unreadCount: 0 },
  });
  await clock.pass(0);
  expect(client.conversations.getSnapshot().unreadCount).toBe(2);
  expect(timeline.getSnapshot().messages.find((message) => message.id === id)?.status).toBe('read');
  expect(client.receipts(direct).getSnapshot().get(userId('ben'))).toMatchObject({
    readSeq: 4,
    deliveredSeq: 4,
  });
  server.tell({
    type: 'messageRead',
    conversationId: direct,
    userId: userId('ada'),
    data: { seq: 3, unreadCount: 1 },
  });
  await clock.pass(0);
  expect(client.conversations.getSnapshot().unreadCount).toBe(1);
});

it('[FAULT 9] who types is kept by conversation and user id: two of one name are two, and stopping removes one', async () => {
  const { clock, server, client } = await open((it) => {
    twoPeople(it);
    it.begin(group, 'group', ['ben', 'sam1', 'sam2'], 'Sams');
  });
  client.typing(direct).subscribe(() => {});
  client.typing(group).subscribe(() => {});
  const typing = (
    type: 'typingStarted' | 'typingStopped',
    user: string,
    id = group,
  ): ServerEvent => ({
    type,
    conversationId: id,
    userId: userId(user),
    data: { name: 'Sam' },
  });
  for (const user of ['sam1', 'sam2', 'ada']) server.tell(typing('typingStarted', user));
  await clock.pass(0);
  expect(client.typing(group).getSnapshot()).toEqual([
    { userId: 'sam1', name: 'Sam' },
    { userId: 'sam2', name: 'Sam' },
  ]);
  expect(client.typing(direct).getSnapshot()).toEqual([]);
  server.tell(typing('typingStopped', 'sam1'));
  await clock.pass(3_000);
  expect(client.typing(group).getSnapshot()).toEqual([{ userId: 'sam2', name: 'Sam' }]);
  server.tell(typing('typingStarted', 'sam1'));
  await clock.pass(2_000);
  expect(client.typing(group).getSnapshot()).toEqual([{ userId: 'sam1', name: 'Sam' }]);
  server.say(group, 'sam1', 'done');
  await clock.pass(0);
  expect(client.typing(group).getSnapshot()).toEqual([]);
});

it('[FAULT 10] every listener and every iterator gets every event, in order, however fast they come', async () => {
  const { clock, server, client } = await open();
  const first: string[] = [];
  const second: string[] = [];
  const read: string[] = [];
  const content = (event: ServerEvent) => ('message' in event ? event.message.content : event.type);
  client.events.subscribe((event) => {
    first.push(content(event));
    // A listener that causes another event does not get ahead of the others.
    if (content(event) === '0') server.say(direct, 'ben', 'caused');
  });
  client.events.subscribe((event) => second.push(content(event)));
  const reading = (async () => {
    for await (const event of client.events) read.push(content(event));
  })();
  const said = Array.from({ length: 500 }, (_, n) => String(n));
  for (const one of said) server.say(direct, 'ben', one);
  await clock.pass(0);
  await clock.pass(0);
  for (let round = 0; round < 10; round++) await clock.pass(0);
  expect(first).toEqual([...said, 'caused']);
  expect(second).toEqual(first);
  expect(read).toEqual(first);
  expect(client.events.latest()).toMatchObject({ message: { content: 'caused' } });
  client.dispose();
  await reading;
});

it('[FAULT 11][CLIENT11] a failed image goes on from where it broke off with the bytes kept here; failed marks and pages are told and tried again', async () => {
  const image = new Blob([new Uint8Array(1_500_000)], { type: 'image/png' });
  const fileId = uuid(77) as FileId;
  const attachment: Attachment = {
    fileId,
    kind: 'image',
    name: 'p.png',
    mediaType: 'image/png',
    bytes: 9,
    width: 1,
    height: 1,
    thumbhash: null,
  };
  const requests: string[] = [];
  let offset = 0;
  let works = false;
  const fetch = (async (url: string, init: RequestInit) => {
    requests.push(
      `${init.method} ${new URL(url).pathname} ${new Headers(init.headers).get('Upload-Offset') ?? ''}`.trim(),
    );
    expect(new Headers(init.headers).get('Authorization')).toBe('Bearer token');
    if (init.method === 'POST')
      return new Response(null, { status: 201, headers: { Location: `/v1/uploads/${fileId}` } });
    if (init.method === 'HEAD')
      return new Response(null, { headers: { 'Upload-Offset': String(offset) } });
    if (offset > 0 && !works) throw new TypeError('network');
    offset += (init.body as Blob).size;
    return new Response(null, { status: 204, headers: { 'Upload-Offset': String(offset) } });
  }) as typeof globalThis.fetch;
  const { clock, server, timeline, client, device } = await open(
    (it) => {
      twoPeople(it);
      for (let n = 0; n < 60; n++) it.say(direct, 'ben', String(n));
    },
    { fetch },
  );
  const usual = server.usual.sendMessage;
  server.handlers.sendMessage = ((params: { fileIds: string[] }) => {
    expect(params.fileIds).toEqual([fileId]);
    return { ...(usual?.(params as never) as object), type: 'image', attachments: [attachment] };
  }) as never;
  const id = timeline.send({ files: [{ data: image, name: 'p.png' }] });
  expect(timeline.getSnapshot().messages.at(-1)).toMatchObject({
    status: 'sending',
    pending: [{ previewUrl: 'blob:0', progress: 0 }],
  });
  await clock.pass(120_000);
  expect(timeline.getSnapshot().messages.at(-1)).toMatchObject({
    id,
    status: 'failed',
    error: { retry: 'later' },
    type: 'image',
  });
  expect(client.uploads.getSnapshot()).toMatchObject([{ state: 'failed' }]);
  expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  works = true;
  requests.length = 0;
  timeline.resend(id);
  await clock.pass(1_000);
  expect(requests).toEqual([`HEAD /v1/uploads/${fileId}`, `PATCH /v1/uploads/${fileId} 1048576`]);
  expect(timeline.getSnapshot().messages.at(-1)).toMatchObject({
    id,
    status: 'sent',
    attachments: [attachment],
    pending: [],
  });
  expect(device.previews).toEqual([]);
  expect(client.uploads.getSnapshot()).toEqual([]);

  server.handlers.getMessages = () => {
    throw new NatterError('internal', 'not now');
  };
  await Promise.all([timeline.loadBefore(), clock.pass(0)]);
  expect(timeline.getSnapshot()).toMatchObject({
    pagingError: { code: 'internal' },
    loadingBefore: false,
    hasBefore: true,
  });
  delete server.handlers.getMessages;
  await Promise.all([timeline.loadBefore(), clock.pass(0)]);
  expect(timeline.getSnapshot()).toMatchObject({ pagingError: null, hasBefore: false });

  server.say(direct, 'ben', 'read this');
  await clock.pass(0);
  let refused = 0;
  server.handlers.markAsRead = () => {
    refused += 1;
    throw new NatterError('internal', 'not now');
  };
  timeline.markAsRead();
  await clock.pass(2_000);
  expect(refused).toBe(1);
  delete server.handlers.markAsRead;
  server.socket.end();
  await clock.pass(3_000);
  expect(server.room(direct).members.get('ada')?.readSeq).toBe(62);
});

it('[FAULT 12] what I write is mine and has my name from the start, before any reply', async () => {
  const claims = btoa(JSON.stringify({ sub: 'ada', name: 'Ada' }));
  const { clock, client, server } = createWorld({ getToken: () => `h.${claims}.s` }, (it) => {
    twoPeople(it);
    it.silent = true;
  });
  const timeline = client.messages(direct);
  timeline.subscribe(() => {});
  const early = timeline.send({ content: 'before the token is here' });
  await clock.pass(0);
  expect(client.me.getSnapshot()).toBeNull();
  timeline.send({ content: 'before hello' });
  for (const message of timeline.getSnapshot().messages) {
    expect(message).toMatchObject({
      senderId: 'ada',
      senderName: 'Ada',
      isMine: true,
      status: 'sending',
    });
  }
  expect(timeline.getSnapshot().messages.map(({ content }) => content)).toEqual([
    'before the token is here',
    'before hello',
  ]);
  server.silent = false;
  await clock.pass(12_000);
  expect(timeline.getSnapshot().messages).toMatchObject([
    { id: early, isMine: true, senderName: 'Ada', seq: 1, status: 'sent' },
    { isMine: true, seq: 2 },
  ]);
});
