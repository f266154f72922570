/**
 * A bot: answers whoever writes to it, each message once. It keeps nothing of its own: what it has answered stands in
 * the conversation, under an id that follows from the question's.
 */
import { createHash } from 'node:crypto';
import {
  type ChatClient,
  type ConversationId,
  createChatClient,
  type GetToken,
  type MessageId,
  type TimelineMessage,
} from '@natter/client';
import { uuidv7 } from '@natter/protocol';

/** Ends with `dispose()` of what it returns. */
export function startBot(url: string, getToken: GetToken): ChatClient {
  const client = createChatClient({ url, getToken });
  const { conversations } = client;
  const heard = new Set<ConversationId>();

  conversations.subscribe(() => {
    const { items, hasMore, loadingMore } = conversations.getSnapshot();
    for (const { conversation } of items) {
      if (conversation.kind === 'direct' && !heard.has(conversation.id)) listen(conversation.id);
    }
    // Somebody may have written, in a conversation further down, while the bot was away.
    if (hasMore && !loadingMore) void conversations.loadMore();
  });

  function listen(id: ConversationId): void {
    heard.add(id);
    const room = client.messages(id);
    room.subscribe(() => {
      for (const message of room.getSnapshot().messages) {
        if (message.isMine || message.type !== 'text' || message.deletedAt !== null) continue;
        // Sent before, by this process or another: then nothing happens.
        room.send({ id: answerId(message), content: `You said: ${message.content}` });
      }
    });
  }

  return client;
}

function answerId({ id, createdAt }: TimelineMessage): MessageId {
  return uuidv7(createdAt, createHash('sha256').update(id).digest()) as MessageId;
}
