/** Owns making the client of a session: where the server is, and where its tokens come from. */
import { type ChatClient, createChatClient, type GetToken } from '@natter/client';
import { fetchDemoToken } from './demo.ts';
import { demoTokenKey, openStore, type Session } from './session.ts';

/** A token that was pasted is the only one: to be asked for another means that it has ended, or was refused. */
export function once(token: string): () => string | null {
  let left: string | null = token;
  return () => {
    const given = left;
    left = null;
    return given;
  };
}

/** The last one serves while no new one can be had: it says whose history the device may show meanwhile. */
export function orLast(
  fetchToken: () => Promise<string | null>,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  key: string,
  /** Aborted when the person has left: what comes then is not kept. */
  gone: AbortSignal,
): GetToken {
  let isGiven = false;
  return async () => {
    let token: string | null;
    try {
      token = await fetchToken();
    } catch (error) {
      const last = attempt(() => storage.getItem(key)) ?? null;
      // Asked again: it has ended, or was refused.
      if (last === null || isGiven) throw error;
      isGiven = true;
      return last;
    }
    if (gone.aborted) return null;
    isGiven = false;
    attempt(() => (token === null ? storage.removeItem(key) : storage.setItem(key, token)));
    return token;
  };
}

/** Storage that the browser refuses has nothing, and keeps nothing. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export function openClient(session: Session, gone: AbortSignal): ChatClient {
  return createChatClient({
    url: location.origin,
    getToken:
      session.kind === 'token'
        ? once(session.token)
        : orLast(
            () => fetchDemoToken(session.userId, AbortSignal.timeout(5_000)),
            openStore(() => localStorage),
            demoTokenKey(session.userId),
            gone,
          ),
  });
}
