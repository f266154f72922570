/** Who may, and over what: on real NATS servers that ask. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterEach, describe, expect, it } from 'vitest';
import { type NatsServer, natsProgram, startNats } from '../../../../../tests/services/nats.ts';
import type { Runtime } from '../../runtime/contract.ts';
import { silentLog, systemClock, systemRandom } from '../../runtime/system.ts';
import { openNats } from './nats.ts';

const runtime: Runtime = { clock: systemClock, random: systemRandom, log: silentLog };

/** Of 127.0.0.1, signed by itself, until 2120; for these tests alone. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBazCCARGgAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtuYXR0ZXIg
dGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
AwwLbmF0dGVyIHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR4CyKhfSMP
YASNVuuLQppJAPcRs9z9zHgwp3crb6ppH+Ohas/KVUOJoYdVabM2winKLROvMp7v
uXLCyolTXPeSo04wTDAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwDwYDVR0T
AQH/BAUwAwEB/zAdBgNVHQ4EFgQUxH4YSYxUYSpiGqomsYawko2FNvwwCgYIKoZI
zj0EAwIDSAAwRQIhAKyXCterwNJBlQDWiLO2MhczxqbYy5fWBB6+POuRisXGAiAB
P/GgWVuEP3gZf/0YRj6puF9Xs17Yyku+6L0ODedtxg==
-----END CERTIFICATE-----
`;
const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyBJZJg9vlQ1TzMuQ
fRcfaEGzjZY8dXQl/kE0W6j6UCyhRANCAAR4CyKhfSMPYASNVuuLQppJAPcRs9z9
zHgwp3crb6ppH+Ohas/KVUOJoYdVabM2winKLROvMp7vuXLCyolTXPeS
-----END PRIVATE KEY-----
`;

describe.skipIf(natsProgram === undefined)('signing in at NATS', { timeout: 30_000 }, () => {
  let nats: NatsServer | null = null;
  afterEach(async () => {
    await nats?.stop();
    nats = null;
  });

  /** Whether it connects; else why not. */
  async function attempt(url: string): Promise<string> {
    try {
      const bus = await openNats({ url, runtime });
      const status = bus.isConnected ? 'connected' : 'away';
      await bus.close();
      return status;
    } catch (error) {
      return `${error instanceof Error ? `${error.name}: ${error.message}` : error}`;
    }
  }

  it('by user and password; others are refused with a sentence that repeats no secret', async () => {
    nats = await startNats('authorization { user: "me", password: "p@ss:word" }');
    const host = `127.0.0.1:${nats.port}`;
    expect(await attempt(`nats://me:p%40ss%3Aword@${host}`)).toBe('connected');
    for (const url of [`nats://me:wrong@${host}`, `nats://${host}`, `nats://p%40ss@${host}`]) {
      const told = await attempt(url);
      expect(told).toMatch(/^BusError: unable to use NATS at 127\.0\.0\.1:\d+: .*authorization/i);
      expect(told).not.toContain('wrong');
    }
  });

  it('by token', async () => {
    nats = await startNats('authorization { token: "a token" }');
    expect(await attempt(`nats://a%20token@127.0.0.1:${nats.port}`)).toBe('connected');
    expect(await attempt(`nats://another@127.0.0.1:${nats.port}`)).toContain('BusError');
  });

  it('by nkey, whose seed is in a file', async () => {
    const pair = nkeys.createUser();
    let file = '';
    nats = await startNats(async (folder) => {
      file = join(folder, 'user.nk');
      await writeFile(file, `${new TextDecoder().decode(pair.getSeed())}\n`);
      return `authorization { users = [{ nkey: ${pair.getPublicKey()} }] }`;
    });
    expect(await attempt(`${nats.url}?nkey=${file}`)).toBe('connected');
    expect(await attempt(`${nats.url}?nkey=${file}.absent`)).toContain('BusError');
    expect(await attempt(nats.url)).toContain('BusError');
  });

  it('by creds, of an operator whom the server trusts', async () => {
    const [operator, account, user] = [
      nkeys.createOperator(),
      nkeys.createAccount(),
      nkeys.createUser(),
    ];
    /** As `nsc` makes them. */
    const jwt = (signer: typeof user, subject: typeof user, type: string, more: object = {}) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = {
        jti: 'a test',
        iat: Math.floor(Date.now() / 1_000) - 60,
        iss: signer.getPublicKey(),
        sub: subject.getPublicKey(),
        name: type,
        nats: { type, version: 2, ...more },
      };
      const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(claims)}`;
      return `${signed}.${Buffer.from(signer.sign(Buffer.from(signed))).toString('base64url')}`;
    };
    const none = -1;
    const limits = {
      subs: none,
      data: none,
      payload: none,
      imports: none,
      exports: none,
      conn: none,
      leaf: none,
      wildcards: true,
    };
    let file = '';
    nats = await startNats(async (folder) => {
      file = join(folder, 'user.creds');
      const seed = new TextDecoder().decode(user.getSeed());
      const userJwt = jwt(account, user, 'user', { subs: none, data: none, payload: none });
      await writeFile(
        file,
        `-----BEGIN NATS USER JWT-----\n${userJwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
      );
      return `operator: ${jwt(operator, operator, 'operator')}
        resolver: MEMORY
        resolver_preload: { ${account.getPublicKey()}: ${jwt(operator, account, 'account', { limits })} }`;
    });
    expect(await attempt(`${nats.url}?creds=${file}`)).toBe('connected');
    expect(await attempt(nats.url)).toContain('BusError');
  });

  it('over TLS, by a certificate that is trusted and by no other', async () => {
    let folder = '';
    nats = await startNats(async (path) => {
      folder = path;
      await writeFile(join(path, 'cert.pem'), certificate);
      await writeFile(join(path, 'key.pem'), privateKey);
      const [cert, key] = [join(path, 'cert.pem'), join(path, 'key.pem')];
      return `tls { cert_file: "${cert}", key_file: "${key}", ca_file: "${cert}", verify: true }`;
    });
    const host = `127.0.0.1:${nats.port}`;
    const [ca, cert, key] = ['cert.pem', 'cert.pem', 'key.pem'].map((name) => join(folder, name));
    expect(await attempt(`tls://${host}?ca=${ca}&cert=${cert}&key=${key}`)).toBe('connected');
    expect(await attempt(`tls://${host}?cert=${cert}&key=${key}`)).toMatch(/BusError.*self.signed/);
    expect(await attempt(`tls://${host}?ca=${ca}`)).not.toBe('connected');
  });

  it('a server without TLS is refused where TLS is asked for', async () => {
    nats = await startNats();
    expect(await attempt(`tls://127.0.0.1:${nats.port}`)).toMatch(/BusError.*'tls'/);
  });

  it('an address that is none is said to be so', async () => {
    expect(await attempt('http://127.0.0.1')).toMatch(/^BusError: the address of NATS must be/);
  });
});
