/** The copy that a device keeps: what a page shows before anybody has answered, and that it ends up right whatever it was. */
import type { ConversationId } from '@natter/protocol';
import { NatterError } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import { a, b, createDevice, type Tab } from '../outbox/outbox.suite.ts';
import { noAnswer } from '../scripted.suite.ts';

const writtenMs = 1_000;
const reconnectMs = 60_000;

function titles({ client }: Tab): (string | undefined)[] {
  return client.conversations.getSnapshot().items.map(({ preview }) => preview?.content);
}
const unread = ({ client }: Tab, id: ConversationId = a) =>
  client.conversations.get(id)?.unreadCount;

/** A device that has seen two conversations, and whose page is closed. */
async function visited() {
  const device = createDevice();
  device.server.say(a, 'ben', 'one');
  device.server.say(a, 'ben', 'two');
  device.server.say(b, 'eve', 'hello');
  const tab = device.open();
  await device.clock.pass(reconnectMs);
  return { ...device, device, tab };
}

describe('what a device keeps', () => {
  it('[KEEP1] list, history and counts show at once, without a network', async () => {
    const { device, tab, clock } = await visited();
    const before = [titles(tab), tab.show(), unread(tab)];
    tab.crash();
    device.server.silent = true;
    const again = device.open();
    await clock.pass(0);
    expect([titles(again), again.show(), unread(again)]).toEqual(before);
    expect(again.client.me.getSnapshot()?.userId).toBe('ada');
    expect(again.client.messages(a).getSnapshot().state).toBe('ready');
    expect(again.client.persistence.getSnapshot()).toEqual({ state: 'kept', error: null });
  });

  it('[KEEP1] what is here already is not fetched again: only what changed since', async () => {
    const { device, tab, clock, server } = await visited();
    tab.crash();
    server.say(a, 'ben', 'three');
    server.calls.length = 0;
    const again = device.open();
    await clock.pass(reconnectMs);
    expect(again.show()).toEqual(['one sent', 'two sent', 'three sent']);
    expect(titles(again)).toEqual(['three', 'hello']);
    const read = server.calls.filter(({ method }) =>
      /^get(Messages|Conversations|Changes)$/.test(method),
    );
    expect(read).toMatchObject([{ method: 'getChanges', params: { conversationId: a } }]);
  });

  it('[KEEP1] the socket opens while the device is being read, and `hello` says what was read', async () => {
    const { device, tab, clock, server } = await visited();
    const memory = device.memory.tab();
    tab.crash();
    server.calls.length = 0;
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
    const before = server.sockets.length;
    device.open({ persistence: { open: (account) => slow.then(() => memory.open(account)) } });
    await clock.pass(writtenMs);
    expect(server.sockets).toHaveLength(before + 1);
    expect(server.calls).toEqual([]);
    goOn();
    await clock.pass(writtenMs);
    expect(server.calls[0]).toMatchObject({
      method: 'hello',
      params: { since: expect.any(String) },
    });
  });

  it('[KEEP1] a timeline that was kept long before its entry is brought up to it, in order', async () => {
    const { device, tab, clock, server } = await visited();
    // Closed before the next messages, so that only the list hears of them.
    tab.crash();
    const listed = device.open({ autoConnect: true });
    server.say(a, 'ben', 'three');
    await clock.pass(reconnectMs);
    listed.crash();
    server.say(a, 'ben', 'four');
    const again = device.open();
    await clock.pass(reconnectMs);
    expect(again.show()).toEqual(['one sent', 'two sent', 'three sent', 'four sent']);
    expect(unread(again)).toBe(4);
  });

  it('[KEEP1] the newest writes may be lost, and nothing that is shown is', async () => {
    for (let lost = 1; lost <= 5; lost++) {
      const { device, tab, clock, server } = await visited();
      for (const text of ['three', 'four', 'five']) {
        server.say(a, 'ben', text);
        await clock.pass(writtenMs);
      }
      tab.crash();
      device.memory.loseCacheWrites(lost);
      const again = device.open();
      await clock.pass(reconnectMs);
      expect(again.show()).toEqual([
        'one sent',
        'two sent',
        'three sent',
        'four sent',
        'five sent',
      ]);
      expect(titles(again)).toEqual(['five', 'hello']);
    }
  });

  it('[CURSOR5] a mark made without a network arrives after a reload', async () => {
    const { device, tab, clock, server } = await visited();
    tab.offline();
    tab.client.messages(a).markAsRead();
    await clock.pass(writtenMs);
    tab.crash();
    expect(server.room(a).members.get('ada')?.readSeq).toBe(0);
    const again = device.open();
    await clock.pass(0);
    expect(unread(again)).toBe(0);
    await clock.pass(reconnectMs);
    expect(server.room(a).members.get('ada')?.readSeq).toBe(2);
    expect(unread(again)).toBe(0);
  });

  it('[KEEP7] another epoch: the copy goes, what waits to be sent stays', async () => {
    const { device, tab, clock, server } = await visited();
    tab.offline();
    tab.client.messages(a).send({ content: 'mine' });
    await clock.pass(writtenMs);
    tab.crash();
    server.epoch = 'restored';
    server.room(a).messages.splice(1);
    server.room(a).version = 2;
    const again = device.open();
    await clock.pass(reconnectMs);
    expect(again.show()).toEqual(['one sent', expect.stringMatching(/^mine /)]);
    expect(device.stored()).toEqual(['one', 'mine']);
  });

  it('[KEEP7] seed 19: what the last database acknowledged, and no event had told yet, goes with it', async () => {
    const { tab, clock, server } = await visited();
    // A version of somebody else is missing before it, so that it waits to be in order.
    server.say(a, 'ben', 'missing', { lost: true });
    server.handlers.getChanges = () => noAnswer;
    tab.client.messages(a).send({ content: 'acknowledged' });
    await clock.pass(0);
    expect(tab.show()).toEqual(['one sent', 'two sent', 'acknowledged sent']);
    delete server.handlers.getChanges;
    server.epoch = 'restored';
    server.room(a).messages.splice(2);
    server.room(a).version = 3;
    tab.offline();
    tab.online();
    await clock.pass(reconnectMs);
    expect(tab.show()).toEqual(['one sent', 'two sent']);
  });

  it('[KEEP5] signing out wipes everything, and ends the other tabs', async () => {
    const { device, tab, clock } = await visited();
    const other = device.open();
    await clock.pass(reconnectMs);
    other.offline();
    other.client.messages(a).send({ content: 'never sent' });
    await clock.pass(writtenMs);
    await tab.client.signOut();
    await clock.pass(writtenMs);
    for (const { client } of [tab, other]) {
      expect(client.me.getSnapshot()).toBeNull();
      expect(client.conversations.getSnapshot().items).toEqual([]);
      expect(client.messages(a).getSnapshot().messages).toEqual([]);
      expect(client.connection.getSnapshot()).toMatchObject({ reason: 'signedOut' });
    }
    const kept = await device.kept();
    expect([await kept.readList(), await kept.readTimeline(a), await kept.readItems()]).toEqual([
      null,
      null,
      [],
    ]);
  });

  it('[KEEP5] signing out while the device is still opening wipes it when it has opened', async () => {
    const { device, tab, clock } = await visited();
    tab.crash();
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
    const memory = device.memory.tab();
    const again = device.open({
      persistence: { open: (account) => slow.then(() => memory.open(account)) },
    });
    await clock.pass(writtenMs);
    const wiped = again.client.signOut();
    goOn();
    await clock.pass(writtenMs);
    await wiped;
    const kept = await device.kept();
    expect([await kept.readList(), await kept.readTimeline(a)]).toEqual([null, null]);
  });

  it('[KEEP6] a device that keeps nothing is told of, and everything else works', async () => {
    const device = createDevice();
    device.server.say(a, 'ben', 'one');
    device.memory.fail(new NatterError('overloaded', 'the disk is full'));
    const tab = device.open();
    tab.client.messages(a).send({ content: 'mine' });
    await device.clock.pass(reconnectMs);
    expect(tab.client.persistence.getSnapshot()).toMatchObject({
      state: 'memory',
      error: { message: 'the disk is full' },
    });
    expect(tab.show()).toEqual(['one sent', 'mine sent']);
  });

  it('[KEEP6] a device that does not answer is told of, and holds nothing up; one that answers late is used', async () => {
    const device = createDevice();
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
    const memory = device.memory.tab();
    const tab = device.open({
      persistence: { open: (account) => slow.then(() => memory.open(account)) },
    });
    await device.clock.pass(5_000);
    expect(tab.client.persistence.getSnapshot()).toMatchObject({
      state: 'memory',
      error: { message: 'the storage of this device does not answer' },
    });
    tab.client.messages(a).send({ content: 'mine' });
    await device.clock.pass(writtenMs);
    expect(device.stored()).toEqual(['mine']);
    goOn();
    await device.clock.pass(writtenMs);
    expect(tab.client.persistence.getSnapshot()).toEqual({ state: 'kept', error: null });
    expect((await (await device.kept()).readList())?.entries).toHaveLength(2);
  });

  it('[KEEP6] a device that fails later too', async () => {
    const { device, tab, clock, server } = await visited();
    device.memory.fail(new NatterError('overloaded', 'the disk is full'));
    server.say(a, 'ben', 'three');
    await clock.pass(writtenMs);
    expect(tab.client.persistence.getSnapshot().state).toBe('memory');
    expect(tab.show()).toEqual(['one sent', 'two sent', 'three sent']);
  });

  it('[KEEP1] what could not be written is in the next write: a position speaks for all that is beside it', async () => {
    const { device, tab, clock, server } = await visited();
    device.memory.fail(new NatterError('overloaded', 'the disk is full'));
    server.say(a, 'ben', 'three');
    await clock.pass(writtenMs);
    device.memory.fail(null);
    server.say(b, 'ben', 'four');
    await clock.pass(writtenMs);
    tab.client.dispose();
    await clock.pass(writtenMs);
    const kept = await device.kept();
    const entries = (await kept.readList())?.entries.map(({ entry }) => entry.lastMessage?.content);
    expect(entries?.sort()).toEqual(['four', 'three']);
    expect((await kept.readTimeline(a))?.rows).toHaveLength(3);
  });

  it('[KEEP8] nobody is shown what is another person’s', async () => {
    const { device, tab, clock, server } = await visited();
    tab.crash();
    server.silent = true;
    const token = `h.${btoa(JSON.stringify({ sub: 'ben', name: 'Ben' }))}.s`;
    const stranger = device.open({ getToken: () => token });
    await clock.pass(0);
    expect(stranger.client.conversations.getSnapshot().items).toEqual([]);
    expect(stranger.show()).toEqual([]);
  });

  it('[KEEP8] with a token of somebody else nothing is sent as them, also when told to connect again', async () => {
    const device = createDevice();
    const { clock, server } = device;
    const tokenOf = (sub: string, exp: number) =>
      `h.${btoa(JSON.stringify({ sub, name: sub, exp }))}.s`;
    let who = 'ada';
    server.silent = true;
    const tab = device.open({ getToken: () => tokenOf(who, clock.now() / 1_000 + 60) });
    await clock.pass(0);
    tab.client.messages(a).send({ content: 'by ada' });
    who = 'ben';
    await clock.pass(reconnectMs);
    expect(tab.client.connection.getSnapshot()).toMatchObject({ reason: 'signedOut' });
    server.silent = false;
    tab.client.connection.reconnect();
    await clock.pass(reconnectMs);
    expect(tab.client.connection.getSnapshot()).toMatchObject({
      reason: 'signedOut',
      error: { code: 'forbidden' },
    });
    expect(server.calls).toEqual([]);
  });

  it('[KEEP8] a conversation that is no longer mine is forgotten on the device too', async () => {
    const { device, tab, clock, server } = await visited();
    server.handlers.removeMember = () => ({ conversation: server.entry(b).conversation });
    const left = tab.client.conversations.leave(b);
    await clock.pass(writtenMs);
    await left;
    const kept = await device.kept();
    expect((await kept.readList())?.entries.map(({ entry }) => entry.conversation.id)).toEqual([a]);
    expect(await kept.readTimeline(b)).toBeNull();
  });

  it('[KEEP8] so is one that I was taken out of while no page was open', async () => {
    const { device, tab, clock, server } = await visited();
    tab.crash();
    expect(await (await device.kept()).readTimeline(b)).not.toBeNull();
    server.conversations.delete(b);
    server.handlers.hello = (params) => {
      server.changed.add(b);
      return server.usual.hello?.(params);
    };
    device.open();
    await clock.pass(reconnectMs);
    const kept = await device.kept();
    expect((await kept.readList())?.entries.map(({ entry }) => entry.conversation.id)).toEqual([a]);
    expect(await kept.readTimeline(b)).toBeNull();
  });

  it('[KEEP4] a tab whose storage is closed under it no longer keeps the list: a newer version in another tab can', async () => {
    const device = createDevice();
    const memory = device.memory.tab();
    const closed = new AbortController();
    let isHeld = false;
    device.open({
      persistence: {
        async open(account) {
          const kept = await memory.open(account);
          const hold: typeof kept.hold = async (_name, _options, work) => {
            isHeld = true;
            await work(closed.signal);
            isHeld = false;
          };
          return { ...kept, hold };
        },
      },
    });
    await device.clock.pass(writtenMs);
    expect(isHeld).toBe(true);
    closed.abort();
    await device.clock.pass(writtenMs);
    expect(isHeld).toBe(false);
  });

  it('[KEEP4] when the tab that keeps the list goes, another keeps it', async () => {
    const { device, tab, clock, server } = await visited();
    const other = device.open();
    await clock.pass(reconnectMs);
    tab.crash();
    server.say(a, 'ben', 'three');
    await clock.pass(writtenMs);
    other.crash();
    server.silent = true;
    const again = device.open();
    await clock.pass(0);
    expect(titles(again)).toEqual(['three', 'hello']);
    expect(unread(again)).toBe(3);
  });
});
