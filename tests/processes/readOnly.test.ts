/** Holds the promise against a disk that can only be read: one sentence at the start, refusals and no lies while running. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationId, MessageId } from '@natter/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { newGroup, newId, newPerson } from '../conformance/people.ts';
import { upload } from '../conformance/uploading.ts';
import { mountFailingDisk, noFailingDisks } from './disk.ts';
import { launch, type Server } from './server.ts';
import { checkFile } from './truth.ts';

if (noFailingDisks !== null) console.log(`skipped: read-only disks, since ${noFailingDisks}`);

const servers: Server[] = [];

async function start(data: string, port?: number): Promise<Server> {
  const server = await launch({ data }, port);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
});

describe.skipIf(noFailingDisks !== null)('a disk that can only be read', () => {
  for (const [what, name] of [
    ['an empty data folder', 'new'],
    ['one that has been used', 'used'],
  ] as const) {
    test(`at the start, ${what}: one sentence and exit code 1`, {
      timeout: 60_000,
    }, async () => {
      await using disk = await mountFailingDisk();
      const data = join(disk.path, name);
      if (name === 'used') {
        const first = await start(data);
        await first.ready;
        await newPerson(() => first.url, 'Ada');
        expect(await first.stop()).toBe(0);
      }
      disk.turnReadOnly();
      const server = await start(data);
      await expect(server.ready).rejects.toThrow();
      expect(await server.ended).toBe(1);
      const lines = server.output().trim().split('\n');
      console.log(`read-only at the start (${name}): ${lines.join(' | ')}`);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toBe('natter cannot start:');
      expect(lines[1]).toContain(disk.path);
      expect(lines[1]).toContain('the disk is mounted read-only');
    });
  }

  test('[SEND1][FILES1] while running: what can be read is served, what cannot be saved is refused, and what was acknowledged is there after a restart', {
    timeout: 90_000,
  }, async () => {
    await using disk = await mountFailingDisk();
    const data = join(disk.path, 'data');
    await mkdir(data);
    const server = await start(data);
    await server.ready;
    const ada = await newPerson(() => server.url, 'Ada');
    const group = await newGroup(ada, []);
    const acknowledged: MessageId[] = [];
    for (let at = 0; at < 20; at++) acknowledged.push((await ada.say(group, `before ${at}`)).id);
    const wire = await ada.connect();

    disk.turnReadOnly();
    const refusals = await Promise.all([
      ada.refused('sendMessage', messageIn(group)),
      ada.refused('editMessage', {
        conversationId: group,
        messageId: acknowledged[0],
        content: 'no',
      }),
      ada.refused('createConversation', { id: newId(), kind: 'group', name: 'No', userIds: [] }),
      wire.refused('sendMessage', messageIn(group)),
    ]);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        code: 'overloaded',
        message: 'unable to save: the disk refuses to be written on the server; try again later',
      });
    const { error } = await upload(server.url, ada.token, 'a.txt', Buffer.from('hello'));
    expect(error).toMatchObject({ code: 'overloaded', message: expect.stringContaining('disk') });
    const page = await ada.call('getMessages', { conversationId: group, after: 0, limit: 100 });
    expect(page.messages.map(({ id }) => id)).toEqual(acknowledged);
    const code = await server.stop();
    expect(code).toBe(0);
    console.log(
      `read-only: ${server.output().split('\n').length} lines of log for ${refusals.length + 1} refusals`,
    );

    disk.repair();
    const again = await start(data, server.port);
    await again.ready;
    expect(checkFile(data)).toEqual([]);
    const { messages } = await ada.call('getMessages', { conversationId: group, limit: 100 });
    expect(messages.map(({ id }) => id)).toEqual(acknowledged);
    expect((await ada.say(group, 'after')).seq).toBe(acknowledged.length + 1);
    expect(await again.stop()).toBe(0);
  });
});

function messageIn(conversationId: ConversationId) {
  return { id: newId<MessageId>(), conversationId, content: 'cannot be saved' };
}
