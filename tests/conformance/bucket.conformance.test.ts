/** Holds files in a bucket to the same rules as files on disk: FILES. */
import type { ConversationId, FileId, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startS3, type TestS3 } from '../../packages/server/test/s3.ts';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { startProgram, temporaryFolder } from './program.ts';
import { type Cluster, secret, startCluster } from './topology.ts';
import { blackPng, read, upload } from './uploading.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterEach(leave);
afterAll(() => s3.close());

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

async function share(cluster: Cluster, who: Person, to: ConversationId, bytes: Uint8Array) {
  const { fileId } = await upload(cluster.url(), who.token, 'drawing.svg', bytes);
  await who.call('sendMessage', {
    id: newId<MessageId>(),
    conversationId: to,
    content: '',
    fileIds: [fileId],
  });
  return fileId;
}

describe.each(['through', 'signed'])('read %s', (reads) => {
  let cluster: Cluster;
  let ada: Person;
  let bob: Person;
  let group: ConversationId;
  beforeAll(async () => {
    cluster = await startCluster({ NATTER_FILES_URL: `${s3.url}&reads=${reads}` });
    ada = await newPerson(cluster.url, 'Ada');
    bob = await newPerson(cluster.url, 'Bob');
    group = await newGroup(ada, [bob]);
  });
  afterAll(() => cluster.stop());

  const get = (who: Person, fileId: FileId, variant = '') =>
    read(cluster.url(), who.token, fileId, variant);

  test('[FILES5] a member reads what another one sent, picture and thumbnail', async () => {
    const fileId = await share(cluster, ada, group, blackPng(600, 400));
    expect((await get(bob, fileId)).headers.get('content-type')).toBe('image/png');
    const thumbnail = await get(bob, fileId, '/thumbnail');
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    expect((await thumbnail.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  test('[FILES5] what could run is only ever a download', async () => {
    const answer = await get(bob, await share(cluster, ada, group, svg));
    expect(Buffer.from(await answer.arrayBuffer()).equals(svg)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    const elsewhere = new URL(answer.url).origin === s3.endpoint;
    expect(elsewhere).toBe(reads === 'signed');
  });

  test('[FILES5] whoever was removed gets no link and no bytes', async () => {
    const cleo = await newPerson(cluster.url, 'Cleo');
    await ada.call('addMembers', { conversationId: group, userIds: [cleo.id] });
    const fileId = await share(cluster, ada, group, svg);
    expect((await get(cleo, fileId)).status).toBe(200);
    await ada.call('removeMember', { conversationId: group, userId: cleo.id });
    const answer = await get(cleo, fileId);
    expect(answer.status).toBe(404);
    expect(answer.redirected).toBe(false);
  });
});

test('a bucket that is not there stops the start, with the setting in the sentence', async () => {
  const folder = await temporaryFolder();
  const settings = {
    NATTER_AUTH_SECRET: secret,
    NATTER_FILES_URL: s3.url.replace('/natter?', '/nowhere?'),
  };
  await expect(startProgram(folder.path, settings)).rejects.toThrow(
    /the bucket nowhere: there is no such bucket.*NATTER_FILES_URL/,
  );
  await folder.remove();
});
