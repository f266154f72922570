/**
 * Owns what the simulation found in the SDK: one test for each class of failure, titled with the seed that showed it.
 * `npm run simulate -- --seed N` replays the whole story.
 */
import { NatterError } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import { conversationId, createWorld, noAnswer } from './scripted.suite.ts';

const a = conversationId(1);
const dayMs = 86_400_000;

async function open() {
  const world = createWorld({}, (it) => it.begin(a, 'direct', ['ben']));
  world.client.messages(a).subscribe(() => {});
  await world.clock.pass(0);
  return world;
}

describe('seeds of the simulation', () => {
  it('[BEAT2] seed 144, 167: a clock that is set back a day does not make a dead socket look alive for that long', async () => {
    const { clock, server, client } = await open();
    await clock.pass(20_000);
    clock.set(clock.now() + dayMs);
    server.tell({ type: 'heads', data: { heads: [], more: false } });
    await clock.pass(0);
    clock.set(clock.now() - dayMs);
    server.handlers.watch = () => noAnswer;
    await clock.pass(60_000);
    expect(server.sockets.length).toBeGreaterThan(1);
    delete server.handlers.watch;
    await clock.pass(10_000);
    expect(client.connection.getSnapshot()).toEqual({ status: 'connected', synced: true });
  });

  it('[CURSOR5] seed 80, 162, 299: a clock that is set back a day does not hold a mark back for that long', async () => {
    const { clock, server, client } = await open();
    clock.set(clock.now() + dayMs);
    server.say(a, 'ben', 'one');
    await clock.pass(2_000);
    clock.set(clock.now() - dayMs);
    server.say(a, 'ben', 'two');
    await clock.pass(0);
    client.messages(a).markAsRead();
    await clock.pass(2_000);
    expect(server.room(a).members.get('ada')).toEqual({ deliveredSeq: 2, readSeq: 2 });
  });

  it('[TYPING2] seed 144: a clock that is set back a day does not silence a typist for that long', async () => {
    const { clock, server, client } = await open();
    clock.set(clock.now() + dayMs);
    client.typing(a).started();
    clock.set(clock.now() - dayMs);
    await clock.pass(3_000);
    client.typing(a).started();
    expect(server.count('sendTyping')).toBe(2);
  });

  it('[CLIENT11] seed 58, 97, 110, 197, 316: an open timeline whose first page was refused for now is asked for again by itself', async () => {
    const { clock, server, client } = createWorld({}, (it) => {
      it.begin(a, 'direct', ['ben']);
      it.say(a, 'ben', 'hello');
    });
    await clock.pass(0);
    server.handlers.getMessages = () => {
      throw new NatterError('overloaded', 'not now');
    };
    const undo = client.messages(a).subscribe(() => {});
    await clock.pass(0);
    expect(client.messages(a).getSnapshot()).toMatchObject({ state: 'error' });
    await clock.pass(60_000);
    const tries = server.count('getMessages');
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(12);
    undo();
    await clock.pass(60_000);
    expect(server.count('getMessages')).toBe(tries);
    client.messages(a).subscribe(() => {});
    delete server.handlers.getMessages;
    await clock.pass(30_000);
    expect(client.messages(a).getSnapshot()).toMatchObject({ state: 'ready', error: null });
  });

  it('[CLIENT11] seed 58: what is refused for good is not asked for again', async () => {
    const { clock, server, client } = createWorld({}, (it) => it.begin(a, 'direct', ['ben']));
    await clock.pass(0);
    server.handlers.getMessages = () => {
      throw new NatterError('badRequest', 'never');
    };
    client.messages(a).subscribe(() => {});
    await clock.pass(60_000);
    expect(server.count('getMessages')).toBe(1);
  });
});
