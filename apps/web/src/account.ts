/**
 * Owns the one client of the page: made on signing in, disposed on leaving, never by a component's mount. Signing out
 * wipes what the device keeps of the person, drafts too, in all tabs; leaving alone, to sign in again, does not.
 */
import type { ChatClient } from '@natter/client';
import type { Drafts } from '@natter/ui';
import type { Session, Sessions } from './session.ts';
import type { SettingsStore } from './settings/settings.ts';

export interface SignedIn {
  session: Session;
  client: ChatClient;
}

export interface AccountWorld {
  sessions: Pick<Sessions, 'read' | 'write'>;
  /** What they set on the device stays; what names conversations goes when they sign out. */
  settings: Pick<SettingsStore, 'forgetPerson'>;
  /** `gone` is aborted when this person has left. */
  openClient: (session: Session, gone: AbortSignal) => ChatClient;
  draftsOf: (client: ChatClient) => Pick<Drafts, 'wipe' | 'dispose'>;
}

export interface Account {
  getSnapshot(): SignedIn | null;
  subscribe(listener: () => void): () => void;
  signIn(session: Session): void;
  /** Back to the sign-in page; history and unsent messages stay on the device. */
  leave(): void;
  /** Wipes them. Resolves when that is done; the sign-in page shows at once. */
  signOut(): Promise<void>;
}

export function createAccount({ sessions, settings, openClient, draftsOf }: AccountWorld): Account {
  const listeners = new Set<() => void>();
  let signedIn: SignedIn | null = null;
  let undoWatch = () => {};

  function enter(session: Session): void {
    const gone = new AbortController();
    const client = openClient(session, gone.signal);
    let wasSomebody = false;
    const unsubscribe = client.me.subscribe(() => {
      const isSomebody = client.me.getSnapshot() !== null;
      // Signed out in another tab.
      if (wasSomebody && !isSomebody) {
        draftsOf(client).wipe();
        change(null);
      }
      wasSomebody = isSomebody;
    });
    undoWatch = () => {
      gone.abort();
      unsubscribe();
    };
    client.connection.connect();
    signedIn = { session, client };
  }

  const remembered = sessions.read();
  if (remembered !== null) enter(remembered);

  function dispose(client: ChatClient): void {
    draftsOf(client).dispose();
    client.dispose();
  }

  function change(session: Session | null, end = dispose): void {
    undoWatch();
    const leaving = signedIn;
    signedIn = null;
    sessions.write(session, leaving?.session);
    if (leaving !== null) end(leaving.client);
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
    leave: () => change(null),
    async signOut() {
      settings.forgetPerson();
      let wiped: Promise<void> | undefined;
      change(null, (client) => {
        draftsOf(client).wipe();
        wiped = client.signOut().finally(() => client.dispose());
      });
      await wiped;
    },
  };
}
