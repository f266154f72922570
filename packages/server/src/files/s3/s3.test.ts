import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type FileId, uuidv7 } from '@natter/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3, type TestS3 } from '../../../test/s3.ts';
import { describeFiles } from '../contract.suite.ts';
import { openS3, type S3Options } from './s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

const newId = () => uuidv7(1_700_000_000_000, randomBytes(10)) as FileId;
function open(changes: Partial<S3Options> = {}) {
  const { bucket, endpoint, credentials } = s3;
  return openS3({ bucket, endpoint, credentials, ...changes });
}

describeFiles('s3', () => open());
describeFiles('s3 under a prefix', () => open({ prefix: 'chat/files/' }));

it('a file larger than a part goes up in parts and comes back whole', async () => {
  const store = await open();
  const folder = await mkdtemp(join(tmpdir(), 'natter-parts-'));
  const content = randomBytes(20_000_000);
  const path = join(folder, 'large');
  await writeFile(path, content);
  const id = newId();
  await store.save(id, 'original', { path });
  const found = await store.open(id, 'original');
  expect(found && content.equals(await buffer(found.stream))).toBe(true);
  await rm(folder, { recursive: true });
  await store.close();
});

it('two prefixes of one bucket do not see each other', async () => {
  const [here, there] = [await open({ prefix: 'a/' }), await open({ prefix: 'b/' })];
  const id = newId();
  await here.save(id, 'original', { data: Buffer.from('x') });
  expect(await there.open(id, 'original')).toBeNull();
  await there.delete(id);
  const found = await here.open(id, 'original');
  expect(found?.bytes).toBe(1);
  found?.stream.destroy();
  await here.close();
  await there.close();
});

describe('a bucket that cannot be used is refused at the start, with the reason:', () => {
  const wrong: [string, () => Partial<S3Options>, RegExp][] = [
    ['it is missing', () => ({ bucket: 'elsewhere' }), /elsewhere: there is no such bucket/],
    [
      'the key is unknown',
      () => ({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'x' } }),
      /the store does not know this key/,
    ],
    [
      'the secret is wrong',
      () => ({ credentials: { ...s3.credentials, secretAccessKey: 'guessed' } }),
      /the secret does not belong to the key/,
    ],
    ['nobody is there', () => ({ endpoint: 'http://127.0.0.1:9' }), /cannot be reached \(ECONNR/],
  ];
  it.each(wrong)('%s', async (_why, changes, said) => {
    await expect(open(changes())).rejects.toThrow(said);
  });
});

it('a store that fails for a moment is asked again', async () => {
  let asked = 0;
  const flaky = createServer((incoming, outgoing) => {
    asked += 1;
    if (asked % 2 === 1) return void incoming.resume().once('end', () => fail(outgoing));
    const { method, headers } = incoming;
    const onward = request(new URL(incoming.url ?? '/', s3.endpoint), { method, headers });
    onward.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(flaky, 'listening');
  const { port } = flaky.address() as AddressInfo;
  const store = await open({ endpoint: `http://127.0.0.1:${port}` });
  const id = newId();
  await store.save(id, 'original', { data: Buffer.from('kept') });
  const found = await store.open(id, 'original');
  expect(found && (await buffer(found.stream)).toString()).toBe('kept');
  expect(asked).toBe(10);
  await store.close();
  flaky.close();
});

const fail = (response: ServerResponse) => response.writeHead(503).end();

describe('signed links', () => {
  const headers = {
    contentType: 'application/octet-stream',
    contentDisposition: 'attachment; filename="page.html"',
    cacheControl: 'private, max-age=60',
  };

  it('are made only where that is asked for', async () => {
    const store = await open();
    expect(store.signedUrl).toBeUndefined();
    await store.close();
  });

  it('give the bytes with the headers they were made with, and only those', async () => {
    const store = await open({ reads: 'signed' });
    const id = newId();
    await store.save(id, 'original', { data: Buffer.from('<script>') });
    const url = await store.signedUrl?.(id, 'original', headers);
    const answer = await fetch(url ?? '');
    expect(await answer.text()).toBe('<script>');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="page.html"');

    const turned = new URL(url ?? '');
    turned.searchParams.set('response-content-type', 'text/html');
    expect((await fetch(turned)).status).toBe(403);
    await store.close();
  });

  it('expire within two minutes, and lead to where people reach the store', async () => {
    const store = await open({ reads: 'signed', publicEndpoint: 'https://files.example.com' });
    const url = new URL((await store.signedUrl?.(newId(), 'thumbnail', headers)) ?? '');
    expect(url.origin).toBe('https://files.example.com');
    expect(Number(url.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(120);
    await store.close();
  });
});
