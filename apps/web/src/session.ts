/** Owns who is signed in, in this tab only: two tabs can be two people, and closing one forgets them. */
export type Session =
  | { kind: 'demo'; userId: string; name: string }
  | { kind: 'token'; token: string };

type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const key = 'natter.session';

export function readSession(storage: SessionStorage): Session | null {
  try {
    return checkSession(JSON.parse(storage.getItem(key) ?? 'null'));
  } catch {
    // Storage that is closed to us, or somebody else's writing in it: nobody is signed in.
    return null;
  }
}

export function writeSession(storage: SessionStorage, session: Session | null): void {
  try {
    if (session === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(session));
  } catch {
    // Without storage the session lasts until the page is loaded again.
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
