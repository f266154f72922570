/** Owns why a token signs nobody in, as far as its owner can do something about it. */
import { readClaims } from '@natter/client';
import { limits } from '@natter/protocol';
import type { Refused } from '../account.ts';

export type RefusalKind = 'expired' | 'malformed' | 'notAccepted' | 'other';

/** Sooner than this, the SDK takes a token for one that has ended. */
const marginMs = 30_000;

export function kindOf({ token, error }: Refused, nowMs: number): RefusalKind {
  if (!looksWhole(token)) return 'malformed';
  const expiresAt = readClaims(token)?.expiresAt ?? Number.POSITIVE_INFINITY;
  if (error?.code === 'tokenExpired' || expiresAt - marginMs <= nowMs) return 'expired';
  return error === null || error.code === 'unauthenticated' ? 'notAccepted' : 'other';
}

/** Cheap and forgiving: whether it is right, the server says. */
export function looksWhole(token: string): boolean {
  return token.length <= limits.tokenCharactersMax && readClaims(token) !== null;
}
