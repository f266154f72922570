import { NatterError } from '@natter/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { noAnswer } from '../scripted.suite.ts';
import { a, b, createDevice } from './outbox.suite.ts';

// The SDK loads it later; virtual time waits for no module.
beforeAll(async () => void (await import('../uploads/tus.ts')));

describe('the outbox that is kept', () => {
  it('[KEEP2] what is written offline survives a crash, shows again, and is sent once, in order', async () => {
    const { clock, server, open, stored, calls } = createDevice();
    server.silent = true;
    const before = open();
    await clock.pass(0);
    for (const content of ['1', '2', '3']) before.client.messages(a).send({ content });
    await clock.pass(0);
    before.crash();
    const after = open();
    await clock.pass(0);
    expect(after.show()).toEqual(['1 sending', '2 sending', '3 sending']);
    after.client.messages(a).send({ content: '4' });
    server.silent = false;
    await clock.pass(60_000);
    expect(stored()).toEqual(['1', '2', '3', '4']);
    expect(after.show()).toEqual(['1 sent', '2 sent', '3 sent', '4 sent']);
    expect(calls()).toEqual(['send 1', 'send 2', 'send 3', 'send 4']);
    const again = open();
    await clock.pass(0);
    expect(again.show()).toEqual(['1 sent', '2 sent', '3 sent', '4 sent']);
    expect(calls()).toHaveLength(4);
  });

  it('[KEEP2] edits and deletions written offline survive a crash, show at once in timeline and list, and are done', async () => {
    const { clock, server, open, stored, calls } = createDevice((it) => {
      it.say(a, 'ada', 'first');
      it.say(a, 'ada', 'second');
    });
    const before = open();
    await clock.pass(1_000);
    before.offline();
    const [first, second] = before.client.messages(a).getSnapshot().messages;
    if (first === undefined || second === undefined) throw new Error('there are two');
    await before.client.messages(a).edit(first.id, 'FIRST');
    await before.client.messages(a).delete(second.id);
    expect(before.show()).toEqual(['FIRST sent', 'deleted sent']);
    await clock.pass(1_000);
    before.crash();
    // The page comes from the server, and is older than what I did.
    const edit = server.handlers.editMessage;
    server.handlers.editMessage = () => {
      throw new NatterError('overloaded', 'not now');
    };
    const after = open();
    await clock.pass(100);
    expect(after.show()).toEqual(['FIRST sent', 'deleted sent']);
    expect(after.client.conversations.get(a)?.preview).toMatchObject({ content: '' });
    expect(after.client.conversations.get(a)?.preview?.deletedAt).not.toBeNull();
    const shown = after.client.messages(a).getSnapshot().messages;
    after.client.messages(b).send({ content: 'elsewhere' });
    await clock.pass(0);
    expect(after.client.messages(a).getSnapshot().messages).toBe(shown);
    if (edit !== undefined) server.handlers.editMessage = edit;
    await clock.pass(60_000);
    expect(stored()).toEqual(['FIRST', 'deleted']);
    expect(after.show()).toEqual(['FIRST sent', 'deleted sent']);
    expect(calls().filter((call) => call === 'delete')).toHaveLength(1);
  });

  it('[KEEP2] a crash between acknowledgement and removal sends it again, and it is there once', async () => {
    const { clock, server, open, stored, calls } = createDevice();
    const before = open();
    await clock.pass(0);
    before.fail('removeItem', new Error('the page is gone'));
    before.client.messages(a).send({ content: 'once' });
    await clock.pass(0);
    before.crash();
    server.say(a, 'ben', 'newer');
    const after = open();
    await clock.pass(2_000);
    expect(calls()).toEqual(['send once', 'send once']);
    expect(stored()).toEqual(['once', 'newer']);
    expect(after.show()).toEqual(['once read', 'newer sent']);
    const third = open();
    await clock.pass(2_000);
    expect(third.show()).toEqual(['once read', 'newer sent']);
    expect(calls()).toHaveLength(2);
  });

  it('[KEEP2] one that failed is there after a reload, with its reason, and can be resent', async () => {
    const { clock, server, open, stored } = createDevice();
    const usual = server.handlers.sendMessage;
    server.handlers.sendMessage = () => {
      throw new NatterError('forbidden', 'not that');
    };
    const before = open();
    await clock.pass(0);
    const id = before.client.messages(a).send({ content: 'bad' });
    before.client.messages(a).send({ content: 'worse' });
    await clock.pass(0);
    before.crash();
    const after = open();
    await clock.pass(0);
    expect(after.show()).toEqual(['bad failed', 'worse failed']);
    expect(after.client.messages(a).getSnapshot().messages[0]?.error).toMatchObject({
      code: 'forbidden',
      message: 'not that',
    });
    if (usual !== undefined) server.handlers.sendMessage = usual;
    after.client.messages(a).resend(id);
    await clock.pass(0);
    expect(stored()).toEqual(['bad']);
    expect(after.show()).toEqual(['bad sent', 'worse failed']);
  });

  it('[KEEP2] an edit of one that was never sent is sent as what it says; a deletion takes it out', async () => {
    const { clock, open, stored, calls } = createDevice();
    const tab = open();
    await clock.pass(0);
    tab.offline();
    const timeline = tab.client.messages(a);
    const first = timeline.send({ content: 'frist' });
    const second = timeline.send({ content: 'second' });
    await timeline.edit(first, 'furst');
    await timeline.edit(first, 'first');
    await timeline.delete(second);
    expect(tab.show()).toEqual(['first sending']);
    tab.online();
    await clock.pass(5_000);
    expect(calls()).toEqual(['send first']);
    expect(stored()).toEqual(['first']);
    expect(tab.client.messages(a).getSnapshot().messages).toMatchObject([{ editedAt: null }]);
  });

  it('[KEEP2] an edit of one that may be on the server goes behind it, in order with what was written between', async () => {
    const device = createDevice();
    const { clock, server, open, stored, calls } = device;
    const tab = open();
    await clock.pass(0);
    const timeline = tab.client.messages(a);
    device.loseAnswers(1);
    const first = timeline.send({ content: 'frist' });
    await clock.pass(0);
    timeline.send({ content: 'between' });
    await timeline.edit(first, 'first');
    expect(tab.show()).toEqual(['first sending', 'between sending']);
    tab.crash();
    server.say(a, 'ben', 'newer');
    const after = open();
    await clock.pass(5_000);
    expect(calls()).toEqual(['send frist', 'send frist', 'send between', 'edit first']);
    expect(stored()).toEqual(['first', 'newer', 'between']);
    expect(after.show()).toEqual(['first read', 'newer sent', 'between sent']);
  });

  it('[KEEP2] a crash at any moment of sending loses nothing that was written before', async () => {
    for (let ms = 0; ms < 40; ms++) {
      const { clock, open, stored } = createDevice();
      const tab = open({}, true);
      await clock.pass(1_000);
      tab.offline();
      const id = tab.client.messages(a).send({ content: 'frist' });
      void tab.client.messages(a).edit(id, 'first');
      tab.client.messages(a).send({ content: 'second' });
      await clock.pass(1_000);
      tab.online();
      await clock.pass(ms);
      tab.crash();
      open();
      await clock.pass(10_000);
      expect(stored()).toEqual(['first', 'second']);
    }
  });

  it('[KEEP2] that it may be on the server is written before it leaves, also where it was written offline', async () => {
    const device = createDevice();
    const { clock, server, open, stored, calls } = device;
    const tab = open();
    await clock.pass(0);
    tab.offline();
    const timeline = tab.client.messages(a);
    const id = timeline.send({ content: 'frist' });
    await clock.pass(0);
    device.loseAnswers(1);
    tab.online();
    await clock.pass(100);
    expect(calls()).toEqual(['send frist']);
    await timeline.edit(id, 'first');
    tab.crash();
    server.say(a, 'ben', 'newer');
    open();
    await clock.pass(5_000);
    expect(calls()).toEqual(['send frist', 'send frist', 'edit first']);
    expect(stored()).toEqual(['first', 'newer']);
    expect(device.conflicts()).toBe(0);
  });

  it('[KEEP2] a send that fails for good takes its edits with it: a resend says what was written last', async () => {
    const { clock, server, open, stored, calls } = createDevice();
    const usual = server.handlers.sendMessage;
    const tab = open();
    await clock.pass(0);
    tab.offline();
    const timeline = tab.client.messages(a);
    const id = timeline.send({ content: 'bad' });
    tab.online();
    server.handlers.sendMessage = (() => {
      void timeline.edit(id, 'good');
      throw new NatterError('forbidden', 'not that');
    }) as never;
    await clock.pass(5_000);
    expect(tab.show()).toEqual(['good failed']);
    expect(calls()).toEqual(['send bad']);
    await timeline.edit(id, 'better');
    expect(tab.show()).toEqual(['better failed']);
    if (usual !== undefined) server.handlers.sendMessage = usual;
    timeline.resend(id);
    await clock.pass(0);
    expect(stored()).toEqual(['better']);
  });

  it('[KEEP2] a resend whose first try had arrived after all becomes an edit of it', async () => {
    const { clock, server, open, stored, calls } = createDevice();
    const usual = server.handlers.sendMessage as (params: never, socket: never) => unknown;
    const tab = open();
    await clock.pass(0);
    const timeline = tab.client.messages(a);
    server.handlers.sendMessage = ((params: never, socket: never) => {
      usual(params, socket);
      throw new NatterError('forbidden', 'it is there all the same');
    }) as never;
    const id = timeline.send({ content: 'old' });
    await clock.pass(0);
    expect(tab.show()).toEqual(['old failed']);
    await timeline.edit(id, 'new');
    server.handlers.sendMessage = usual as never;
    timeline.resend(id);
    await clock.pass(1_000);
    expect(calls()).toEqual(['send old', 'send new', 'edit new']);
    expect(stored()).toEqual(['new']);
    expect(tab.show()).toEqual(['new sent']);
  });

  it('[KEEP2] a refused edit or deletion is taken back with its reason and holds nothing up', async () => {
    const { clock, server, open, stored } = createDevice((it) => {
      it.say(a, 'ben', 'not mine');
      it.handlers.editMessage = () => {
        throw new NatterError('forbidden', 'not yours');
      };
    });
    const tab = open();
    await clock.pass(1_000);
    tab.offline();
    const timeline = tab.client.messages(a);
    const id = timeline.getSnapshot().messages[0]?.id;
    if (id === undefined) throw new Error('there is one');
    await timeline.edit(id, 'mine');
    timeline.send({ content: 'after' });
    expect(tab.show()).toEqual(['mine sent', 'after sending']);
    tab.online();
    await clock.pass(5_000);
    expect(timeline.getSnapshot().messages).toMatchObject([
      { content: 'not mine', error: { code: 'forbidden', message: 'not yours' } },
      { content: 'after', status: 'sent' },
    ]);
    expect(stored()).toEqual(['not mine', 'after']);
    expect(server.count('editMessage')).toBe(1);
  });

  it('[KEEP2] repeats of an edit and a deletion that are done already are done', async () => {
    const device = createDevice((it) => it.say(a, 'ada', 'old'));
    const { clock, server, open, stored, calls } = device;
    const tab = open();
    await clock.pass(1_000);
    const timeline = tab.client.messages(a);
    const id = timeline.getSnapshot().messages[0]?.id;
    if (id === undefined) throw new Error('there is one');
    device.loseAnswers(1);
    await timeline.edit(id, 'new');
    await clock.pass(0);
    // Deleted from another device meanwhile.
    server.change(a, 1, { content: '', deletedAt: 5 }, { lost: true });
    tab.offline();
    tab.online();
    await clock.pass(5_000);
    expect(calls()).toEqual(['edit new', 'edit new']);
    expect(timeline.getSnapshot().messages).toMatchObject([{ deletedAt: 5, error: null }]);
    expect(stored()).toEqual(['deleted']);
  });

  it('[KEEP3] a frozen tab is passed by, and when it wakes it sends nothing twice', async () => {
    const device = createDevice();
    const { clock, open, stored, calls } = device;
    const frozen = open();
    await clock.pass(0);
    const other = open();
    await clock.pass(2_000);
    device.loseAnswers(1);
    const timeline = frozen.client.messages(a);
    const id = timeline.send({ content: '1' });
    await clock.pass(0);
    timeline.send({ content: '2' });
    void timeline.edit(id, 'one');
    await clock.pass(100);
    expect(calls()).toEqual(['send 1']);
    frozen.freeze();
    await clock.pass(600_000);
    expect(stored()).toEqual(['one', '2']);
    other.client.messages(a).send({ content: '3' });
    await clock.pass(1_000);
    frozen.thaw();
    await clock.pass(60_000);
    expect(stored()).toEqual(['one', '2', '3']);
    expect(calls()).toEqual(['send 1', 'send 1', 'send 2', 'edit one', 'send 3']);
    for (const tab of [frozen, other]) expect(tab.show()).toEqual(['one sent', '2 sent', '3 sent']);
  });

  it('[KEEP5] signed out in one tab, what waits is gone in all', async () => {
    const { clock, open, kept, stored } = createDevice();
    const tabs = [open(), open()] as const;
    await clock.pass(2_000);
    for (const tab of tabs) tab.offline();
    tabs[0].client.messages(a).send({ content: 'never' });
    await clock.pass(100);
    expect(tabs[1].show()).toEqual(['never sending']);
    await tabs[0].client.signOut();
    await clock.pass(100);
    for (const tab of tabs) expect(tab.show()).toEqual([]);
    for (const tab of tabs) tab.online();
    await clock.pass(10_000);
    expect(stored()).toEqual([]);
    expect(await (await kept()).readItems()).toEqual([]);
  });

  it('[KEEP3] [KEEP4] two tabs offline see what each writes, and when both come back each is sent once, in order', async () => {
    const { clock, open, stored, calls } = createDevice();
    const tabs = [open({}, true), open({}, true)] as const;
    await clock.pass(2_000);
    for (const tab of tabs) tab.offline();
    const expected: string[] = [];
    for (let n = 0; n < 6; n++) {
      tabs[n % 2 === 0 ? 0 : 1].client.messages(a).send({ content: String(n) });
      expected.push(String(n));
      await clock.pass(30);
    }
    for (const tab of tabs) expect(tab.show()).toEqual(expected.map((one) => `${one} sending`));
    for (const tab of tabs) tab.online();
    await clock.pass(10_000);
    expect(stored()).toEqual(expected);
    expect(calls()).toEqual(expected.map((one) => `send ${one}`));
    for (const tab of tabs) expect(tab.show()).toEqual(expected.map((one) => `${one} sent`));
  });

  it('[KEEP3] what one tab has done the next does not do again, however late it hears of it', async () => {
    const { clock, open, stored, calls } = createDevice((it) => {
      it.say(a, 'ada', 'old');
    });
    const tabs = [open({}, true), open({}, true)] as const;
    await clock.pass(2_000);
    for (const tab of tabs) tab.offline();
    const id = tabs[0].client.messages(a).getSnapshot().messages[0]?.id;
    if (id === undefined) throw new Error('there is one');
    void tabs[0].client.messages(a).edit(id, 'new');
    await clock.pass(100);
    expect(tabs[1].show()).toEqual(['new sent']);
    for (const tab of tabs) tab.online();
    await clock.pass(5_000);
    expect(calls()).toEqual(['edit new']);
    expect(stored()).toEqual(['new']);
  });

  it('[APPLY1] seed 40710: what another tab has sent on is here too, though its answer was lost here and the other is heard late', async () => {
    const { clock, open, stored, calls, loseAnswers } = createDevice();
    const tabs = [open(), open()] as const;
    await clock.pass(2_000);
    tabs[0].hearLate(60_000);
    loseAnswers(1);
    tabs[0].client.messages(a).send({ content: 'once' });
    await clock.pass(20_000);
    expect(calls()).toEqual(['send once', 'send once']);
    expect(stored()).toEqual(['once']);
    for (const tab of tabs) expect(tab.show()).toEqual(['once sent']);
  });

  it('[KEEP3] a tab that wakes looks again before it goes on: what it had in mind may be long out of date', async () => {
    const device = createDevice((it) => {
      it.say(a, 'ada', 'one');
      it.say(a, 'ada', 'two');
    });
    const { clock, server, open, stored, calls } = device;
    const frozen = open();
    await clock.pass(2_000);
    const other = open();
    await clock.pass(2_000);
    const [one, two] = frozen.client.messages(a).getSnapshot().messages;
    if (one === undefined || two === undefined) throw new Error('there are two');
    const edit = server.handlers.editMessage as (params: never, socket: never) => unknown;
    server.handlers.editMessage = ((params: never, socket: never) => {
      const answer = edit(params, socket);
      return new Promise((resolve) => clock.after(100, () => resolve(answer)));
    }) as never;
    void frozen.client.messages(a).edit(one.id, 'ONE');
    await clock.pass(0);
    void frozen.client.messages(a).edit(two.id, 'TWO');
    await clock.pass(50);
    frozen.freeze();
    await clock.pass(60_000);
    expect(stored()).toEqual(['ONE', 'TWO']);
    void other.client.messages(a).edit(two.id, 'twenty');
    await clock.pass(1_000);
    frozen.thaw();
    await clock.pass(60_000);
    expect(calls()).toEqual(['edit ONE', 'edit ONE', 'edit TWO', 'edit twenty']);
    for (const tab of [frozen, other]) expect(tab.show()).toEqual(['ONE sent', 'twenty sent']);
  });

  it('[KEEP4] what one tab sends shows as sent in one that is offline', async () => {
    const { clock, open, calls } = createDevice();
    const tabs = [open(), open()] as const;
    await clock.pass(2_000);
    tabs[1].offline();
    const id = tabs[1].client.messages(a).send({ content: 'from the other' });
    await clock.pass(5_000);
    expect(calls()).toEqual(['send from the other']);
    expect(tabs[1].show()).toEqual(['from the other sent']);
    await tabs[1].client.messages(a).edit(id, 'edited there');
    await clock.pass(5_000);
    expect(calls()).toEqual(['send from the other', 'edit edited there']);
    expect(tabs[1].show()).toEqual(['edited there sent']);
    expect(tabs[0].show()).toEqual(['edited there sent']);
    tabs[1].online();
    await clock.pass(5_000);
    for (const tab of tabs) expect(tab.show()).toEqual(['edited there sent']);
    expect(calls()).toHaveLength(2);
  });

  it('[KEEP2] a file written offline survives a crash with its preview, and goes on from where the server has got to', async () => {
    const { clock, server, open, calls } = createDevice();
    const image = new Blob([new Uint8Array(1_500_000)], { type: 'image/png' });
    const uploads = createUploadServer();
    const before = open({ fetch: uploads.fetch });
    await clock.pass(0);
    before.offline();
    const id = before.client
      .messages(a)
      .send({ content: 'see', files: [{ data: image, name: 'p.png' }] });
    await clock.pass(0);
    before.online();
    // The second half does not come through.
    uploads.refuseFrom(1_048_576);
    await clock.pass(100);
    expect(uploads.requests).toEqual(['POST', 'PATCH 0', 'PATCH 1048576']);
    before.crash();

    uploads.requests.length = 0;
    server.silent = true;
    const after = open({ fetch: uploads.fetch });
    await clock.pass(0);
    expect(after.client.messages(a).getSnapshot().messages).toMatchObject([
      {
        id,
        status: 'sending',
        type: 'image',
        pending: [{ name: 'p.png', kind: 'image', bytes: 1_500_000, previewUrl: 'blob:1500000' }],
      },
    ]);
    uploads.refuseFrom(null);
    server.silent = false;
    await clock.pass(60_000);
    expect(uploads.requests).toEqual(['HEAD', 'PATCH 1048576']);
    expect(calls()).toEqual(['send see']);
    expect(server.calls.find(({ method }) => method === 'sendMessage')?.params).toMatchObject({
      fileIds: ['upload-1'],
    });
    expect(after.show()).toEqual(['see sent']);
    expect(after.client.uploads.getSnapshot()).toEqual([]);
  });

  it('[KEEP2] a file whose bytes are gone fails with that reason, and holds nothing up', async () => {
    const { clock, open, stored } = createDevice();
    const before = open();
    await clock.pass(0);
    before.offline();
    const data = new Blob(['x'], { type: 'text/plain' });
    before.client.messages(a).send({ content: 'with a file', files: [{ data, name: 'x.txt' }] });
    before.client.messages(a).send({ content: 'without' });
    await clock.pass(0);
    before.crash();
    const after = open({ fetch: createUploadServer().fetch });
    after.lose('readFile');
    await clock.pass(5_000);
    expect(stored()).toEqual(['without']);
    expect(after.client.messages(a).getSnapshot().messages).toMatchObject([
      { content: 'without', status: 'sent' },
      { status: 'failed', error: { code: 'notFound', message: expect.stringContaining('x.txt') } },
    ]);
  });

  it('[KEEP6] a send waits for no write of the one before', async () => {
    const { clock, open, stored } = createDevice();
    const tab = open();
    await clock.pass(1_000);
    for (const method of ['addItem', 'updateItem', 'removeItem'] as const) tab.hang(method);
    for (const content of ['1', '2', '3']) {
      tab.client.messages(a).send({ content });
      await clock.pass(0);
    }
    expect(stored()).toEqual(['1', '2', '3']);
    expect(tab.show()).toEqual(['1 sent', '2 sent', '3 sent']);
  });

  it('[KEEP6] what waits for another tab goes by itself when the storage is closed meanwhile', async () => {
    const { clock, server, open, stored } = createDevice();
    const usual = server.handlers.sendMessage;
    server.handlers.sendMessage = () => noAnswer;
    const [first, second] = [open(), open()];
    await clock.pass(1_000);
    first.client.messages(a).send({ content: 'never answered' });
    await clock.pass(100);
    if (usual !== undefined) server.handlers.sendMessage = usual;
    second.client.messages(a).send({ content: 'mine' });
    await clock.pass(100);
    expect(stored()).toEqual([]);
    second.closeStorage();
    await clock.pass(100);
    expect(stored()).toContain('mine');
  });

  it('[KEEP6] what the device has no room for is sent all the same, and the application is told', async () => {
    const { clock, open, stored } = createDevice();
    const tab = open();
    await clock.pass(0);
    tab.offline();
    tab.fail('addItem', new DOMException('full', 'QuotaExceededError'));
    tab.client.messages(a).send({ content: '1' });
    tab.client.messages(a).send({ content: '2' });
    await clock.pass(0);
    expect(tab.client.persistence.getSnapshot()).toMatchObject({
      state: 'memory',
      error: { retry: 'later' },
    });
    expect(tab.show()).toEqual(['1 sending', '2 sending']);
    tab.online();
    await clock.pass(5_000);
    expect(stored()).toEqual(['1', '2']);
    expect(tab.show()).toEqual(['1 sent', '2 sent']);
  });
});

/** Uploads by tus, in memory. */
function createUploadServer() {
  const requests: string[] = [];
  const offsets: number[] = [];
  let refusedFrom: number | null = null;
  const fetch = (async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    if (method === 'POST') {
      requests.push('POST');
      offsets.push(0);
      return new Response(null, { headers: { Location: `/v1/uploads/upload-${offsets.length}` } });
    }
    const at = Number(url.split('-').at(-1)) - 1;
    const offset = offsets[at] ?? 0;
    requests.push(method === 'HEAD' ? 'HEAD' : `${method} ${offset}`);
    if (method === 'HEAD')
      return new Response(null, { headers: { 'Upload-Offset': String(offset) } });
    if (refusedFrom !== null && offset >= refusedFrom) throw new TypeError('network');
    offsets[at] = offset + (init.body as Blob).size;
    return new Response(null, { headers: { 'Upload-Offset': String(offsets[at]) } });
  }) as typeof globalThis.fetch;
  return {
    fetch,
    requests,
    refuseFrom(offset: number | null) {
      refusedFrom = offset;
    },
  };
}
