/**
 * Owns the token: fetched once at a time, renewed before it runs out, and never used again once the server refused it.
 * If it is a JWT its claims are read (not verified: that is the server's part) for its end and for who I am.
 */
import { NatterError, type UserId } from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';

/** `null`: nobody is signed in. */
export type GetToken = () => string | null | Promise<string | null>;

export interface Claims {
  userId: UserId | null;
  name: string | null;
  /** Unix ms. */
  expiresAt: number | null;
}

export interface Tokens {
  get(): Promise<string | null>;
  /** The server no longer takes it. */
  refuse(token: string): void;
  dispose(): void;
}

/** This long before its end a token counts as over, so that no call carries one that ends on the way. */
const marginMs = 30_000;
const fetchTimeoutMs = 30_000;

/** What a JWT says of itself: unverified, so good for showing and for no decision about rights. Null for what is none. */
export function readClaims(token: string): Claims | null {
  try {
    const [, part, signature, more] = token.split('.');
    if (part === undefined || signature === undefined || more !== undefined) return null;
    const bytes = Uint8Array.from(
      atob(part.replaceAll('-', '+').replaceAll('_', '/')),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return null;
    const { sub, name, exp } = claims as { sub?: unknown; name?: unknown; exp?: unknown };
    return {
      userId: typeof sub === 'string' ? (sub as UserId) : null,
      name: typeof name === 'string' ? name : null,
      expiresAt: typeof exp === 'number' ? exp * 1_000 : null,
    };
  } catch {
    return null;
  }
}

export function createTokens({
  getToken,
  clock,
  onClaims,
}: {
  getToken: GetToken;
  clock: Clock;
  /** Throws when this is a token that must not be used. */
  onClaims?: (claims: Claims) => void;
}): Tokens {
  let current: string | null = null;
  /** Of the last one that was given; one that says no end has none. */
  let expiresAt = Number.POSITIVE_INFINITY;
  let refused: string | null = null;
  let fetching: Promise<string | null> | null = null;
  let cancelRenewal: (() => void) | null = null;
  let disposed = false;

  const freshMs = (): number => expiresAt - marginMs - clock.now();

  function keep(token: string | null): string | null {
    if (token !== null && token === refused) {
      throw new NatterError(
        'unauthenticated',
        'unable to connect: the server refused this token and getToken() gave it again',
      );
    }
    cancelRenewal?.();
    // Until it is known to be taken: whoever asks again is not given the last one.
    current = null;
    const claims = token === null ? null : readClaims(token);
    if (claims !== null) onClaims?.(claims);
    current = token;
    expiresAt = claims?.expiresAt ?? Number.POSITIVE_INFINITY;
    const inMs = freshMs();
    // The next one is there when the server closes the socket at the end of this one. A failure is found again then.
    if (inMs > 0 && Number.isFinite(inMs))
      cancelRenewal = clock.after(inMs, () => void fetchToken().catch(() => {}));
    return token;
  }

  function fetchToken(): Promise<string | null> {
    fetching ??= new Promise<string | null>((resolve, reject) => {
      const cancel = clock.after(fetchTimeoutMs, () =>
        reject(new Error(`getToken() gave nothing within ${fetchTimeoutMs / 1_000} s`)),
      );
      Promise.resolve().then(getToken).then(resolve, reject).finally(cancel);
    })
      .then((token) => (disposed ? null : keep(token)))
      .finally(() => {
        fetching = null;
      });
    return fetching;
  }

  return {
    get() {
      if (fetching !== null) return fetching;
      return current !== null && freshMs() > 0 ? Promise.resolve(current) : fetchToken();
    },
    refuse(token) {
      refused = token;
      if (current === token) current = null;
    },
    dispose() {
      disposed = true;
      cancelRenewal?.();
      current = null;
    },
  };
}
