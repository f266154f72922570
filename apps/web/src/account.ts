/** Owns the one client of the page: made on signing in, disposed on signing out, never by a component's mount. */
import type { ChatClient } from '@natter/client';
import { readSession, type Session, writeSession } from './session.ts';

export interface SignedIn {
  session: Session;
  client: ChatClient;
}

export interface AccountWorld {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  openClient: (session: Session) => ChatClient;
}

export interface Account {
  getSnapshot(): SignedIn | null;
  subscribe(listener: () => void): () => void;
  signIn(session: Session): void;
  signOut(): void;
}

export function createAccount({ storage, openClient }: AccountWorld): Account {
  const listeners = new Set<() => void>();
  let signedIn: SignedIn | null = null;

  function enter(session: Session): void {
    const client = openClient(session);
    client.connection.connect();
    signedIn = { session, client };
  }

  const remembered = readSession(storage);
  if (remembered !== null) enter(remembered);

  function change(session: Session | null): void {
    signedIn?.client.dispose();
    signedIn = null;
    writeSession(storage, session);
    if (session !== null) enter(session);
    for (const listener of [...listeners]) listener();
  }

  return {
    getSnapshot: () => signedIn,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: (session) => change(session),
    signOut: () => change(null),
  };
}
