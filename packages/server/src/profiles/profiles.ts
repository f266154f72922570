/**
 * Owns what people say of themselves: name and picture. A name is theirs to change where the host application lets
 * them; who is told are their own devices and whoever watches them, everybody else sees it when they next look.
 */
import type { UpdateProfileParams, UpdateProfileResult, UserId } from '@natter/protocol';
import { NatterError } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { badRequest, refusal } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Storage } from '../storage/contract.ts';

/** `editable`: people name themselves, and the token's name is the first one only. `fromToken`: the token's name counts. */
export type ProfileNames = 'editable' | 'fromToken';

export interface Profiles {
  updateProfile(caller: Caller, params: UpdateProfileParams): Promise<Answer<UpdateProfileResult>>;
}

export function createProfiles(deps: {
  storage: Storage;
  delivery: Delivery;
  names: ProfileNames;
  /** Counts one change of theirs. 0, or how long they have to wait, in ms. */
  takeRate: (userId: UserId) => number;
}): Profiles {
  const { storage, delivery, names, takeRate } = deps;
  const attempt = 'change your profile';

  return {
    async updateProfile(caller, { name, picture }) {
      const { userId, connectionId } = caller;
      if (name === undefined && picture === undefined)
        throw badRequest(attempt, 'give a name, a picture, or both');
      if (name !== undefined && names === 'fromToken')
        throw new NatterError(
          'forbidden',
          'unable to change your name: it comes from where you signed in; change it there',
        );
      const waitMs = takeRate(userId);
      if (waitMs > 0)
        throw new NatterError('rateLimited', `unable to ${attempt} so often: wait, then go on`, {
          retryAfterMs: waitMs,
        });
      const outcome = await storage.updateProfile({
        userId,
        name: name?.trim().toWellFormed(),
        picture,
      });
      if (outcome.outcome === 'refused') throw refusal(attempt, outcome.reason);
      const { user, changed } = outcome;
      if (!changed) return { result: { user } };
      const data = { name: user.name, picture: user.picture };
      const tell = () => delivery.tellProfile({ type: 'userUpdated', userId, data }, connectionId);
      return { result: { user }, tell };
    },
  };
}
