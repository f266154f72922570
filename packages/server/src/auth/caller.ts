/** Owns who is calling: always whom the token named, never whom a param names. */
import type { UserId } from '@natter/protocol';

export interface Caller {
  readonly userId: UserId;
  readonly name: string;
  /** The socket the call came by; null for HTTP and for the server's own calls. */
  readonly connectionId: string | null;
}
