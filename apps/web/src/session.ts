/**
 * Owns who is signed in. A token is remembered for every tab until its owner signs out. People of the demo are signed
 * in to one tab, so that two tabs can be two people; a new tab goes on as the last one only when no other tab is open.
 */
export type Session =
  | { kind: 'demo'; userId: string; name: string }
  | { kind: 'token'; token: string };

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Sessions {
  read(): Session | null;
  /** In place of who leaves: this tab's person, if nothing else is said. */
  write(session: Session | null, leaving?: Session | null): void;
  /** Whom the demo was last used as, if this tab has nobody and no other tab is open. */
  continueDemo(): Promise<void>;
}

const key = 'natter.session';
const demoLock = 'natter.demo';

export function createSessions({
  tab,
  device,
  locks,
}: {
  tab: Store;
  device: Store;
  /** Left out where the page has none (plain http from another machine): then no tab knows of another. */
  locks?: Pick<LockManager, 'request' | 'query'>;
}): Sessions {
  /** For as long as this tab is open. */
  function sayOpen(): void {
    locks?.request(demoLock, { mode: 'shared' }, () => new Promise(() => {})).catch(() => {});
  }

  function read(): Session | null {
    const last = readSession(device);
    return readSession(tab) ?? (last?.kind === 'token' ? last : null);
  }

  return {
    read,
    write(session, leaving = read()) {
      if (leaving?.kind === 'demo') remove(device, demoTokenKey(leaving.userId));
      // Somebody else may have signed in since, in another tab.
      if (session !== null || isSame(readSession(device), checkSession(leaving)))
        writeSession(device, session);
      writeSession(tab, session?.kind === 'demo' ? session : null);
      if (session?.kind === 'demo') sayOpen();
    },
    async continueDemo() {
      if (locks === undefined) return;
      const last = read() ?? readSession(device);
      if (last?.kind !== 'demo') return;
      if (readSession(tab) === null) {
        // Where they cannot be asked for, another tab may be open.
        const { held = [{ name: demoLock }] } = await locks
          .query()
          .catch(() => ({}) as LockManagerSnapshot);
        if (held.some(({ name }) => name === demoLock)) return;
        writeSession(tab, last);
      }
      sayOpen();
    },
  };
}

/** A browser that is told to block cookies throws already when its storage is named: that has nothing, and keeps nothing. */
export function openStore(open: () => Store): Store {
  try {
    return open();
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}

/** Where the last token of somebody of the demo is. */
export const demoTokenKey = (userId: string): string => `natter.token.${userId}`;

function readSession(storage: Store): Session | null {
  try {
    return checkSession(JSON.parse(storage.getItem(key) ?? 'null'));
  } catch {
    // Storage that is closed to us, or somebody else's writing in it: nobody is signed in.
    return null;
  }
}

function writeSession(storage: Store, session: Session | null): void {
  try {
    if (session === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(session));
  } catch {
    // Without storage the session lasts until the page is loaded again.
  }
}

function remove(storage: Store, name: string): void {
  try {
    storage.removeItem(name);
  } catch {
    // Nothing is there then.
  }
}

function checkSession(value: unknown): Session | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const session = value as Record<string, unknown>;
  if (session.kind === 'token' && typeof session.token === 'string') {
    return { kind: 'token', token: session.token };
  }
  if (
    session.kind === 'demo' &&
    typeof session.userId === 'string' &&
    typeof session.name === 'string'
  ) {
    return { kind: 'demo', userId: session.userId, name: session.name };
  }
  return null;
}

/** Both as `checkSession` gives them. */
function isSame(one: Session | null, other: Session | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
