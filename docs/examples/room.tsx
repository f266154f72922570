/** A conversation by the hooks alone, in markup of one's own. The README shows it. */
import { createChatClient } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { ChatProvider, useMessages } from '@natter/react';

const client = createChatClient({
  url: 'https://chat.example.com',
  getToken: () => fetchMyToken(),
});

function Room({ id }: { id: ConversationId }) {
  const { messages } = useMessages(id);
  return (
    <ol>
      {messages.map((message) => (
        <li key={message.id}>{message.content}</li>
      ))}
    </ol>
  );
}

export const draw = (id: ConversationId) => (
  <ChatProvider client={client}>
    <Room id={id} />
  </ChatProvider>
);

/** A JWT of your own server's making, for whoever is signed in there. */
async function fetchMyToken(): Promise<string> {
  return (await fetch('/chat-token')).text();
}
