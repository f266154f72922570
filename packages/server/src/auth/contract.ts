/** Owns who somebody is: what a token becomes. The host application decides; `authenticate` is its word. */
import type { UserId } from '@natter/protocol';

export interface Identity {
  /** 1 to 128 printable ASCII characters without spaces; anything else is refused as a fault of the server. */
  userId: UserId;
  /** 1 to 120 characters, not only blanks, no control characters. Shown to others; saved at every sign-in, unless the person has chosen another and may. */
  name: string;
  /** Unix ms after which the socket is closed with `tokenExpired`; null: never. */
  expiresAt: number | null;
  /** Unix ms, where the token says it. */
  issuedAt?: number;
  /** What `revoke` can name this token by. */
  tokenId?: string;
}

/** Rejects with `NatterError` `unauthenticated` or `tokenExpired`; any other rejection is a fault of the server (`internal`). */
export type Authenticate = (token: string) => Promise<Identity>;
