import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJwtAuthenticate } from './jwt.ts';

const secret = 'a shared secret of more than 32 characters';
const key = new TextEncoder().encode(secret);
const nowSeconds = () => Math.floor(Date.now() / 1_000);
const sign = (
  claims: JWTPayload,
  alg = 'HS256',
  signingKey: Uint8Array | KeyObject = key,
  kid?: string,
) =>
  new SignJWT(claims)
    .setProtectedHeader(kid === undefined ? { alg } : { alg, kid })
    .sign(signingKey);
const refused = (code: string) => ({ code });

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let jwksUrl: string;
const keysServer = createServer(async (_request, response) => {
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => void keysServer.listen(0, '127.0.0.1', resolve));
  jwksUrl = `http://127.0.0.1:${(keysServer.address() as AddressInfo).port}/jwks.json`;
});
afterAll(() => void keysServer.close());

test('[AUTH1] sub is the user id, name the name shown, exp the end', async () => {
  const authenticate = createJwtAuthenticate({ secret });
  const exp = nowSeconds() + 600;
  expect(await authenticate(await sign({ sub: 'ada', name: ' Ada ', exp }))).toEqual({
    userId: 'ada',
    name: 'Ada',
    expiresAt: exp * 1_000 + 5_000,
  });
  expect(await authenticate(await sign({ sub: 'ada' }))).toEqual({
    userId: 'ada',
    name: 'ada',
    expiresAt: null,
  });
  expect(await authenticate(await sign({ sub: 'ada', jti: 'one' }))).toMatchObject({
    tokenId: 'one',
  });
  for (const name of ['', '   ', 'a\u0000b', 7, 'x'.repeat(121), { first: 'Ada' }]) {
    expect(await authenticate(await sign({ sub: 'ada', name }))).toMatchObject({ name: 'ada' });
  }
});

test('[AUTH1] other algorithms, secrets and senders do not pass, none least of all', async () => {
  const authenticate = createJwtAuthenticate({ secret, issuer: 'host', audience: 'chat' });
  const claims = { sub: 'ada', iss: 'host', aud: 'chat' };
  await authenticate(await sign(claims));
  for (const token of [
    new UnsecuredJWT(claims).encode(),
    await sign(claims, 'HS512'),
    await sign(claims, 'ES256', privateKey),
    await sign(
      claims,
      'HS256',
      new TextEncoder().encode('another secret of more than 32 characters'),
    ),
    await sign({ ...claims, iss: 'else' }),
    await sign({ ...claims, aud: 'else' }),
    await sign({ iss: 'host', aud: 'chat' }),
    await sign({ ...claims, sub: 'has a blank' }),
    await sign({ ...claims, sub: '' }),
    await sign({ ...claims, nbf: nowSeconds() + 600 }),
    'not.a.token',
    '',
  ]) {
    await expect(authenticate(token)).rejects.toMatchObject(refused('unauthenticated'));
  }
});

test('[AUTH1] a token past its time is refused as such', async () => {
  const authenticate = createJwtAuthenticate({ secret });
  await expect(
    authenticate(await sign({ sub: 'ada', exp: nowSeconds() - 60 })),
  ).rejects.toMatchObject(refused('tokenExpired'));
});

test('[AUTH1] keys of a JWKS are taken, and a shared secret does not pass in their place', async () => {
  const authenticate = createJwtAuthenticate({ jwksUrl });
  expect(await authenticate(await sign({ sub: 'ada' }, 'ES256', privateKey, 'one'))).toMatchObject({
    userId: 'ada',
  });
  const publicBytes = publicKey.export({ type: 'spki', format: 'der' });
  for (const token of [
    await sign({ sub: 'ada' }, 'ES256', privateKey, 'two'),
    await sign({ sub: 'ada' }, 'HS256', publicBytes, 'one'),
    await sign(
      { sub: 'ada' },
      'ES256',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      'one',
    ),
  ]) {
    await expect(authenticate(token)).rejects.toMatchObject(refused('unauthenticated'));
  }
});

test('keys that cannot be fetched are a fault of ours, not of the token', async () => {
  const authenticate = createJwtAuthenticate({ jwksUrl: 'http://127.0.0.1:1/none' });
  const token = await sign({ sub: 'ada' }, 'ES256', privateKey, 'one');
  const error: unknown = await authenticate(token).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toHaveProperty('retry');
});

test('a secret that is too short is refused at the start', () => {
  expect(() => createJwtAuthenticate({ secret: 'short' })).toThrow('at least 32 characters');
});
