/** Holds what is left when a process dies, stops, or meets a reader who does not read: SEND, CLOSE, FULL. */

import { once } from 'node:events';
import type { ConversationId, Message, MessageId } from '@natter/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Program, startProgram, temporaryFolder } from './program.ts';
import { secret } from './topology.ts';
import { openWire, socketUrl } from './wire.ts';

const settings = { NATTER_AUTH_SECRET: secret };
const undos: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  leave();
  while (undos.length > 0) await undos.pop()?.();
});

async function start(): Promise<{ program: Program; again(): Promise<Program> }> {
  const folder = await temporaryFolder();
  undos.push(folder.remove);
  const program = await startProgram(folder.path, settings);
  undos.push(program.kill);
  return {
    program,
    async again() {
      const second = await startProgram(folder.path, settings, program.port);
      undos.push(second.kill);
      return second;
    },
  };
}

async function allMessages(person: Person, conversationId: ConversationId): Promise<Message[]> {
  const found: Message[] = [];
  for (let after = 0; ; ) {
    const page = await person.call('getMessages', { conversationId, after, limit: 100 });
    found.push(...page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasAfter) return found;
  }
}

describe('a server that dies', () => {
  test('[SEND1] killed while 20 clients send: every acknowledged message is there once, seq without holes', {
    timeout: 60_000,
  }, async () => {
    const { program, again } = await start();
    const url = () => program.url;
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, at) => newPerson(url, `Sender ${at}`)),
    );
    const [ada] = people as [Person];
    const group = await newGroup(ada, people.slice(1));
    const wires = await Promise.all(people.map((person) => person.connect()));
    const acknowledged = new Map<MessageId, { seq: number; version: number; content: string }>();
    const sent = new Map<MessageId, { by: Person; content: string }>();
    let enough = () => {};
    const reached = new Promise<void>((resolve) => {
      enough = resolve;
    });
    // Each keeps four under way, so that the kill meets calls before, in and after their commit.
    const senders = wires.flatMap((wire, at) =>
      Array.from({ length: 4 }, async (_, lane) => {
        for (let n = 0; ; n++) {
          const id = newId<MessageId>();
          const content = `${at}.${lane}.${n}`;
          sent.set(id, { by: people[at] as Person, content });
          try {
            const { seq, version } = await wire.call('sendMessage', {
              id,
              conversationId: group,
              content,
            });
            acknowledged.set(id, { seq, version, content });
          } catch (error) {
            if (error instanceof Error && error.message.startsWith('closed with')) return;
            throw error;
          }
          if (acknowledged.size >= 1_000) enough();
        }
      }),
    );
    await reached;
    await program.kill();
    await Promise.all(senders);
    await again();

    const messages = await allMessages(ada, group);
    const byId = Map.groupBy(messages, (message) => message.id);
    const lost = [...acknowledged].filter(([id, { seq, version, content }]) => {
      const [row] = byId.get(id) ?? [];
      return (
        row === undefined || row.seq !== seq || row.version !== version || row.content !== content
      );
    });
    console.log(
      `SIGKILL: ${acknowledged.size} acknowledged of ${sent.size} sent; ${messages.length} stored; ${lost.length} lost`,
    );
    expect(lost).toEqual([]);
    expect([...byId.values()].filter((rows) => rows.length > 1)).toEqual([]);
    expect(messages.map((message) => message.seq)).toEqual(messages.map((_, at) => at + 1));
    expect(new Set(messages.map((message) => message.version)).size).toBe(messages.length);

    // What had no answer is sent again, under the same id: then all is there, once.
    const open = [...sent].filter(([id]) => !acknowledged.has(id));
    expect(open.length).toBeGreaterThan(0);
    for (const [id, { by, content }] of open)
      await by.call('sendMessage', { id, conversationId: group, content });
    const whole = await allMessages(ada, group);
    expect(whole).toHaveLength(sent.size);
    expect(new Set(whole.map((message) => message.id))).toEqual(new Set(sent.keys()));
    expect(whole.map((message) => message.seq)).toEqual(whole.map((_, at) => at + 1));
  });

  test('[HEADS1] a client of before resumes after the restart: same epoch, heads of what changed', async () => {
    const { program, again } = await start();
    const ada = await newPerson(() => program.url, 'Ada');
    const group = await newGroup(ada, []);
    const { since, epoch } = (await ada.connect()).hello;
    await ada.say(group, 'hello');
    await program.kill();
    await again();
    const { hello } = await ada.connect({ since, epoch });
    expect(hello).toMatchObject({ reset: false, epoch });
    expect(hello.heads.find((head) => head.conversationId === group)).toMatchObject({ lastSeq: 1 });
  });
});

describe('a server that stops', () => {
  test('[CLOSE2] answers what has begun, closes with a wait, and takes no new sockets', async () => {
    const { program } = await start();
    const people = await Promise.all(
      Array.from({ length: 10 }, (_, at) => newPerson(() => program.url, `Person ${at}`)),
    );
    const [ada] = people as [Person];
    const group = await newGroup(ada, people.slice(1));
    const wires = await Promise.all(people.map((person) => person.connect()));
    const calls = wires.map((wire) =>
      wire
        .call('sendMessage', {
          id: newId<MessageId>(),
          conversationId: group,
          content: 'last words',
        })
        .then(
          () => 'answered',
          (error: Error) => error.message,
        ),
    );
    await Promise.race(calls);
    const stopped = program.stop();
    const closes = await Promise.all(wires.map((wire) => wire.closed));
    for (const { code, reason } of closes) {
      expect(code).toBe(4100);
      expect(reason).toMatch(/^\d+$/);
    }
    expect(new Set(closes.map((close) => close.reason)).size).toBeGreaterThan(1);
    for (const outcome of await Promise.all(calls)) expect(outcome).toMatch(/answered|draining/);
    expect(await stopped).toBe(0);
    await expect(openWire(program.url)).rejects.toThrow();
  });

  test('[SEND1] what was acknowledged before the stop is there after it', async () => {
    const { program, again } = await start();
    const ada = await newPerson(() => program.url, 'Ada');
    const group = await newGroup(ada, []);
    const wire = await ada.connect();
    const acks = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        wire.call('sendMessage', {
          id: newId<MessageId>(),
          conversationId: group,
          content: `${at}`,
        }),
      ),
    );
    expect(await program.stop()).toBe(0);
    await again();
    expect((await allMessages(ada, group)).map((message) => message.id)).toEqual(
      acks.map((ack) => ack.id),
    );
  });
});

describe('a reader who does not read', () => {
  test('[FULL2, FULL3] is closed with slowConsumer, and delays nobody', {
    timeout: 60_000,
  }, async () => {
    const { program } = await start();
    const url = () => program.url;
    const [ada, bob, ...writers] = (await Promise.all(
      Array.from({ length: 6 }, (_, at) => newPerson(url, `Person ${at}`)),
    )) as [Person, Person, ...Person[]];
    const group = await newGroup(ada, [bob, ...writers]);
    const reader = await bob.connect();

    const slow = new WebSocket(socketUrl(program.url), ['natter.v1'], { perMessageDeflate: false });
    await once(slow, 'open');
    slow.send(JSON.stringify({ id: 1, method: 'hello', params: { token: bob.token } }));
    await once(slow, 'message');
    slow.pause();
    const closed = once(slow, 'close');

    // About 16 MB: more than the kernel and any sensible bound take.
    const content = '漢'.repeat(16_000);
    let last: MessageId | null = null;
    for (let round = 0; round < 80; round++) {
      const acks = await Promise.all(
        writers.map((writer) =>
          writer.call('sendMessage', { id: newId<MessageId>(), conversationId: group, content }),
        ),
      );
      last = acks.reduce((newest, ack) => (ack.seq > newest.seq ? ack : newest)).id;
    }
    await reader.next('newMessage', (event) => event.message.id === last);
    slow.resume();
    const [code] = (await closed) as [number];
    // The farewell may be lost behind what was never read; then the connection just ends.
    expect([4000, 1006]).toContain(code);
    expect(reader.isOpen).toBe(true);
    expect(reader.events.filter((event) => event.type === 'newMessage')).toHaveLength(320);
  });
});
