/**
 * Holds neighbouring versions to one another: the SDK of today at a server of tomorrow, and the other way round. What
 * tomorrow adds is put into every frame on its way, in both directions.
 */
import { type ChatClient, createChatClient } from '@natter/client';
import { type ConversationId, protocolVersion } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { leave, newGroup, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;
const clients: ChatClient[] = [];

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
  group = await newGroup(ada, [bob]);
});
afterEach(leave);
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});
afterAll(() => cluster.stop());

const patient = { timeout: 10_000, interval: 20 };
const addition = { ofTomorrow: { kind: 'new', parts: [1, 'two'] } };

/** An addition to every object in it. */
function withAdditions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withAdditions);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, withAdditions(part)]);
  return { ...Object.fromEntries(entries), ...addition };
}

/** The frames that come instead of this one. */
function ofTomorrow(frame: { event?: { type: string; version?: number } }): unknown[] {
  const { event } = frame;
  if (event === undefined) return [withAdditions(frame)];
  const passing = { event: { type: 'pollOpened', conversationId: group, ...addition } };
  // A durable event of a type that is not known yet takes a version all the same.
  const told = event.type === 'messageUpdated' ? { event: { ...event, type: 'pollVoted' } } : frame;
  return [passing, withAdditions(told)];
}

/** The additions that were sent and that came. */
const counts = { sent: 0, came: 0 };

/** The SDK on a wire that adds, both ways. */
function open(person: Person): ChatClient {
  const url = cluster.url();
  class WireOfTomorrow extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      let listen: ((message: { data: string }) => void) | null = null;
      // As the SDK listens.
      Object.defineProperty(this, 'onmessage', {
        set: (listener: typeof listen) => {
          listen = listener;
        },
      });
      this.addEventListener('message', ({ data }) => {
        for (const frame of ofTomorrow(JSON.parse(String(data)))) {
          counts.came += 1;
          listen?.({ data: JSON.stringify(frame) });
        }
      });
    }
    override send(data: string): void {
      counts.sent += 1;
      super.send(JSON.stringify(withAdditions(JSON.parse(data))));
    }
  }
  const client = createChatClient({
    url,
    getToken: async () => person.token,
    WebSocket: WireOfTomorrow as never,
  });
  clients.push(client);
  client.connection.connect();
  return client;
}

test('[FRAME8] what a newer side adds is passed over, by the server and by the SDK', async () => {
  const [writer, reader] = [open(ada), open(bob)];
  const mine = writer.messages(group);
  const theirs = reader.messages(group);
  mine.subscribe(() => {});
  theirs.subscribe(() => {});
  const contents = () => theirs.getSnapshot().messages.map(({ content }) => content);

  const id = mine.send({ content: 'hello' });
  await vi.waitFor(() => expect(contents()).toEqual(['hello']), patient);
  expect(mine.getSnapshot().messages[0]).toMatchObject({ id, isMine: true });
  // The event about it is of a type that the reader does not know: the hole is filled.
  await mine.edit(id, 'hello again');
  await mine.send({ content: 'and on' });
  await vi.waitFor(() => expect(contents()).toEqual(['hello again', 'and on']), patient);
  theirs.markAsRead();
  await vi.waitFor(
    () => expect(mine.getSnapshot().messages.map(({ status }) => status)).toEqual(['read', 'read']),
    patient,
  );
  expect(counts.sent).toBeGreaterThan(6);
  expect(counts.came).toBeGreaterThan(6);
});

test('[HELLO5][HELLO8] both sides say which protocol they speak, and a server takes whoever says none', async () => {
  const wire = await ada.connect({ protocol: protocolVersion });
  expect(wire.hello.protocol).toBe(protocolVersion);
  const silent = await bob.connect();
  expect(silent.hello.protocol).toBe(protocolVersion);
});
