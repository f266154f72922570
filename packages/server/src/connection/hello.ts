/**
 * Owns the first call. Subscriptions come first, then the snapshot, then the reply, so that nothing falls between.
 * `since` is a point of the database's time, read before the heads are: an extra head is harmless, a missing one not.
 */
import type {
  Head,
  HelloParams,
  HelloResult,
  Limits,
  User,
  UserId,
  WatchParams,
  WatchResult,
} from '@natter/protocol';
import { limits, NatterError, protocolVersion, timings } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/contract.ts';
import type { SignIn } from '../auth/signIn.ts';
import type { Answer } from '../delivery/answer.ts';
import { type Buckets, costOf } from '../dispatch/rates.ts';
import { checkParams } from '../dispatch/validation.ts';
import { traced } from '../runtime/tracing.ts';
import type { Storage } from '../storage/contract.ts';

/** As many changes or more: loading the list afresh is cheaper. */
const headsMax = 1_000;
const sinceText = /^s([0-9a-z]{11})$/;

/** Opaque to clients, and of constant size. */
export function encodeSince(point: number): string {
  return `s${Math.max(0, Math.floor(point)).toString(36).padStart(11, '0')}`;
}

export function decodeSince(since: string): number | null {
  const digits = sinceText.exec(since)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 36);
}

/** A token that is missing or no text is a token that does not count, whatever else is wrong with the params. */
export function checkHello(params: unknown): HelloParams {
  const { token } = (params ?? {}) as { token?: unknown };
  if (typeof token !== 'string' || token === '' || token.length > limits.tokenCharactersMax) {
    throw new NatterError('unauthenticated', 'unable to sign in: hello needs a token');
  }
  checkParams('hello', params);
  return params as HelloParams;
}

export interface Hello {
  identify(params: HelloParams): Promise<Identity>;
  /** The snapshot; the heads that do not fit the reply are left over. */
  greet(caller: Caller, params: HelloParams): Promise<{ result: HelloResult; laterHeads: Head[] }>;
}

export function createHello(deps: {
  signIn: SignIn;
  storage: Storage;
  resumePoint: () => Promise<number>;
  limits: Limits;
  buckets: { user: Buckets };
  nameEditable: boolean;
  watch: (caller: Caller, params: WatchParams) => Promise<Answer<WatchResult>>;
}): Hello {
  const { signIn, storage, limits, buckets, nameEditable } = deps;

  /** `changed` is null for somebody who begins afresh. */
  async function readSnapshot(
    userId: UserId,
    from: number | null,
  ): Promise<{ user: User | null; changed: Head[] | null }> {
    if (from === null) {
      const [user] = await storage.getUsers([userId]);
      return { user: user ?? null, changed: null };
    }
    const { user, heads } = await storage.getSnapshot(userId, from, headsMax);
    return { user, changed: heads };
  }

  return {
    async identify({ token, protocol = protocolVersion }) {
      if (protocol !== protocolVersion) {
        throw new NatterError(
          'badRequest',
          `unable to speak protocol ${protocol}: this server speaks ${protocolVersion}`,
        );
      }
      return await signIn.signIn(token);
    },

    greet(caller, { since, epoch, watch }) {
      return traced('hello', async () => {
        // Signing in is bounded by address; whom it watches costs as in `watch`.
        const waitMs = buckets.user.take(caller.userId, costOf('watch', watch) - 1);
        if (waitMs > 0)
          throw new NatterError('rateLimited', 'unable to sign in: you watch too many too often', {
            retryAfterMs: waitMs,
          });
        const presence =
          watch === undefined ? [] : (await deps.watch(caller, watch)).result.presence;
        const point = await deps.resumePoint();
        const from = since === undefined || epoch !== storage.epoch ? null : decodeSince(since);
        const { user, changed } = await readSnapshot(caller.userId, from);
        const reset = changed === null || changed.length >= headsMax;
        const heads = reset ? [] : changed.slice(0, limits.headsPerPageMax);
        const laterHeads = reset ? [] : changed.slice(limits.headsPerPageMax);
        const result = {
          userId: caller.userId,
          name: user?.name ?? caller.name,
          picture: user?.picture ?? null,
          nameEditable,
          connectionId: caller.connectionId ?? '',
          protocol: protocolVersion,
          epoch: storage.epoch,
          since: encodeSince(point),
          reset,
          heads,
          moreHeads: laterHeads.length > 0,
          presence,
          heartbeatMs: timings.heartbeatMs,
          limits,
        };
        return { result, laterHeads };
      });
    },
  };
}
