/**
 * Owns whose tokens are not taken any more. They are in the database, where `natter revoke` writes them: every node looks
 * there for itself, so it needs no bus, and who was revoked while a node was away does not get in either.
 */
import { NatterError } from '@natter/protocol';
import type { Authenticate, Identity, Revocation, Runtime, Storage } from '@natter/server';

export interface Revoked {
  /** Refuses what it lets through, if it was taken back. */
  guard(authenticate: Authenticate): Authenticate;
  /** Calls for each that is new from now on. Returns its undo. */
  watch(onRevoked: (what: Revocation) => void): () => void;
}

/** Sockets are to be closed within 5 s. */
const lookMs = 2_000;
/** How late a commit may show, in the database's time (postgres.ts). */
const lateMsMax = 60_000;
const pageSize = 2_000;

export async function readRevoked(
  storage: Storage,
  { clock, log }: Pick<Runtime, 'clock' | 'log'>,
): Promise<Revoked> {
  /** Unix ms, by user id and by token id. */
  const users = new Map<string, number>();
  const tokens = new Map<string, number>();
  let newest = 0;
  await look(() => {});

  async function look(onRevoked: (what: Revocation) => void): Promise<void> {
    let since = newest - lateMsMax;
    for (;;) {
      const page = await storage.listRevocations(since, pageSize);
      for (const { what, at } of page) {
        const [known, id] = 'userId' in what ? [users, what.userId] : [tokens, what.tokenId];
        if (known.get(id) === at) continue;
        known.set(id, at);
        onRevoked(what);
      }
      const last = page.at(-1)?.at ?? 0;
      newest = Math.max(newest, last);
      if (page.length < pageSize || last === since) return;
      since = last;
    }
  }

  /** A token that does not say when it was issued may be from before. */
  function isRevoked({ userId, tokenId, issuedAt }: Identity): boolean {
    if (tokenId !== undefined && tokens.has(tokenId)) return true;
    const at = users.get(userId);
    return at !== undefined && (issuedAt ?? 0) <= at;
  }

  return {
    guard: (authenticate) => async (token) => {
      const identity = await authenticate(token);
      if (isRevoked(identity))
        throw new NatterError(
          'unauthenticated',
          'unable to sign in: this token was revoked; fetch a new one',
        );
      return identity;
    },

    watch(onRevoked) {
      let undo = () => {};
      let isOver = false;
      const lookAgain = async () => {
        try {
          await look(onRevoked);
        } catch (error) {
          // The storage says more; whatever is new is found once it answers.
          log.debug({ error }, 'unable to look for revoked tokens');
        }
        if (!isOver) undo = clock.after(lookMs, () => void lookAgain());
      };
      undo = clock.after(lookMs, () => void lookAgain());
      return () => {
        isOver = true;
        undo();
      };
    },
  };
}
