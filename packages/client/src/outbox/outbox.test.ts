import { type MessageId, NatterError, type ServerEvent, type UserId } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import { conversationId, createWorld, noAnswer, type ScriptedServer } from '../scripted.suite.ts';

const a = conversationId(1);
const b = conversationId(2);

async function open(options = {}, prepare: (server: ScriptedServer) => void = () => {}) {
  const world = createWorld(options, (it) => {
    it.begin(a, 'direct', ['ben']);
    it.begin(b, 'group', ['ben', 'eve'], 'B');
    prepare(it);
  });
  for (const id of [a, b]) world.client.messages(id).subscribe(() => {});
  await world.clock.pass(0);
  const show = (id = a) =>
    world.client
      .messages(id)
      .getSnapshot()
      .messages.map(({ content, status }) => `${content} ${status}`);
  const stored = (id = a) => world.server.room(id).messages.map(({ content }) => content);
  return { ...world, show, stored };
}

describe('the outbox', () => {
  it('[CLIENT7] what is written offline is sent once, in order, when the connection is back', async () => {
    const { clock, server, client, show, stored } = await open();
    server.socket.end();
    server.silent = true;
    for (const content of ['1', '2', '3']) client.messages(a).send({ content });
    await clock.pass(120_000);
    expect(show()).toEqual(['1 sending', '2 sending', '3 sending']);
    server.silent = false;
    await clock.pass(60_000);
    expect(stored()).toEqual(['1', '2', '3']);
    expect(show()).toEqual(['1 sent', '2 sent', '3 sent']);
  });

  it('[SEND2] a message under an id of the application is sent once, however often it is asked for', async () => {
    const { clock, server, client, show, stored } = await open();
    const id = '01890000-0000-7000-8000-000000000abc' as MessageId;
    const send = () => client.messages(a).send({ id, content: 'answer' });
    server.silent = true;
    expect([send(), send()]).toEqual([id, id]);
    expect(show()).toEqual(['answer sending']);
    server.silent = false;
    await clock.pass(60_000);
    expect(send()).toBe(id);
    expect(show()).toEqual(['answer sent']);
    await clock.pass(60_000);
    expect(server.count('sendMessage')).toBe(1);
    expect(stored()).toEqual(['answer']);
  });

  it('[SEND2] an id that an earlier life of the application has sent is acknowledged, and shows nothing twice', async () => {
    const id = '01890000-0000-7000-8000-000000000abc' as MessageId;
    const { clock, client, show, stored } = await open({ pageSize: 2 }, (server) => {
      server.say(a, server.me, 'answer', { lost: true, messageId: id });
      for (const content of ['1', '2', '3']) server.say(a, 'ben' as UserId, content);
    });
    client.messages(a).send({ id, content: 'answer' });
    await clock.pass(1_000);
    expect(show()).toEqual(['2 sent', '3 sent']);
    expect(stored()).toEqual(['answer', '1', '2', '3']);
  });

  it('[CLIENT7] one is under way in each conversation, and one conversation does not wait for another', async () => {
    const { clock, server, client, stored } = await open();
    const usual = server.usual.sendMessage;
    server.handlers.sendMessage = ((params: { conversationId: string }) =>
      params.conversationId === a ? noAnswer : usual?.(params as never)) as never;
    client.messages(a).send({ content: 'a1' });
    client.messages(a).send({ content: 'a2' });
    client.messages(b).send({ content: 'b1' });
    await clock.pass(1_000);
    expect(server.count('sendMessage')).toBe(2);
    expect(stored(b)).toEqual(['b1']);
  });

  it('[CLIENT7] a refusal is shown with its reason, holds nothing up, and can be resent or discarded', async () => {
    const { clock, server, client, show, stored } = await open();
    const usual = server.usual.sendMessage;
    let refuse = true;
    server.handlers.sendMessage = ((params: { content: string }) => {
      if (refuse && params.content.startsWith('bad'))
        throw new NatterError('forbidden', 'not that');
      return usual?.(params as never);
    }) as never;
    const [first, second] = ['bad 1', 'bad 2'].map((content) =>
      client.messages(a).send({ content }),
    );
    client.messages(a).send({ content: 'good' });
    await clock.pass(1_000);
    expect(stored()).toEqual(['good']);
    expect(show()).toEqual(['good sent', 'bad 1 failed', 'bad 2 failed']);
    expect(client.messages(a).getSnapshot().messages[1]?.error).toMatchObject({
      code: 'forbidden',
      message: 'not that',
    });
    client.messages(a).discard(second as NonNullable<typeof second>);
    refuse = false;
    client.messages(a).resend(first as NonNullable<typeof first>);
    expect(show()).toEqual(['good sent', 'bad 1 sending']);
    await clock.pass(1_000);
    expect(show()).toEqual(['good sent', 'bad 1 sent']);
  });

  it('[CLIENT7] a refusal for now waits, with backoff and as long as it is told', async () => {
    const { clock, server, client, show } = await open();
    server.handlers.sendMessage = () => {
      throw new NatterError('rateLimited', 'slowly', { retryAfterMs: 5_000 });
    };
    client.messages(a).send({ content: 'x' });
    await clock.pass(4_999);
    expect(server.count('sendMessage')).toBe(1);
    delete server.handlers.sendMessage;
    await clock.pass(1);
    expect(show()).toEqual(['x sent']);
  });

  it('[SEND5] what no server would take fails at once, without a call', async () => {
    const { clock, client, server, show } = await open();
    client.messages(a).send({ content: '  ' });
    client.messages(a).send({ content: 'x'.repeat(16_385) });
    await clock.pass(1_000);
    expect(server.count('sendMessage')).toBe(0);
    expect(
      client
        .messages(a)
        .getSnapshot()
        .messages.map(({ error }) => error?.code),
    ).toEqual(['badRequest', 'tooLarge']);
    expect(show().every((one) => one.endsWith('failed'))).toBe(true);
  });

  it('[LIMITS1] more than a thousand that wait fail with `overloaded`, and can be resent', async () => {
    const { clock, server, client, stored } = await open();
    server.socket.end();
    server.silent = true;
    const ids = Array.from({ length: 1_003 }, (_, n) =>
      client.messages(a).send({ content: String(n) }),
    );
    const failed = client
      .messages(a)
      .getSnapshot()
      .messages.filter(({ status }) => status === 'failed');
    expect(failed.map(({ error }) => error?.code)).toEqual([
      'overloaded',
      'overloaded',
      'overloaded',
    ]);
    server.silent = false;
    // Each waits for the one before it, which takes a turn of its own.
    for (let turn = 0; turn < 60 && stored().length < 1_000; turn++) await clock.pass(1_000);
    expect(stored()).toHaveLength(1_000);
    client.messages(a).resend(ids.at(-1) as NonNullable<(typeof ids)[0]>);
    await clock.pass(1_000);
    expect(stored()).toHaveLength(1_001);
  });

  it('[CLIENT10] an acknowledgement behind a hole shows as sent at once, once, and in its place when the hole is filled', async () => {
    const { clock, server, client, show } = await open();
    server.say(a, 'ben', 'lost', { lost: true });
    client.messages(a).send({ content: 'mine' });
    await clock.pass(0);
    expect(show()).toEqual(['mine sent']);
    await clock.pass(500);
    expect(show()).toEqual(['lost sent', 'mine sent']);
    expect(client.conversations.get(a)).toMatchObject({ unreadCount: 0 });
  });

  it('[EVENT6] when I am taken out, what waits fails with the reason', async () => {
    const { clock, server, client } = await open();
    server.handlers.sendMessage = () => noAnswer;
    client.messages(b).send({ content: 'too late' });
    await clock.pass(0);
    const left: ServerEvent = {
      type: 'memberLeft',
      conversationId: b,
      userId: 'ada' as never,
      version: 99,
      data: { memberCount: 2 },
    };
    server.tell(left);
    await clock.pass(0);
    expect(client.messages(b).getSnapshot()).toMatchObject({
      state: 'error',
      error: { code: 'notMember' },
      messages: [{ status: 'failed', error: { code: 'notMember' } }],
    });
    expect(client.conversations.get(b)).toBeNull();
  });
});
