/**
 * Owns how somebody says where NATS is, in one address: `nats://user:password@one:4222,two:4222?prefix=team`.
 * `tls://` asks for TLS. A user without a password is a token. What needs a file names it: `creds`, `nkey` (a seed),
 * and of TLS `ca`, `cert` and `key`.
 */
export interface NatsAddress {
  /** `host:port` */
  readonly servers: readonly string[];
  readonly sign: NatsSign;
  /** Null: as the server wants it. */
  readonly tls: { caFile?: string; certFile?: string; keyFile?: string } | null;
  /** Installations that share a NATS differ in it. */
  readonly prefix: string;
}

export type NatsSign =
  | { by: 'nothing' }
  | { by: 'password'; user: string; password: string }
  | { by: 'token'; token: string }
  | { by: 'creds' | 'nkey'; file: string };

type Reading<Value> = { value: Value } | { problem: string };

const charactersMax = 4_096;
const serversMax = 32;
const shape = /^(nats|tls):\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?([^?]*))?$/;
const params = ['prefix', 'creds', 'nkey', 'ca', 'cert', 'key'];

/** The problem is the end of a sentence: `NATTER_BUS_URL must be …`. It repeats nothing that may be a secret. */
export function readNatsUrl(text: string): Reading<NatsAddress> {
  const parts = text.length > charactersMax ? null : shape.exec(text);
  if (parts === null) return notAnAddress;
  const [, scheme, user, hosts = '', query = ''] = parts;
  const servers = hosts.split(',').map(readHost);
  if (!servers.every((server) => server !== null)) return notAnAddress;
  if (servers.length > serversMax) return { problem: `must name at most ${serversMax} servers` };

  const given = new URLSearchParams(query);
  const names = [...given.keys()];
  const isKnown = names.every((name) => params.includes(name) && given.get(name) !== '');
  if (!isKnown || new Set(names).size < names.length)
    return { problem: `can have only ${params.join(', ')} behind its "?", each with a value` };
  const prefix = given.get('prefix') ?? 'natter';
  if (!/^[\w-]{1,64}(\.[\w-]{1,64}){0,3}$/.test(prefix))
    return { problem: 'must have a prefix of letters, digits, "-" and "_", with dots between' };

  const sign = readSign(user, given);
  if ('problem' in sign) return sign;
  const tls = readTls(scheme === 'tls', given);
  if ('problem' in tls) return tls;
  return { value: { servers, sign: sign.value, tls: tls.value, prefix } };
}

const notAnAddress = {
  problem:
    'must be a nats:// or tls:// address, for example nats://user:password@nats.internal:4222',
};

function readHost(text: string): string | null {
  const url = URL.parse(`nats://${text}`);
  if (url === null || !/^([\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname)) return null;
  return `${url.hostname}:${url.port || '4222'}`;
}

function readSign(user: string | undefined, given: URLSearchParams): Reading<NatsSign> {
  const signs: NatsSign[] = [];
  for (const by of ['creds', 'nkey'] as const) {
    const file = given.get(by);
    if (file !== null) signs.push({ by, file });
  }
  if (user !== undefined) {
    const [name = '', password] = user.split(':').map(decode);
    if (name === '' || password === '')
      return { problem: 'must not have an empty user or password' };
    if (password === undefined) signs.push({ by: 'token', token: name });
    else signs.push({ by: 'password', user: name, password });
  }
  const [sign = { by: 'nothing' }, ...others] = signs;
  return others.length === 0
    ? { value: sign }
    : { problem: 'must sign in by one means: a user, creds or nkey' };
}

/** A percent sign that stands for itself is one. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readTls(isAsked: boolean, given: URLSearchParams): Reading<NatsAddress['tls']> {
  const caFile = given.get('ca');
  const certFile = given.get('cert');
  const keyFile = given.get('key');
  const files = {
    ...(caFile ? { caFile } : {}),
    ...(certFile ? { certFile } : {}),
    ...(keyFile ? { keyFile } : {}),
  };
  if (isAsked === false && Object.keys(files).length > 0)
    return { problem: 'must be a tls:// address to have ca, cert or key' };
  if ((certFile === null) !== (keyFile === null))
    return { problem: 'must have cert and key both, or neither' };
  return { value: isAsked ? files : null };
}
