/**
 * Owns the table of settings. Each row is an environment variable, a flag, its check and its line in `--help`;
 * nothing about a setting is written anywhere else.
 */
import { type ProfileNames, readNatsUrl } from '@natter/server';
import type { S3Options } from '@natter/server/s3';
import { readFilesUrl } from './filesUrl.ts';
import type { Reading } from './reading.ts';

export interface Setting<Value> {
  env: `NATTER_${string}`;
  flag: `--${string}`;
  /** What stands for the value in `--help`; null for a switch, which has `--no-…` too. */
  placeholder: string | null;
  about: string;
  /** Kept out of messages. */
  secret?: true;
  fallback: Value;
  read(text: string): Reading<Value>;
}

const secretBytesMin = 32;

export const settings = {
  port: setting({
    env: 'NATTER_PORT',
    flag: '--port',
    placeholder: '<number>',
    about: 'where to listen; 0 takes any free port',
    fallback: 4600,
    read: readPort(4600),
  }),
  host: setting({
    env: 'NATTER_HOST',
    flag: '--host',
    placeholder: '<address>',
    about: 'the network address to listen on; 0.0.0.0 lets other machines in',
    fallback: '127.0.0.1',
    read: readHost('0.0.0.0'),
  }),
  data: setting({
    env: 'NATTER_DATA',
    flag: '--data',
    placeholder: '<folder>',
    about: 'where everything is kept: database, files, keys',
    fallback: 'natter-data',
    read: (text) =>
      text.includes('\0') ? { problem: 'must be the path of a folder' } : { value: text },
  }),
  publicUrl: setting<string | null>({
    env: 'NATTER_PUBLIC_URL',
    flag: '--public-url',
    placeholder: '<url>',
    about: 'the address people open, when it is not http://localhost:<port>',
    fallback: null,
    read(text) {
      const origin = originOf(text);
      return origin === null
        ? {
            problem:
              'must be an http or https address without a path, for example https://chat.example.com',
          }
        : { value: origin };
    },
  }),
  origins: setting<readonly string[]>({
    env: 'NATTER_ORIGINS',
    flag: '--origins',
    placeholder: '<url,url>',
    about: 'other web sites whose pages may connect, with commas between',
    fallback: [],
    read(text) {
      const origins = text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map(originOf);
      return origins.length <= 100 && origins.every((origin) => origin !== null)
        ? { value: [...new Set(origins)] }
        : {
            problem:
              'must be at most 100 http or https addresses without a path and with commas between, for example https://example.com,https://example.org',
          };
    },
  }),
  trustProxy: setting({
    env: 'NATTER_TRUST_PROXY',
    flag: '--trust-proxy',
    placeholder: '<number>',
    about: 'how many proxies in front are believed when they say who is behind them',
    fallback: 0,
    read: readWhole(0, 10),
  }),
  authSecret: setting<string | null>({
    env: 'NATTER_AUTH_SECRET',
    flag: '--auth-secret',
    placeholder: '<secret>',
    about: 'the secret your application signs its HS256 tokens with',
    secret: true,
    fallback: null,
    read: (text) =>
      Buffer.byteLength(text) >= secretBytesMin
        ? { value: text }
        : {
            problem: `must be at least ${secretBytesMin} bytes long; make one with: openssl rand -base64 32`,
          },
  }),
  authJwksUrl: setting<string | null>({
    env: 'NATTER_AUTH_JWKS_URL',
    flag: '--auth-jwks-url',
    placeholder: '<url>',
    about: 'where the public keys of your token issuer are',
    fallback: null,
    read(text) {
      const url = URL.parse(text);
      const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal(url));
      return url !== null && safe
        ? { value: url.href }
        : {
            problem:
              'must be an https address, for example https://example.com/.well-known/jwks.json',
          };
    },
  }),
  demo: setting({
    env: 'NATTER_DEMO',
    flag: '--demo',
    placeholder: null,
    about: 'demo people whom anyone can be, with conversations; for trying out only',
    fallback: false,
    read(text) {
      if (/^(1|true|yes|on)$/i.test(text)) return { value: true };
      if (/^(0|false|no|off)$/i.test(text)) return { value: false };
      return { problem: 'must be 1 or 0' };
    },
  }),
  profiles: setting<ProfileNames | null>({
    env: 'NATTER_PROFILES',
    flag: '--profiles',
    placeholder: '<whose>',
    about:
      'fromToken: names come from your application; editable: people change theirs (so in the demo)',
    fallback: null,
    read: (text) =>
      text === 'editable' || text === 'fromToken'
        ? { value: text }
        : { problem: 'must be editable or fromToken' },
  }),
  databaseUrl: setting<string | null>({
    env: 'NATTER_DATABASE_URL',
    flag: '--database-url',
    placeholder: '<url>',
    about: 'a PostgreSQL database, when one machine is not enough; else a file in NATTER_DATA',
    secret: true,
    fallback: null,
    read(text) {
      const url = URL.parse(text);
      const fits =
        /^postgres(ql)?:$/.test(url?.protocol ?? '') && /^\/[^/]+$/.test(url?.pathname ?? '');
      return fits && url?.host !== ''
        ? { value: text }
        : { problem: 'must be like postgres://user:password@db.example.com:5432/natter' };
    },
  }),
  busUrl: setting<string | null>({
    env: 'NATTER_BUS_URL',
    flag: '--bus-url',
    placeholder: '<url>',
    about: 'the NATS by which several processes serve one chat, as nats://user:password@host',
    secret: true,
    fallback: null,
    read(text) {
      const reading = readNatsUrl(text);
      return 'problem' in reading ? reading : { value: text };
    },
  }),
  filesUrl: setting<S3Options | null>({
    env: 'NATTER_FILES_URL',
    flag: '--files-url',
    placeholder: '<url>',
    about:
      'the S3 bucket for files, as s3://KEY:SECRET@host/bucket; without it they are in NATTER_DATA',
    secret: true,
    fallback: null,
    read: readFilesUrl,
  }),
  drainSeconds: setting<number | null>({
    env: 'NATTER_DRAIN_SECONDS',
    flag: '--drain-seconds',
    placeholder: '<number>',
    about:
      'over how long a node that stops sends its clients to others (15 with NATTER_BUS_URL, else 0)',
    fallback: null,
    read: readWhole(0, 3_600),
  }),
  metricsPort: setting<number | null>({
    env: 'NATTER_METRICS_PORT',
    flag: '--metrics-port',
    placeholder: '<number>',
    about: 'where Prometheus reads /metrics, for example 9464; without it nowhere',
    fallback: null,
    read: readPort(9464),
  }),
  metricsHost: setting({
    env: 'NATTER_METRICS_HOST',
    flag: '--metrics-host',
    placeholder: '<address>',
    about: 'the network address for /metrics; whoever reaches it may read it',
    fallback: '127.0.0.1',
    read: readHost('10.0.0.5'),
  }),
  log: setting<'text' | 'json'>({
    env: 'NATTER_LOG',
    flag: '--log',
    placeholder: '<form>',
    about: 'text: a line for people; json: a JSON object a line, for machines',
    fallback: 'text',
    read: (text) =>
      text === 'text' || text === 'json' ? { value: text } : { problem: 'must be text or json' },
  }),
} as const;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];

type ValueOf<Of> = Of extends Setting<infer Value> ? Value : never;
export type Configuration = { readonly [Name in SettingName]: ValueOf<(typeof settings)[Name]> };

function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row;
}

function readWhole(min: number, max: number): (text: string) => Reading<number> {
  return (text) => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= min && value <= max
      ? { value }
      : { problem: `must be a whole number from ${min} to ${max}` };
  };
}

function readPort(example: number): (text: string) => Reading<number> {
  return (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535
      ? { value: Number(text) }
      : { problem: `must be a number from 0 to 65535, for example ${example}` };
}

function readHost(example: string): (text: string) => Reading<string> {
  return (text) =>
    /^[\w.:-]{1,255}$/.test(text)
      ? { value: text }
      : { problem: `must be an address or a host name, for example ${example}` };
}

function originOf(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare ? url.origin : null;
}

function isLocal(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
