/** Holds that what I wrote is in my timeline from then on, whatever comes in whatever order. */
import { expect, it } from 'vitest';
import {
  conversationId,
  createWorld,
  noAnswer,
  type ScriptedServer,
  userId,
} from '../scripted.suite.ts';

const direct = conversationId(1);

/** Everything the timeline ever looked like. */
async function open(prepare: (server: ScriptedServer) => void = () => {}) {
  const world = createWorld({}, (server) => {
    server.begin(direct, 'direct', ['ben']);
    prepare(server);
  });
  const timeline = world.client.messages(direct);
  const looks: string[][] = [];
  timeline.subscribe(() => {
    looks.push(timeline.getSnapshot().messages.map(({ content }) => content));
  });
  await world.clock.pass(0);
  return { ...world, timeline, looks };
}

it('[APPLY4] a message of mine whose answer was lost stays in its place while what is before it comes in a later page of changes', async () => {
  const { clock, server, timeline, looks } = await open();
  server.handlers.sendMessage = () => noAnswer;
  const id = timeline.send({ content: 'mine' });
  await clock.pass(0);
  server.socket.end();
  server.say(direct, 'ben', 'before', { lost: true });
  server.say(direct, 'ada', 'mine', { lost: true, messageId: id });
  server.say(direct, 'ben', 'after', { lost: true });
  // Its version is now the newest, so it comes last, though its place is the first.
  server.change(direct, 1, { content: 'edited', editedAt: 1 }, { lost: true });
  const usual = server.usual.getChanges as (params: object) => { messages: { version: number }[] };
  server.handlers.getChanges = ((params: { from: number }) => {
    const all = usual.call(server, params);
    const messages = all.messages.slice(0, 2);
    const more = all.messages.length > 2;
    return { ...all, messages, more, ...(more ? { version: messages.at(-1)?.version } : {}) };
  }) as never;
  delete server.handlers.sendMessage;
  looks.length = 0;
  await clock.pass(5_000);
  expect(looks.filter((look) => !look.includes('mine'))).toEqual([]);
  expect(looks.at(-1)).toEqual(['edited', 'mine', 'after']);
  expect(timeline.getSnapshot().messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

it('[APPLY4] a message of mine that the list tells of before the first page is here stays in sight', async () => {
  const list = Promise.withResolvers<void>();
  const { clock, server, timeline, looks } = await open((it) => {
    const usual = it.usual.getConversations as (params: object) => unknown;
    it.handlers.getConversations = ((params: object) =>
      list.promise.then(() => usual.call(it, params))) as never;
  });
  const id = timeline.send({ content: 'mine' });
  await clock.pass(0);
  expect(server.room(direct).messages).toMatchObject([{ id, senderId: userId('ada') }]);
  list.resolve();
  await clock.pass(1_000);
  expect(timeline.getSnapshot().messages).toMatchObject([{ id, seq: 1 }]);
  expect(looks.slice(looks.findIndex((look) => look.includes('mine')))).toEqual(
    expect.not.arrayContaining([[]]),
  );
  expect(looks.at(-1)).toEqual(['mine']);
});
