/** Owns making the client of a session: where the server is, and where its tokens come from. */
import { type ChatClient, createChatClient } from '@natter/client';
import { fetchDemoToken } from './demo.ts';
import type { Session } from './session.ts';

export function openClient(session: Session): ChatClient {
  return createChatClient({
    url: location.origin,
    getToken: async () =>
      session.kind === 'demo' ? fetchDemoToken(session.userId) : session.token,
  });
}
