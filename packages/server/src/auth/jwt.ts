/**
 * Owns signing in with JSON Web Tokens: HS256 with a shared secret, or the public keys of a JWKS. The algorithms are
 * fixed here, never chosen by the token; `sub` is the user id, `name` the name shown, `iat` when it was issued, `jti` its id.
 */
import { limits, NatterError, type UserId } from '@natter/protocol';
import { Name, UserId as UserIdSchema } from '@natter/protocol/schemas';
import {
  createRemoteJWKSet,
  type JWTPayload,
  type JWTVerifyOptions,
  errors as joseErrors,
  jwtVerify,
} from 'jose';
import { Compile } from 'typebox/compile';
import type { Clock } from '../runtime/contract.ts';
import { systemClock } from '../runtime/system.ts';
import type { Authenticate, Identity } from './contract.ts';

export type JwtOptions = ({ secret: string } | { jwksUrl: string | URL }) & {
  issuer?: string | undefined;
  audience?: string | undefined;
  clock?: Clock | undefined;
};

const secretCharactersMin = 32;
const clockToleranceMs = 5_000;
const sharedKeyAlgorithms = ['HS256'];
const publicKeyAlgorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];

const userIds = Compile(UserIdSchema);
const names = Compile(Name);

/** Throws at once when the secret is too short to be one. */
export function createJwtAuthenticate(options: JwtOptions): Authenticate {
  const { issuer, audience, clock = systemClock } = options;
  const verify = createVerify(options);

  return async (token) => {
    const verifyOptions: JWTVerifyOptions = {
      requiredClaims: ['sub'],
      clockTolerance: clockToleranceMs / 1_000,
      currentDate: new Date(clock.now()),
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    };
    try {
      return toIdentity((await verify(token, verifyOptions)).payload);
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

function createVerify(
  options: JwtOptions,
): (token: string, verifyOptions: JWTVerifyOptions) => Promise<{ payload: JWTPayload }> {
  if ('secret' in options) {
    if (options.secret.length < secretCharactersMin) {
      throw new RangeError(
        `unable to check tokens: the secret needs at least ${secretCharactersMin} characters`,
      );
    }
    const key = new TextEncoder().encode(options.secret);
    return (token, rest) => jwtVerify(token, key, { ...rest, algorithms: sharedKeyAlgorithms });
  }
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), { timeoutDuration: 5_000 });
  return (token, rest) => jwtVerify(token, keys, { ...rest, algorithms: publicKeyAlgorithms });
}

function toIdentity({ sub, name, exp, iat, jti }: JWTPayload): Identity {
  if (!userIds.Check(sub)) {
    throw new NatterError(
      'unauthenticated',
      'unable to sign in: sub of the token must be 1 to 128 printable ASCII characters',
    );
  }
  // The tolerance of the check, so that a token is not dead on arrival.
  const expiresAt = exp === undefined ? null : exp * 1_000 + clockToleranceMs;
  return {
    userId: sub as UserId,
    name: toName(name) ?? sub.slice(0, limits.nameCharactersMax),
    expiresAt,
    ...(iat === undefined ? {} : { issuedAt: iat * 1_000 }),
    ...(jti === undefined ? {} : { tokenId: jti }),
  };
}

/** Null for what cannot be shown as a name. */
function toName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return names.Check(trimmed) ? trimmed : null;
}

/** What is wrong with the token is the caller's matter; keys that cannot be fetched are ours. */
function toRefusal(error: unknown): unknown {
  if (error instanceof NatterError) return error;
  if (error instanceof joseErrors.JWTExpired) {
    return new NatterError(
      'tokenExpired',
      'unable to sign in: the token has expired; fetch a new one',
      { cause: error },
    );
  }
  if (
    error instanceof joseErrors.JWKSTimeout ||
    !(error instanceof joseErrors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC'
  ) {
    return error;
  }
  return new NatterError('unauthenticated', 'unable to sign in: the token is not valid here', {
    cause: error,
  });
}
