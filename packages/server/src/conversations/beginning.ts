/** Owns a new conversation as its creator sees it, made from the events of its beginning. Pure. */
import type { ConversationEntry, DurableEvent, UserId } from '@natter/protocol';

export function entryOf(events: readonly DurableEvent[], creatorId: UserId): ConversationEntry {
  const [began] = events;
  const joined = events.filter((event) => event.type === 'memberJoined');
  const last = joined.at(-1);
  const own = joined.find((event) => event.userId === creatorId)?.data.member;
  if (began?.type !== 'conversationUpdated' || last === undefined || own === undefined) {
    throw new Error('unable to show a conversation: it has begun without its first events');
  }
  const { conversation } = began.data;
  const peer = joined.find((event) => event.userId !== creatorId)?.data.member ?? null;
  return {
    conversation: {
      ...conversation,
      version: last.version,
      memberCount: last.data.memberCount,
    },
    role: own.role,
    deliveredSeq: own.deliveredSeq,
    readSeq: own.readSeq,
    unreadCount: 0,
    lastMessage: null,
    peer: conversation.kind === 'direct' ? peer : null,
    activeAt: conversation.createdAt,
    cursorVersion: 0,
  };
}
