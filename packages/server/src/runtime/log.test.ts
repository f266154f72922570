/** Holds what the log is never given, whatever clients send and whatever fails (AUTH3). */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { newId, startWorld } from '../../test/world.ts';
import type { Log } from './contract.ts';

test('[AUTH3] a run with messages and tokens, good, bad and failing, logs neither', async () => {
  const lines: string[] = [];
  const write = (facts: object, message: string) =>
    void lines.push(`${message} ${inspect(facts, { depth: 9 })}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const world = await startWorld({
    log,
    async authenticate(token) {
      if (token === 'hush-broken') throw new Error('the directory is away');
      return { userId: token.slice('hush-'.length) as never, name: 'A name', expiresAt: null };
    },
  });
  const conversationId = await world.group('ada', 'bob');
  const ada = await world.open('hush-ada');
  const content = 'hush hush';
  const message = { id: newId(), conversationId, content };
  await ada.call('sendMessage', message);
  await ada.call('editMessage', { conversationId, messageId: message.id, content: 'hush!' });
  await ada.refusal('sendMessage', { ...message, content: 'hush, but another' });
  await ada.refusal('sendMessage', { ...message, id: 'hush' });
  await ada.refusal('hush', { hush: 'hush' });
  await world.post('hush-ada', 'sendMessage', { ...message, id: newId(), content: ['hush'] });

  world.storage.appendMessage = () => Promise.reject(new Error('the disk is gone'));
  await ada.refusal('sendMessage', { ...message, id: newId() });
  expect((await world.post('hush-ada', 'sendMessage', { ...message, id: newId() })).status).toBe(
    500,
  );
  const stranger = await world.connect();
  await stranger.refusal('hello', { token: 'hush-broken' });
  const url = `${world.url}/v1/sendMessage?token=hush-ada`;
  const headers = { authorization: 'Bearer hush-ada', 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers, body: '{"content":"hush' })).status).toBe(
    400,
  );
  for (const text of ['hush', '{"hush', '{"id":1,"method":"hush"}', '["hush"]']) {
    const socket = await world.connect();
    socket.send(text);
    await socket.closed;
  }
  ada.send(Buffer.from('hush'));
  await ada.closed;
  await world.close();

  expect(lines.filter((line) => line.includes('a fault of the server'))).toHaveLength(3);
  expect(lines.filter((line) => line.includes('hush'))).toEqual([]);
});
