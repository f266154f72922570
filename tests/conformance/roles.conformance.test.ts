/** Holds who may do what: every cell of the table of SPEC.md over the wire, and what strangers get. */

import { readFileSync } from 'node:fs';
import {
  type Action,
  actions,
  type ConversationId,
  type ConversationKind,
  limits,
  type MessageId,
  type Role,
  roles,
} from '@natter/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leave, newDirect, newGroup, newId, newPerson, type Person, setRole } from './people.ts';
import { type Cluster, startCluster } from './topology.ts';

let cluster: Cluster;
let ada: Person;
let bob: Person;
let cy: Person;
let di: Person;

beforeAll(async () => {
  cluster = await startCluster();
  [ada, bob, cy, di] = (await Promise.all(
    ['Ada', 'Bob', 'Cy', 'Di'].map((name) => newPerson(cluster.url, name)),
  )) as [Person, Person, Person, Person];
});
afterEach(leave);
afterAll(() => cluster.stop());

/** Does the action as `actor`; `other` is there too, with the role that the action is about; `outsider` is not. */
interface Scene {
  conversationId: ConversationId;
  actor: Person;
  other: Person;
  outsider: Person;
  own: MessageId;
  others: MessageId;
}

const attempts: Record<Action, (scene: Scene) => Promise<unknown>> = {
  read: ({ actor, conversationId }) => actor.call('getMessages', { conversationId }),
  send: ({ actor, conversationId }) => actor.say(conversationId, 'hello'),
  editOwn: ({ actor, conversationId, own }) =>
    actor.call('editMessage', { conversationId, messageId: own, content: 'edited' }),
  deleteOwn: ({ actor, conversationId, own }) =>
    actor.call('deleteMessage', { conversationId, messageId: own }),
  deleteOthers: ({ actor, conversationId, others }) =>
    actor.call('deleteMessage', { conversationId, messageId: others }),
  updateDetails: ({ actor, conversationId }) =>
    actor.call('updateConversation', { conversationId, name: 'renamed' }),
  addMember: (scene) => add(scene, 'member'),
  addAdmin: (scene) => add(scene, 'admin'),
  addOwner: (scene) => add(scene, 'owner'),
  removeMember: remove,
  removeAdmin: remove,
  removeOwner: remove,
  leave: ({ actor, conversationId }) =>
    actor.call('removeMember', { conversationId, userId: actor.id }),
};

function add({ actor, conversationId, outsider }: Scene, role: Role): Promise<unknown> {
  return actor.call('addMembers', { conversationId, userIds: [outsider.id], role });
}

function remove({ actor, conversationId, other }: Scene): Promise<unknown> {
  return actor.call('removeMember', { conversationId, userId: other.id });
}

/** The role that `other` needs for the action to be about it. */
function roleOfOther(action: Action): Role {
  return action === 'removeAdmin' ? 'admin' : action === 'removeOwner' ? 'owner' : 'member';
}

async function setScene(kind: ConversationKind, role: Role, action: Action): Promise<Scene> {
  const [actor, other, outsider] = [bob, cy, di];
  // Of a direct conversation the two are equal: the one who began it, and the other, stand for any role.
  const conversationId =
    kind === 'direct' ? await newDirect(actor, other) : await newGroup(ada, [actor, other]);
  if (kind === 'group') {
    await setRole(ada, conversationId, actor, role);
    await setRole(ada, conversationId, other, roleOfOther(action));
  }
  const [own, others] = [
    await actor.say(conversationId, 'mine'),
    await other.say(conversationId, 'yours'),
  ];
  return { conversationId, actor, other, outsider, own: own.id, others: others.id };
}

describe('the table', () => {
  const cells = readCells();

  test('[ROLES1] has a cell for every action and role', () => {
    expect(cells).toHaveLength(actions.length * (1 + roles.length));
  });

  for (const { kind, role, action, allowed } of cells) {
    test(`[ROLES1] ${kind}, ${kind === 'direct' ? 'any role' : role}: ${action} ${allowed ? 'is done' : 'is forbidden'}`, async () => {
      const scene = await setScene(kind, role, action);
      if (allowed) await attempts[action](scene);
      else
        await expect(attempts[action](scene)).rejects.toMatchObject({
          body: { code: 'forbidden', retry: 'never' },
        });
    });
  }
});

describe('strangers', () => {
  const calls = (conversationId: ConversationId, messageId: MessageId) =>
    [
      ['getConversation', { conversationId }],
      ['getMessages', { conversationId }],
      ['getChanges', { conversationId, from: 0 }],
      ['sendMessage', { id: newId(), conversationId, content: 'hi' }],
      ['editMessage', { conversationId, messageId, content: 'hi' }],
      ['deleteMessage', { conversationId, messageId }],
      ['markAsRead', { conversationId, seq: 1 }],
      ['markAsDelivered', { conversationId, seq: 1 }],
      ['sendTyping', { conversationId, typing: true }],
      ['updateConversation', { conversationId, name: 'mine' }],
      ['addMembers', { conversationId, userIds: [di.id] }],
      ['removeMember', { conversationId, userId: ada.id }],
      ['removeMember', { conversationId, userId: di.id }],
    ] as const;

  test('[ROLES2] every method answers a stranger as if there were no such conversation, to the letter', async () => {
    const group = await newGroup(ada, [bob]);
    const { id } = await ada.say(group, 'private');
    const wire = await di.connect();
    const nowhere = newId<ConversationId>();
    for (const [at, [method, params]] of calls(group, id).entries()) {
      const there = await wire.refused(method, params);
      const notThere = await wire.refused(method, calls(nowhere, newId())[at]?.[1]);
      expect(there, method).toMatchObject({ code: 'notMember', retry: 'never' });
      expect({ ...notThere, message: notThere.message.replaceAll(nowhere, group) }, method).toEqual(
        there,
      );
    }
    expect((await di.call('getConversations', { ids: [group] })).entries).toEqual([]);
  });

  test('[ROLES2] the same over HTTP', async () => {
    const group = await newGroup(ada, [bob]);
    const { id } = await ada.say(group, 'private');
    for (const [method, params] of calls(group, id)) {
      expect(await di.refused(method, params), method).toMatchObject({
        code: 'notMember',
        status: 403,
      });
    }
  });

  test('[CLOSE4] somebody removed keeps the socket, and gets nothing more of it', async () => {
    const group = await newGroup(ada, [bob, cy]);
    const fence = await newGroup(ada, [bob]);
    const { id } = await ada.say(group, 'before');
    const wire = await bob.connect({ watch: { conversationIds: [group], userIds: [] } });
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    await wire.next('memberLeft');
    const sofar = wire.frames.length;
    await ada.say(group, 'after');
    await ada.call('editMessage', { conversationId: group, messageId: id, content: 'edited' });
    await cy.call('sendTyping', { conversationId: group, typing: true });
    await cy.call('markAsRead', { conversationId: group, seq: 2 });
    await ada.say(fence, 'fence');
    await wire.next('newMessage', (event) => event.conversationId === fence);
    expect(wire.frames.slice(sofar).filter((text) => text.includes(group))).toEqual([]);
    for (const [method, params] of calls(group, id)) {
      expect((await wire.refused(method, params)).code, method).toBe('notMember');
      expect((await bob.refused(method, params)).code, method).toBe('notMember');
    }
    expect(
      (await bob.call('getConversations', {})).entries.map((entry) => entry.conversation.id),
    ).not.toContain(group);
  });
});

describe('people of a group', () => {
  const roleOf = async (conversationId: ConversationId, person: Person) =>
    (await ada.call('getConversation', { conversationId })).members.find(
      (member) => member.userId === person.id,
    )?.role;

  test('[ROLES3] an admin can neither raise nor lower anybody', async () => {
    const group = await newGroup(ada, [bob, cy, di]);
    await setRole(ada, group, bob, 'admin');
    await setRole(ada, group, cy, 'admin');
    const change = (person: Person, role: Role) =>
      bob.refused('addMembers', { conversationId: group, userIds: [person.id], role });
    expect((await change(di, 'admin')).code).toBe('forbidden');
    expect((await change(cy, 'member')).code).toBe('forbidden');
    expect((await change(ada, 'member')).code).toBe('forbidden');
    expect((await change(bob, 'owner')).code).toBe('forbidden');
  });

  test('[ROLES3] without a role, people join as members and nobody is changed', async () => {
    const group = await newGroup(ada, [bob]);
    await setRole(ada, group, bob, 'admin');
    const before = (await ada.call('getConversation', { conversationId: group })).entry.conversation
      .version;
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id, cy.id] });
    expect([await roleOf(group, bob), await roleOf(group, cy)]).toEqual(['admin', 'member']);
    const { conversation } = await ada.call('addMembers', {
      conversationId: group,
      userIds: [bob.id, cy.id],
    });
    // One person, and the line about it.
    expect(conversation.version).toBe(before + 2);
  });

  test('[ROLES3] one forbidden change of several changes nothing', async () => {
    const group = await newGroup(ada, [bob, cy]);
    await setRole(ada, group, bob, 'admin');
    const params = { conversationId: group, userIds: [di.id, ada.id], role: 'member' };
    expect((await bob.refused('addMembers', params)).code).toBe('forbidden');
    expect(await roleOf(group, di)).toBeUndefined();
    expect(await roleOf(group, ada)).toBe('owner');
  });

  test('[ROLES10] a role for members only does not bring back somebody who has left', async () => {
    const group = await newGroup(ada, [bob, cy]);
    await cy.call('removeMember', { conversationId: group, userId: cy.id });
    const params = { conversationId: group, role: 'admin', membersOnly: true } as const;
    const both = { ...params, userIds: [bob.id, cy.id] };
    expect((await ada.refused('addMembers', both)).code).toBe('notFound');
    expect([await roleOf(group, bob), await roleOf(group, cy)]).toEqual(['member', undefined]);
    await ada.call('addMembers', { ...params, userIds: [bob.id] });
    expect(await roleOf(group, bob)).toBe('admin');
  });

  test('[ROLES4] when the last owner leaves, the longest-standing admin follows', async () => {
    const group = await newGroup(bob, [cy, ada]);
    await setRole(bob, group, ada, 'admin');
    const wire = await cy.connect();
    await bob.call('removeMember', { conversationId: group, userId: bob.id });
    const event = await wire.next('memberJoined', (each) => each.conversationId === group);
    expect(event).toMatchObject({ userId: ada.id, data: { member: { role: 'owner' } } });
    expect(await roleOf(group, ada)).toBe('owner');
  });

  test('[ROLES4] without an admin, a member follows', async () => {
    const group = await newGroup(bob, [ada]);
    await bob.call('removeMember', { conversationId: group, userId: bob.id });
    expect(await roleOf(group, ada)).toBe('owner');
  });

  test('[ROLES5] a pair has one direct conversation, whoever begins it and at once', async () => {
    const [eve, fay] = [await newPerson(cluster.url, 'Eve'), await newPerson(cluster.url, 'Fay')];
    const ids = await Promise.all([newDirect(eve, fay), newDirect(fay, eve), newDirect(eve, fay)]);
    expect(new Set(ids).size).toBe(1);
    const { entries } = await fay.call('getConversations', {});
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      conversation: { kind: 'direct', name: null, memberCount: 2 },
      peer: { name: 'Eve' },
    });
  });

  test('[ROLES6] creating twice with one id is creating once, and an id in use is a conflict', async () => {
    const params = {
      id: newId<ConversationId>(),
      kind: 'group' as const,
      name: 'once',
      userIds: [bob.id],
    };
    const first = await ada.call('createConversation', params);
    expect(await ada.call('createConversation', params)).toEqual(first);
    expect((await bob.refused('createConversation', params)).code).toBe('conflict');
    expect(
      (await ada.call('getConversations', {})).entries.filter(
        (entry) => entry.conversation.id === params.id,
      ),
    ).toHaveLength(1);
  });

  test('[ROLES6] the creator is owner; people who do not exist are not found', async () => {
    const group = await newGroup(ada, [bob]);
    expect([await roleOf(group, ada), await roleOf(group, bob)]).toEqual(['owner', 'member']);
    const nobody = { kind: 'group', name: 'x', userIds: ['nobody-at-all'] };
    expect((await ada.refused('createConversation', { id: newId(), ...nobody })).code).toBe(
      'notFound',
    );
    const direct = { id: newId(), kind: 'direct', userId: 'nobody-at-all' };
    expect((await ada.refused('createConversation', direct)).code).toBe('notFound');
    expect(
      (await ada.refused('addMembers', { conversationId: group, userIds: ['nobody-at-all'] })).code,
    ).toBe('notFound');
  });

  test('[ROLES6] a direct conversation with oneself is refused', async () => {
    const params = { id: newId(), kind: 'direct', userId: ada.id };
    expect((await ada.refused('createConversation', params)).code).toBe('badRequest');
  });

  test('[ROLES8] one who joins sees the whole history, also one who comes back', async () => {
    const group = await newGroup(ada, []);
    await ada.say(group, 'before you');
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id] });
    await ada.call('removeMember', { conversationId: group, userId: bob.id });
    await ada.say(group, 'while you were away');
    await ada.call('addMembers', { conversationId: group, userIds: [bob.id] });
    const { messages } = await bob.call('getMessages', { conversationId: group });
    expect(messages.map(({ system, content }) => system?.kind ?? content)).toEqual([
      'before you',
      'added',
      'removed',
      'while you were away',
      'added',
    ]);
  });

  test('[ROLES9] taking out somebody who is no member changes nothing', async () => {
    const group = await newGroup(ada, [bob]);
    const remove = (person: Person) =>
      ada.call('removeMember', { conversationId: group, userId: person.id });
    const { conversation } = await remove(bob);
    expect(await remove(bob)).toEqual({ conversation });
    expect(await remove(di)).toEqual({ conversation });
  });

  test('[LIMITS1] a name has a bound, and is not blank', async () => {
    const group = await newGroup(ada, []);
    for (const name of ['', '  ', 'a\nb', 'x'.repeat(limits.nameCharactersMax + 1)]) {
      expect(
        (await ada.refused('updateConversation', { conversationId: group, name })).code,
        JSON.stringify(name),
      ).toBe('badRequest');
    }
  });
});

interface Cell {
  kind: ConversationKind;
  role: Role;
  action: Action;
  allowed: boolean;
}

/** The table of SPEC.md, as it is written there. */
function readCells(): Cell[] {
  const spec = readFileSync(new URL('../../packages/protocol/SPEC.md', import.meta.url), 'utf8');
  const lines = spec.slice(spec.indexOf('\n| action |') + 1).split('\n');
  const table = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...rows] = table;
  return rows.flatMap(([action = '', ...cells]) =>
    cells.map((cell, at) => {
      const [kind, role] = (head[at + 1] ?? '').split(': ') as [ConversationKind, string];
      return {
        kind,
        role: role === 'any role' ? 'member' : (role as Role),
        action: action.replaceAll('`', '') as Action,
        allowed: cell === 'yes',
      };
    }),
  );
}
