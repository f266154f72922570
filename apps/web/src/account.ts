/**
 * Owns the one client of the page: made on signing in, disposed on leaving, never by a component's mount. Signing out
 * wipes what the device keeps of the person, drafts too, in all tabs; leaving alone, to sign in again, does not. A token
 * that is new here counts, and is remembered, once the server has taken it.
 */
import { type ChatClient, type ErrorBody, readClaims } from '@natter/client';
import type { Drafts } from '@natter/ui';
import type { Session, Sessions } from './session.ts';
import type { SettingsStore } from './settings/settings.ts';

export type AccountSnapshot =
  | { status: 'signedOut'; refused: Refused | null }
  /** A token waits for the server's word. */
  | { status: 'entering'; session: TokenSession; client: ChatClient }
  | {
      status: 'signedIn';
      session: Session;
      client: ChatClient;
      /** A link brought the token of somebody else: nobody becomes another person without being asked. */
      offer: { token: string; name: string } | null;
    };

/** Why a token signs nobody in. */
export interface Refused {
  token: string;
  error: ErrorBody | null;
}

type TokenSession = Extract<Session, { kind: 'token' }>;

export interface AccountWorld {
  sessions: Pick<Sessions, 'read' | 'write'>;
  /** What they set on the device stays; what names conversations goes when they sign out. */
  settings: Pick<SettingsStore, 'forgetPerson'>;
  /** `gone` is aborted when this person has left. */
  openClient: (session: Session, gone: AbortSignal) => ChatClient;
  draftsOf: (client: ChatClient) => Pick<Drafts, 'wipe' | 'dispose'>;
}

export interface Account {
  getSnapshot(): AccountSnapshot;
  subscribe(listener: () => void): () => void;
  signIn(session: Session): void;
  /** A token that came by a link: taken where nobody else is signed in, else offered. */
  bring(token: string): void;
  refuseOffer(): void;
  /** Back to the sign-in page; history and unsent messages stay on the device. */
  leave(): void;
  /** Wipes them. Resolves when that is done; the sign-in page shows at once. */
  signOut(): Promise<void>;
}

export function createAccount({ sessions, settings, openClient, draftsOf }: AccountWorld): Account {
  const listeners = new Set<() => void>();
  let now: AccountSnapshot = { status: 'signedOut', refused: null };
  let undoWatch = () => {};

  function become(next: AccountSnapshot): void {
    now = next;
    for (const listener of [...listeners]) listener();
  }

  function enter(session: Session, isNew: boolean): void {
    const gone = new AbortController();
    const client = openClient(session, gone.signal);
    let wasSomebody = false;
    const undoMe = client.me.subscribe(() => {
      const isSomebody = client.me.getSnapshot() !== null;
      // Signed out in another tab.
      if (wasSomebody && !isSomebody) {
        draftsOf(client).wipe();
        change(null);
      }
      wasSomebody = isSomebody;
    });
    const undoConnection = client.connection.subscribe(settleEntering);
    undoWatch = () => {
      gone.abort();
      undoMe();
      undoConnection();
    };
    client.connection.connect();
    if (isNew && session.kind === 'token') become({ status: 'entering', session, client });
    else become({ status: 'signedIn', session, client, offer: null });
  }

  function settleEntering(): void {
    if (now.status !== 'entering') return;
    const { session, client } = now;
    const { status } = client.connection.getSnapshot();
    if (status === 'connected') {
      sessions.write(session);
      become({ status: 'signedIn', session, client, offer: null });
    } else if (status === 'disconnected') change(null, { refused: refusalOf(now) });
  }

  function dispose(client: ChatClient): void {
    draftsOf(client).dispose();
    client.dispose();
  }

  function change(
    session: Session | null,
    {
      end = dispose,
      refused = null,
      isNew = session?.kind === 'token',
    }: { end?: (client: ChatClient) => void; refused?: Refused | null; isNew?: boolean } = {},
  ): void {
    undoWatch();
    undoWatch = () => {};
    const leaving = now;
    sessions.write(isNew ? null : session, leaving.status === 'signedIn' ? leaving.session : null);
    if (leaving.status !== 'signedOut') end(leaving.client);
    if (session !== null) enter(session, isNew);
    else become({ status: 'signedOut', refused });
  }

  const remembered = sessions.read();
  if (remembered !== null) enter(remembered, false);

  return {
    getSnapshot: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: (session) => change(session),
    bring(token) {
      if (now.status !== 'signedIn') change({ kind: 'token', token });
      else if (isSamePerson(now.session, token)) change({ kind: 'token', token }, { isNew: false });
      else become({ ...now, offer: { token, name: nameOf(token) } });
    },
    refuseOffer() {
      if (now.status === 'signedIn') become({ ...now, offer: null });
    },
    leave: () => change(null, { refused: refusalOf(now) }),
    async signOut() {
      settings.forgetPerson();
      let wiped: Promise<void> | undefined;
      change(null, {
        end(client) {
          draftsOf(client).wipe();
          wiped = client.signOut().finally(() => client.dispose());
        },
      });
      await wiped;
    },
  };
}

/** Null unless it was a token, and the server would not have it. */
function refusalOf(leaving: AccountSnapshot): Refused | null {
  if (leaving.status === 'signedOut' || leaving.session.kind !== 'token') return null;
  const connection = leaving.client.connection.getSnapshot();
  if (connection.status !== 'disconnected') return null;
  const { reason, error } = connection;
  return reason === 'signedOut' || reason === 'refused'
    ? { token: leaving.session.token, error }
    : null;
}

function isSamePerson(session: Session, token: string): boolean {
  const claims = session.kind === 'token' ? readClaims(session.token) : session;
  return claims?.userId != null && readClaims(token)?.userId === claims.userId;
}

/** As the token says, and as much of it as a question has room for. */
function nameOf(token: string): string {
  const claims = readClaims(token);
  return (claims?.name ?? claims?.userId ?? '').slice(0, 80);
}
