/** Owns what a database begins with: conversations of so many members each, nobody in two of them. */
import type { Storage } from '@natter/server';
import { conversationIdOf, userIdOf } from './names.ts';

export interface Crowd {
  conversations: number;
  members: number;
}

const atOnce = 500;
const membersPerRequest = 99;

export async function seedCrowd(
  storage: Storage,
  { conversations, members }: Crowd,
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
}

async function inBatches<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(all.slice(from, from + atOnce).map(work));
}
