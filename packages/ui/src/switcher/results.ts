/** Owns what the switcher offers for what is typed, best first: conversations, then people one has none with yet. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId, User } from '@natter/protocol';
import { matchScore } from '../matching/match.ts';

export type Result =
  | { kind: 'conversation'; key: string; item: ConversationItem }
  | { kind: 'person'; key: string; user: User };

export const resultsMax = 8;

/** Of equals the most recently active comes first, as in the list. Without a question: where one was last, but here. */
export function conversationResults(
  items: readonly ConversationItem[],
  query: string,
  openId: ConversationId | null,
): Result[] {
  const asked = query.trim() !== '';
  return items
    .filter(({ conversation }) => asked || conversation.id !== openId)
    .flatMap((item) => {
      const score = matchScore(item.title, query);
      return score === null ? [] : [{ item, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, resultsMax)
    .map(({ item }) => ({ kind: 'conversation', key: item.conversation.id, item }));
}

export function peopleResults(
  users: readonly User[],
  items: readonly ConversationItem[],
  query: string,
): Result[] {
  const known = new Set(items.map(({ peer }) => peer?.userId));
  return users
    .filter(({ id }) => !known.has(id))
    .flatMap((user) => {
      const score = matchScore(user.name, query);
      return score === null ? [] : [{ user, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, resultsMax)
    .map(({ user }) => ({ kind: 'person', key: user.id, user }));
}

/** The server finds people by one word; the others are held against the names here. */
export function serverQuery(query: string): string {
  const words = query.trim().split(/\s+/u);
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
