/** Holds paging through messages, conversations, members and people: PAGE. */
import type { ConversationId, GetConversationsResult, Message, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson, type Person } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let group: ConversationId;

beforeAll(async () => {
  cluster = await startCluster();
  ada = await newPerson(cluster.url, 'Ada');
  bob = await newPerson(cluster.url, 'Bob');
});
beforeEach(async () => {
  group = await newGroup(ada, [bob]);
});
afterEach(leave);
afterAll(() => cluster.stop());

const message = (content: string) => ({ id: newId<MessageId>(), conversationId: group, content });

describe('pages', () => {
  const seqs = (messages: readonly Message[]) => messages.map((each) => each.seq);
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);

  beforeEach(async () => {
    const wire = await ada.connect();
    await Promise.all(range(1, 60).map((n) => wire.call('sendMessage', message(`${n}`))));
  });

  test('[PAGE2] the newest page has 50 by default, oldest first', async () => {
    const page = await bob.call('getMessages', { conversationId: group });
    expect(seqs(page.messages)).toEqual(range(11, 60));
    expect(page).toMatchObject({ hasBefore: true, hasAfter: false, lastSeq: 60 });
  });

  test('[PAGE1] before and after are exclusive, around is in the middle', async () => {
    const page = (where: object) =>
      bob.call('getMessages', { conversationId: group, limit: 5, ...where });
    expect(seqs((await page({ before: 11 })).messages)).toEqual(range(6, 10));
    expect(seqs((await page({ after: 10 })).messages)).toEqual(range(11, 15));
    expect(seqs((await page({ after: 0 })).messages)).toEqual(range(1, 5));
    const around = seqs((await page({ around: 30 })).messages);
    expect(around).toHaveLength(5);
    expect(around).toContain(30);
    expect(around).toEqual(range(around[0] ?? 0, (around[0] ?? 0) + 4));
    expect(await page({ before: 1 })).toMatchObject({
      messages: [],
      hasBefore: false,
      hasAfter: true,
    });
    expect(await page({ after: 60 })).toMatchObject({
      messages: [],
      hasBefore: true,
      hasAfter: false,
    });
  });

  test('[PAGE1] more than one of before, after, around is refused', async () => {
    expect(
      (await bob.refused('getMessages', { conversationId: group, before: 5, after: 1 })).code,
    ).toBe('badRequest');
  });

  test('[PAGE2] messages that arrive, and deletions, shift no page', async () => {
    const first = await bob.call('getMessages', { conversationId: group, limit: 20 });
    await ada.call('deleteMessage', {
      conversationId: group,
      messageId: first.messages[0]?.id as MessageId,
    });
    for (let n = 0; n < 3; n++) await ada.say(group, 'meanwhile');
    const second = await bob.call('getMessages', { conversationId: group, limit: 20, before: 41 });
    const third = await bob.call('getMessages', { conversationId: group, limit: 25, before: 21 });
    expect(seqs([...third.messages, ...second.messages, ...first.messages])).toEqual(range(1, 60));
    expect(third.hasBefore).toBe(false);
  });

  test('[PAGE3] version and lastSeq are of the same moment as the rows', async () => {
    const wire = await ada.connect();
    const writing = Promise.all(
      range(61, 100).map((n) => wire.call('sendMessage', message(`${n}`))),
    );
    for (let n = 0; n < 10; n++) {
      const page = await bob.call('getMessages', { conversationId: group, limit: 1 });
      expect(page.messages[0]?.seq).toBe(page.lastSeq);
      expect(page.messages[0]?.version).toBe(page.version);
    }
    await writing;
  });

  test('[PAGE4] conversations come most recently active first, page by page, each once', async () => {
    const eve = await newPerson(cluster.url, 'Eve');
    const ids: ConversationId[] = [];
    for (let n = 0; n < 7; n++) ids.push(await newGroup(eve, [bob], `group ${n}`));
    const active = ids[2] as ConversationId;
    await eve.say(active, 'news');
    const seen: ConversationId[] = [];
    let after: string | null = null;
    do {
      const page: GetConversationsResult = await eve.call('getConversations', {
        limit: 3,
        ...(after === null ? {} : { after }),
      });
      seen.push(...page.entries.map((entry) => entry.conversation.id));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(7);
    expect(seen[0]).toBe(active);
    const some = await eve.call('getConversations', {
      ids: [active, group, newId<ConversationId>()],
    });
    expect(some.entries.map((entry) => entry.conversation.id)).toEqual([active]);
  });

  test('[PAGE5] members come in order of user id, from membersAfter', async () => {
    const people = await Promise.all(range(1, 5).map((n) => newPerson(cluster.url, `Member ${n}`)));
    const crowd = await newGroup(ada, people);
    const first = await ada.call('getConversation', { conversationId: crowd, membersLimit: 4 });
    const second = await ada.call('getConversation', {
      conversationId: crowd,
      membersAfter: first.membersNext as never,
    });
    const ids = [...first.members, ...second.members].map((member) => member.userId);
    expect(ids).toEqual(
      [ada, ...people].map((person) => person.id).sort((a, b) => (a < b ? -1 : 1)),
    );
    expect(second.membersNext).toBeNull();
  });

  test('[PAGE6] people are found by the start of any word of their name', async () => {
    const grace = await newPerson(cluster.url, 'Grace Brewster Hopper');
    const found = async (query: string) =>
      (await ada.call('getUsers', { query })).users.map((user) => user.id);
    for (const query of ['Grace', 'grace', 'Hop', 'brew'])
      expect(await found(query), query).toContain(grace.id);
    for (const query of ['race', 'opper', '%', '_race'])
      expect(await found(query), query).not.toContain(grace.id);
    const byId = await ada.call('getUsers', { ids: [grace.id, 'nobody-at-all' as never] });
    expect(byId.users.map((user) => user.name)).toEqual(['Grace Brewster Hopper']);
  });
});
