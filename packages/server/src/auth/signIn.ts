/**
 * Owns turning a token into a caller. The name is saved when it is new, remembered so that most calls write nothing.
 * Where people may name themselves, the name that somebody chose stands, whatever the token says.
 */
import { NatterError, type UserId } from '@natter/protocol';
import { Name, UserId as UserIdSchema } from '@natter/protocol/schemas';
import { Compile } from 'typebox/compile';
import type { Clock } from '../runtime/contract.ts';
import type { Storage } from '../storage/contract.ts';
import type { Authenticate, Identity } from './contract.ts';

const rememberedMax = 50_000;
const userIds = Compile(UserIdSchema);
const displayNames = Compile(Name);

export interface SignIn {
  /** Rejects with `unauthenticated` or `tokenExpired`. */
  signIn(token: string): Promise<Identity>;
  /** Somebody whom the host names: from now on known as if they had signed in. */
  save(user: { userId: UserId; name: string }): Promise<void>;
  /** For the server's own calls: somebody who has signed in before. Rejects with `notFound`. */
  find(userId: UserId): Promise<Identity>;
  /** What this person is called now, as far as it is remembered; else as when they signed in. */
  nameOf(person: { userId: UserId; name: string }): string;
  /** This person may have another name. */
  renamed(userId: UserId): Promise<void>;
}

export function createSignIn(deps: {
  authenticate: Authenticate;
  storage: Storage;
  clock: Clock;
  /** A name that somebody chose is not written over by the token's. */
  keepChosen: boolean;
}): SignIn {
  const { authenticate, storage, clock, keepChosen } = deps;
  /** `said`: the token's name that was saved last; null when no token has come yet. */
  const names = new Map<UserId, { said: string | null; name: string }>();

  function remember(userId: UserId, known: { said: string | null; name: string }): void {
    names.delete(userId);
    names.set(userId, known);
    if (names.size <= rememberedMax) return;
    const [oldest] = names.keys();
    if (oldest !== undefined) names.delete(oldest);
  }

  async function save(userId: UserId, tokenName: string): Promise<string> {
    const said = tokenName.toWellFormed();
    const known = names.get(userId);
    if (known?.said === said) return known.name;
    const { name } = await storage.saveUser({ id: userId, name: said, keepChosen });
    remember(userId, { said, name });
    return name;
  }

  return {
    async signIn(token) {
      const identity = await authenticate(token);
      if (identity.expiresAt !== null && identity.expiresAt <= clock.now()) {
        throw new NatterError(
          'tokenExpired',
          'unable to sign in: the token has expired; fetch a new one',
        );
      }
      checkPerson(identity, 'authenticate gave');
      return { ...identity, name: await save(identity.userId, identity.name) };
    },

    async save(user) {
      checkPerson(user, 'unable to save a user:');
      await save(user.userId, user.name);
    },

    async find(userId) {
      const known = names.get(userId);
      if (known !== undefined) return { userId, name: known.name, expiresAt: null };
      const [user] = await storage.getUsers([userId]);
      if (user === undefined)
        throw new NatterError(
          'notFound',
          'unable to call for this person: they have never signed in; natter.saveUser() makes them known',
        );
      remember(userId, { said: null, name: user.name });
      return { userId, name: user.name, expiresAt: null };
    },

    nameOf: ({ userId, name }) => names.get(userId)?.name ?? name,

    async renamed(userId) {
      if (!names.has(userId)) return;
      const [user] = await storage.getUsers([userId]);
      const known = names.get(userId);
      if (user !== undefined && known !== undefined) known.name = user.name;
    },
  };
}

/** The host's own mistake: with a space in it, an id could pass for two, and what is too long has no bound anywhere. */
function checkPerson({ userId, name }: { userId: UserId; name: string }, said: string): void {
  if (!userIds.Check(userId))
    throw new TypeError(
      `${said} a userId that is not 1 to 128 printable ASCII characters without spaces`,
    );
  if (!displayNames.Check(name))
    throw new TypeError(
      `${said} a name that is not 1 to 120 characters without control characters`,
    );
}
