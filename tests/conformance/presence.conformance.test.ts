/** Holds what passes by and is not stored: TYPING, PRESENCE, LARGE. */
import type { ConversationId, MessageId } from '@natter/protocol';
import { limits } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newDirect, newGroup, newId, newPerson, type Person } from './people.ts';
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

const watchGroup = () => ({ watch: { conversationIds: [group], userIds: [] } });
const watchPeople = (...people: Person[]) => ({
  watch: { conversationIds: [], userIds: people.map((each) => each.id) },
});

describe('typing', () => {
  test('[TYPING1] is told to sockets that watch, and to no other', async () => {
    const [watching, other, typist] = [
      await ada.connect(watchGroup()),
      await ada.connect(),
      await bob.connect(),
    ];
    await typist.call('sendTyping', { conversationId: group, typing: true });
    expect(await watching.next('typingStarted')).toMatchObject({
      conversationId: group,
      userId: bob.id,
      data: { name: 'Bob' },
    });
    await typist.call('sendTyping', { conversationId: group, typing: false });
    expect(await watching.next('typingStopped')).toMatchObject({
      conversationId: group,
      userId: bob.id,
    });
    await ada.say(group, 'fence');
    await other.next('newMessage');
    expect(other.events.map((event) => event.type)).toEqual(['newMessage']);
  });

  test('[TYPING4] the end of the last socket of a typist is told as stopped', async () => {
    const [watching, typist] = [await ada.connect(watchGroup()), await bob.connect()];
    await typist.call('sendTyping', { conversationId: group, typing: true });
    await watching.next('typingStarted');
    typist.cut();
    expect(await watching.next('typingStopped')).toMatchObject({ userId: bob.id });
  });

  test('[TYPING5] two people of one name are two', async () => {
    const other = await newPerson(cluster.url, 'Bob');
    await ada.call('addMembers', { conversationId: group, userIds: [other.id] });
    const watching = await ada.connect(watchGroup());
    for (const person of [bob, other])
      await person.call('sendTyping', { conversationId: group, typing: true });
    const ids = [
      (await watching.next('typingStarted')).userId,
      (await watching.next('typingStarted')).userId,
    ];
    expect(new Set(ids)).toEqual(new Set([bob.id, other.id]));
  });

  test('[TYPING6] a stranger can neither send it nor watch it', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    expect((await eve.refused('sendTyping', { conversationId: group, typing: true })).code).toBe(
      'notMember',
    );
    const fence = await newGroup(ada, [eve]);
    const wire = await eve.connect(watchGroup());
    await bob.call('sendTyping', { conversationId: group, typing: true });
    await ada.say(fence, 'fence');
    await wire.next('newMessage');
    expect(wire.events.filter((event) => event.type === 'typingStarted')).toEqual([]);
  });

  test('[TYPING6] one who was removed is told no more', async () => {
    const fence = await newDirect(ada, bob);
    const watching = await bob.connect(watchGroup());
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    await watching.next('memberLeft');
    await ada.call('sendTyping', { conversationId: group, typing: true });
    await ada.say(fence, 'fence');
    await watching.next('newMessage');
    expect(watching.events.filter((event) => event.type === 'typingStarted')).toEqual([]);
  });
});

describe('presence', () => {
  test('[PRESENCE1] watch answers where people are, and replaces the whole set', async () => {
    const cy = await newPerson(cluster.url, 'Cy');
    await newGroup(ada, [cy]);
    await bob.connect();
    const wire = await ada.connect(watchPeople(bob, cy));
    const online = Object.fromEntries(
      wire.hello.presence.map((presence) => [presence.userId, presence.online]),
    );
    expect(online).toEqual({ [bob.id]: true, [cy.id]: false });
    const { presence } = await wire.call('watch', { conversationIds: [group], userIds: [bob.id] });
    expect(presence.map((each) => each.userId)).toEqual([bob.id]);
    await cy.connect();
    await bob.call('sendTyping', { conversationId: group, typing: true });
    await wire.next('typingStarted');
    expect(wire.events.filter((event) => event.type === 'userOnline')).toEqual([]);
  });

  test('[PRESENCE2] strangers and people who do not exist are passed over alike', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    await bob.connect();
    const wire = await eve.connect();
    const { presence } = await wire.call('watch', {
      conversationIds: [group, newId()],
      userIds: [bob.id, 'nobody-at-all' as never],
    });
    expect(presence).toEqual([]);
  });

  test('[PRESENCE3] coming online is told to those who watch, and to no other', async () => {
    const [watching, other] = [await ada.connect(watchPeople(bob)), await ada.connect()];
    await bob.connect();
    expect(await watching.next('userOnline')).toMatchObject({ userId: bob.id });
    await ada.say(group, 'fence');
    await other.next('newMessage');
    expect(other.events.map((event) => event.type)).toEqual(['newMessage']);
  });

  test('[PRESENCE4] a second device changes nothing, nor does the end of one of two', async () => {
    const phone = await bob.connect();
    const watching = await ada.connect(watchPeople(bob));
    const laptop = await bob.connect();
    await phone.close();
    await laptop.call('sendMessage', {
      id: newId<MessageId>(),
      conversationId: group,
      content: 'still here',
    });
    await watching.next('newMessage');
    expect(watching.events.filter((event) => event.type !== 'newMessage')).toEqual([]);
    expect(
      (await watching.call('watch', { conversationIds: [], userIds: [bob.id] })).presence[0]
        ?.online,
    ).toBe(true);
  });

  test('[PRESENCE5, PRESENCE6] offline is told 10 s after the last socket closed, with the time', {
    timeout: 25_000,
  }, async () => {
    const watching = await ada.connect(watchPeople(bob));
    const phone = await bob.connect();
    await watching.next('userOnline');
    await phone.close();
    const closedAt = performance.now();
    // A reload: away and back at once is not told.
    const again = await bob.connect();
    await again.close();
    const offline = await watching.next('userOffline').catch(() => watching.next('userOffline'));
    expect(performance.now() - closedAt).toBeGreaterThan(9_000);
    expect(offline.userId).toBe(bob.id);
    expect(offline.data.lastSeenAt).toBeGreaterThan(0);
    expect(watching.events.filter((event) => event.type === 'userOnline')).toHaveLength(1);
    const { users } = await ada.call('getUsers', { ids: [bob.id] });
    expect(users[0]?.lastSeenAt).toBe(offline.data.lastSeenAt);
  });
});

describe('more than 100 members', () => {
  let crowd: ConversationId;
  let people: Person[];

  beforeAll(async () => {
    people = [];
    for (let at = 0; at < 105; at += 15) {
      people.push(
        ...(await Promise.all(
          Array.from({ length: 15 }, (_, n) => newPerson(cluster.url, `One of many ${at + n}`)),
        )),
      );
    }
    const [owner, ...others] = people as [Person, ...Person[]];
    crowd = await newGroup(owner, others.slice(0, 50), 'a crowd');
    await owner.call('addMembers', {
      conversationId: crowd,
      userIds: others.slice(50).map((person) => person.id),
    });
  });

  test('[LARGE1] cursor moves are told to the own sockets only', async () => {
    const [author, reader] = people as [Person, Person];
    const [other, phone] = [await author.connect(), await reader.connect()];
    const { seq } = await author.say(crowd, 'hello');
    await reader.call('markAsRead', { conversationId: crowd, seq });
    expect((await phone.next('messageRead')).data).toEqual({ seq, unreadCount: 0 });
    const later = await reader.say(crowd, 'fence');
    await other.next('newMessage', (event) => event.message.id === later.id);
    expect(other.events.filter((event) => event.type === 'messageRead')).toEqual([]);
  });

  test('[LARGE2] sharing only a large conversation is not sharing presence', async () => {
    const [watcher, other] = people.slice(2) as [Person, Person];
    await other.connect();
    const wire = await watcher.connect(watchPeople(other));
    expect(wire.hello.presence).toEqual([]);
    await newDirect(watcher, other);
    const { presence } = await wire.call('watch', { conversationIds: [], userIds: [other.id] });
    expect(presence[0]).toMatchObject({ userId: other.id, online: true });
  });

  test('[LARGE3] typing names at most five', async () => {
    const [watcher, ...typists] = people.slice(4, 14) as [Person, ...Person[]];
    const wire = await watcher.connect({ watch: { conversationIds: [crowd], userIds: [] } });
    for (const typist of typists)
      await typist.call('sendTyping', { conversationId: crowd, typing: true });
    const named = () =>
      new Set(
        wire.events.flatMap((event) => (event.type === 'typingStarted' ? [event.userId] : [])),
      );
    await wire.next('typingStarted', () => named().size === 5);
    // One by each node.
    const fences = [await watcher.say(crowd, 'fence'), await watcher.say(crowd, 'another')];
    for (const { id } of fences) await wire.next('newMessage', ({ message }) => message.id === id);
    expect(named().size).toBe(5);
  });

  test('[LARGE4] members are listed in pages', async () => {
    const [owner] = people as [Person];
    const seen = new Set<string>();
    let membersAfter: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof owner.call<'getConversation'>>> = await owner.call(
        'getConversation',
        {
          conversationId: crowd,
          membersLimit: limits.pageSizeMax,
          ...(membersAfter === null ? {} : { membersAfter: membersAfter as never }),
        },
      );
      expect(page.members.length).toBeLessThanOrEqual(limits.pageSizeMax);
      for (const member of page.members) seen.add(member.userId);
      membersAfter = page.membersNext;
      pages += 1;
    } while (membersAfter !== null);
    expect([seen.size, pages]).toEqual([105, 2]);
  });
});
