/** Holds the promise against a reader who does not read: FULL. It is let go, nobody waits for it, and it misses nothing. */
import { once } from 'node:events';
import type { HelloResult, Message, ServerEvent } from '@natter/protocol';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { leave } from '../conformance/people.ts';
import { socketUrl } from '../conformance/wire.ts';
import { figures, wrongs } from './judge.ts';
import { createWorld } from './world.ts';

/** Of 16,000 bytes each: 12 MB, more than the buffers of the kernel on both sides and the server's own bound take. */
const messages = 750;

test('[FULL2][FULL3] a reader who does not read is let go, delays nobody, and has everything after it came back', {
  timeout: 120_000,
}, async () => {
  await using world = await createWorld({ people: 4, seed: 55 });
  const [group] = world.groups;
  const reader = world.people[3];
  if (group === undefined || reader === undefined) throw new Error('the world is empty');
  const writers = world.people.slice(0, 3).map((person) => world.addDevice(person));
  await world.until('all are connected', () =>
    world.devices.every((device) => device.statuses().at(-1) === 'synced'),
  );

  const slow = new WebSocket(socketUrl(world.server().url), ['natter.v1'], {
    perMessageDeflate: false,
  });
  await once(slow, 'open');
  slow.send(JSON.stringify({ id: 1, method: 'hello', params: { token: reader.token } }));
  const [first] = (await once(slow, 'message')) as [Buffer];
  const { since, epoch } = (JSON.parse(first.toString()) as { result: HelloResult }).result;
  const got: Message[] = [];
  slow.on('message', (data) => {
    const { event } = JSON.parse(data.toString()) as { event?: ServerEvent };
    if (event?.type === 'newMessage' && event.conversationId === group) got.push(event.message);
  });
  slow.on('error', () => {});
  slow.pause();
  const closed = once(slow, 'close');

  for (const device of writers) device.tell({ do: 'write', count: messages / 3, size: 16_000 });
  await world.until('everything is acknowledged', () => world.acknowledged() === messages, 60_000);
  const verdict = await world.verdict();
  console.log(`slow reader: ${figures(verdict)}`);
  expect(wrongs(verdict)).toEqual([]);
  expect(verdict).toMatchObject({ sent: messages, stored: messages });

  slow.resume();
  const [code, reason] = (await closed) as [number, Buffer];
  const { messages: newest } = await reader.call('getMessages', {
    conversationId: group,
    limit: 1,
  });
  const lastSeq = newest[0]?.seq ?? 0;
  console.log(
    `slow reader: closed with ${code} ${reason}, had ${got.length} of ${lastSeq} messages of one group`,
  );
  // The farewell may be lost behind what was never read; then the connection just ends.
  expect([4000, 1006]).toContain(code);
  expect(got.length).toBeLessThan(lastSeq);
  expect(got.map(({ seq }) => seq)).toEqual(got.map((_, at) => at + 1));

  const { hello } = await reader.connect({ since, epoch });
  expect(hello).toMatchObject({ reset: false, epoch });
  expect(hello.heads.find((head) => head.conversationId === group)).toMatchObject({ lastSeq });
  const from = got.at(-1)?.version ?? 0;
  for (let at = from; ; ) {
    const page = await reader.call('getChanges', { conversationId: group, from: at });
    if (page.tooFar) throw new Error('this little is not too much');
    got.push(...page.messages);
    at = page.version;
    if (!page.more) break;
  }
  expect(got.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, at) => at + 1));
  leave();
});
