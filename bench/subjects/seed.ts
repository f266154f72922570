/** Owns what a database begins with: conversations of so many members each, nobody in two of them. */
import type { UserId } from '@natter/protocol';
import type { Storage } from '@natter/server';
import { conversationIdOf, userIdOf } from './names.ts';

export interface Crowd {
  conversations: number;
  members: number;
  /** Then the members of conversation 0 are members of this many others too, in turns. */
  follows?: number;
}

const atOnce = 500;
const membersPerRequest = 99;
const followedMembers = 100;
const firstFollowed = 100_000;

export async function seedCrowd(
  storage: Storage,
  { conversations, members, follows = 0 }: Crowd,
): Promise<void> {
  const places = Array.from({ length: conversations }, (_, at) => at);
  const people = places.flatMap((conversation) =>
    Array.from({ length: members }, (_, member) => userIdOf(conversation, member)),
  );
  await inBatches(people, (id) => storage.saveUser({ id, name: id }));
  await inBatches(places, async (conversation) => {
    const id = conversationIdOf(conversation);
    const [creatorId, ...userIds] = people.slice(
      conversation * members,
      (conversation + 1) * members,
    );
    if (creatorId === undefined) throw new Error('unable to seed: a conversation needs a member');
    await storage.createConversation({
      id,
      kind: 'group',
      creatorId,
      userIds: userIds.slice(0, membersPerRequest),
      name: `Conversation ${conversation}`,
    });
    for (let from = membersPerRequest; from < userIds.length; from += membersPerRequest) {
      const some = userIds.slice(from, from + membersPerRequest);
      await storage.addMembers({
        conversationId: id,
        actorId: creatorId,
        userIds: some,
        role: null,
      });
    }
  });
  if (follows > 0) await seedFollowed(storage, people.slice(0, members), follows);
}

/** Groups of a hundred: everybody is in `follows` of them. */
async function seedFollowed(
  storage: Storage,
  people: readonly UserId[],
  follows: number,
): Promise<void> {
  const groups = Array.from({ length: (people.length * follows) / followedMembers }, (_, at) => at);
  await inBatches(groups, async (group) => {
    const from = (group * followedMembers) % people.length;
    // Everybody meets others each time round.
    const stride = 1 + Math.floor((group * followedMembers) / people.length);
    const userIds = new Set<UserId>();
    for (let at = 0; at < followedMembers; at++) {
      const userId = people[(from + at * stride) % people.length];
      if (userId !== undefined) userIds.add(userId);
    }
    const [creatorId, ...others] = userIds;
    if (creatorId === undefined) return;
    await storage.createConversation({
      id: conversationIdOf(firstFollowed + group),
      kind: 'group',
      creatorId,
      userIds: others,
      name: `Group ${group}`,
    });
  });
}

async function inBatches<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(all.slice(from, from + atOnce).map(work));
}
