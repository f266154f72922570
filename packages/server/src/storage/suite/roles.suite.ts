/** Every cell of the table of roles, tried on the database itself. */
import {
  type Action,
  actions,
  addAction,
  roles as allRoles,
  type ConversationId,
  type ConversationKind,
  may,
  type Role,
  removeAction,
  type UserId,
} from '@natter/protocol';
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

interface Scene {
  conversationId: ConversationId;
  actorId: UserId;
  /** Another member, who may take anybody in or out of a group. */
  otherId: UserId;
}

export function roles(theWorld: () => World): void {
  for (const role of allRoles) {
    for (const action of actions) cell('group', role, action);
  }
  // Both of a direct conversation are members.
  for (const action of actions) cell('direct', 'member', action);

  function cell(kind: ConversationKind, role: Role, action: Action): void {
    const allowed = may(kind, role, action);
    it(`[ROLES1] ${kind}, ${role}, ${action}: ${allowed ? 'yes' : 'no'}`, async () => {
      const world = theWorld();
      const scene = await setScene(world, kind, role);
      const outcome = await attempt(world, scene, action);
      expect(outcome).toBe(allowed ? 'allowed' : 'forbidden');
    });
  }

  for (const role of allRoles) {
    for (const from of allRoles) {
      for (const to of allRoles) {
        const allowed =
          may('group', role, addAction(to)) &&
          (from === to || may('group', role, removeAction(from)));
        it(`[ROLES3] ${role} makes ${from} ${to}: ${allowed ? 'yes' : 'no'}`, async () => {
          const world = theWorld();
          const { conversationId, actorId, otherId } = await setScene(world, 'group', role);
          const userId = await world.user();
          await world.give(conversationId, otherId, userId, from);
          const add = { conversationId, actorId, userIds: [userId], role: to };
          expect((await world.storage.addMembers(add)).outcome).toBe(allowed ? 'done' : 'refused');
          const now = await world.storage.getMembership(conversationId, userId);
          expect(now?.role).toBe(allowed ? to : from);
        });
      }
    }
  }

  it('[ROLES2] a stranger is no member, whether or not the conversation exists', async () => {
    const world = theWorld();
    const { storage } = world;
    const [owner, stranger, third] = (await world.users(3)) as [UserId, UserId, UserId];
    const existing = await world.group(owner);
    const message = await world.send(existing, owner);
    const answers = await Promise.all(
      [existing, world.newId() as ConversationId].map(async (conversationId) => [
        await world.append(conversationId, stranger),
        await world.append(conversationId, stranger, message.content, [], message.id),
        await storage.editMessage({
          conversationId,
          messageId: message.id,
          actorId: stranger,
          content: 'x',
        }),
        await storage.deleteMessage({ conversationId, messageId: message.id, actorId: stranger }),
        await storage.updateConversation({ conversationId, actorId: stranger, name: 'x' }),
        await storage.addMembers({
          conversationId,
          actorId: stranger,
          userIds: [third],
          role: null,
        }),
        await storage.removeMember({ conversationId, actorId: stranger, userId: owner }),
        await storage.removeMember({ conversationId, actorId: stranger, userId: stranger }),
      ]),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(new Set(answers[0]?.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ outcome: 'refused', reason: 'notMember' })]),
    );
    const reads = await Promise.all(
      [existing, world.newId() as ConversationId].map(async (conversationId) => [
        await storage.getMembership(conversationId, stranger),
        await storage.getMessages(stranger, { conversationId, limit: 5 }),
        await storage.getChanges(stranger, conversationId, 0),
        ...(await storage.moveCursors([{ conversationId, userId: stranger, readSeq: 1 }])),
      ]),
    );
    expect(reads.flat()).toEqual(Array(8).fill(null));
  });
}

async function setScene(world: World, kind: ConversationKind, role: Role): Promise<Scene> {
  const [otherId, actorId] = (await world.users(2)) as [UserId, UserId];
  if (kind === 'direct') {
    return { conversationId: await world.direct(otherId, actorId), actorId, otherId };
  }
  const conversationId = await world.group(otherId, actorId);
  if (role !== 'member') await world.give(conversationId, otherId, actorId, role);
  return { conversationId, actorId, otherId };
}

/** Anything else than allowed or forbidden is a fault. */
async function attempt(world: World, scene: Scene, action: Action): Promise<string> {
  const { storage } = world;
  const { conversationId, actorId, otherId } = scene;
  const say = (outcome: { outcome: string; reason?: string }) =>
    outcome.outcome === 'refused' ? (outcome.reason ?? '') : 'allowed';
  const message = async (senderId: UserId) => (await world.send(conversationId, senderId)).id;

  async function add(role: Role) {
    const userIds = [await world.user()];
    return say(await storage.addMembers({ conversationId, actorId, userIds, role }));
  }
  async function remove(role: Role) {
    let userId = otherId;
    if ((await storage.getMembership(conversationId, actorId))?.kind === 'group') {
      userId = await world.user();
      await world.give(conversationId, otherId, userId, role);
    }
    return say(await storage.removeMember({ conversationId, actorId, userId }));
  }

  switch (action) {
    case 'read':
      return (await storage.getMessages(actorId, { conversationId, limit: 1 })) === null
        ? 'forbidden'
        : 'allowed';
    case 'send':
      return say(await world.append(conversationId, actorId));
    case 'editOwn': {
      const messageId = await message(actorId);
      return say(await storage.editMessage({ conversationId, messageId, actorId, content: 'x' }));
    }
    case 'deleteOwn': {
      const messageId = await message(actorId);
      return say(await storage.deleteMessage({ conversationId, messageId, actorId }));
    }
    case 'deleteOthers': {
      const messageId = await message(otherId);
      return say(await storage.deleteMessage({ conversationId, messageId, actorId }));
    }
    case 'updateDetails':
      return say(await storage.updateConversation({ conversationId, actorId, name: 'new' }));
    case 'addMember':
      return add('member');
    case 'addAdmin':
      return add('admin');
    case 'addOwner':
      return add('owner');
    case 'removeMember':
      return remove('member');
    case 'removeAdmin':
      return remove('admin');
    case 'removeOwner':
      return remove('owner');
    case 'leave':
      return say(await storage.removeMember({ conversationId, actorId, userId: actorId }));
  }
}
