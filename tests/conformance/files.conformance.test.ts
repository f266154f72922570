/** Holds uploads and the reading of files: FILES. */
import type { ConversationId, MessageId } from '@natter/protocol';
import { limits } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';
import { begin, blackPng, offsetOf, read, sendPart, upload } from './uploading.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let eve: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
  eve = await newPerson(cluster.url, 'Eve');
});
beforeEach(async () => {
  group = await newGroup(ada, [bob]);
});
afterEach(leave);
afterAll(() => cluster.stop());

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const put = async (name: string, bytes: Uint8Array) => {
  const uploaded = await upload(cluster.url(), ada.token, name, bytes);
  expect(uploaded.error).toBeNull();
  return uploaded.fileId;
};
const share = async (name: string, bytes: Uint8Array) => {
  const fileId = await put(name, bytes);
  const message = await ada.call('sendMessage', {
    id: newId<MessageId>(),
    conversationId: group,
    content: '',
    fileIds: [fileId],
  });
  return { fileId, message };
};

describe('uploads', () => {
  test('[FILES1] an upload that broke off goes on where it was', async () => {
    const bytes = Buffer.from('0123456789'.repeat(1_000));
    const node = cluster.url();
    const { fileId } = await begin(node, ada.token, 'notes.txt', bytes.length);
    await sendPart(node, ada.token, fileId, 0, bytes.subarray(0, 4_000));
    expect(await offsetOf(node, ada.token, fileId)).toBe(4_000);
    const rest = await sendPart(node, ada.token, fileId, 4_000, bytes.subarray(4_000));
    expect(rest.ok).toBe(true);
    const answer = await read(cluster.url(), ada.token, fileId);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('[FILES1] all the bytes in one request need no node twice, and any node repeats the answer', async () => {
    const bytes = Buffer.from('0123456789'.repeat(1_000));
    const { fileId, error } = await begin(
      cluster.url(),
      ada.token,
      'notes.txt',
      bytes.length,
      bytes,
    );
    expect(error).toBeNull();
    for (const { url } of cluster.nodes) {
      expect(await offsetOf(url, ada.token, fileId)).toBe(bytes.length);
      const again = await sendPart(url, ada.token, fileId, bytes.length, Buffer.alloc(0));
      expect(await again.json()).toMatchObject({ fileId, bytes: bytes.length });
      expect(await offsetOf(url, eve.token, fileId)).toBeNull();
    }
  });

  test('[FILES1] nobody else can go on with it or see it', async () => {
    const { fileId } = await begin(cluster.url(), ada.token, 'notes.txt', 10);
    expect(await offsetOf(cluster.url(), eve.token, fileId)).toBeNull();
    expect(
      (await sendPart(cluster.url(), eve.token, fileId, 0, Buffer.from('0123456789'))).status,
    ).toBe(404);
    const noToken = await begin(cluster.url(), 'no token', 'notes.txt', 10);
    expect(noToken.error?.code).toBe('unauthenticated');
  });

  test('[FILES2] the type is found from the content, whatever the name says', async () => {
    const { message } = await share(
      'photo.png',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
    );
    expect(message).toMatchObject({
      type: 'file',
      attachments: [{ kind: 'file', name: 'photo.png', width: null }],
    });
    expect(message.attachments[0]?.mediaType).not.toMatch(/^image/);
    const { message: picture } = await share('notes.txt', blackPng(40, 30));
    expect(picture).toMatchObject({
      type: 'image',
      attachments: [{ kind: 'image', mediaType: 'image/png' }],
    });
  });

  test('[FILES3] an image has width, height, a thumbhash and a thumbnail, and is shown', async () => {
    const { fileId, message } = await share('wide.png', blackPng(800, 200));
    expect(message.attachments[0]).toMatchObject({ kind: 'image', width: 800, height: 200 });
    expect(message.attachments[0]?.thumbhash).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const original = await read(cluster.url(), bob.token, fileId);
    expect(original.headers.get('content-type')).toBe('image/png');
    expect(original.headers.get('content-disposition')).toMatch(/^inline/);
    const thumbnail = await read(cluster.url(), bob.token, fileId, '/thumbnail');
    expect(thumbnail.status).toBe(200);
    expect(thumbnail.headers.get('content-type')).toMatch(/^image\//);
  });

  test('[FILES3] a PNG of 20,000 × 20,000 pixels is refused', { timeout: 60_000 }, async () => {
    const bomb = blackPng(20_000, 20_000);
    expect(bomb.length).toBeLessThan(limits.uploadBytesMax);
    const { error, fileId } = await upload(cluster.url(), ada.token, 'bomb.png', bomb);
    expect(error?.code).toBe('tooLarge');
    expect((await read(cluster.url(), ada.token, fileId)).status).toBe(404);
  });

  test('[FILES7] too many bytes are refused at the declared length', async () => {
    const { error } = await begin(cluster.url(), ada.token, 'huge.bin', limits.uploadBytesMax + 1);
    expect(error?.code).toBe('tooLarge');
    const { fileId } = await begin(cluster.url(), ada.token, 'small.bin', 10);
    const more = await sendPart(cluster.url(), ada.token, fileId, 0, Buffer.alloc(1_000));
    expect(more.ok).toBe(false);
  });
});

describe('reading', () => {
  test.each([
    ['an SVG', 'logo.svg', svg],
    ['an HTML page', 'page.html', Buffer.from('<!doctype html><body onload=alert(1)>')],
    ['an XML text', 'feed.xml', Buffer.from('<?xml version="1.0"?><x/>')],
    ['a script', 'x.js', Buffer.from('alert(1)')],
    ['a PDF', 'x.pdf', Buffer.from('%PDF-1.4\n%âãÏÓ\n')],
  ])('[FILES4] %s comes back only as a download', async (_what, name, bytes) => {
    const { fileId } = await share(name, bytes);
    const answer = await read(cluster.url(), bob.token, fileId);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('content-type')).not.toMatch(/html|svg|xml|script/);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await read(cluster.url(), bob.token, fileId, '/thumbnail')).status).toBe(404);
  });

  test('[FILES5] a file is its owner’s while unsent, then the members’, and of nobody else', async () => {
    const fileId = await put('notes.txt', Buffer.from('hello'));
    const status = async (person: Person | null) =>
      (await read(cluster.url(), person?.token ?? null, fileId)).status;
    expect([await status(ada), await status(bob), await status(eve), await status(null)]).toEqual([
      200, 404, 404, 401,
    ]);
    await ada.call('sendMessage', {
      id: newId<MessageId>(),
      conversationId: group,
      content: '',
      fileIds: [fileId],
    });
    expect([await status(ada), await status(bob), await status(eve)]).toEqual([200, 200, 404]);
    await ada.call('addMembers', { conversationId: group, userIds: [eve.id] });
    expect(await status(eve)).toBe(200);
    await ada.call('removeMember', { conversationId: group, userId: eve.id });
    expect(await status(eve)).toBe(404);
  });

  test('[FILES5] a stranger gets the same answer as for a file that does not exist', async () => {
    const { fileId } = await share('notes.txt', Buffer.from('hello'));
    const answers = await Promise.all([
      read(cluster.url(), eve.token, fileId),
      read(cluster.url(), eve.token, newId()),
    ]);
    const [there, notThere] = await Promise.all(answers.map((answer) => answer.json()));
    expect(there).toMatchObject({ error: { code: 'notFound' } });
    expect(there).toEqual(notThere);
  });

  test('[CLOSE4] one who was removed cannot read files any more', async () => {
    const { fileId } = await share('notes.txt', Buffer.from('hello'));
    expect((await read(cluster.url(), bob.token, fileId)).status).toBe(200);
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    expect((await read(cluster.url(), bob.token, fileId)).status).toBe(404);
  });

  test('[SEND8] the files of a deleted message can be read no more, by nobody', async () => {
    const { fileId, message } = await share('notes.txt', Buffer.from('hello'));
    await ada.call('deleteMessage', { conversationId: group, messageId: message.id });
    for (const person of [ada, bob])
      expect((await read(cluster.url(), person.token, fileId)).status).toBe(404);
  });

  test('[FILES6] a file is sent once, whole, and by its owner', async () => {
    const send = (person: Person, fileId: string) =>
      person.refused('sendMessage', {
        id: newId(),
        conversationId: group,
        content: 'see',
        fileIds: [fileId],
      });
    const { fileId } = await share('notes.txt', Buffer.from('hello'));
    expect((await send(ada, fileId)).status).toBe(400);
    const mine = await put('mine.txt', Buffer.from('mine'));
    expect((await send(bob, mine)).status).toBe(400);
    const { fileId: partial } = await begin(cluster.url(), ada.token, 'partial.txt', 10);
    expect((await send(ada, partial)).status).toBe(400);
    expect((await send(ada, newId())).status).toBe(400);
  });

  test('[SEND6] images alone are an image, with another file a file', async () => {
    const [one, two, notes] = [
      await put('1.png', blackPng(8, 8)),
      await put('2.png', blackPng(8, 8)),
      await put('notes.txt', Buffer.from('hello')),
    ];
    const send = (fileIds: (typeof one)[]) =>
      ada.call('sendMessage', {
        id: newId<MessageId>(),
        conversationId: group,
        content: 'see',
        fileIds,
      });
    expect((await send([one])).type).toBe('image');
    expect((await send([two, notes])).type).toBe('file');
    expect((await ada.say(group, 'no file')).type).toBe('text');
  });

  test('a name cannot leave its header', async () => {
    const { fileId } = await share(
      'a"b\r\nset-cookie: x=1\r\n\\../../etc/passwd;é🙂.txt',
      Buffer.from('hello'),
    );
    const answer = await read(cluster.url(), bob.token, fileId);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
