import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import {
  type Attachment,
  type ConversationId,
  type ErrorBody,
  type FileId,
  limits,
  type MessageId,
  NatterError,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import fastify from 'fastify';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDisk } from '../files/disk/disk.ts';
import type { Clock, Runtime } from '../runtime/contract.ts';
import { silentLog, systemRandom } from '../runtime/system.ts';
import type { Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/sqlite.ts';
import { uploadBounds } from './ledger.ts';
import { registerUploads } from './uploads.ts';

const dayMs = 86_400_000;
const people = ['ada', 'grace', 'mallory'] as UserId[];

/** A clock that moves only when told. */
function createClock(start: number) {
  let now = start;
  const repeated: (() => void)[] = [];
  const clock: Clock = {
    now: () => now,
    after: () => () => {},
    every(_ms, call) {
      repeated.push(call);
      return () => void repeated.splice(repeated.indexOf(call), 1);
    },
  };
  return {
    clock,
    pass(ms: number) {
      now += ms;
      for (const call of [...repeated]) call();
    },
  };
}

let folder: string;
let storage: Storage;
let time: ReturnType<typeof createClock>;
let origin: string;
let stop: () => Promise<void>;

async function start(): Promise<void> {
  const runtime: Runtime = { clock: time.clock, random: systemRandom, log: silentLog };
  storage = await openSqlite({ path: join(folder, 'natter.db'), runtime, writer: 'inline' });
  const files = await openDisk(join(folder, 'files'));
  for (const id of people) await storage.saveUser({ id, name: id });
  const app = fastify({ forceCloseConnections: true });
  registerUploads(app, {
    storage,
    files,
    runtime,
    folder: join(folder, 'uploads'),
    directory: 'everyone',
    limits,
    async authenticateRequest(request) {
      const userId = request.headers.authorization?.replace('Bearer ', '') as UserId;
      if (!people.includes(userId)) throw new NatterError('unauthenticated', 'who are you?');
      return { userId, name: userId, expiresAt: null };
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  stop = async () => {
    await app.close();
    await storage.close();
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-uploads-'));
  time = createClock(Date.now());
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

const bytesType = { 'content-type': 'application/offset+octet-stream' };
function call(
  who: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${who}`, 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
}

function begin(who: string, length: number, name = 'file'): Promise<Response> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`;
  const headers = { 'upload-length': String(length), 'upload-metadata': metadata };
  return call(who, 'POST', '/v1/uploads', headers);
}

async function beginAt(who: string, length: number, name?: string): Promise<string> {
  const begun = await begin(who, length, name);
  expect(begun.status).toBe(201);
  return begun.headers.get('location') ?? '';
}

function send(who: string, path: string, offset: number, body: Uint8Array): Promise<Response> {
  return call(who, 'PATCH', path, { ...bytesType, 'upload-offset': String(offset) }, body);
}

async function upload(who: string, data: Uint8Array, name?: string): Promise<Attachment> {
  const done = await send(who, await beginAt(who, data.byteLength, name), 0, data);
  expect(done.status).toBe(200);
  return (await done.json()) as Attachment;
}

async function errorOf(response: Response): Promise<ErrorBody> {
  return ((await response.json()) as { error: ErrorBody }).error;
}

const png = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#a35' } })
    .png()
    .toBuffer();
const id = <Kind extends string>() => uuidv7(time.clock.now(), randomBytes(10)) as Kind;

/** Ada and Grace talk, and Ada sends the file. */
async function sendFile(fileId: FileId) {
  const conversationId = id<ConversationId>();
  const users = { creatorId: 'ada' as UserId, userIds: ['grace' as UserId] };
  await storage.createConversation({ id: conversationId, kind: 'group', name: 'x', ...users });
  const messageId = id<MessageId>();
  const sent = await storage.appendMessage({
    id: messageId,
    conversationId,
    senderId: 'ada' as UserId,
    content: '',
    fileIds: [fileId],
  });
  expect(sent.outcome).toBe('accepted');
  return { conversationId, messageId };
}

describe('uploading', () => {
  it('[FILES1] an image in one go becomes an attachment that its owner can read', async () => {
    const attachment = await upload('ada', await png(), 'holiday.png');
    expect(attachment).toMatchObject({
      kind: 'image',
      name: 'holiday.png',
      mediaType: 'image/png',
      width: 60,
      height: 40,
    });
    expect(attachment.thumbhash).toMatch(/^[\w+/=]+$/);
    const shown = await call('ada', 'GET', `/v1/files/${attachment.fileId}`);
    expect(shown.status).toBe(200);
    expect((await shown.arrayBuffer()).byteLength).toBe(attachment.bytes);
  });

  it('[FILES1] the bytes may come with the beginning', async () => {
    const data = Buffer.from('all at once');
    const headers = { ...bytesType, 'upload-length': String(data.length) };
    const done = await call('ada', 'POST', '/v1/uploads', headers, data);
    expect(done.status).toBe(201);
    const attachment = (await done.json()) as Attachment;
    expect(done.headers.get('location')).toBe(`/v1/uploads/${attachment.fileId}`);
    expect(attachment).toMatchObject({ kind: 'file', bytes: data.length, name: 'file' });
  });

  it('[FILES1] an upload goes on where a cut connection left it', async () => {
    const data = randomBytes(2_000_000);
    const path = await beginAt('ada', data.length, 'noise.bin');
    const cut = sendPart(path, data, 700_000);
    await expect.poll(() => sizeOf(path), { interval: 5 }).toBeGreaterThan(0);
    cut.destroy();
    const head = await call('ada', 'HEAD', path);
    const offset = Number(head.headers.get('upload-offset'));
    expect(head.headers.get('upload-length')).toBe('2000000');
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(700_000);

    const done = await send('ada', path, offset, data.subarray(offset));
    const { fileId } = (await done.json()) as Attachment;
    const read = await call('ada', 'GET', `/v1/files/${fileId}`);
    expect(data.equals(Buffer.from(await read.arrayBuffer()))).toBe(true);
  });

  it('[FILES1] very many requests at once for one upload are told to come later', async () => {
    const data = randomBytes(100_000);
    const half = data.subarray(0, 50_000);
    const path = await beginAt('ada', data.length);
    const answers = await Promise.all(Array.from({ length: 30 }, () => send('ada', path, 0, half)));
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([204, 409, 503]));
    const refused = answers[statuses.indexOf(503)] as Response;
    expect(await errorOf(refused)).toMatchObject({ code: 'overloaded', retry: 'later' });
  });

  it('[FILES1] a connection that only hangs does not keep an upload from going on', async () => {
    const data = randomBytes(100_000);
    const path = await beginAt('ada', data.length);
    const hanging = sendPart(path, data, 40_000);
    await expect.poll(() => sizeOf(path), { interval: 5 }).toBe(40_000);
    const head = await call('ada', 'HEAD', path);
    expect(head.headers.get('upload-offset')).toBe('40000');
    const done = await send('ada', path, 40_000, data.subarray(40_000));
    expect(await done.json()).toMatchObject({ bytes: 100_000 });
    hanging.destroy();
  });

  it('[FILES1] an upload goes on after the server was restarted', async () => {
    const data = Buffer.from('first half, second half');
    const path = await beginAt('ada', data.length, 'halves.txt');
    expect((await send('ada', path, 0, data.subarray(0, 10))).status).toBe(204);
    await stop();
    await start();
    const head = await call('ada', 'HEAD', path);
    expect(head.headers.get('upload-offset')).toBe('10');
    const done = await send('ada', path, 10, data.subarray(10));
    expect(await done.json()).toMatchObject({ name: 'halves.txt', bytes: data.length });
  });

  it('[FILES1] a process that dies with all bytes here finishes when it is asked again', async () => {
    const data = await png();
    const paths = [await beginAt('ada', data.length), await beginAt('ada', data.length)] as const;
    for (const path of paths) {
      // All bytes came, and nothing was recorded: what a kill at the worst moment leaves.
      const [fileId] = path.split('/').slice(-1) as [FileId];
      await appendFile(join(folder, 'uploads', 'incoming', fileId), data);
    }
    await stop();
    await start();
    const head = await call('ada', 'HEAD', paths[0]);
    expect(head.headers.get('upload-offset')).toBe(String(data.length));
    const file = await call('ada', 'GET', paths[0].replace('uploads', 'files'));
    expect(file.headers.get('content-type')).toBe('image/png');
    const done = await send('ada', paths[1], data.length, Buffer.alloc(0));
    expect(await done.json()).toMatchObject({ kind: 'image', width: 60 });
  });

  it('[FILES1] a last answer that was lost can be asked for again, also after a restart', async () => {
    const data = await png();
    const path = await beginAt('ada', data.length);
    const first = await (await send('ada', path, 0, data)).json();
    for (const restarted of [false, true]) {
      if (restarted) {
        await stop();
        await start();
      }
      const head = await call('ada', 'HEAD', path);
      expect(head.headers.get('upload-offset')).toBe(String(data.length));
      const again = await send('ada', path, data.length, Buffer.alloc(0));
      expect(again.status).toBe(200);
      expect(await again.json()).toEqual(first);
    }
  });

  it('[FILES1] finishing twice at once is finishing once', async () => {
    const data = await png();
    const path = await beginAt('ada', data.length);
    await send('ada', path, 0, data.subarray(0, data.length - 1));
    const last = data.subarray(data.length - 1);
    const first = send('ada', path, data.length - 1, last);
    const answers = await Promise.all([
      first,
      first.then(() => send('ada', path, data.length, Buffer.alloc(0))),
      first.then(() => send('ada', path, data.length, Buffer.alloc(0))),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('[FILES1] nobody else sees an upload, continues it or stops it', async () => {
    const path = await beginAt('ada', 5);
    const answers = [
      await call('mallory', 'HEAD', path),
      await send('mallory', path, 0, Buffer.from('12345')),
      await call('mallory', 'DELETE', path),
      await call('mallory', 'DELETE', `/v1/uploads/${id()}`),
      await call('mallory', 'DELETE', '/v1/uploads/..%2f..%2fnatter.db'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
    const said = await Promise.all([answers[2], answers[3]].map((each) => each?.text()));
    expect(said[0]).toBe(said[1]);
    expect((await call('ada', 'HEAD', path)).headers.get('upload-offset')).toBe('0');
  });

  it('[FILES1] without a token nothing is answered', async () => {
    const path = await beginAt('ada', 5);
    for (const [method, at] of [
      ['POST', '/v1/uploads'],
      ['HEAD', path],
      ['PATCH', path],
      ['DELETE', path],
      ['GET', `/v1/files/${id()}`],
    ] as const) {
      const headers = { 'upload-length': '5', 'upload-offset': '0', ...bytesType };
      expect((await call('nobody', method, at, headers)).status).toBe(401);
    }
  });

  it('[FILES1] the owner stops an upload, and its bytes go', async () => {
    const path = await beginAt('ada', 5);
    await send('ada', path, 0, Buffer.from('123'));
    expect((await call('ada', 'DELETE', path)).status).toBe(204);
    expect((await call('ada', 'HEAD', path)).status).toBe(404);
    expect(await readdir(join(folder, 'uploads', 'incoming'))).toEqual([]);
  });

  it('[FILES7] too large is refused at the declared length, and more than declared is not taken', async () => {
    const large = await begin('ada', limits.uploadBytesMax + 1);
    expect(large.status).toBe(413);
    expect(await errorOf(large)).toMatchObject({ code: 'tooLarge', retry: 'never' });
    const path = await beginAt('ada', 5);
    const more = await send('ada', path, 0, Buffer.from('123456'));
    expect(await errorOf(more)).toMatchObject({ code: 'tooLarge' });
  });

  it('[FILES7] the beginning is checked: length, form, name', async () => {
    const long = `filename ${Buffer.alloc(4_000).toString('base64')}`;
    for (const headers of [
      {},
      { 'upload-defer-length': '1' },
      { 'upload-length': '-1' },
      { 'upload-length': '0' },
      { 'upload-length': '1e3' },
      { 'upload-length': '5', 'upload-concat': 'partial' },
      { 'upload-length': '5', 'upload-metadata': 'filename not-base64!' },
      { 'upload-length': '5', 'upload-metadata': long },
      { 'upload-length': '5', 'tus-resumable': '0.2.2' },
    ]) {
      const refused = await call('ada', 'POST', '/v1/uploads', headers as Record<string, string>);
      expect(refused.status).toBe(400);
      expect(await errorOf(refused)).toMatchObject({ code: 'badRequest' });
    }
  });

  it('[FILES1] a PATCH at another offset is refused, to be asked and tried again', async () => {
    const path = await beginAt('ada', 10);
    await send('ada', path, 0, Buffer.from('12345'));
    const wrong = await send('ada', path, 3, Buffer.from('45'));
    expect(wrong.status).toBe(409);
    expect(await errorOf(wrong)).toMatchObject({ code: 'uploadIncomplete', retry: 'later' });
  });

  it('[FILES7] unfinished uploads of one person are bounded, also when begun at once', async () => {
    const many = Array.from({ length: uploadBounds.unfinishedMax + 5 }, () => begin('ada', 5));
    const statuses = (await Promise.all(many)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(uploadBounds.unfinishedMax);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect((await begin('grace', 5)).status).toBe(201);
    time.pass(dayMs + 1);
    await expect.poll(async () => (await begin('ada', 5)).status).toBe(201);
  });

  it('[FILES7] what is not finished or not sent within a day goes', async () => {
    const path = await beginAt('ada', 5);
    const unsent = await upload('ada', await png());
    const sent = await upload('ada', await png());
    await sendFile(sent.fileId);
    time.pass(dayMs + 1);
    await expect.poll(async () => (await call('ada', 'HEAD', path)).status).toBe(404);
    const read = async (fileId: FileId) => (await call('ada', 'GET', `/v1/files/${fileId}`)).status;
    await expect.poll(() => read(unsent.fileId)).toBe(404);
    expect(await read(sent.fileId)).toBe(200);
    await expect.poll(() => filesOnDisk(unsent.fileId)).toEqual([]);
    expect((await filesOnDisk(sent.fileId)).length).toBe(2);
  });
});

describe('types', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const html = '<!doctype html><html><script>alert(1)</script></html>';

  for (const [what, content, name] of [
    ['an SVG', svg, 'drawing.svg'],
    ['HTML that calls itself a picture', html, 'kitten.png'],
    ['an SVG that calls itself a picture', svg, 'kitten.jpg'],
    ['a script', 'alert(1)', 'a.js'],
  ] as const) {
    it(`[FILES4] ${what} is only ever a download, in a sandbox`, async () => {
      const attachment = await upload('ada', Buffer.from(content), name);
      expect(attachment).toMatchObject({ kind: 'file', name, width: null, thumbhash: null });
      const path = `/v1/files/${attachment.fileId}`;
      const read = await call('ada', 'GET', path);
      expect(read.headers.get('content-type')).toBe('application/octet-stream');
      expect(read.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(read.headers.get('x-content-type-options')).toBe('nosniff');
      expect(read.headers.get('content-security-policy')).toContain('sandbox');
      expect(await read.text()).toBe(content);
      expect((await call('ada', 'GET', `${path}/thumbnail`)).status).toBe(404);
    });
  }

  it('[FILES2] a picture is one whatever it is called', async () => {
    expect(await upload('ada', await png(), 'notes.txt')).toMatchObject({
      kind: 'image',
      mediaType: 'image/png',
    });
  });

  it('[FILES3] a PNG of 20,000 × 20,000 is refused, and its upload is gone', async () => {
    const bomb = blackPng(20_000);
    const path = await beginAt('ada', bomb.length, 'bomb.png');
    const refused = await send('ada', path, 0, bomb);
    expect(refused.status).toBe(413);
    expect(await errorOf(refused)).toMatchObject({
      code: 'tooLarge',
      message: expect.stringContaining('megapixels'),
    });
    expect((await call('ada', 'HEAD', path)).status).toBe(404);
    expect(await readdir(join(folder, 'uploads', 'incoming'))).toEqual([]);
  });

  it('[FILES3] what begins like a PNG and is none is refused, not kept', async () => {
    const broken = (await png()).subarray(0, 70);
    const refused = await send('ada', await beginAt('ada', broken.length), 0, broken);
    expect(refused.status).toBe(415);
    expect(await errorOf(refused)).toMatchObject({ code: 'unsupportedFile', retry: 'never' });
  });
});

describe('reading', () => {
  it('[FILES5] members read what was sent to their conversation, nobody else', async () => {
    const { fileId } = await upload('ada', await png());
    const path = `/v1/files/${fileId}`;
    expect((await call('grace', 'GET', path)).status).toBe(404);
    await sendFile(fileId);
    for (const at of [path, `${path}/thumbnail`]) {
      expect((await call('ada', 'GET', at)).status).toBe(200);
      expect((await call('grace', 'GET', at)).status).toBe(200);
      const foreign = await call('mallory', 'GET', at);
      const missing = await call('mallory', 'GET', at.replace(fileId, id()));
      expect(foreign.status).toBe(404);
      expect(await foreign.text()).toBe(await missing.text());
    }
  });

  it('[FILES6] a file is sent once, by who uploaded it, and only when it is whole', async () => {
    const mine = await upload('ada', await png());
    const sent = await upload('ada', await png());
    const { conversationId } = await sendFile(sent.fileId);
    const unfinished = (await beginAt('ada', 5)).split('/').at(-1) as FileId;
    const attempt = (senderId: string, fileId: FileId) =>
      storage.appendMessage({
        id: id<MessageId>(),
        conversationId,
        senderId: senderId as UserId,
        content: '',
        fileIds: [fileId],
      });
    const refused = { outcome: 'refused', reason: 'badFile' };
    expect(await attempt('ada', sent.fileId)).toEqual(refused);
    expect(await attempt('grace', mine.fileId)).toEqual(refused);
    expect(await attempt('ada', unfinished)).toEqual(refused);
    expect(await attempt('ada', id<FileId>())).toEqual(refused);
    expect(await attempt('ada', mine.fileId)).toMatchObject({ outcome: 'accepted' });
  });

  it('[FILES5] who was taken out of the conversation reads it no more', async () => {
    const { fileId } = await upload('ada', await png());
    const { conversationId } = await sendFile(fileId);
    const grace = 'grace' as UserId;
    await storage.removeMember({ conversationId, actorId: 'ada' as UserId, userId: grace });
    expect((await call('grace', 'GET', `/v1/files/${fileId}`)).status).toBe(404);
    expect((await call('grace', 'GET', `/v1/files/${fileId}/thumbnail`)).status).toBe(404);
    const cached = { 'if-none-match': `"${fileId}.original"` };
    expect((await call('grace', 'GET', `/v1/files/${fileId}`, cached)).status).toBe(404);
  });

  it('[FILES5] the file of a deleted message is gone for everyone', async () => {
    const { fileId } = await upload('ada', await png());
    const { conversationId, messageId } = await sendFile(fileId);
    await storage.deleteMessage({ conversationId, messageId, actorId: 'ada' as UserId });
    expect((await call('ada', 'GET', `/v1/files/${fileId}`)).status).toBe(404);
    expect((await call('grace', 'GET', `/v1/files/${fileId}`)).status).toBe(404);
  });

  it('[FILES5] a picture is shown, kept by the browser for its owner only, and not sent twice', async () => {
    const { fileId } = await upload('ada', await png(), 'süß "1".png');
    const read = await call('ada', 'GET', `/v1/files/${fileId}`);
    expect(read.headers.get('content-type')).toBe('image/png');
    expect(read.headers.get('content-disposition')).toBe(
      `inline; filename="s__ _1_.png"; filename*=UTF-8''s%C3%BC%C3%9F%20%221%22.png`,
    );
    expect(read.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(read.headers.get('vary')).toContain('Authorization');
    const etag = read.headers.get('etag') ?? '';
    const again = await call('ada', 'GET', `/v1/files/${fileId}`, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    const small = await call('ada', 'GET', `/v1/files/${fileId}/thumbnail`);
    expect(small.headers.get('content-type')).toBe('image/webp');
  });

  it('[FILES5] a part of a file can be asked for', async () => {
    const { fileId } = await upload('ada', Buffer.from('0123456789'), 'digits.txt');
    const path = `/v1/files/${fileId}`;
    const part = await call('ada', 'GET', path, { range: 'bytes=2-4' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await part.text()).toBe('234');
    const beyond = await call('ada', 'GET', path, { range: 'bytes=10-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe('bytes */10');
    const changed = { range: 'bytes=2-4', 'if-range': '"another"' };
    expect((await call('ada', 'GET', path, changed)).status).toBe(200);
    expect((await call('ada', 'HEAD', path)).headers.get('content-length')).toBe('10');
  });
});

/** A whole one, of one bit a pixel: 50 MB of pixels in 50 kB. */
function blackPng(edge: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(edge, 0);
  size.writeUInt32BE(edge, 4);
  const header = Buffer.concat([size, Buffer.from([1, 0, 0, 0, 0])]);
  const pixels = deflateSync(Buffer.alloc(edge * (1 + edge / 8)), { level: 1 });
  const chunks = { IHDR: header, IDAT: pixels, IEND: Buffer.alloc(0) };
  const written = Object.entries(chunks).flatMap(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return [numbers.subarray(0, 4), body, numbers.subarray(4)];
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...written]);
}

async function filesOnDisk(fileId: FileId): Promise<string[]> {
  const shard = await readdir(join(folder, 'files', fileId.slice(-3))).catch(() => []);
  return shard.filter((name) => name.startsWith(fileId));
}

/** Sends the first bytes of a PATCH that promised all. */
function sendPart(path: string, data: Uint8Array, bytes: number): ClientRequest {
  const request = httpRequest(`${origin}${path}`, {
    method: 'PATCH',
    headers: {
      authorization: 'Bearer ada',
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-length': data.byteLength,
      ...bytesType,
    },
  });
  request.on('error', () => {});
  request.write(data.subarray(0, bytes));
  return request;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(join(folder, 'uploads', 'incoming', path.split('/').at(-1) ?? ''))).size;
}
