/** Holds numbers and the events that carry them: ORDER, EVENT. */
import type { ConversationId, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
});
beforeEach(async () => {
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
  group = await newGroup(ada, [bob]);
});
afterEach(leave);
afterAll(() => cluster.stop());

const message = (content: string) => ({ id: newId<MessageId>(), conversationId: group, content });

describe('order', () => {
  test('[ORDER1] 20 senders at once: seq without holes, and one order for everyone', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, at) => newPerson(cluster.url, `Sender ${at}`)),
    );
    const crowd = await newGroup(ada, people);
    const reader = await ada.connect();
    const wires = await Promise.all(people.map((person) => person.connect()));
    const acks = (
      await Promise.all(
        wires.map((wire, at) =>
          Promise.all(
            Array.from({ length: 5 }, (_, n) =>
              wire.call('sendMessage', {
                id: newId<MessageId>(),
                conversationId: crowd,
                content: `${at}.${n}`,
              }),
            ),
          ),
        ),
      )
    ).flat();
    const upTo = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(acks.map((ack) => ack.seq).sort((a, b) => a - b)).toEqual(upTo);
    const { messages } = await ada.call('getMessages', { conversationId: crowd, limit: 100 });
    expect(messages.map((each) => each.seq)).toEqual(upTo);
    expect(new Map(messages.map((each) => [each.id, each.seq]))).toEqual(
      new Map(acks.toSorted((a, b) => a.seq - b.seq).map((ack) => [ack.id, ack.seq])),
    );
    await reader.next('newMessage', (event) => event.message.seq === 100);
    const told = reader.events.flatMap((event) =>
      event.type === 'newMessage' ? [event.message.id] : [],
    );
    expect(told).toEqual(messages.map((each) => each.id));
  });

  test('[ORDER2] every durable change is one version, without holes', async () => {
    const reader = await bob.connect();
    const { id, version } = await ada.say(group, 'one');
    await ada.call('editMessage', { conversationId: group, messageId: id, content: 'two' });
    await ada.call('updateConversation', { conversationId: group, name: 'renamed' });
    const cy = await newPerson(cluster.url, 'Cy');
    await ada.call('addMembers', { conversationId: group, userIds: [cy.id] });
    await ada.call('removeMember', { conversationId: group, userId: cy.id });
    await ada.call('deleteMessage', { conversationId: group, messageId: id });
    await reader.next('messageDeleted');
    const told = reader.events.flatMap((event) =>
      // Over the bus, what was before may come after the hello.
      'version' in event && event.conversationId === group && event.version >= version
        ? [[event.type, event.version]]
        : [],
    );
    expect(told).toEqual([
      ['newMessage', version],
      ['messageUpdated', version + 1],
      ['conversationUpdated', version + 2],
      ['newMessage', version + 3],
      ['memberJoined', version + 4],
      ['newMessage', version + 5],
      ['memberLeft', version + 6],
      ['newMessage', version + 7],
      ['messageDeleted', version + 8],
    ]);
  });

  test('[ORDER3] a refusal leaves no hole', async () => {
    const first = await ada.say(group, 'one');
    await ada.refused('sendMessage', { id: first.id, conversationId: group, content: 'another' });
    await ada.refused('sendMessage', {
      id: newId(),
      conversationId: group,
      content: 'x',
      fileIds: [newId()],
    });
    await bob.refused('updateConversation', { conversationId: group, name: 'no' });
    const second = await ada.say(group, 'two');
    expect([second.seq, second.version]).toEqual([first.seq + 1, first.version + 1]);
  });

  test('[ORDER4] what one socket sends is numbered in the order of its frames', async () => {
    const wire = await ada.connect();
    const acks = await Promise.all(
      Array.from({ length: 50 }, (_, at) => wire.call('sendMessage', message(`${at}`))),
    );
    expect(acks.map((ack) => ack.seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });

  test('[ORDER5] events reach a socket in order of version; with the acknowledgements they are all', async () => {
    const [one, two] = [await ada.connect(), await bob.connect()];
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 2 === 0 ? one : two).call('sendMessage', message(`${at}`)),
      ),
    );
    const last = await ada.say(group, 'last');
    for (const wire of [one, two]) {
      await wire.next('newMessage', (event) => event.message.id === last.id);
      const frames = wire.frames.map((text) => JSON.parse(text));
      const told: number[] = frames.flatMap((frame) => frame.event?.version ?? []);
      const acknowledged: number[] = frames.flatMap((frame) => frame.result?.version ?? []);
      const ascending = (versions: number[]) => versions.toSorted((a, b) => a - b);
      expect(told).toEqual(ascending(told));
      expect(acknowledged).toEqual(ascending(acknowledged));
      const from = last.version - 40;
      expect(ascending([...told, ...acknowledged])).toEqual(
        Array.from({ length: 41 }, (_, at) => from + at),
      );
    }
  });
});

describe('events', () => {
  test('[EVENT1] an event is the same bytes for every recipient', async () => {
    const wires = [await ada.connect(), await bob.connect(), await bob.connect()];
    const { id } = await ada.say(group, 'hello');
    for (const wire of wires) await wire.next('newMessage');
    const bytes = wires.map((wire) =>
      wire.frames.find((text) => text.includes('"newMessage"') && text.includes(id)),
    );
    expect(new Set(bytes).size).toBe(1);
  });

  test('[EVENT2, EVENT3] durable events carry a version, ephemeral ones none', async () => {
    const wire = await bob.connect({ watch: { conversationIds: [group], userIds: [] } });
    await ada.say(group, 'hello');
    await ada.call('sendTyping', { conversationId: group, typing: true });
    await wire.next('newMessage');
    expect(await wire.next('typingStarted')).not.toHaveProperty('version');
  });

  test('[EVENT3] cursor moves carry no version', async () => {
    const wire = await ada.connect();
    await ada.say(group, 'hello');
    await bob.call('markAsRead', { conversationId: group, seq: 1 });
    expect(await wire.next('messageRead')).not.toHaveProperty('version');
  });

  test('[EVENT4] a conversation begins with conversationUpdated of version 1, then a memberJoined each', async () => {
    const reader = await bob.connect();
    const id = await newGroup(ada, [bob], 'fresh');
    const begun = await reader.next('conversationUpdated', (event) => event.conversationId === id);
    expect(begun).toMatchObject({
      version: 1,
      data: { conversation: { id, name: 'fresh', kind: 'group' } },
    });
    // The rest may have been told before this node followed it: then the head says so (EVENT2).
    await Promise.any([
      reader.next('memberJoined', (event) => event.conversationId === id && event.version === 3),
      reader.next('heads', ({ data }) =>
        data.heads.some((head) => head.conversationId === id && head.version === 3),
      ),
    ]);
    const { joined } = await bob.call('getChanges', { conversationId: id, from: 1 });
    expect(new Set(joined.map(({ userId }) => userId))).toEqual(new Set([ada.id, bob.id]));
    const { joined: last } = await bob.call('getChanges', { conversationId: id, from: 2 });
    expect(last).toHaveLength(1);
    for (const event of reader.events) {
      if (event.type !== 'memberJoined' || event.conversationId !== id) continue;
      expect(event.userId === last[0]?.userId).toBe(event.version === 3);
    }
    const { entry } = await ada.call('getConversation', { conversationId: id });
    expect(entry.conversation.version).toBe(3);
  });

  test('[EVENT5] a change of role is told as memberJoined with the row as it now is', async () => {
    const reader = await bob.connect();
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id], role: 'admin' });
    const event = await reader.next('memberJoined', (each) => each.conversationId === group);
    expect(event).toMatchObject({
      userId: bob.id,
      data: { member: { role: 'admin' }, memberCount: 2 },
    });
  });

  test('[EVENT6] memberLeft is the last event for the one who left, and tells those who stay', async () => {
    const fence = await newGroup(ada, [bob]);
    const [reader, owner] = [await bob.connect(), await ada.connect()];
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    expect(await reader.next('memberLeft')).toMatchObject({
      userId: bob.id,
      data: { memberCount: 1 },
    });
    expect(await owner.next('memberLeft')).toMatchObject({ userId: bob.id });
    await ada.say(group, 'behind your back');
    await ada.say(fence, 'fence');
    await reader.next('newMessage', (event) => event.conversationId === fence);
    const ofGroup = reader.events.filter(
      (event) => 'conversationId' in event && event.conversationId === group,
    );
    expect(ofGroup.at(-1)?.type).toBe('memberLeft');
  });

  test('[EVENT7] a stranger gets nothing of it', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const fence = await newGroup(ada, [eve]);
    const wire = await eve.connect({ watch: { conversationIds: [group], userIds: [ada.id] } });
    await ada.say(group, 'private');
    await ada.call('sendTyping', { conversationId: group, typing: true });
    await bob.call('markAsRead', { conversationId: group, seq: 1 });
    await ada.say(fence, 'fence');
    await wire.next('newMessage', (event) => event.conversationId === fence);
    expect(wire.frames.filter((text) => text.includes(group))).toEqual([]);
  });
});
