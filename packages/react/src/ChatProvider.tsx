/** Owns how components find the client. It neither connects nor disposes: a mount is not a sign-in. */
import type { ChatClient } from '@natter/client';
import { createContext, type ReactNode, use } from 'react';

const ChatContext = createContext<ChatClient | null>(null);

/** Lends `client` to the hooks below it. Mounting does not connect it, nor unmounting dispose it: that is its owner's. */
export function ChatProvider({ client, children }: { client: ChatClient; children?: ReactNode }) {
  return <ChatContext value={client}>{children}</ChatContext>;
}

/** The client, for commands: `useChatClient().messages(id).send({ content })`. */
export function useChatClient(): ChatClient {
  const client = use(ChatContext);
  if (client === null)
    throw new Error(
      'unable to find the chat client: put <ChatProvider client={…}> above this component',
    );
  return client;
}
