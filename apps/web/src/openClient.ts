/** Owns making the client of a session: where the server is, and where its tokens come from. */
import { type ChatClient, createChatClient } from '@natter/client';
import { fetchDemoToken } from './demo.ts';
import type { Session } from './session.ts';

/** A token that was pasted is the only one: to be asked for another means that it has ended, or was refused. */
export function once(token: string): () => string | null {
  let left: string | null = token;
  return () => {
    const given = left;
    left = null;
    return given;
  };
}

export function openClient(session: Session): ChatClient {
  return createChatClient({
    url: location.origin,
    getToken: session.kind === 'demo' ? () => fetchDemoToken(session.userId) : once(session.token),
  });
}
