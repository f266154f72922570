/** Owns which conversations of the list show: those that fit what is typed, and on demand only unread ones. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { matchScore } from '../matching/match.ts';

export interface Question {
  text: string;
  unreadOnly: boolean;
}

/** In the order of the list. The open one stays among the unread ones, though opening it has made it read. */
export function fits(
  items: readonly ConversationItem[],
  { text, unreadOnly }: Question,
  selectedId: ConversationId | null,
): readonly ConversationItem[] {
  if (text.trim() === '' && !unreadOnly) return items;
  return items.filter(
    ({ conversation, title, unreadCount }) =>
      (!unreadOnly || unreadCount > 0 || conversation.id === selectedId) &&
      matchScore(title, text) !== null,
  );
}
